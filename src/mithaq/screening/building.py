"""A list of subjects -> an `Index`: names read, words counted, columns put in order.

Rule: the order in which the subjects come changes nothing; what is held on the way is columns, not an object a name.
Implements design: screening, "Shape" (`index`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mithaq.errors import InputError
from mithaq.screening.columns import Ints, Runs, Texts, between
from mithaq.screening.evidence.birth_date import BirthDates
from mithaq.screening.evidence.document import Documents
from mithaq.screening.evidence.nationality import Nationalities
from mithaq.screening.evidence.sex import Sexes
from mithaq.screening.index import MOST_NAMES, Index
from mithaq.screening.names import PLAIN, Name, read
from mithaq.screening.rarity import CROWD, Rarity, in_order
from mithaq.screening.readback import written
from mithaq.screening.records import Subject
from mithaq.screening.vocabulary import Vocabulary

_NAME_BITS, _YEAR_BITS = 22, 15
_MIX = np.array([0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)


def build(subjects: Iterable[Subject], rarity: Rarity | None = None, reading: Callable[[str], Name] = read) -> Index:
    """The index of a list; `rarity`: that of the list which this one is a part or a change of (default: its own);
    `reading`: `names.read`, or what remembers it. Raises InputError `screening.subject.twice` when two subjects have
    one id, `screening.list.large`."""
    return Taken(subjects, reading).index(rarity)


class Taken:
    """The subjects of a list as they come: rows by record, by name and by unit of a name. Names are read once; what is
    taken may be made into an index more than once, as with its own rarity and then with that of a larger list."""

    def __init__(self, subjects: Iterable[Subject], reading: Callable[[str], Name] = read) -> None:
        self._read = reading
        self.ids: list[str] = []
        self.persons: list[str] = []
        self.sexes: list[str | None] = []
        self.beside: dict[str, tuple[array[int], list[str]]] = {
            kind: (array("i"), []) for kind in ("birth_dates", "nationalities", "documents")
        }
        self.same: dict[str, str] = {}  # a date or a nationality that comes again is held once
        self.texts: list[str] = []
        self.records = array("i")
        self.weak, self.words, self.arabic, self.units = (array("B") for _ in range(4))
        self.numbers: dict[bytes, int] = {}
        self.unit_word, self.unit_mask, self.unit_form = array("i"), array("H"), array("B")
        for subject in subjects:
            self._add(subject)

    def _add(self, subject: Subject) -> None:
        record = len(self.ids)
        self.ids.append(subject.id)
        self.persons.append(subject.person)
        self.sexes.append(subject.sex)
        for kind, (owners, texts) in self.beside.items():
            several = getattr(subject, kind)
            owners.extend([record] * len(several))
            texts.extend(several if kind == "documents" else [self.same.setdefault(one, one) for one in several])
        numbers = self.numbers
        for weak, several in ((0, subject.names), (1, subject.weak_names)):
            for text in several:
                name = self._read(text)
                if not name.units:
                    continue
                self.texts.append(text)
                self.records.append(record)
                self.weak.append(weak)
                self.words.append(len(name.words))
                self.arabic.append(name.script == "arabic")
                self.units.append(len(name.units))
                for unit in name.units:
                    self.unit_word.append(numbers.setdefault(unit.code, len(numbers)))
                    self.unit_mask.append(unit.mask)
                    self.unit_form.append(unit.form)

    def index(self, rarity: Rarity | None = None) -> Index:
        """The index of what was taken, as `build`."""
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        for one, two in pairwise(order):
            if self.ids[one] == self.ids[two]:
                raise InputError(
                    "screening.subject.twice",
                    "Two subjects of the list have the same id.",
                    remedy="Give each record an id of its own; records of one human share `person`.",
                    where=f"subject {self.ids[one]}",
                )
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        persons = sorted(set(self.persons))
        numbers = {person: number for number, person in enumerate(persons)}
        owner = np.fromiter((numbers[person] for person in self.persons), np.int64, len(self.persons))
        person_of = np.empty(len(order), np.int64)
        person_of[rank] = owner

        codes, word, plain = self._vocabulary(rarity)
        records = _column(self.records)
        spans = np.zeros(len(records) + 1, np.int64)
        np.cumsum(_column(self.units), out=spans[1:])
        kept = self._names(owner, rank, spans)
        if len(kept) > MOST_NAMES:
            raise InputError(
                "screening.list.large", "The list holds more names than one index can.", remedy="Split the list."
            )
        name_person = owner[records[kept]]
        which, place = between(spans[kept], spans[kept + 1])
        unit_word = word[place]
        units_of = Runs.of(which, len(kept))
        shared = rarity.days if rarity else None
        dates = BirthDates.of(*self._beside("birth_dates", owner), len(persons), shared)
        arabic = _column(self.arabic)[kept] > 0
        plain[unit_word[_column(self.unit_form)[place] == PLAIN]] = True
        vocabulary = _counted(codes, plain, unit_word, name_person[which], arabic, name_person, len(persons), rarity)
        years, days = (column[name_person] for column in dates.alone())
        postings, post_name, post_year = _postings(unit_word, which, years, len(codes))
        named = np.zeros(len(order), bool)
        named[rank[records]] = True
        nations = (rarity.nations, rarity.counted) if rarity else None
        kin_of, kin = self._kin(owner, rank)
        return Index(
            ids=Texts.of(self.ids[place] for place in order),
            persons=Texts.of(persons),
            person_of=person_of.astype(np.int32),
            silent=np.flatnonzero(~named),
            texts=Texts.of(self.texts[place] for place in kept.tolist()),
            name_person=name_person.astype(np.int32),
            name_record=rank[records[kept]].astype(np.int32),
            name_weak=_column(self.weak)[kept].astype(np.uint8),
            name_words=_column(self.words)[kept].astype(np.uint8),
            name_arabic=arabic,
            names_of=Runs.of(name_person, len(persons)),
            units_of=units_of,
            unit_word=unit_word.astype(np.int32),
            unit_mask=_column(self.unit_mask)[place].astype(np.uint16),
            unit_form=_column(self.unit_form)[place].astype(np.uint8),
            postings=postings,
            post_name=post_name,
            post_year=post_year,
            post_day=days[post_name].astype(np.uint16),
            vocabulary=vocabulary,
            birth_dates=dates,
            nationalities=Nationalities.of(*self._beside("nationalities", owner), len(persons), nations),
            documents=Documents.of(*self._beside("documents", owner), len(persons)),
            sexes=Sexes.of(owner, self.sexes, len(persons)),
            kin_of=kin_of,
            kin=kin,
        )

    def _beside(self, kind: str, owner: Ints) -> tuple[list[int], list[str]]:
        records, texts = self.beside[kind]
        return owner[_column(records)].tolist(), texts

    def _kin(self, owner: Ints, rank: Ints) -> tuple[NDArray[np.int32], Texts]:
        """The records of persons who have several, in order, each as `readback.written`."""
        several = np.flatnonzero(np.bincount(owner)[owner] > 1) if len(owner) else owner
        several = several[np.argsort(rank[several])]
        spans = [self._spans(records, several) for records in (self.records, *(of for of, _ in self.beside.values()))]
        kin = []
        for record, own, *others in zip(several.tolist(), *spans, strict=True):
            names = [(self.texts[place], self.weak[place]) for place in range(*own)]
            beside = [texts[slice(*span)] for (_, texts), span in zip(self.beside.values(), others, strict=True)]
            kin.append(written(names, beside, self.sexes[record]))
        return rank[several].astype(np.int32), Texts.of(kin)

    @staticmethod
    def _spans(owners: array[int], wanted: Ints) -> list[tuple[int, int]]:
        """Of each wanted record the places that are its own in a column of records."""
        column = _column(owners)
        first, last = (np.searchsorted(column, wanted, side).tolist() for side in ("left", "right"))
        return list(zip(first, last, strict=True))

    def _vocabulary(self, rarity: Rarity | None) -> tuple[list[bytes], Ints, NDArray[np.bool_]]:
        """All words, the number of each unit's word among them, and of which it is known that somebody is written so.

        With the rarity of another list a word that somebody there is written with is one; another is one as somebody
        here is written with it, and one as it stands for what is written otherwise: so a name is found by the same keys
        whoever else is listed here.
        """
        unit_word = _column(self.unit_word)
        if rarity is None:
            codes = in_order(self.numbers.keys() | CROWD.keys())
            places = {code: number for number, code in enumerate(codes)}
            numbers = np.fromiter(map(places.__getitem__, self.numbers), np.int64, len(self.numbers))
            return codes, numbers[unit_word], np.zeros(len(codes), bool)
        mine = list(self.numbers)
        otherwise = np.ones(len(mine), np.int64)
        otherwise[rarity.written(mine)] = 0
        split = 2 * unit_word + otherwise[unit_word] * (_column(self.unit_form) != PLAIN)
        place = {code: number for number, code in enumerate(in_order(self.numbers.keys()))}
        order = np.fromiter(map(place.__getitem__, mine), np.int64, len(mine))
        used = np.unique(split)
        used = used[np.argsort(2 * order[used // 2] + used % 2)]
        numbers = np.zeros(2 * len(mine), np.int64)
        numbers[used] = np.arange(len(used))
        return [mine[number // 2] for number in used.tolist()], numbers[split], used % 2 == 0

    def _names(self, owner: Ints, rank: Ints, spans: Ints) -> Ints:
        """Which names are kept: of the spellings of a person that are read alike, the strong one of the first record;
        by person, record, and as the record has them."""
        records, weak = _column(self.records), _column(self.weak)
        if not len(records):
            return np.zeros(0, np.int64)
        units = (_column(self.unit_word).astype(np.uint64) << np.uint64(10)) | _column(self.unit_mask).astype(np.uint64)
        # Names of the same units in any order: two sums of mixed numbers, 128 bits.
        alike = [np.add.reduceat(_mixed(units + np.uint64(turn << 60)), spans[:-1]) for turn in (1, 2)]
        place = np.arange(len(records), dtype=np.int64)
        person, record = owner[records], rank[records]
        order = np.lexsort((place, record, weak, alike[1], alike[0], person))
        parts = [column[order] for column in (person, *alike)]
        first = np.ones(len(order), bool)
        first[1:] = np.logical_or.reduce([part[1:] != part[:-1] for part in parts])
        kept = order[first]
        return kept[np.lexsort((kept, weak[kept], record[kept], person[kept]))]


def _counted(
    codes: list[bytes],
    plain: NDArray[np.bool_],
    unit_word: Ints,
    unit_person: Ints,
    arabic: NDArray[np.bool_],
    person: Ints,
    persons: int,
    rarity: Rarity | None,
) -> Vocabulary:
    size = max(persons, 1)
    distinct = np.unique(unit_word * size + unit_person)
    borne = np.bincount(distinct // size, minlength=len(codes)).astype(np.int64)
    writers = len(np.unique(person[~arabic])), len(np.unique(person[arabic]))
    if rarity is None:
        return Vocabulary.of(codes, borne, plain, CROWD, persons, writers)
    return Vocabulary.of(codes, borne, plain, {}, persons, writers, rarity.vocabulary)


def _postings(
    unit_word: Ints, unit_name: Ints, years: Ints, words: int
) -> tuple[Runs, NDArray[np.int32], NDArray[np.int16]]:
    """Of each word the names that it stands in, each once, by year of birth."""
    packed = (unit_word << (_NAME_BITS + _YEAR_BITS)) | ((years[unit_name] + 1) << _NAME_BITS) | unit_name
    packed.sort()
    packed = packed[np.diff(packed, prepend=-1) > 0]
    names = (packed & ((1 << _NAME_BITS) - 1)).astype(np.int32)
    year = ((packed >> _NAME_BITS) & ((1 << _YEAR_BITS) - 1)) - 1
    return Runs.of(packed >> (_NAME_BITS + _YEAR_BITS), words), names, year.astype(np.int16)


def _column(values: array[int]) -> Ints:
    return np.array(values, np.int64)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number spread over 64 bits (the finaliser of SplitMix64)."""
    with np.errstate(over="ignore"):
        mixed = (numbers ^ (numbers >> np.uint64(30))) * _MIX[0]
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[1]
        out: NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(31))
    return out
