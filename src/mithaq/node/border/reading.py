"""From a manifest's bytes to the travellers that screening compares. Pure.

Rules: nothing of a traveller is changed on the way (how names are read is screening's); a file that was cut off is
refused whole, so that half a list never looks like a list; a date from the future, or a departure long past, is kept
and warned of.
Design: architecture, "The road"; documents: ISO 9735-1, section 8 (UNZ and UNT are mandatory).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mithaq.errors import InputError
from mithaq.formats import edifact, known, paxlst, pnrgov, pnrgov_values
from mithaq.formats.edifact import Warning
from mithaq.formats.pnrgov_texts import untitled
from mithaq.formats.text import decode
from mithaq.formats.unpack import unpack
from mithaq.node.acts.nouns import Document
from mithaq.node.border.requests import Travel, TravellerData
from mithaq.screening import Traveller
from mithaq.seal import canonical

# The header of an interchange stands in its first segments.
_HEAD = 8192
# Lists come days before a flight; a later departure is a wrong year sooner than a plan.
_AHEAD = timedelta(days=14)
# A late list is days late; an earlier departure is a wrong year, or a list that was sent before.
_BEHIND = timedelta(days=30)
_MANY = 200
# Nobody carries more; a list that says so must not multiply the work.
_PAPERS = 4
_TAIL = 512
_TRAILER = re.compile(rb"[^\w ]\s*UNZ[^\w\s]")
# Of PNRGOV: numbers of trusted travellers and of redress are no documents that anybody carries.
_NO_PAPERS = {"K", "R"}
# What `recognise` says of a file of which it knows nothing: the reader of PAXLST says more.
_FOR_PAXLST = {"read.unknown", "read.empty"}
Warnings = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A manifest as read: its feed (the format), sender and interchange, journey, travellers, and what was warned of.

    `part` says which of a flight's lists it is: a PAXLST has one of passengers and one of crew. `prepared` is the
    sender's own moment as YYMMDDHHMM or CCYYMMDDHHMM; empty when the format has none. `travel` is the first list's
    journey; `travels` holds each traveller's own, in order, when the lists of several flights came in one file.
    """

    feed: str
    part: str
    sender: str
    interchange: str
    prepared: str
    travel: Travel
    travellers: tuple[TravellerData, ...]
    warnings: Warnings
    travels: tuple[Travel, ...] = ()

    @property
    def crew(self) -> int:
        return sum(one.role in {"crew", "transit-crew"} for one in self.travellers)

    @property
    def content(self) -> str:
        """A digest of what the list says: the same for the same travellers in any order, whoever sent it and when."""
        flights = self.travels or (self.travel,) * len(self.travellers)
        people = (
            f"{_line(one)}\x1f{_flight_line(flight)}" for one, flight in zip(self.travellers, flights, strict=True)
        )
        lines = [_flight_line(self.travel), *sorted(people)]
        return canonical.digest("\n".join(lines).encode("utf-8", "surrogatepass"))


def _flight_line(one: Travel) -> str:
    return "\x1f".join((one.flight, one.departure, one.arrival, one.departs, one.arrives, one.post))


def _line(one: TravellerData) -> str:
    """A traveller as one line, the same for the same values; canonical JSON would be slow for hundreds of them."""
    papers = ("\x1d".join((paper.kind, paper.number, paper.issuer)) for paper in one.documents)
    values = ("\x1e".join(one.names), one.birth_date, one.sex, one.nationality, "\x1e".join(papers), one.role)
    return "\x1f".join(values)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a format's reader gives: part, journey, travellers, the number of messages and the warnings."""

    part: str
    travel: Travel
    travellers: tuple[TravellerData, ...]
    messages: int
    warnings: Sequence[Warning]
    travels: tuple[Travel, ...] = ()


def read(data: bytes, post: str, today: date) -> Reading:
    """Read a manifest of any format that posts receive, packed or not. InputError when it holds none, or is cut off.

    `today` is the node's day, for dates that lie in the future.
    """
    data = unpack(io.BytesIO(data))
    feed = _feed(data)
    header = _header(data)
    found = FORMATS[feed](data, post)
    if not found.messages:
        raise InputError(
            "paxlst.empty", "The file holds no passenger list.", remedy="Check that the upload is complete."
        )
    _check_whole(data, found)
    warnings = [*found.warnings[:_MANY], *_told(found, today)]
    plain = tuple(
        {"code": one.code, "offset": one.offset, "detail": one.sentence, "params": dict(one.params)} for one in warnings
    )
    travels = found.travels if len(set(found.travels)) > 1 else ()
    sender, interchange, prepared = header.get(1), header.get(4), _prepared(header)
    return Reading(feed, found.part, sender, interchange, prepared, found.travel, found.travellers, plain, travels)


def _feed(data: bytes) -> str:
    """Which reader reads it. InputError `manifest.format` for a file that is read elsewhere, and of `known.recognise`
    for one that is named but read nowhere; what is nothing known is for the reader of PAXLST, which says what is wrong
    with it."""
    head = data[:_HEAD]
    try:
        kind = known.recognise(known.Head(head, decode(head).characters)).kind
    except InputError as error:
        if error.code in _FOR_PAXLST:
            return "paxlst"
        raise
    if kind.lower() not in FORMATS:
        raise InputError(
            "manifest.format",
            "The file is no passenger list: {format}.",
            remedy="See what it holds under “Read a file”; lists of persons are imported under “Lists”.",
            where="data",
            format=kind,
        )
    return kind.lower()


