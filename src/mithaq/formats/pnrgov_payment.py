"""How a booking was paid: tickets (TKT), their totals (MON), forms of payment (FOP) and excess baggage (EBD).

Rules: of an account its last four signs are kept; taxes, fare types and pricing are understood and of no use to a
border. Document: as `pnrgov`, groups 3 and 4; Directive (EU) 2016/681, annex I, point 6.
"""

from __future__ import annotations

from mithaq.formats.edifact import Segment
from mithaq.formats.pnrgov_booking import Booking, Take
from mithaq.formats.pnrgov_texts import last_four


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


def _ebd(it: Booking, one: Segment) -> None:
    it.excess = it.excess or one.get(1)


def _nothing(it: Booking, one: Segment) -> None:
    """Taxes, fare types, pricing: understood, and of no use to a border."""


TAKES: dict[str, Take] = {
    "TKT": _tkt, "MON": _mon, "FOP": _fop, "EBD": _ebd, "FAR": _nothing, "PTK": _nothing, "TXD": _nothing,
}  # fmt: skip
