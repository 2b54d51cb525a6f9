"""How rare things are on a list: counted over it or over its parts, added up, frozen, and lent to others.

Rule: whatever an answer takes from the list as a whole is in here: how many bear a word and whether anybody is written
with it, how many have a nationality, how many share a day of birth. So a part, or a change, that is built with the
rarity of the whole answers as the whole does, to the last bit. What the whole does not know counts as what nobody
listed has. Implements design: screening, "Shape" (rarity frozen per base).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mithaq.screening.columns import Ints
from mithaq.screening.costs import Words
from mithaq.screening.names import PLAIN
from mithaq.screening.symbols import encode, table
from mithaq.screening.vocabulary import CLASSES, Vocabulary

if TYPE_CHECKING:
    from mithaq.screening.index import Index

CROWD: Mapping[bytes, float] = {encode(word): share / 100_000 for word, share in table("common_words")["words"]}
"""What share of ordinary travellers bears a word."""


@dataclass(frozen=True, slots=True)
class Census:
    """What is counted of a list; of lists without a common person it may be added up.

    `borne`: persons by word; `plain`: the words that somebody is written with; `writers`: persons with a name in Latin
    letters, and in Arabic; `persons`: all; `nations`: persons by nationality; `days`: persons by day of birth.
    """

    borne: Mapping[bytes, int]
    plain: frozenset[bytes]
    writers: tuple[int, int]
    persons: int
    nations: Mapping[str, int]
    days: Mapping[int, int]

    @classmethod
    def nothing(cls) -> Census:
        """Of a list of nobody."""
        return cls({}, frozenset(), (0, 0), 0, {}, {})

    @classmethod
    def of(cls, index: Index) -> Census:
        """Of a built list, whoever is left out of it left out."""
        here = np.ones(len(index.persons), bool) if index.gone is None else ~index.gone
        listed = here[index.name_person]
        person = np.repeat(index.name_person, np.diff(index.units_of.starts)).astype(np.int64)
        units = here[person]
        codes = [index.vocabulary.words[number] for number in range(len(index.vocabulary))]
        # A word may have two numbers.
        first = {code: number for number, code in reversed(list(enumerate(codes)))}
        number = np.array([first[code] for code in codes], np.int64)[index.unit_word[units]]
        pairs = np.unique(number * max(len(here), 1) + person[units])
        borne = np.bincount(pairs // max(len(here), 1), minlength=len(codes))
        plain = np.unique(number[index.unit_form[units] == PLAIN])
        writers = [
            len(np.unique(index.name_person[listed & (index.name_arabic == arabic)])) for arabic in (False, True)
        ]
        nations, born = index.nationalities, index.birth_dates
        has = here[np.repeat(np.arange(len(here)), np.diff(nations.runs.starts))]
        values, counts = np.unique(nations.values[has], return_counts=True)
        days, shared = np.unique(born.days[here[born.born]], return_counts=True)
        return cls(
            {codes[number]: int(borne[number]) for number in np.flatnonzero(borne).tolist()},
            frozenset(codes[number] for number in plain.tolist()),
            (writers[0], writers[1]),
            int(here.sum()),
            {nations.codes[value]: count for value, count in zip(values.tolist(), counts.tolist(), strict=True)},
            dict(zip(days.tolist(), shared.tolist(), strict=True)),
        )

    def __add__(self, other: Census) -> Census:
        return Census(
            Counter(self.borne) + Counter(other.borne),
            self.plain | other.plain,
            (self.writers[0] + other.writers[0], self.writers[1] + other.writers[1]),
            self.persons + other.persons,
            Counter(self.nations) + Counter(other.nations),
            Counter(self.days) + Counter(other.days),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """A census, frozen: what an index is built with. `vocabulary`: all words of the list and of the crowd; `nations`
    with how often each is listed (`counted`); `days`: days of birth as numbers, in order, a day once for each person.
    """

    vocabulary: Vocabulary
    nations: Sequence[str]
    counted: Ints
    days: Ints

    @classmethod
    def of(cls, census: Census) -> Rarity:
        """The rarity of a list: that which an index of all of it would have."""
        codes = in_order(census.borne.keys() | CROWD.keys())
        borne = np.fromiter((census.borne.get(code, 0) for code in codes), np.int64, len(codes))
        plain = np.fromiter((code in census.plain for code in codes), np.bool_, len(codes))
        nations, days = sorted(census.nations), sorted(census.days)
        return cls(
            Vocabulary.of(codes, borne, plain, CROWD, census.persons, census.writers),
            nations,
            np.array([census.nations[code] for code in nations], np.int64),
            np.repeat(np.array(days, np.int64), np.array([census.days[day] for day in days], np.int64)),
        )

    def written(self, codes: Sequence[bytes]) -> Ints:
        """The places among `codes` of the words that somebody of the list, or of the crowd, is written with."""
        numbers = self.vocabulary.numbers(codes)
        places = np.flatnonzero(numbers >= 0)
        return places[self.vocabulary.plain[numbers[places]]]


def in_order(codes: Iterable[bytes]) -> list[bytes]:
    """Words as a vocabulary has them: those of a skeleton side by side, in the order of their symbols, since they are
    read one after the other and from one place of memory."""
    from mithaq.screening.kernel import wholes

    out = sorted(codes)
    words = Words.of(out)
    return [out[place] for place in np.argsort(wholes(words.symbols, words.lengths, CLASSES), kind="stable")]
