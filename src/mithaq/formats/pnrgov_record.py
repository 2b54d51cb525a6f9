"""One booking of a PNRGOV message, from SRC to the next one: a segment at a time.

Rules: what stands before the first TIF is said of the booking, under a TIF of that traveller, under a TVL of that
flight; from the first ABI or SAC on it is history, which is counted and not kept. Special services wait until the whole
booking is read, for they name travellers who may come later. Document: as `pnrgov`, groups 1 to 11.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.pnrgov_dates import clock, day, moment
from mithaq.formats.pnrgov_notes import Notes
from mithaq.formats.pnrgov_people import People, Person
from mithaq.formats.pnrgov_services import seat
from mithaq.formats.pnrgov_texts import contacts, last_four, mails, masked, phones
from mithaq.formats.pnrgov_values import TYPES, Address, Agent, Bags, Contact, Locator, Seat
from mithaq.formats.pnrgov_withheld import told

BOOKING, PEOPLE, FLIGHTS, HISTORY = range(4)
_EIGHT = ("",) * 8
_KEPT_ON = {"SAC", "LTS"}
_UNITS = {"700": "kg", "701": "lb"}
_NO_FLIGHT = {"ARNK": "surface", "OPEN": "open", "SURFACE": "surface", "VOID": "surface"}
_INFANT_ASIDE = re.compile(r"\(INF ?([^/()]*)/([^/)]+)")


class Booking:
    """A booking being read; `reference` is the day of the flight, against which short years are read."""

    def __init__(self, offset: int, reference: str, notes: Notes) -> None:
        notes.hold(offset)
        self.offset, self.reference, self.notes = offset, reference, notes
        self.phase = BOOKING
        self.people = People()
        self.person: Person | None = None
        self.flights: list[dict[str, str]] = []
        self.non_air = ""
        self.locators: dict[tuple[str, str], Locator] = {}
        self.split: dict[tuple[str, str], Locator] = {}
        self.splitting = False
        self.agent: Agent | None = None
        self.changed = self.ticketed = self.group = self.excess = ""
        self.contacts: dict[Contact, None] = {}
        self.addresses: dict[Address, None] = {}
        self.payments: list[dict[str, str]] = []
        self.payers: dict[int, tuple[str, ...]] = {}
        self.remarks: dict[str, None] = {}
        self.ticket: dict[str, str] = {}
        self.later: list[tuple[Segment, int, Person | None, int]] = []
        self.history = self.withheld = 0

    def take(self, segment: Segment) -> None:
        """Read a segment."""
        take = _TAKES.get(segment.tag)
        if take is None:
            self.notes.leave(segment)
        elif self.phase != HISTORY or segment.tag in _KEPT_ON:
            take(self, segment)

    def text(self, text: str, code: str = "", *, remark: bool = True) -> None:
        """A free text: its contacts, else the text itself, unless it must not be kept."""
        found = contacts(text, code)
        for one in found:
            if self.person is not None and self.phase == PEOPLE:
                self.person.put("contacts", one, one)
            else:
                self.contacts[one] = None
        if found or not remark or not text:
            return
        if told(text):
            self.withheld += 1
        else:
            self.remarks[masked(text)] = None

    def close_ticket(self) -> None:
        """Give the ticket being read to its traveller."""
        if self.ticket and self.person is not None:
            self.person.put("tickets", self.ticket["number"], self.ticket)
        self.ticket = {}


def agent_of(one: Segment) -> Agent:
    """An ORG: reservation system and place, agency, office, place, carrier, kind, country and currency, agent."""
    get, last = one.get, one.get(6)
    # Some leave the currency where the agent should stand.
    currency, agent = (get(5, 1), last) if get(5, 1) or len(last) != 3 else (last, "")
    return Agent(get(0), get(0, 1) or get(2), get(1), get(1, 1), get(3), get(4), get(5), currency, agent)


def times(one: Segment, notes: Notes) -> tuple[str, str]:
    """Departure and arrival of a TVL; an arrival without a day is of the same one, unless it lies before."""
    said = one.elements[0] if one.elements else ()
    read = notes.times.get(said)
    if read is None:
        read = notes.times[said] = _times(said)
    departs, arrives, lost, wrong = read
    if lost:
        notes.add(
            Warning("pnrgov.arrival", one.offset, "An arrival before the departure has no day, and was left out.")
        )
    if wrong:
        notes.add(Warning("pnrgov.date", one.offset, "A date or time cannot be read, and was left out."))
    return departs, arrives


def _times(said: tuple[str, ...]) -> tuple[str, str, bool, bool]:
    """Departure, arrival, whether the arrival was left out, whether something cannot be read."""
    first, at, last, until = (*map(str.strip, said), "", "", "", "")[:4]
    if len(last) == 4 and last.isdigit() and not until:
        last, until = "", last
    departs, arrives, lost = moment(first, at), "", False
    if last or until:
        arrives = moment(last or first, until)
        lost = not last and bool(arrives) and arrives < departs
    wrong = (first and not departs) or (last and not day(last)) or any(it and not clock(it) for it in (at, until))
    return departs, "" if lost else arrives, lost, bool(wrong)


def _rci(it: Booking, one: Segment) -> None:
    where = it.split if it.splitting else it.locators
    for parts in one.elements:
        carrier, reference, kind, date, time = (*parts, "", "", "", "", "")[:5]
        if len(kind) == 6 and kind.isdigit():  # some leave out the kind, and the rest moves forward
            kind, date, time = "", kind, date
        if reference and (carrier, reference) not in where:
            where[carrier, reference] = Locator(carrier, reference, kind, moment(date, time))
    it.splitting = False


def _ssr(it: Booking, one: Segment) -> None:
    it.later.append((one, it.notes.number, it.person if it.phase == PEOPLE else None, len(it.flights) - 1))


def _dat(it: Booking, one: Segment) -> None:
    for parts in one.elements:
        kind, date, time = (*parts, "", "", "")[:3]
        if kind not in {"700", "710"} or it.phase == FLIGHTS:
            continue
        said = moment(date, time)
        if not said:
            it.notes.add(Warning("pnrgov.date", one.offset, "A date or time cannot be read, and was left out."))
        if it.phase == PEOPLE:
            if kind == "710" and it.ticket:
                it.ticket["issued"] = said
        elif kind == "700":
            it.changed = said
        else:
            it.ticketed = said


def _ift(it: Booking, one: Segment) -> None:
    kind = one.get(0, 1)
    if kind in {"15", "63", "19"}:  # fare calculation, handling carrier, history
        return
    texts = [":".join(parts).strip() for parts in one.elements[1:]]
    if kind != "43":
        it.text(" ".join(texts))
        return
    # Who pays: name, address, telephone.
    if it.payments:
        it.payers.setdefault(len(it.payments) - 1, tuple(masked(text) for text in texts if text))
    for text in texts[2:]:
        for number in phones(text):
            it.contacts[Contact("phone", number, "payer")] = None


def _org(it: Booking, one: Segment) -> None:
    if it.agent is None and it.phase != FLIGHTS:
        it.agent = agent_of(one)


def _add(it: Booking, one: Segment) -> None:
    for parts in one.elements:
        code, street, city, state, area, country, postcode, text = (*map(str.strip, parts), *_EIGHT)[:8]
        paying = it.phase == PEOPLE and bool(it.payments)
        kind = "contact" if it.phase == BOOKING else "payer" if paying else "traveller"
        rest = "" if not text or _address_text(it, code, text) else masked(text)
        if rest and told(rest):
            rest, it.withheld = "", it.withheld + 1
        found = Address(kind, masked(street), masked(city), state or area, country, postcode, rest)
        if not any((street, city, state, area, country, postcode, rest)):
            continue
        if it.person is not None and kind == "traveller":
            it.person.put("addresses", found, found)
        else:
            it.addresses[found] = None


def _address_text(it: Booking, code: str, text: str) -> bool:
    """Take the contacts of an address's own text, where a number needs no word before it; whether there were any."""
    found = (
        contacts(text)
        or [Contact("email", mail, code) for mail in mails(text)]
        or [Contact("phone", number, code) for number in phones(text)]
    )
    person = it.person if it.phase == PEOPLE else None
    for one in found:
        if person is not None:
            person.put("contacts", one, one)
        else:
            it.contacts[one] = None
    return bool(found)


