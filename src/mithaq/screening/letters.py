"""The letters of two spellings of a name side by side: which are the same, which spell one sound, which differ.

Rule: for people to look at, and no part of a score; letters are laid beside one another along the likeliest path of the
learned costs of spelling (`costs`), in the habit that fits the pair best, whatever their scripts. What is longer than
`MOST` letters is not laid out. Implements design: screening, "Explained"; issue 5 ("side by side with differing letters
marked, Arabic and Latin aligned").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from typing import Literal

from mithaq.screening.costs import ADD, CHANGE, DROP, HABIT, KIND
from mithaq.screening.symbols import CODE, FINAL_E, FIRST_ARABIC, fold, sounds
from mithaq.screening.weights import GRID

MOST = 24
"""Letters of either name that are laid out."""
NEAR = 4 * GRID
"""Up to so many steps two letters are spellings of one sound: one bearer in sixteen at least is written so."""
How = Literal["same", "sound", "differs", "unwritten", "alone"]
"""How two letters stand to each other: the same one; one sound; another one. Of one that has none beside it: one that
is often left out, or one that stands there alone."""
_VOWEL = 2


@dataclass(frozen=True, slots=True)
class Step:
    """Letters that stand side by side, as they are written; one of both is empty where the other stands alone."""

    left: str
    right: str
    how: How


@dataclass(frozen=True, slots=True)
class _Letters:
    """Letters that are one sound: as they are written; in folded letters, each once; their symbols, none between words
    and of what nobody says."""

    written: str
    folded: str
    symbols: bytes


@lru_cache(maxsize=4096)
def beside(seen: str, listed: str) -> tuple[Step, ...]:
    """The letters of a traveller's name (left) and of a listed one (right) side by side, in the order of writing; none
    where either name has no letter or is longer than `MOST`."""
    left, right = (tuple(_cut(text)) if len(text) <= MOST else () for text in (seen, listed))
    if not any(one.symbols for one in left) or not any(one.symbols for one in right):
        return ()
    scripts = int(_is_arabic(right)), int(_is_arabic(left))
    tried = [_path(left, right, habit, scripts) for habit in range(len(HABIT))]
    return min(tried, key=lambda one: one[0])[1]


def _is_arabic(letters: Sequence[_Letters]) -> bool:
    return next(one.symbols[0] for one in letters if one.symbols) >= FIRST_ARABIC


def _cut(text: str) -> Iterator[_Letters]:
    """A name cut into what is one sound: letters with their marks, digraphs, a letter that is written twice."""
    for is_word, letters in groupby(_marked(text), lambda one: one[0].isalpha()):
        if is_word:
            yield from _sounds(list(letters))
        else:
            yield _Letters(" ".join("".join(letters).split()) or " ", "", b"")


def _marked(text: str) -> list[str]:
    """The letters of a text, each with the marks that stand over or under it."""
    out: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        if out and unicodedata.combining(letter):
            out[-1] += letter
        elif letter.isprintable() or letter.isspace():
            out.append(letter)
    return out


def _sounds(letters: list[str]) -> list[_Letters]:
    folded = [fold(letter) for letter in letters]
    owner = [place for place, part in enumerate(folded) for _ in part]
    out: list[_Letters] = []
    at = shown = 0
    for part, symbols in sounds("".join(folded)):
        first, last = owner[at], owner[at + len(part) - 1]
        at += len(part)
        # What nobody says before it, such as a hamza.
        out += [_Letters(letters[place], "", b"") for place in range(shown, first)]
        written = "".join(letters[max(shown, first) : last + 1])
        if not written or (out and symbols == out[-1].symbols):
            # One letter that stands for several sounds, or a letter that is written twice.
            before = out.pop()
            both = before.symbols if symbols == before.symbols else before.symbols + symbols
            out.append(_Letters(before.written + written, _once(before.folded + part), both))
        else:
            out.append(_Letters(written, _once(part), symbols))
        shown = last + 1
    out += [_Letters(letter, "", b"") for letter in letters[shown:]]
    if len(out) > 3 and out[-1].symbols == bytes([CODE["e"]]):
        out[-1] = replace(out[-1], symbols=bytes([CODE[FINAL_E]]))
    return out


def _once(folded: str) -> str:
    return "".join(letter for letter, _again in groupby(folded))


def _path(
    left: Sequence[_Letters], right: Sequence[_Letters], habit: int, scripts: tuple[int, int]
) -> tuple[int, tuple[Step, ...]]:
    """What it costs in a habit to read the listed name as the seen one, in steps, and the letters along that path."""
    change, drop, add = _tables(habit, *scripts)
    gone = [sum(drop[code] for code in one.symbols) for one in right]
    come = [sum(add[code] for code in one.symbols) for one in left]
    # Of each place: what it costs to get there, and from where.
    row: list[tuple[int, str]] = [(0, "")]
    for cost in come:
        row.append((row[-1][0] + cost, "left"))
    grid = [row]
    for y, listed in enumerate(right):
        row = [(row[0][0] + gone[y], "right")]
        for x, seen in enumerate(left):
            ways = [
                (grid[y][x][0] + _change(listed, seen, change, drop, add), "both"),
                (grid[y][x + 1][0] + gone[y], "right"),
                (row[x][0] + come[x], "left"),
            ]
            # One letter that is two of the other alphabet.
            if x and left[x - 1].symbols + seen.symbols == listed.symbols:
                ways.append((grid[y][x - 1][0], "lefts"))
            if y and right[y - 1].symbols + listed.symbols == seen.symbols:
                ways.append((grid[y - 1][x][0], "rights"))
            row.append(min(ways))
        grid.append(row)
    steps: list[Step] = []
    y, x = len(right), len(left)
    while y or x:
        way, last = grid[y][x][1], (y, x)
        y, x = y - _DOWN[way], x - _BACK[way]
        ones, twos = left[x : last[1]], right[y : last[0]]
        steps.append(_step(ones, twos, grid[last[0]][last[1]][0] - grid[y][x][0], scripts))
    return grid[-1][-1][0] + int(HABIT[habit][scripts]), tuple(reversed(steps))


_DOWN = {"both": 1, "right": 1, "left": 0, "lefts": 1, "rights": 2}
_BACK = {"both": 1, "right": 0, "left": 1, "lefts": 2, "rights": 1}


def _step(left: Sequence[_Letters], right: Sequence[_Letters], cost: int, scripts: tuple[int, int]) -> Step:
    """`scripts`: whether the listed name is in Arabic letters, and the seen one."""
    seen, listed = ("".join(one.written for one in some) for some in (left, right))
    if left and right:
        same = [one.folded for one in left] == [one.folded for one in right]
        return Step(seen, listed, "same" if same else "sound" if cost <= NEAR else "differs")
    symbols = b"".join(one.symbols for one in (*left, *right))
    # Arabic leaves vowels unwritten, whatever other one the habit would sooner leave out.
    is_vowel = scripts[0 if left else 1] and all(KIND[symbol] == _VOWEL for symbol in symbols)
    return Step(seen, listed, "unwritten" if cost <= NEAR or is_vowel else "alone")


def _change(listed: _Letters, seen: _Letters, change: list[list[int]], drop: list[int], add: list[int]) -> int:
    if listed.folded == seen.folded or listed.symbols == seen.symbols:
        return 0
    if not listed.symbols or not seen.symbols:
        return 64 * GRID
    more = sum(drop[code] for code in listed.symbols[1:]) + sum(add[code] for code in seen.symbols[1:])
    return change[listed.symbols[0]][seen.symbols[0]] + more


@cache
def _tables(habit: int, listed: int, seen: int) -> tuple[list[list[int]], list[int], list[int]]:
    """Of a habit: what it costs to read one symbol as another, to leave one out, to add one; whatever stands beside."""
    return CHANGE[habit].tolist(), DROP[habit, seen].min(0).tolist(), ADD[habit, listed].min(0).tolist()
