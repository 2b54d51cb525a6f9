"""Listed records, read back from an index: what it takes to build them anew beside others.

Rule: a record that is read back and built again gives the columns that it came from. Of a person with one record the
columns say all that counts; records of one person are kept each by itself (`Index.kin`), since the columns do not say
which of them had what. What screening does not look at (places, names that nobody can read) is not kept. Implements
design: screening, "Shape" (merged in the background).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np

from mithaq.screening.columns import Ints
from mithaq.screening.index import Index
from mithaq.screening.records import Subject

_SEX = (None, "F", "M")


def written(names: Sequence[tuple[str, int]], beside: Sequence[Sequence[str]], sex: str | None) -> str:
    """A record as it is kept in `Index.kin`: (name, whether it is weak), dates of birth, nationalities, documents, and
    the sex."""
    strong, weak = ([text for text, is_weak in names if bool(is_weak) == which] for which in (False, True))
    return json.dumps([strong, weak, *beside, sex])


def records(index: Index, numbers: Ints) -> Iterator[Subject]:
    """The records with these numbers, in order; equal to those that the index was built from in all that counts."""
    places = np.searchsorted(index.kin_of, numbers).tolist()
    for number, place in zip(numbers.tolist(), places, strict=True):
        who = int(index.person_of[number])
        if place < len(index.kin_of) and index.kin_of[place] == number:
            strong, weak, *beside, sex = json.loads(index.kin[place])
            yield _subject(index, number, who, (strong, weak), beside, sex)
        else:
            yield _subject(index, number, who, _names(index, who), _beside(index, who), _SEX[index.sexes.values[who]])


def _subject(
    index: Index,
    number: int,
    who: int,
    names: tuple[Sequence[str], Sequence[str]],
    beside: Sequence[Sequence[str]],
    sex: str | None,
) -> Subject:
    dates, nations, documents = map(tuple, beside)
    strong, weak = map(tuple, names)
    return Subject(index.ids[number], strong, index.persons[who], weak, dates, nations, documents, sex)


def _names(index: Index, who: int) -> tuple[list[str], list[str]]:
    places = range(*index.names_of.starts[who : who + 2].tolist())
    strong, weak = ([index.texts[at] for at in places if bool(index.name_weak[at]) == which] for which in (False, True))
    return strong, weak


def _beside(index: Index, who: int) -> list[list[str]]:
    born, nations, papers = index.birth_dates, index.nationalities, index.documents
    dates, own, numbers = (
        range(*runs.starts[who : who + 2].tolist()) for runs in (born.runs, nations.runs, papers.runs)
    )
    return [
        [born.texts[at] for at in dates],
        [nations.codes[nations.values[at]] for at in own],
        [papers.numbers[at] for at in numbers],
    ]
