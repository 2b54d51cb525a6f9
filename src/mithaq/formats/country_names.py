"""English names of states and codes of two letters, as lists write them, to the codes of three that passports carry.

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


def code_of_two(letters: str) -> str | None:
    """The code of three capital letters of one of two; None for one that is not known."""
    return _codes().get(letters.strip().upper())


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = json.loads(_data("country_codes"))["codes"]
    return codes


def _data(name: str) -> str:
    return (files("mithaq.formats") / f"data/{name}.json").read_text(encoding="utf-8")


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = json.loads(_data("country_names"))["names"]
    return names


def _key(name: str) -> str:
    """Small letters and digits with single blanks: `Côte d'Ivoire` is `cote divoire`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    bare = bare.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())
