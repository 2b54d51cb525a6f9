"""English names of states, as lists write them, to the codes of three letters that passports carry.

Rule: a name that the table (`data/country_names.json`) does not hold has no code, and nothing near is guessed; states
that ended have none: nobody travels on their passports. Documents: ISO 3166-1; ICAO Doc 9303 part 3.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files


def country_code(name: str) -> str | None:
    """The code of three capital letters; None for a name that is not known. Case, marks and punctuation are ignored."""
    key = _key(name)
    names = _names()
    return names.get(key) or names.get(key.removeprefix("the ").removesuffix(" the"))


@cache
def _names() -> dict[str, str]:
    held = json.loads((files("mithaq.formats") / "data/country_names.json").read_text(encoding="utf-8"))
    names: dict[str, str] = held["names"]
    return names


def _key(name: str) -> str:
    """Small letters and digits with single blanks: `Côte d'Ivoire` is `cote divoire`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    bare = bare.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())
