"""Letters of names to the A to Z of machine readable zones, and back as far as that goes.

Rules: a letter without a row in the table (`data/mrz_letters.json`) is told, never guessed; a way back that the table
leaves open gives several readings, likeliest first, and at most `MAX_READINGS`. Document: ICAO Doc 9303 part 3 section
6: A (Latin national characters), B (Cyrillic, by language where that differs), C (Arabic script, with its X sequences).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

MAX_READINGS = 16
_SHADDA = "\u0651"
_TATWEEL = "\u0640"
_TEH_MARBUTA = "\u0629"
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
        if one == _SHADDA and out:
            out.append(out[-1])  # it doubles the letter before it
        elif "A" <= one <= "Z":
            out.append(one)
        elif one in _DROPPED or unicodedata.category(one) == "Cf":
            continue  # a mark of direction or joining is no letter
        else:
            last = not any(map(_is_letter, part[place + 1 :])) if one == _TEH_MARBUTA else False
            out += _letter(one, language, unknown, first=place == 0, last=last)
    return out


def _is_letter(one: str) -> bool:
    """Not a vowel mark, a line that lengthens a word, or a mark of direction or joining."""
    return not unicodedata.combining(one) and one != _TATWEEL and unicodedata.category(one) != "Cf"


def _letter(one: str, language: str, unknown: list[str], *, first: bool, last: bool) -> list[str]:
    table = _table()
    if one in table["latin"]:
        return [table["latin"][one][0]]
    if one in table["cyrillic"]:
        row: dict[str, str] = table["cyrillic"][one]
        start = row.get(f"{language} first") if first else None
        found = start if start is not None else row.get(language, row["other"])
        return [found] if found else []
    if one == _TEH_MARBUTA:
        return ["XAH" if last else "XTA"]
    if one in table["arabic"]:
        return [table["arabic"][one]] if table["arabic"][one] else []
    bare = "".join(mark for mark in unicodedata.normalize("NFD", one) if not unicodedata.combining(mark))
    if bare != one and bare.isascii() and bare.isalpha():
        return [bare]  # an accent that the table does not name
    if not unicodedata.combining(one):
        unknown.append(one)
    return []


def from_mrz(name: str, script: str, language: str = "") -> tuple[str, ...]:
    """Readings of a part of a zone's name in `latin`, `cyrillic` or `arabic` letters; `<` becomes a space.

    Latin: the plain letters first, then each with national letters. Cyrillic: one reading. Arabic: doubled letters as
    a shadda, then as two letters. Empty when a letter has no way back in this script.
    """
    words = [word for word in name.upper().split("<") if word]
    if script == "latin":
        return _latin(" ".join(words))
    if script == "cyrillic":
        rows = _back_cyrillic(language)
        found = [_greedy(word, rows) for word in words]
        return () if None in found or not found else (" ".join(one or "" for one in found),)
    doubled = [_arabic(word, doubled=True) for word in words]
    if None in doubled or not doubled:
        return ()
    plain = [_arabic(word, doubled=False) for word in words]
    return tuple(dict.fromkeys(" ".join(one or "" for one in form) for form in (doubled, plain)))


def _latin(text: str) -> tuple[str, ...]:
    """The text, and what it is with sequences read as one national letter."""
    found = {text: None}
    # `NXX` and `UXX` are nothing but a national letter; they come first.
    for sequence, letters in sorted(_back_latin().items(), key=lambda row: -len(row[0])):
        for held in list(found):
            if sequence in held:
                for letter in letters:
                    found.setdefault(held.replace(sequence, letter))
        if len(found) >= MAX_READINGS:
            break
    sure = [held for held in found if "XX" not in held] or list(found)
    return tuple(sure[:MAX_READINGS])


def _arabic(word: str, *, doubled: bool) -> str | None:
    rows = _back_arabic()
    out, place, before = "", 0, ""
    while place < len(word):
        sequence = word[place : place + 3] if word[place] == "X" else word[place]
        # Sequences after X have two or three letters.
        if sequence not in rows:
            sequence = word[place : place + 2]
        if sequence not in rows:
            return None
        twice = doubled and sequence == before
        out += _SHADDA if twice else rows[sequence]
        before = "" if twice else sequence
        place += len(sequence)
    return out


def _greedy(word: str, rows: dict[str, str]) -> str | None:
    """The word by the longest sequences that the table holds; None when a letter has none."""
    out, place = "", 0
    while place < len(word):
        sequence = next((word[place : place + size] for size in (4, 3, 2, 1) if word[place : place + size] in rows), "")
        if not sequence:
            return None
        out += rows[sequence]
        place += len(sequence)
    return out


@cache
def _table() -> dict[str, Any]:
    held: dict[str, Any] = json.loads((files("mithaq.formats") / "data/mrz_letters.json").read_text(encoding="utf-8"))
    return held


@cache
def _back_latin() -> dict[str, tuple[str, ...]]:
    """Sequences of more than one letter to the national letters that give them."""
    found: dict[str, list[str]] = {}
    for letter, forms in _table()["latin"].items():
        for form in forms:
            if len(form) > 1:
                found.setdefault(form, []).append(letter)
    return {form: tuple(letters) for form, letters in found.items()}


@cache
def _back_cyrillic(language: str) -> dict[str, str]:
    """Sequences to the first letter of the table that gives them: the common one stands before the rare one."""
    found: dict[str, str] = {}
    only: dict[str, list[str]] = _table()["only_back"]
    for letter, row in _table()["cyrillic"].items():
        form = row.get(language, row["other"])
        if form and language in only.get(letter, [language]):
            found.setdefault(form, letter)
    return found


@cache
def _back_arabic() -> dict[str, str]:
    found = {"XTA": _TEH_MARBUTA, "XAH": _TEH_MARBUTA}
    for letter, form in _table()["arabic"].items():
        if form:
            found.setdefault(form, letter)
    return found
