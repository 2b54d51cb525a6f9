"""The A to Z of machine readable zones back to the letters of names, as far as that goes.

Rule: a way back that the table of `mrz_letters` leaves open gives several readings, likeliest first, and at most
`MAX_READINGS`; a sequence that no letter gives has none. Document: as `mrz_letters`.
"""

from __future__ import annotations

from functools import cache

from mithaq.formats.mrz_letters import SHADDA, TEH_MARBUTA, table

MAX_READINGS = 16


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
        out += SHADDA if twice else rows[sequence]
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
def _back_latin() -> dict[str, tuple[str, ...]]:
    """Sequences of more than one letter to the national letters that give them."""
    found: dict[str, list[str]] = {}
    for letter, forms in table()["latin"].items():
        for form in forms:
            if len(form) > 1:
                found.setdefault(form, []).append(letter)
    return {form: tuple(letters) for form, letters in found.items()}


@cache
def _back_cyrillic(language: str) -> dict[str, str]:
    """Sequences to the first letter of the table that gives them: the common one stands before the rare one."""
    found: dict[str, str] = {}
    only: dict[str, list[str]] = table()["only_back"]
    for letter, row in table()["cyrillic"].items():
        form = row.get(language, row["other"])
        if form and language in only.get(letter, [language]):
            found.setdefault(form, letter)
    return found


@cache
def _back_arabic() -> dict[str, str]:
    found = {"XTA": TEH_MARBUTA, "XAH": TEH_MARBUTA}
    for letter, form in table()["arabic"].items():
        if form:
            found.setdefault(form, letter)
    return found