def _header(data: bytes) -> edifact.Segment:
    """The UNB of the first interchange; an empty one when there is none: the format's own reader says what is wrong."""
    try:
        segments = edifact.tokenise(data[:_HEAD]).segments
    except InputError:
        segments = ()
    return next((one for one in segments if one.tag == "UNB"), edifact.Segment("UNB", ()))


def _prepared(header: edifact.Segment) -> str:
    text = header.get(3) + header.get(3, 1)
    return text if text.isascii() and text.isdigit() else ""


def _paxlst(data: bytes, post: str) -> _Read:
    found = paxlst.read_paxlst(data)
    people = tuple(_traveller(one) for message in found.messages for one in message.travellers)
    part = " ".join(sorted({one.document_code for one in found.messages}))
    flights = [Travel(one.flight, one.departure, one.arrival, one.departs, one.arrives, post) for one in found.messages]
    travels = tuple(flight for flight, one in zip(flights, found.messages, strict=True) for _ in one.travellers)
    return _Read(part, flights[0], people, len(found.messages), found.warnings, travels)


def _pnrgov(data: bytes, post: str) -> _Read:
    found = pnrgov.read_pnrgov(data)
    flights = [_flight(one, post) for one in found.messages]
    people = tuple(
        (_booked(one), flight)
        for flight, message in zip(flights, found.messages, strict=True)
        for record in message.records
        for one in record.travellers
    )
    travellers, travels = tuple(one for one, _ in people), tuple(flight for _, flight in people)
    return _Read(found.messages[0].part[:2], flights[0], travellers, len(flights), found.warnings, travels)


def _flight(one: pnrgov_values.Message, post: str) -> Travel:
    flight = one.flight if one.flight.startswith(one.carrier) else f"{one.carrier}{one.flight}"
    return Travel(flight, one.departure, one.arrival, one.departs, one.arrives, post)


def _booked(one: pnrgov_values.Traveller) -> TravellerData:
    """A traveller of a booking: the booked name, and those on the documents where they are written otherwise."""
    papers = [paper for paper in one.documents if paper.number and paper.kind not in _NO_PAPERS]
    names = [(one.given, one.family), *((untitled(paper.given, paper.sex)[0], paper.family) for paper in papers)]
    return TravellerData(
        names=tuple(dict.fromkeys(text for given, family in names if (text := f"{given} {family}".strip()))),
        birth_date=one.birth_date or "",
        sex=one.sex,
        nationality=next((paper.nationality for paper in papers if paper.nationality), ""),
        documents=tuple(Document(paper.kind, paper.number, paper.issuer) for paper in papers),
    )


FORMATS: dict[str, Callable[[bytes, str], _Read]] = {"paxlst": _paxlst, "pnrgov": _pnrgov}


def _check_whole(data: bytes, found: _Read) -> None:
    """InputError `manifest.cut`. One message that is whole stands without its interchange's trailer: nobody is
    missing from it; several do not, since who comes in the next one is not known."""
    codes = {one.code for one in found.warnings}
    # A last trailer that nothing terminates, or that text follows, is a trailer all the same.
    open_end = bool(codes & {"edifact.unz", "edifact.warnings"}) and not _TRAILER.search(data[-_TAIL:])
    halved = "edifact.unt" in codes and (open_end or b"UNB" not in data[:_HEAD])
    if halved or (open_end and found.messages > 1):
        raise InputError(
            "manifest.cut",
            "The file breaks off before its end; nothing of it was screened or kept.",
            remedy="Send the whole file again.",
            where=f"offset {len(data)}",
        )


def _told(found: _Read, today: date) -> Iterable[Warning]:
    """What the node says of a list beside its reader: several flights, dates far from today."""
    flights = len(set(found.travels))
    if flights > 1:
        detail = "The file holds the lists of {flights} flights; each candidate is shown with its own."
        yield Warning("manifest.flights", 0, detail, {"flights": flights})
    departs = day_of(found.travel.departs)
    if departs is not None and departs > today + _AHEAD:
        yield Warning("manifest.future", 0, "The departure lies more than two weeks in the future.")
    if departs is not None and departs < today - _BEHIND:
        yield Warning("manifest.past", 0, "The departure lies more than thirty days in the past.")
    if any((born := day_of(one.birth_date)) is not None and born > today for one in found.travellers):
        yield Warning("manifest.unborn", 0, "A birth date lies in the future.")


def day_of(text: str) -> date | None:
    """The whole day that a text of ISO 8601 begins with, or None."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _traveller(one: paxlst.Traveller) -> TravellerData:
    return TravellerData(
        names=(f"{one.given} {one.family}".strip(),),
        birth_date=one.birth_date or "",
        sex=one.sex,
        nationality=one.nationality or "",
        documents=tuple(Document(item.kind, item.number, item.issuer or "") for item in one.documents),
        role=one.role,
    )


def for_screening(position: int, one: TravellerData) -> tuple[Traveller, ...]:
    """A traveller in the shape of the screening engine, once a document, known by its position in the manifest."""
    numbers: list[str | None] = list(dict.fromkeys(document.number for document in one.documents))
    return tuple(
        Traveller(
            id=f"{position}/{number}",
            names=one.names,
            birth_date=one.birth_date or None,
            nationality=one.nationality or None,
            document=document,
            sex=one.sex if one.sex in {"female", "male"} else None,
        )
        for number, document in enumerate(numbers[:_PAPERS] or [None])
    )


def position_of(asked: str) -> int:
    """The position in the manifest of a traveller that `for_screening` named so."""
    return int(asked.partition("/")[0])