def _ebd(it: Booking, one: Segment) -> None:
    it.excess = it.excess or one.get(1)


def _tif(it: Booking, one: Segment) -> None:
    it.close_ticket()
    family = one.get(0)
    for parts in one.elements[1:] or (("",),):
        given, code, reference, with_infant = (*(part.strip() for part in parts), "", "", "", "")[:4]
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


def _tkt(it: Booking, one: Segment) -> None:
    it.close_ticket()
    it.ticket = {"number": one.get(0), "kind": one.get(0, 1)}


def _mon(it: Booking, one: Segment) -> None:
    for parts in one.elements:
        if parts[0] == "T" and it.ticket:
            it.ticket["total"] = " ".join(parts[1:3]).strip()


def _fop(it: Booking, one: Segment) -> None:
    for parts in one.elements:
        kind, _, amount, vendor, account, expires = (*map(str.strip, parts), "", "", "", "", "", "")[:6]
        if kind or amount:
            shown = last_four(account)
            it.payments.append({"kind": kind, "amount": amount, "vendor": vendor, "account": shown, "expires": expires})


def _tvl(it: Booking, one: Segment) -> None:
    it.close_ticket()
    it.phase, it.person = FLIGHTS, None
    carrier, number = one.get(3), one.get(4)
    kind = it.non_air or _NO_FLIGHT.get(number, "") or _NO_FLIGHT.get(carrier, "")
    if not kind and it.flights and number and not (one.get(0) or one.get(1) or one.get(2)):
        it.flights[-1].setdefault("operating_number", number)
        return
    # Most bookings of a message are of the same flights.
    it.notes.hold(one.offset)
    known = it.notes.routes
    route = known.get(one.elements)
    if route is None:
        route = known[one.elements] = _route(one)
    departs, arrives = times(one, it.notes)
    it.flights.append({"kind": kind or "air", "departs": departs, "arrives": arrives, **route})


