"""What the segments under a TIF say of a traveller: the name, memberships, identifier, and at check-in seat and bags.

Rules: a TIF after the first TVL is of the check-in and names a traveller of the booking; one whom only the check-in
knows is kept and told; a traveller without a name is kept and told. Document: as `pnrgov`, groups 2, 5 and 7 to 9.
"""

from __future__ import annotations

import re

from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.pnrgov_booking import BOOKING, FLIGHTS, PEOPLE, Booking, Take
from mithaq.formats.pnrgov_people import Person
from mithaq.formats.pnrgov_services import seat
from mithaq.formats.pnrgov_texts import TITLES
from mithaq.formats.pnrgov_values import TYPES, Bags, Seat

# Code list 6411 as the guide has it, and as others write it.
_UNITS = {"700": "kg", "K": "kg", "KG": "kg", "KGM": "kg", "701": "lb", "L": "lb", "LB": "lb", "LBR": "lb"}
_INFANT_ASIDE = re.compile(r"\(INF ?([^/()]*)/([^/)]+)")


def _tif(it: Booking, one: Segment) -> None:
    it.close_ticket()
    family = one.get(0)
    for number, parts in enumerate(one.elements[1:] or (("",),)):
        given, code, reference, with_infant = (*(part.strip() for part in parts), "", "", "", "")[:4]
        if number and not any(map(str.isalpha, given)):
            continue  # a further name that is none: an empty element, a count
        if code.upper() in TITLES:
            given, code = f"{given} {code}", ""
        code = code or (one.get(0, 1) if not given else "")
        if code == "G":
            it.group = it.group or family
        elif it.phase >= FLIGHTS:
            _checked_in(it, one, family, given, code, reference)
        else:
            _traveller(it, one, family, given, code, reference, infant=with_infant == "1")
    if it.phase == BOOKING:
        it.phase = PEOPLE


def _traveller(it: Booking, one: Segment, family: str, given: str, code: str, reference: str, *, infant: bool) -> None:
    if not family and not given:
        it.notes.add(Warning("pnrgov.name", one.offset, "A traveller has no name."))
    it.notes.hold(one.offset)
    person = Person(family, given, TYPES.get(code.upper(), code), reference, infant=infant)
    it.person = it.people.add(person)
    aside = _INFANT_ASIDE.search(given) if "(INF" in given else None
    if aside:
        person.infant = True
        it.people.aside.append((aside[1].strip() or family, aside[2].strip()))


def _checked_in(it: Booking, one: Segment, family: str, given: str, code: str, reference: str) -> None:
    """The traveller whom a departure control system names: one of the booking, or one that only it knows."""
    it.person = it.people.referred(reference) or it.people.named(family, given)
    if it.person is None:
        it.notes.hold(one.offset)
        it.notes.add(Warning("pnrgov.traveller", one.offset, "A traveller stands at the check-in only, and was kept."))
        it.person = it.people.add(Person(family, given, TYPES.get(code.upper(), code), reference))


def _fti(it: Booking, one: Segment) -> None:
    if it.person is not None:
        for parts in one.elements:
            said = " ".join(filter(None, map(str.strip, parts)))
            it.person.put("memberships", said, said)


def _ref(it: Booking, one: Segment) -> None:
    if it.person is not None:
        it.person.identifier = one.get(0, 1) or one.get(0)


def _tri(it: Booking, one: Segment) -> None:
    it.person = it.people.referred(one.get(1, 3))


def _ssd(it: Booking, one: Segment) -> None:
    found = seat(one.get(0))
    if it.person is not None and it.flights and found:
        flight = it.flights[-1]
        given = Seat(found, flight["departure"], flight["arrival"], given=True)
        it.person.put("seats", given, given)


def _tbd(it: Booking, one: Segment) -> None:
    if it.person is None:
        return
    pool, tags = "", []
    for parts in one.elements[2:]:
        if parts[0] in {"HP", "MP"}:
            pool = " ".join(part.strip() for part in parts if part.strip())
        elif len(parts) > 1 and parts[1]:
            tags.append(" ".join(part.strip() for part in parts[:5] if part.strip()))
    flight = it.flights[-1] if it.flights else {}
    label = f"{flight.get('carrier', '')}{flight.get('number', '')}"
    found = Bags(label, one.get(1), one.get(1, 1), _UNITS.get(one.get(1, 2), ""), pool, tuple(tags))
    it.person.put("bags", found, found)


TAKES: dict[str, Take] = {"TIF": _tif, "FTI": _fti, "REF": _ref, "TRI": _tri, "SSD": _ssd, "TBD": _tbd}
