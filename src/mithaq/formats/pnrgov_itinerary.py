"""The flights of a booking and what else it holds on the way: TVL and the segments that say more of one.

Rules: an arrival without a day is of the day of departure, unless it lies before it; what cannot be read is left out
and told; a TVL with a flight number alone is the flight before it under its operator's number. Document: as `pnrgov`,
groups 0 and 5, TVL, TRA, RPI, APD and MSG.
"""

from __future__ import annotations

from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.pnrgov_booking import FLIGHTS, Booking, Take
from mithaq.formats.pnrgov_dates import clock, day, moment
from mithaq.formats.pnrgov_notes import Notes

_NO_FLIGHT = {"ARNK": "surface", "OPEN": "open", "SURFACE": "surface", "VOID": "surface"}


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


def _msg(it: Booking, one: Segment) -> None:
    it.non_air = "hotel" if one.get(0) == "8" else "other"


TAKES: dict[str, Take] = {"TVL": _tvl, "TRA": _tra, "RPI": _rpi, "APD": _apd, "MSG": _msg}