def _route(one: Segment) -> dict[str, str]:
    """Places, flight and class of a TVL; not to be changed."""
    found = {"departure": one.get(1), "arrival": one.get(2), "carrier": one.get(3), "number": one.get(4)}
    found["booking_class"] = one.get(4, 1)
    if one.get(3, 1):
        found["operating_carrier"] = one.get(3, 1)
    return found


def _tra(it: Booking, one: Segment) -> None:
    if it.flights:
        it.flights[-1].update(operating_carrier=one.get(0), operating_number=one.get(1))


def _rpi(it: Booking, one: Segment) -> None:
    if it.flights:
        it.flights[-1].setdefault("status", one.get(1))


def _apd(it: Booking, one: Segment) -> None:
    if it.flights:
        it.flights[-1].setdefault("equipment", one.get(0))


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
            tags.append(" ".join(part.strip() for part in parts[:4] if part.strip()))
    flight = it.flights[-1] if it.flights else {}
    label = f"{flight.get('carrier', '')}{flight.get('number', '')}"
    found = Bags(label, one.get(1), one.get(1, 1), _UNITS.get(one.get(1, 2), ""), pool, tuple(tags))
    it.person.put("bags", found, found)


def _eqn(it: Booking, _: Segment) -> None:
    it.splitting = True


def _msg(it: Booking, one: Segment) -> None:
    it.non_air = "hotel" if one.get(0) == "8" else "other"


def _history(it: Booking, one: Segment) -> None:
    it.close_ticket()
    if one.tag != "LTS":
        it.phase = HISTORY
    if one.tag != "ABI":
        it.history += 1


def _nothing(it: Booking, one: Segment) -> None:
    """Taxes, fare types, pricing: understood, and of no use to a border."""


_TAKES: dict[str, Callable[[Booking, Segment], None]] = {
    "RCI": _rci, "SSR": _ssr, "DAT": _dat, "IFT": _ift, "ORG": _org, "ADD": _add, "EBD": _ebd, "TIF": _tif, "FTI": _fti,
    "REF": _ref, "FAR": _nothing, "TKT": _tkt, "MON": _mon, "PTK": _nothing, "TXD": _nothing, "FOP": _fop, "TVL": _tvl,
    "TRA": _tra, "RPI": _rpi, "APD": _apd, "TRI": _tri, "SSD": _ssd, "TBD": _tbd, "EQN": _eqn, "MSG": _msg,
    "ABI": _history, "SAC": _history, "LTS": _history,
}  # fmt: skip
