"""Names of the invented: an Arabic form and its Latin spellings by habit, read from `spellings.csv`.

Rule: `mithaq.screening` never reads this list, so that the demo shows what the matcher knows and not what it was told.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HABITS = ("fr", "en", "nl")
LIST = Path(__file__).with_name("spellings.csv")


@dataclass(frozen=True)
class Name:
    """A given or family name: `arabic` is empty for a name that has no Arabic form here."""

    arabic: str
    spellings: Mapping[str, tuple[str, ...]]

    def spelt(self, habit: str, rng: random.Random, other_than: str = "") -> str:
        """A spelling in a habit, another than `other_than` when the list has one in any habit."""
        pools = (self.spellings[habit], tuple(one for pool in self.spellings.values() for one in pool))
        for pool in pools:
            free = [one for one in pool if one.casefold() != other_than.casefold()]
            if free:
                return rng.choice(free)
        return other_than


@cache
def names(part: str, sex: str = "") -> tuple[Name, ...]:
    """The names of a part: `given` (by sex), `family`, `foreign-given` (by sex), `foreign-family`."""
    with LIST.open(encoding="utf8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["part"] == part and row["sex"] == sex]
    return tuple(
        Name(row["arabic"], {habit: tuple(filter(None, row[habit].split("|"))) or (row["fr"],) for habit in HABITS})
        for row in rows
    )
