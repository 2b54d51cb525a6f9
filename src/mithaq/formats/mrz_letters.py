"""Letters of names to the A to Z of machine readable zones; `mrz_letters_back` goes the other way.

Rule: a letter without a row in the table (`data/mrz_letters.json`) is told, never guessed. Document: ICAO Doc 9303 part
3 section 6: A (Latin national characters), B (Cyrillic, by language where that differs), C (Arabic script, with its X
sequences).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

SHADDA = "\u0651"
_TATWEEL = "\u0640"
TEH_MARBUTA = "\u0629"
_BETWEEN = " -\u2010\u2011\u2013,<\u00a0"
# Arabic letters as a line of print shows them, which old systems store.
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_DROPPED = "'’‘`´ʼ.\u02bf\u02be"


def to_mrz(name: str, language: str = "") -> tuple[str, str]:
    """The name in A to Z with `<` between its parts, and the characters that have no row in the table.

    `language` is `be`, `bg`, `mk`, `sr` or `uk` where Cyrillic differs. `Ümit Şahin` gives `UEMIT<SAHIN`.
    """
    unknown: list[str] = []
    whole = "".join(unicodedata.normalize("NFKC", one) if _FORMS.match(one) else one for one in name)
    prepared = "".join(" " if one in _BETWEEN else one for one in unicodedata.normalize("NFC", whole).upper())
    parts = ["".join(_letters(part, language, unknown)) for part in prepared.split()]
    return "<".join(part for part in parts if part), "".join(dict.fromkeys(unknown))


def _letters(part: str, language: str, unknown: list[str]) -> list[str]:
    out: list[str] = []
    for place, one in enumerate(part):
        if one == SHADDA and out:
            out.append(out[-1])  # it doubles the letter before it
        elif "A" <= one <= "Z":
            out.append(one)
        elif one in _DROPPED or unicodedata.category(one) == "Cf":
            continue  # a mark of direction or joining is no letter
        else:
            last = not any(map(_is_letter, part[place + 1 :])) if one == TEH_MARBUTA else False
            out += _letter(one, language, unknown, first=place == 0, last=last)
    return out


def _is_letter(one: str) -> bool:
    """Not a vowel mark, a line that lengthens a word, or a mark of direction or joining."""
    return not unicodedata.combining(one) and one != _TATWEEL and unicodedata.category(one) != "Cf"


def _letter(one: str, language: str, unknown: list[str], *, first: bool, last: bool) -> list[str]:
    rows = table()
    if one in rows["latin"]:
        return [rows["latin"][one][0]]
    if one in rows["cyrillic"]:
        row: dict[str, str] = rows["cyrillic"][one]
        start = row.get(f"{language} first") if first else None
        found = start if start is not None else row.get(language, row["other"])
        return [found] if found else []
    if one == TEH_MARBUTA:
        return ["XAH" if last else "XTA"]
    if one in rows["arabic"]:
        return [rows["arabic"][one]] if rows["arabic"][one] else []
    bare = "".join(mark for mark in unicodedata.normalize("NFD", one) if not unicodedata.combining(mark))
    if bare != one and bare.isascii() and bare.isalpha():
        return [bare]  # an accent that the table does not name
    if not unicodedata.combining(one):
        unknown.append(one)
    return []


@cache
def table() -> dict[str, Any]:
    """The table of the document: rows by script and letter. Not to be changed."""
    held: dict[str, Any] = json.loads((files("mithaq.formats") / "data/mrz_letters.json").read_text(encoding="utf-8"))
    return held
