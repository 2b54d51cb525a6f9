"""The index of a list: humans, their names and words, which names bear a word, and what is known beside the name.

Rule: immutable columns and nothing else, so that it can be mapped from a file and shared; the order of the subjects
does not matter; records of one `person` are one human; a record without a readable name never matches by name and
stands in `unsearchable`. Implements design: screening, "Shape" (`index`).
"""

from __future__ import annotations

from copy import copy
from functools import cached_property

import numpy as np

from mithaq.screening.columns import Runs, Texts
from mithaq.screening.evidence.birth_date import BirthDates
from mithaq.screening.evidence.document import Documents
from mithaq.screening.evidence.nationality import Nationalities
from mithaq.screening.evidence.sex import Sexes
from mithaq.screening.marks import Marks
from mithaq.screening.names import Name, parse
from mithaq.screening.rarity import Rarity
from mithaq.screening.shapes import Array, Names
from mithaq.screening.vocabulary import Vocabulary

MOST_NAMES = 1 << 22
"""Distinct names of a list: as many as a batch of travellers can be aligned with (the group of `shapes.GROUP_AT`)."""


class Index:
    """A built list. Records are in the order of their ids; persons, names and words are numbers into columns.

    Of each record: `ids`, `person_of`; of each person: `persons`, `names_of`; of each distinct name of
    a person: `texts`, `name_person`, `name_record`, `name_weak`, `name_words`, `name_arabic`, `units_of` with
    `unit_word`, `unit_mask`, `unit_form`; of each word: `postings` with `post_name`, `post_year` and
    `post_day`, in the order of the years. `silent`: records without a readable name. `kin_of`: the records of persons
    who have several, in order, each with its own facts in `kin` (JSON), which the columns hold by person. `gone`: of
    each person, whether he is left out (None: nobody).
    """

    gone: Array | None = None

    def __init__(
        self, ids: Texts, persons: Texts, person_of: Array, silent: Array,
        texts: Texts, name_person: Array, name_record: Array, name_weak: Array, name_words: Array,
        name_arabic: Array, names_of: Runs,
        units_of: Runs, unit_word: Array, unit_mask: Array, unit_form: Array,
        postings: Runs, post_name: Array, post_year: Array, post_day: Array, vocabulary: Vocabulary,
        birth_dates: BirthDates, nationalities: Nationalities, documents: Documents, sexes: Sexes,
        kin_of: Array, kin: Texts,
    ) -> None:  # fmt: skip
        self.ids, self.persons, self.person_of, self.silent = ids, persons, person_of, silent
        self.texts, self.name_person, self.name_record = texts, name_person, name_record
        self.name_weak, self.name_words, self.name_arabic = name_weak, name_words, name_arabic
        self.names_of, self.units_of = names_of, units_of
        self.unit_word, self.unit_mask, self.unit_form = unit_word, unit_mask, unit_form
        self.postings, self.post_name, self.post_year, self.post_day = postings, post_name, post_year, post_day
        self.vocabulary = vocabulary
        self.birth_dates, self.nationalities, self.documents, self.sexes = birth_dates, nationalities, documents, sexes
        self.kin_of, self.kin = kin_of, kin

    def without(self, gone: Array) -> Index:
        """The same list, of which some persons are left out (bool by person): the columns are shared, and so is what
        is remembered of seen words."""
        # One set of marks for both: they are as long as the list.
        other = copy(self)
        other.__dict__.update(gone=gone, marks=self.marks)
        other.__dict__.pop("columns", None)
        return other

    @property
    def rarity(self) -> Rarity:
        """How rare words, nationalities and days are where the rarity of this list comes from."""
        nations = self.nationalities
        codes = nations.codes[: len(nations.counted)]
        return Rarity(self.vocabulary.rarity, codes, nations.counted, self.birth_dates.shared)

    @property
    def size(self) -> int:
        """How many distinct names the list has."""
        return len(self.texts)

    @property
    def unsearchable(self) -> tuple[str, ...]:
        """The ids of records without a readable name."""
        silent = self.silent if self.gone is None else self.silent[~self.gone[self.person_of[self.silent]]]
        return tuple(self.ids[number] for number in silent.tolist())

    def name(self, number: int) -> Name:
        """A listed name, read again from how it is written."""
        return parse(self.texts[number])

    def words_of(self, number: int) -> list[int]:
        """The words of a listed name's units, in the order of the units."""
        start, end = self.units_of.starts[number : number + 2].tolist()
        words: list[int] = self.unit_word[start:end].tolist()
        return words

    @cached_property
    def marks(self) -> Marks:
        """Marks of names and of persons, as the kernel takes them."""
        return Marks(self.size, len(self.persons))

    @cached_property
    def columns(self) -> Names:
        """The names as the kernel takes them."""
        return Names(
            self.units_of.starts, self.unit_word, self.unit_mask, self.unit_form,
            self.postings.starts, self.post_name, self.post_year, self.post_day, self.name_person, self.names_of.starts,
            self.birth_dates.runs.starts, self.birth_dates.rows,
            np.zeros(len(self.persons), np.bool_) if self.gone is None else self.gone,
        )  # fmt: skip
