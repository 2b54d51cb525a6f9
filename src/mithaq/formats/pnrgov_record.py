"""One booking of a PNRGOV message, from SRC to the next one: a segment at a time.

Rules: from the first ABI or SAC on it is history, which is counted and not kept; a segment that PNRGOV does not have is
told. What a segment says of travellers, flights, addresses and payments is read by the modules of those names.
Special services wait until the whole booking is read, for they name travellers who may come later. Document: as
`pnrgov`, groups 1 to 11.
"""

from __future__ import annotations

from mithaq.formats import pnrgov_address, pnrgov_itinerary, pnrgov_payment, pnrgov_traveller
from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.pnrgov_booking import FLIGHTS, HISTORY, PEOPLE, Booking, Take
from mithaq.formats.pnrgov_dates import moment
from mithaq.formats.pnrgov_values import Locator

_KEPT_ON = {"SAC", "LTS"}


def take(it: Booking, segment: Segment) -> None:
    """Read a segment into the booking."""
    found = _TAKES.get(segment.tag)
    if found is None:
        it.notes.leave(segment)
    elif it.phase != HISTORY or segment.tag in _KEPT_ON:
        found(it, segment)


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


def _eqn(it: Booking, _: Segment) -> None:
    it.splitting = True


def _history(it: Booking, one: Segment) -> None:
    it.close_ticket()
    if one.tag != "LTS":
        it.phase = HISTORY
    if one.tag != "ABI":
        it.history += 1


_TAKES: dict[str, Take] = {
    "RCI": _rci, "SSR": _ssr, "DAT": _dat, "EQN": _eqn, "ABI": _history, "SAC": _history, "LTS": _history,
    **pnrgov_traveller.TAKES, **pnrgov_itinerary.TAKES, **pnrgov_address.TAKES, **pnrgov_payment.TAKES,
}  # fmt: skip
