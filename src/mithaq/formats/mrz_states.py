"""Codes of states and organisations that issue travel documents, as zones carry them.

Rule: a code is one of the table (`data/state_codes.json`) or unknown; none is guessed. Document: ICAO Doc 9303 part 3
section 5: ISO 3166-1 codes of three letters, D for Germany, and the codes of persons without a nationality and of
organisations; UTO is the state of its specimens.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


def is_state_code(code: str) -> bool:
    """Whether passports carry this code, without fillers: `D`, `BEL`, `XXA`."""
    return code in _codes()


@cache
def _codes() -> frozenset[str]:
    held = json.loads((files("mithaq.formats") / "data/state_codes.json").read_text(encoding="utf-8"))
    return frozenset({*held["states"], *held["others"], *held["ended"]})
