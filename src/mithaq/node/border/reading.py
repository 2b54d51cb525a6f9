"""From a manifest's bytes to the travellers that screening compares. Pure.

Rules: nothing of a traveller is changed on the way (how names are read is screening's); a file that was cut off is
refused whole, so that half a list never looks like a list; a date from the future is kept and warned of.
Design: architecture, "The road"; documents: ISO 9735-1, section 8 (UNZ and UNT are mandatory).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from mithaq.errors import InputError
from mithaq.formats import edifact, mrz, paxlst, pnrgov, pnrgov_values
from mithaq.formats.edifact import Warning
from mithaq.node.acts import wire
from mithaq.node.acts.nouns import Document
from mithaq.node.border.requests import ScreenTraveller, Travel, TravellerData
from mithaq.screening import Traveller
from mithaq.seal import canonical

# The header of an interchange stands in its first segments.
_HEAD = 8192
# Lists come days before a flight; a later departure is a wrong year sooner than a plan.
_AHEAD = timedelta(days=14)
_MANY = 200
_TAIL = 512
_TRAILER = re.compile(rb"[^\w ]\s*UNZ[^\w\s]")
# Of PNRGOV: numbers of trusted travellers and of redress are no documents that anybody carries.
_NO_PAPERS = {"K", "R"}
_WRITTEN = re.compile(r"(\d{1,2})[./ ](\d{1,2})[./ ](\d{4})")
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_STATE = re.compile(r"[A-Z]{2,3}")
Warnings = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A manifest as read: its feed (the format), sender and interchange, journey, travellers, and what was warned of.

    `part` says which of a flight's lists it is: a PAXLST has one of passengers and one of crew. `prepared` is the
    sender's own moment as YYMMDDHHMM or CCYYMMDDHHMM; empty when the format has none.
    """

    feed: str
    part: str
    sender: str
    interchange: str
    prepared: str
    travel: Travel
    travellers: tuple[TravellerData, ...]
    warnings: Warnings

    @property
    def crew(self) -> int:
        return sum(one.role in {"crew", "transit-crew"} for one in self.travellers)

    @property
    def content(self) -> str:
        """A digest of what the list says: the same for the same travellers in any order, whoever sent it and when."""
        people = sorted(canonical.canonical(wire.encode(one)) for one in self.travellers)
        journey = canonical.canonical(wire.encode(self.travel))
        return canonical.digest(b"\n".join([journey, *people]))


@dataclass(frozen=True, slots=True)
class _Read:
    """What a format's reader gives: part, journey, travellers, the number of messages and the warnings."""

    part: str
    travel: Travel
    travellers: tuple[TravellerData, ...]
    messages: int
    warnings: Sequence[Warning]


def read(data: bytes, post: str, today: date) -> Reading:
    """Read a manifest of any format that posts receive. InputError when it holds no manifest, or is cut off.

    `today` is the node's day, for dates that lie in the future.
    """
    header = _header(data)
    feed = _feed(data)
    found = FORMATS[feed](data, post)
    if not found.messages:
        raise InputError(
            "paxlst.empty", "The file holds no passenger list.", remedy="Check that the upload is complete."
        )
    _check_whole(data, found)
    warnings = [*found.warnings[:_MANY], *_future(found, today)]
    plain = tuple(
        {"code": one.code, "offset": one.offset, "detail": one.sentence, "params": dict(one.params)} for one in warnings
    )
    return Reading(
        feed, found.part, header.get(1), header.get(4), _prepared(header), found.travel, found.travellers, plain
    )


def _feed(data: bytes) -> str:
    return "pnrgov" if b"PNRGOV" in data[:_HEAD] else "paxlst"


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
    first = found.messages[0]
    travel = Travel(first.flight, first.departure, first.arrival, first.departs, first.arrives, post)
    people = tuple(_traveller(one) for message in found.messages for one in message.travellers)
    part = " ".join(sorted({one.document_code for one in found.messages}))
    return _Read(part, travel, people, len(found.messages), found.warnings)


def _pnrgov(data: bytes, post: str) -> _Read:
    found = pnrgov.read_pnrgov(data)
    first = found.messages[0]
    flight = first.flight if first.flight.startswith(first.carrier) else f"{first.carrier}{first.flight}"
    travel = Travel(flight, first.departure, first.arrival, first.departs, first.arrives, post)
    people = tuple(
        _booked(one) for message in found.messages for record in message.records for one in record.travellers
    )
    return _Read(first.part[:2], travel, people, len(found.messages), found.warnings)


