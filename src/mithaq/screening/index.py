"""The index of a list: humans, their names and words, and which names bear a word.

Rule: immutable after `build`; the order of the subjects does not matter; records of one `person` are one human; a
record without a readable name never matches by name and stands in `unsearchable`. Implements design: screening, "Shape"
(`index`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from mithaq.errors import InputError
from mithaq.screening.columns import Ints, Runs
from mithaq.screening.evidence.birth_date import BirthDates
from mithaq.screening.evidence.document import Documents
from mithaq.screening.evidence.nationality import Nationalities
from mithaq.screening.evidence.sex import Sexes
from mithaq.screening.names import Name, parse
from mithaq.screening.records import Subject
from mithaq.screening.vocabulary import Vocabulary

MOST_NAMES = 1 << 22
"""Distinct names of a list: as many as a batch of travellers can be aligned with (`evidence.name.MOST_GROUPS`)."""


class Index:
    """A built list. `subjects` are in the order of their ids; persons, names and words are numbers into columns."""

    def __init__(self, subjects: tuple[Subject, ...]) -> None:
        self.subjects = subjects
        self.persons = sorted({subject.person for subject in subjects})
        numbers = {person: number for number, person in enumerate(self.persons)}
        records: list[list[Subject]] = [[] for _ in self.persons]
        for subject in subjects:
            records[numbers[subject.person]].append(subject)
        self._names(numbers)
        place = {subject.id: number for number, subject in enumerate(subjects)}
        self.first_record: Ints = np.array([place[rows[0].id] for rows in records], np.int64)
        self.birth_dates = BirthDates([[d for s in rows for d in s.birth_dates] for rows in records])
        self.nationalities = Nationalities([[n for s in rows for n in s.nationalities] for rows in records])
        self.documents = Documents([[d for s in rows for d in s.documents] for rows in records])
        self.sexes = Sexes([[s.sex for s in rows] for rows in records])

    def _names(self, numbers: dict[str, int]) -> None:
        """The name columns, one row a distinct name of a human, and the postings of words."""
        entries: dict[tuple[int, frozenset[tuple[bytes, int]]], tuple[bool, int, Name]] = {}
        silent = []
        for record, subject in enumerate(self.subjects):
            found = False
            for weak, texts in ((False, subject.names), (True, subject.weak_names)):
                for name in map(parse, texts):
                    found = found or bool(name.units)
                    key = numbers[subject.person], frozenset((unit.code, unit.mask) for unit in name.units)
                    if name.units and (key not in entries or (weak, record) < entries[key][:2]):
                        entries[key] = weak, record, name
            if not found:
                silent.append(subject.id)
        self.unsearchable = tuple(silent)
        rows = sorted(((person, *entry) for (person, _), entry in entries.items()), key=_order)
        if len(rows) > MOST_NAMES:
            raise InputError(
                "screening.list.large", "The list holds more names than one index can.", remedy="Split the list."
            )
        self.names = [row[3] for row in rows]
        self.name_person: Ints = np.array([row[0] for row in rows], np.int64)
        self.name_record: Ints = np.array([row[2] for row in rows], np.int64)
        self.name_weak: Ints = np.array([row[1] for row in rows], np.int64)
        self.name_words: Ints = np.array([len(name.words) for name in self.names], np.int64)
        self.names_of = Runs.of(self.name_person, len(self.persons))
        self._postings()

    def _postings(self) -> None:
        owned = zip(self.names, self.name_person.tolist(), strict=True)
        borne = Counter(code for code, _ in {(unit.code, person) for name, person in owned for unit in name.units})
        self.name_arabic = arabic = np.array([name.script == "arabic" for name in self.names], bool)
        writers = len(set(self.name_person[~arabic].tolist())), len(set(self.name_person[arabic].tolist()))
        self.vocabulary = Vocabulary(borne, len(self.persons), writers)
        word = self.vocabulary.numbers
        rows = [(word[unit.code], n, unit.mask, unit.form) for n, name in enumerate(self.names) for unit in name.units]
        flat = np.array(rows, np.int64).reshape(-1, 4)
        flat = flat[np.lexsort((flat[:, 3], flat[:, 2], flat[:, 1], flat[:, 0]))]
        self.postings = Runs.of(np.ascontiguousarray(flat[:, 0]), len(word))
        self.post_name, self.post_mask, self.post_form = (np.ascontiguousarray(flat[:, k]) for k in (1, 2, 3))
        by_name = flat[np.argsort(flat[:, 1], kind="stable")]
        self.units_of = Runs.of(np.ascontiguousarray(by_name[:, 1]), len(self.names))
        self.unit_word, self.unit_mask, self.unit_form = (np.ascontiguousarray(by_name[:, k]) for k in (0, 2, 3))


def _order(row: tuple[int, bool, int, Name]) -> tuple[object, ...]:
    person, weak, record, name = row
    return person, record, weak, name.words, tuple((unit.code, unit.mask) for unit in name.units)


def build(subjects: Iterable[Subject]) -> Index:
    """The index of a list. Raises InputError when two subjects have one id."""
    ordered = sorted(subjects, key=lambda subject: subject.id)
    for one, two in pairwise(ordered):
        if one.id == two.id:
            raise InputError(
                "screening.subject.twice",
                "Two subjects of the list have the same id.",
                remedy="Give each record an id of its own; records of one human share `person`.",
                where=f"subject {one.id}",
            )
    return Index(tuple(ordered))
