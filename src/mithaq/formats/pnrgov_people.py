"""The travellers of one booking while it is read: found by reference or name, or made from a document.

Rules: a reference that names a traveller wins; an infant's document goes to an infant; a document that names nobody of
the booking makes a traveller of its own, so that no person is lost. Document: as `pnrgov`, group 2, TIF and SSR, data
element 9944.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mithaq.formats.pnrgov_texts import untitled
from mithaq.formats.pnrgov_values import Document, Ticket, Traveller

# Namesakes among whom a given name is looked for: a family of a group, not a hostile file.
MAX_NAMESAKES = 50


class Person:
    """A traveller being read. Lists are made when something is put into them: most stay empty."""

    def __init__(self, family: str, given: str, kind: str = "", reference: str = "", *, infant: bool = False) -> None:
        self.family, self.given, self.kind, self.reference, self.infant = family, given, kind, reference, infant

    identifier = ""
    sex = "unknown"
    birth_date: str | None = None
    documents: Any = ()
    contacts: Any = ()
    addresses: Any = ()
    tickets: Any = ()
    memberships: Any = ()
    seats: Any = ()
    bags: Any = ()
    services: Any = ()

    def put(self, where: str, key: object, value: object) -> None:
        """Put something into one of the collections, once for each key."""
        held = getattr(self, where)
        if held:
            held.setdefault(key, value)
        else:
            setattr(self, where, {key: value})

    def learn(self, document: Document) -> None:
        """Take a document, and from it sex and birth date where none is known yet."""
        self.put(
            "documents", (document.number and (document.source, document.kind, document.number)) or document, document
        )
        if self.sex == "unknown":
            self.sex = document.sex
        if self.birth_date is None:
            self.birth_date = document.birth_date

    def bought(self) -> dict[str, Ticket]:
        """The tickets, whole."""
        return {number: Ticket(**said) for number, said in self.tickets.items()} if self.tickets else {}

    def whole(self) -> Traveller:
        """The traveller."""
        given, title = untitled(self.given, self.sex)
        sent = f"{self.family}/{self.given}" if self.given else self.family
        return Traveller(
            self.family, given, title, sent, self.kind, self.reference, self.identifier, self.sex, self.birth_date,
            self.infant, _all(self.documents), _all(self.contacts), _all(self.addresses), _all(self.bought()),
            _all(self.memberships), _all(self.seats), _all(self.bags), _all(self.services),
        )  # fmt: skip


@dataclass(slots=True)
class People:
    """The travellers of a booking, in the order sent."""

    all: list[Person] = field(default_factory=list)
    references: dict[str, Person] = field(default_factory=dict)
    families: dict[str, list[Person]] = field(default_factory=dict)
    infants: list[Person] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)

    def add(self, person: Person) -> Person:
        """Take one more."""
        self.all.append(person)
        if person.reference:
            self.references.setdefault(person.reference.lstrip("0"), person)
        self.families.setdefault(_letters(person.family), []).append(person)
        if person.kind == "infant":
            self.infants.append(person)
        return person

    def referred(self, reference: str) -> Person | None:
        """By reference, zeros before it left out."""
        return self.references.get(reference.lstrip("0")) if reference else None

    def named(self, family: str, given: str, among: Sequence[Person] | None = None) -> Person | None:
        """By family name, and given names of which one begins with the other."""
        wanted = _letters(untitled(given)[0])
        for one in (self.families.get(_letters(family), ()) if among is None else among)[:MAX_NAMESAKES]:
            held = _letters(untitled(one.given)[0])
            same = among is None or _letters(one.family) == _letters(family)
            if same and (held.startswith(wanted) or wanted.startswith(held)):
                return one
        return None

    def infant(self, family: str, given: str, reference: str = "") -> Person | None:
        """The infant that is meant: by name, by the reference of its own, or because there is one only."""
        found = self.named(family, given, self.infants) if family else None
        referred = self.referred(f"{reference}I") or self.referred(reference)
        if found is None and referred is not None and referred.kind == "infant":
            found = referred
        if found is None and len(self.infants) == 1 and (not given or not self.infants[0].given):
            found = self.infants[0]
        return found

    def owner(self, document: Document, reference: str, current: Person | None, *, infant: bool) -> Person | None:
        """Whose document it is; None when it is nobody's of the booking."""
        family, given = document.family, document.given
        if infant:
            return self.infant(family, given, reference) or (self.named(family, given) if family else None)
        referred = self.referred(reference)
        if referred is not None:
            return referred
        found = self.named(family, given) if family else None
        if current is not None:
            return current if found is None or _letters(current.family) == _letters(family) else found
        return found or (self.all[0] if len(self.all) == 1 and not family else None)


def _all(held: Any) -> tuple[Any, ...]:
    return tuple(held.values()) if held else ()


def _letters(name: str) -> str:
    return name.upper() if name.isalpha() else name.replace(" ", "").replace("-", "").upper()
