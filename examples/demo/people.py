"""The invented people of one run: 200 who are listed, 300 who travel, and the truth of who is who.

Rule: everything comes from one seed; the truth is known to the demo alone and is keyed by the document that a
traveller carries, as an officer who compares the portrait would know it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from examples.demo.names import HABITS, Name, names

LISTED, TRAVELLERS, WANTED_TRAVEL, HOMONYMS, SAME_DOCUMENT = 200, 300, 5, 3, 2
# What a Moroccan-Belgian flight carries: about six in ten bear a name that has an Arabic form.
ARABIC_SHARE = 0.6
OFFENCES = {
    "fr": ("Escroquerie en bande organisée", "Trafic de stupéfiants", "Faux et usage de faux", "Vol avec violence"),
    "ar": ("النصب ضمن عصابة منظمة", "الاتجار في المخدرات", "التزوير واستعمال المزور", "السرقة مع العنف"),
}
COURTS = {"fr": "Tribunal de première instance (fictif)", "ar": "المحكمة الابتدائية (خيالية)"}


@dataclass(frozen=True)
class Person:
    """An invented person. `spelling` is (given, family) as this record writes them."""

    given: Name
    family: Name
    spelling: tuple[str, str]
    sex: str
    born: date
    nationality: str
    document: str

    @property
    def arabic(self) -> str:
        return f"{self.given.arabic} {self.family.arabic}".strip()

    @property
    def latin(self) -> str:
        return " ".join(self.spelling)


@dataclass(frozen=True)
class Cast:
    """Who is listed (in order), who travels (in order), which document belongs to which listed person, and homonyms."""

    seed: int
    listed: tuple[Person, ...]
    travellers: tuple[Person, ...]
    right: dict[str, int]
    homonyms: frozenset[str]


def cast(seed: int) -> Cast:
    """The people of a seed."""
    rng = random.Random(seed)
    documents = _Documents(rng)
    listed = _listed(rng, documents)
    chosen = rng.sample(range(LISTED), WANTED_TRAVEL + HOMONYMS)
    wanted, shadowed = chosen[:WANTED_TRAVEL], chosen[WANTED_TRAVEL:]
    travelling = [
        _respelt(listed[index], rng, listed[index].document if place < SAME_DOCUMENT else documents.new())
        for place, index in enumerate(wanted)
    ]
    homonyms = [_homonym(listed[index], rng, documents.new()) for index in shadowed]
    taken = {person.arabic for person in listed}
    ordinary = [_ordinary(rng, documents, taken) for _ in range(TRAVELLERS - WANTED_TRAVEL - HOMONYMS)]
    travellers = [*travelling, *homonyms, *ordinary]
    rng.shuffle(travellers)
    right = {person.document: index for person, index in zip(travelling, wanted, strict=True)}
    return Cast(seed, listed, tuple(travellers), right, frozenset(person.document for person in homonyms))


class _Documents:
    """Document numbers, none twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng, self._given = rng, set[str]()

    def new(self) -> str:
        while True:
            letters = "".join(self._rng.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=2))
            number = f"{letters}{self._rng.randrange(10**6, 10**7)}"
            if number not in self._given:
                self._given.add(number)
                return number


def _listed(rng: random.Random, documents: _Documents) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    while len(found) < LISTED:
        person = _arabic(rng, documents, "fr")
        found.setdefault(person.arabic, person)
    return tuple(found.values())


def _arabic(rng: random.Random, documents: _Documents, habit: str) -> Person:
    sex = rng.choices(("male", "female"), (3, 1))[0]
    given, family = rng.choice(names("given", sex)), rng.choice(names("family"))
    spelling = (given.spelt(habit, rng), family.spelt(habit, rng))
    nationality = rng.choices(("MAR", "BEL", "NLD", "FRA"), (7, 2, 1, 1))[0]
    return Person(given, family, spelling, sex, _born(rng), nationality, documents.new())


def _born(rng: random.Random) -> date:
    return date(1952, 1, 1) + timedelta(days=rng.randrange(52 * 365))


def _respelt(person: Person, rng: random.Random, document: str) -> Person:
    """The same human under another spelling: another habit, and another form of each name that has one."""
    habit = rng.choice([one for one in HABITS if one != "fr"])
    given, family = person.spelling
    spelling = (person.given.spelt(habit, rng, given), person.family.spelt(habit, rng, family))
    return replace(person, spelling=spelling, document=document)


def _homonym(person: Person, rng: random.Random, document: str) -> Person:
    """Another human of the same name and birth year, born in another month and on another day."""
    month = rng.choice([one for one in range(1, 13) if one not in {person.born.month, person.born.day}])
    day = rng.choice([one for one in range(1, 29) if one not in {person.born.day, person.born.month}])
    return replace(person, born=date(person.born.year, month, day), document=document)


def _ordinary(rng: random.Random, documents: _Documents, taken: set[str]) -> Person:
    """A traveller whose name no notice bears."""
    while True:
        arabic = rng.random() < ARABIC_SHARE
        person = _arabic(rng, documents, rng.choice(HABITS)) if arabic else _foreign(rng, documents)
        if not person.arabic or person.arabic not in taken:
            return person


def _foreign(rng: random.Random, documents: _Documents) -> Person:
    sex = rng.choice(("male", "female"))
    given, family = rng.choice(names("foreign-given", sex)), rng.choice(names("foreign-family"))
    spelling = (given.spelt("fr", rng), family.spelt("fr", rng))
    nationality = rng.choice(("BEL", "BEL", "NLD", "FRA", "LUX"))
    return Person(given, family, spelling, sex, _born(rng), nationality, documents.new())
