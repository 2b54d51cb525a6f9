"""The special services of a booking given to its travellers, and the booking as a value.

Rules: as `pnrgov_people`; a service that tells belief or health is counted and left out before anything else is done
with it. Document: as `pnrgov`, segment SSR; AIRIMP, special services.
"""

from __future__ import annotations

from typing import Any

from mithaq.formats import pnrgov_papers as papers
from mithaq.formats import pnrgov_services as services
from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.pnrgov_booking import Booking
from mithaq.formats.pnrgov_people import Person
from mithaq.formats.pnrgov_seats import seats_of
from mithaq.formats.pnrgov_texts import contacts, masked
from mithaq.formats.pnrgov_values import Agent, Document, Flight, Payment, Record, Service
from mithaq.formats.pnrgov_withheld import tells


def record(it: Booking) -> Record:
    """The booking, whole."""
    it.close_ticket()
    found: dict[Service, None] = {}
    for one, number, person, flight in it.later:
        it.notes.number = number
        _service(it, one, person, flight, found)
    for family, given in it.people.aside:
        if it.people.infant(family, given) is None:
            it.people.add(Person(family, given, "infant"))
    _check(it)
    return Record(
        it.offset,
        tuple(it.locators.values()),
        it.changed,
        it.ticketed,
        it.agent or Agent(),
        it.group,
        tuple([one.whole() for one in it.people.all]),
        tuple([_flight(it, one) for one in it.flights]),
        tuple(it.contacts),
        tuple(it.addresses),
        tuple([Payment(**one, payer=it.payers.get(place, ())) for place, one in enumerate(it.payments)]),
        tuple(found),
        tuple(it.remarks),
        tuple(it.split.values()),
        it.excess,
        it.history,
        it.withheld,
    )


def _flight(it: Booking, said: dict[str, str]) -> Flight:
    key = tuple(said.items())
    found = it.notes.flights.get(key)
    if found is None:
        found = it.notes.flights[key] = Flight(**said)
    return found


def _check(it: Booking) -> None:
    everyone = it.people.all
    if not everyone and not it.group:
        it.notes.add(Warning("pnrgov.empty", it.offset, "A booking holds no traveller."), 0)
    if any(one.infant for one in everyone) and not it.people.infants:
        it.notes.add(Warning("pnrgov.infant", it.offset, "A traveller carries an infant that is not named."), 0)


def _service(it: Booking, one: Segment, person: Person | None, flight: int, found: dict[Service, None]) -> None:
    """Documents, seats, then what may tell belief or health, then the rest."""
    parts = one.elements[0] if one.elements else ()
    code = parts[0].strip().upper() if parts else ""
    rest = one.elements[1:]
    references = [element[2].strip() for element in rest if len(element) > 2 and element[2]] if rest else []
    text = parts[8] if len(parts) == 9 else "".join(parts[8:])
    if code in {"DOCS", "PSPT"}:
        document, infant = (papers.docs if code == "DOCS" else papers.pspt)(text, it.reference)
        _document(it, one, document, references, person, infant=infant)
    elif code == "DOCO":
        _document(it, one, papers.doco(text, it.reference), references, person, infant=text.endswith("/I"))
    elif code in services.SEATS:
        seats_of(it, one, person, flight, found)
    elif tells(code, text) and not code.startswith("CTC"):
        it.withheld += 1
    elif code:
        _other(it, one, text, references, person, found)


def _other(
    it: Booking, one: Segment, text: str, references: list[str], person: Person | None, found: dict[Service, None]
) -> None:
    code, owners = one.get(0).upper(), _owners(it, references, person)
    only = owners or (it.people.all if len(it.people.all) == 1 else [])
    if code == "DOCA":
        _reach(it, "addresses", services.doca(text), only)
    elif code.startswith("CTC"):
        for contact in contacts(services.unselected(text), code):
            _reach(it, "contacts", contact, only)
    elif code == "INFT":
        _infant(it, text, references)
    elif code == "CHLD":
        for owner in only:
            owner.kind = owner.kind or "child"
            owner.birth_date = owner.birth_date or services.born(text, it.reference)
    elif code in services.TICKETS and services.ticket(text)[0] and (holders := _holders(it, text, references, only)):
        number = services.ticket(text)[0]
        for owner in holders:
            owner.put("tickets", number, {"number": number})
    else:
        kept = Service(code, one.get(0, 1), masked(text))
        for owner in owners:
            owner.put("services", kept, kept)
        if not owners:
            found[kept] = None


def _holders(it: Booking, text: str, references: list[str], only: list[Person]) -> list[Person]:
    """Whose ticket it is: an infant's says so, and is told under the adult who carries it."""
    if text.lstrip().startswith("INF"):
        infant = it.people.infant("", "", references[0] if references else "")
        return [infant] if infant else only
    return only


def _reach(it: Booking, where: str, value: Any, owners: list[Person]) -> None:
    """A contact or an address, of the travellers or of the booking."""
    for owner in owners:
        owner.put(where, value, value)
    if not owners:
        getattr(it, where)[value] = None


def _owners(it: Booking, references: list[str], person: Person | None) -> list[Person]:
    referred = [owner for owner in map(it.people.referred, references) if owner]
    return referred or ([person] if person else [])


def _owner(it: Booking, references: list[str], person: Person | None) -> Person | None:
    owners = _owners(it, references, person)
    return owners[0] if owners else it.people.all[0] if len(it.people.all) == 1 else None


def _document(
    it: Booking, one: Segment, document: Document, references: list[str], person: Person | None, *, infant: bool
) -> None:
    reference = references[0] if references else ""
    if reference and it.people.referred(reference) is None:
        it.notes.add(
            Warning("pnrgov.reference", one.offset, "A service refers to a traveller who is not in the booking.")
        )
    owner = it.people.owner(document, reference, person, infant=infant)
    if owner is None and document.source == "DOCO":
        owner = _owner(it, references, person)
    if owner is None and not (document.family or document.given):
        it.notes.add(
            Warning("pnrgov.document", one.offset, "A document belongs to nobody of the booking, and was left out.")
        )
        return
    if owner is None:
        it.notes.hold(one.offset)
        it.notes.add(Warning("pnrgov.traveller", one.offset, "A traveller stands in a document only, and was kept."))
        owner = it.people.add(Person(document.family, document.given, "infant" if infant else ""))
    if document.source == "DOCS" and document.birth_date is None and document.number:
        it.notes.add(Warning("pnrgov.birth", one.offset, "A document has no birth date that can be read."))
    owner.learn(document)


def _infant(it: Booking, text: str, references: list[str]) -> None:
    family, given, born = services.infant(text, it.reference)
    if not family:
        return
    found = it.people.infant(family, given, references[0] if references else "")
    if found is None:
        found = it.people.add(Person(family, given, "infant"))
    if found.birth_date is None:
        found.birth_date = born
