"""Invented people for lists of any size, and travellers drawn from them and from the crowd.

Names come about as they do in life: the given part of one ordinary traveller of the given half with the family part of
another of the same nationality, so that common names are as common as they are there; two family names in a hundred are
made up, letter by letter, as a list of a million holds names that a crowd of two hundred thousand does not. A third of
Arabic names have the Arabic form too; dates of birth are whole for 60%, a year for 25%, missing for the rest. A
traveller who is listed is spelt otherwise: another attested spelling, a slip, words shuffled or left out, the Arabic
form. Everything follows from the seed. Document: issue 5, "Speed".
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator

from bench.screening import SHARED, given
from mithaq.screening import Subject, Traveller

_PARTICLES = frozenset(
    [
        "el",
        "al",
        "ben",
        "bin",
        "ibn",
        "ould",
        "oulad",
        "abd",
        "abou",
        "bou",
        "umm",
        "van",
        "de",
        "den",
        "der",
        "von",
        "la",
        "le",
        "du",
        "des",
    ]
)
_KEYBOARD = "abcdefghijklmnopqrstuvwxyz"


class People:
    """A source of invented people."""

    def __init__(self, seed: int) -> None:
        _, gold, crowd = given()
        self._draw = random.Random(seed)
        self._crowd = [one for one in crowd if gold[one.id]["kind"] == "ordinary" and one.names]
        self._halves: dict[str, list[tuple[list[str], list[str]]]] = defaultdict(list)
        chain: dict[str, list[str]] = defaultdict(list)
        for one in self._crowd:
            words = one.names[0].split()
            if not one.names[0].isascii() or len(words) < 2:
                continue
            cut = 1 if len(words) < 4 else 2
            while cut < len(words) - 1 and words[cut - 1].lower() in _PARTICLES:
                cut += 1
            self._halves[one.nationality or ""].append((words[:cut], words[cut:]))
            last = f"^^{words[-1].lower()}$"
            for place, _ in enumerate(last[:-2]):
                chain[last[place : place + 2]].append(last[place + 2])
        self._chain = dict(chain)
        weight = {key: len(rows) for key, rows in self._halves.items() if len(rows) >= 20}
        self._nations, self._shares = list(weight), list(weight.values())
        self._arabic: dict[str, str] = {}
        self._latin: dict[str, list[str]] = defaultdict(list)
        with (SHARED / "name_units_given_half.csv").open(encoding="utf8") as rows:
            for row in csv.DictReader(rows):
                self._latin[row["arabic"]] += [row["latin"]] * min(int(row["count"]), 20)
                self._arabic.setdefault(row["latin"].lower(), row["arabic"])

    def subjects(self, count: int) -> Iterator[Subject]:
        """So many listed people."""
        draw = self._draw
        for number, nation in enumerate(draw.choices(self._nations, self._shares, k=count)):
            name = self._name(nation)
            arabic = self._in_arabic(name) if draw.random() < 0.33 else ""
            dates = self._date(draw.random())
            yield Subject(
                f"p{number:07d}", (name, arabic) if arabic else (name,), birth_dates=(dates,) if dates else (),
                nationalities=(nation,) if nation else (),
            )  # fmt: skip

    def travellers(self, listed: list[Subject], count: int) -> list[tuple[Traveller, str]]:
        """So many travellers with the id of who each is: half listed and spelt otherwise, half of the crowd ("")."""
        draw, out = self._draw, []
        for number in range(count):
            if number % 2:
                one = draw.choice(self._crowd)
                out.append((Traveller(f"t{number}", one.names, one.birth_date, one.nationality), ""))
                continue
            who = draw.choice(listed)
            born = who.birth_dates[0] if who.birth_dates else ""
            date = born if len(born) == 10 else f"{born or draw.randint(1945, 2006)}-{self._day()}"
            nation = who.nationalities[0] if who.nationalities else None
            out.append((Traveller(f"t{number}", (self._otherwise(who.names[0]),), date, nation), who.id))
        return out

    def _name(self, nation: str) -> str:
        draw, rows = self._draw, self._halves[nation]
        words = [*draw.choice(rows)[0], *draw.choice(rows)[1]]
        if draw.random() < 0.02:
            words[-1] = self._made_up()
        return " ".join(words).title()

    def _made_up(self) -> str:
        word = "^^"
        while len(word) < 16 and (letter := self._draw.choice(self._chain.get(word[-2:], ["$"]))) != "$":
            word += letter
        return word[2:] if len(word) > 4 else "abram"

    def _in_arabic(self, name: str) -> str:
        words = [self._arabic.get(word.lower(), "") for word in name.split() if word.lower() not in _PARTICLES]
        return " ".join(words) if all(words) else ""

    def _day(self) -> str:
        return f"{self._draw.randint(1, 12):02d}-{self._draw.randint(1, 28):02d}"

    def _date(self, share: float) -> str:
        year = min(max(int(self._draw.gauss(1980, 15)), 1930), 2008)
        if share < 0.60:
            return f"{year}-01-01" if self._draw.random() < 0.04 else f"{year}-{self._day()}"
        return str(year) if share < 0.85 else ""

    def _otherwise(self, name: str) -> str:
        """A name as another document has it: half spelt otherwise, a quarter with a slip, some in Arabic."""
        draw, words, kind = self._draw, name.split(), self._draw.random()
        if kind < 0.08 and (arabic := self._in_arabic(name)):
            return arabic
        if kind < 0.6:
            words = [self._spelt(word) for word in words]
        if 0.5 < kind < 0.85:
            words = self._slip(words)
        if draw.random() < 0.15:
            draw.shuffle(words)
        if len(words) > 2 and draw.random() < 0.15:
            words.pop(draw.randrange(len(words)))
        return " ".join(words)

    def _spelt(self, word: str) -> str:
        others = self._latin.get(self._arabic.get(word.lower(), ""), [])
        return self._draw.choice(others) if others else word

    def _slip(self, words: list[str]) -> list[str]:
        draw = self._draw
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        word, place = words[longest], draw.randrange(len(words[longest]))
        put = draw.choice(_KEYBOARD) if draw.random() < 0.7 else ""
        rest = word[place:] if put and draw.random() < 0.4 else word[place + 1 :]
        return [word[:place] + put + rest if number == longest else other for number, other in enumerate(words)]