def _booked(one: pnrgov_values.Traveller) -> TravellerData:
    """A traveller of a booking: the booked name, and those on the documents where they are written otherwise."""
    papers = [paper for paper in one.documents if paper.number and paper.kind not in _NO_PAPERS]
    names = [(one.given, one.family), *((paper.given, paper.family) for paper in papers)]
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


def _future(found: _Read, today: date) -> Iterable[Warning]:
    departs = _day(found.travel.departs)
    if departs is not None and departs > today + _AHEAD:
        yield Warning("manifest.future", 0, "The departure lies more than two weeks in the future.")
    if any((born := _day(one.birth_date)) is not None and born > today for one in found.travellers):
        yield Warning("manifest.unborn", 0, "A birth date lies in the future.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def one_traveller(asked: ScreenTraveller, today: date) -> tuple[TravellerData, Warnings]:
    """The traveller that an officer asks for, and what was warned of: the zone's fields, under the officer's words.

    Raises InputError `traveller.empty`, `.birth_date`, `.nationality`, or what the reader of zones raises.
    """
    zone, warnings = read_zone(asked.mrz, today) if asked.mrz.strip() else (TravellerData(()), ())
    name, document = " ".join(asked.name.split()), asked.document.strip()
    one = replace(
        zone,
        names=(name[:200],) if name else zone.names,
        birth_date=_birth_date(asked.birth_date) or zone.birth_date,
        nationality=_nationality(asked.nationality) or zone.nationality,
        documents=(Document("", document[:40]),) if document else zone.documents,
    )
    if not one.names and not one.documents:
        raise InputError(
            "traveller.empty",
            "There is nobody to compare: neither a name nor a document.",
            remedy="Scan or type the lines at the foot of the document, or give a name.",
            where="mrz",
        )
    born = _day(one.birth_date)
    if born is not None and born > today:
        future = {
            "code": "manifest.unborn",
            "offset": 0,
            "detail": "A birth date lies in the future.",
        }
        warnings = (*warnings, future)
    return one, warnings


def _birth_date(text: str) -> str:
    """A date as officers write it (1984-03-17, 17.03.1984, 17/3/1984, 1984-03, 1984) as ISO 8601, or nothing."""
    plain = text.strip()
    if not plain:
        return ""
    if found := _WRITTEN.fullmatch(plain):
        plain = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    year, month, day = (*plain.split("-"), "01", "01")[:3]
    if not _ISO.fullmatch(plain) or _day(f"{year}-{month}-{day}") is None:
        raise InputError(
            "traveller.birth_date",
            "This is no date of birth.",
            remedy="Write year, month and day (1984-03-17), or what is known of them (1984-03, 1984).",
            where="birth_date",
        )
    return plain


def _nationality(text: str) -> str:
    plain = text.strip().upper()
    if plain and not _STATE.fullmatch(plain):
        raise InputError(
            "traveller.nationality",
            "A nationality is a code of two or three letters.",
            remedy="Take it from the document.",
            where="nationality",
        )
    return plain


def read_zone(text: str, today: date) -> tuple[TravellerData, Warnings]:
    """The traveller of a machine-readable zone, and what its reader tolerated (a check digit that does not hold).

    Raises InputError `traveller.zones` when there are several, and as `formats.mrz.read_mrz`.
    """
    found = mrz.read_mrz(text.encode(), today).zones
    if len(found) > 1:
        raise InputError(
            "traveller.zones",
            "The lines are those of more than one document.",
            remedy="Compare one traveller after the other.",
            where="mrz",
        )
    zone = found[0].zone
    one = TravellerData(
        names=(f"{zone.secondary} {zone.primary}".strip(),),
        birth_date=zone.birth_date or "",
        sex=zone.sex,
        nationality=zone.nationality,
        documents=(Document(zone.code, zone.number, zone.issuer),) if zone.number else (),
    )
    told: Warnings = tuple(
        {"code": one.code, "offset": one.where, "detail": one.detail, "params": dict(one.params)}
        for one in found[0].warnings
    )
    return one, told


def _traveller(one: paxlst.Traveller) -> TravellerData:
    return TravellerData(
        names=(f"{one.given} {one.family}".strip(),),
        birth_date=one.birth_date or "",
        sex=one.sex,
        nationality=one.nationality or "",
        documents=tuple(Document(item.kind, item.number, item.issuer or "") for item in one.documents),
        role=one.role,
    )


def for_screening(position: int, one: TravellerData) -> Traveller:
    """A traveller in the shape of the screening engine, known by its position in the manifest."""
    return Traveller(
        id=str(position),
        names=one.names,
        birth_date=one.birth_date or None,
        nationality=one.nationality or None,
        document=one.documents[0].number if one.documents else None,
        sex=one.sex if one.sex in {"female", "male"} else None,
    )
