"""Seats that special services ask for, given to their travellers.

Rule: a reference wins, then the traveller under whom the service stands, then the one whom its text names; a seat of
nobody is kept as a service of the booking. Document: as `pnrgov`, segment SSR.
"""

from __future__ import annotations

from mithaq.formats import pnrgov_services as services
from mithaq.formats.edifact import Segment
from mithaq.formats.pnrgov_booking import Booking
from mithaq.formats.pnrgov_people import Person
from mithaq.formats.pnrgov_values import Seat, Service


def seats_of(it: Booking, one: Segment, person: Person | None, flight: int, found: dict[Service, None]) -> None:
    """Give the seats of a service under a flight, or of none (-1), to their travellers; the others go into `found`."""
    start, end = one.get(0, 6), one.get(0, 7)
    if not start and 0 <= flight < len(it.flights):
        start, end = it.flights[flight]["departure"], it.flights[flight]["arrival"]
    text = "".join(one.elements[0][8:])
    # Nobody says whose the seats in the text itself are.
    nobodys = services.seats(text)
    for element in one.elements[1:]:
        said = services.seat(element[0])
        owner = it.people.referred(element[2].strip()) if len(element) > 2 and element[2] else None
        owner = owner or person or _seated(it, text)
        if said and owner:
            seat = Seat(said, start, end)
            owner.put("seats", seat, seat)
        elif said:
            nobodys.append(said)
    for said in nobodys:
        found[Service(one.get(0), one.get(0, 1), f"{said} {start} {end}".strip())] = None


def _seated(it: Booking, text: str) -> Person | None:
    """Whom the text of a seat names (`VERADI/NORA`), or the only one of the booking."""
    family, mark, given = text.strip("/. ").partition("/")
    named = it.people.named(family, given) if mark else None
    return named or (it.people.all[0] if len(it.people.all) == 1 else None)
