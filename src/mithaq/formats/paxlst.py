"""PAXLST passenger and crew lists, D.02B to D.15B and their like, as carriers send them.

Rules: a traveller is read from its NAD group and nothing is carried over from another one; what cannot be read is left
empty and warned of. Documents: WCO/IATA/ICAO Guidelines on Advance Passenger Information, appendix IIA (PAXLST
implementation guide, 2003 to 2016), segments UNH, BGM and CNT; the journey is read by `paxlst_legs`, the NAD groups by
`paxlst_travellers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.formats.edifact import MAX_WARNINGS, Segment, Warning, tokenise
from mithaq.formats.edifact_dates import day_of
from mithaq.formats.edifact_envelope import Message, messages
from mithaq.formats.paxlst_legs import legs_of
from mithaq.formats.paxlst_travellers import travellers
from mithaq.formats.paxlst_values import (
    ROLES,
    SEXES,
    Baggage,
    Interchange,
    Leg,
    Manifest,
    TravelDocument,
    Traveller,
)

__all__ = ["ROLES", "SEXES", "Baggage", "Interchange", "Leg", "Manifest", "TravelDocument", "Traveller", "read_paxlst"]

# Versions that the guides use; others are read as these are.
_VERSIONS = {"D:02B", "D:05B", "D:12B", "D:15B"}
# Segments of the message in its directories, D.02B to D.21A.
_TAGS = frozenset(
    ["UNH", "BGM", "RFF", "DTM", "LOC", "NAD", "CTA", "COM", "TDT", "ATT", "MEA", "GEI", "FTX", "EMP", "NAT", "DOC",
     "CPI", "QTY", "CNT", "AUT", "UNT"]
)  # fmt: skip


def read_paxlst(data: bytes | BinaryIO) -> Interchange:
    """The passenger lists of a file. Raises InputError: as `tokenise`, or `paxlst.none` when no message is a PAXLST."""
    tokens = tokenise(data)
    warnings = list(tokens.warnings)
    found: list[Manifest] = []
    for message in messages(tokens.segments, warnings):
        if message.segments[0].get(1).upper() == "PAXLST":
            found.append(_manifest(message, warnings))
        else:
            offset = message.segments[0].offset
            warnings.append(Warning("paxlst.message", offset, "A message that is no PAXLST was left out."))
    if not found:
        detail = "The interchange holds no PAXLST message."
        raise InputError("paxlst.none", detail, remedy="Check that the right file was chosen.", where="offset 0")
    return Interchange(tuple(found), _bounded(warnings))


def _bounded(warnings: list[Warning]) -> tuple[Warning, ...]:
    """The first of them, when there are more than anybody reads: the last one then says how many are not told."""
    more = len(warnings) - MAX_WARNINGS
    if more <= 0:
        return tuple(warnings)
    offset = warnings[MAX_WARNINGS].offset
    last = Warning("edifact.warnings", offset, "{more} further warnings were left out.", {"more": more})
    return (*warnings[:MAX_WARNINGS], last)


def _manifest(message: Message, warnings: list[Warning]) -> Manifest:
    part = message.segments
    head = part[0]
    version = ":".join(filter(None, (head.get(1, 1), head.get(1, 2))))
    _check_version(head, version, warnings)
    first = _first(part)
    heading = part[:first]
    prepared = day_of(message.prepared)
    legs = legs_of(heading, prepared, warnings)
    flight = next((leg.flight for leg in legs if leg.flight), "")
    departs = next((leg.departs for leg in legs if leg.departs), "")
    # Two-digit years are read against the day of the flight; without one, that of the interchange.
    people, mentioned = travellers(part[first:], departs[:10] or prepared, warnings)
    _check_counts(part, len(mentioned), people, warnings)
    return Manifest(
        reference=head.get(0),
        document_code=next((one.get(0) for one in heading if one.tag == "BGM"), ""),
        carrier=next((one.get(4) for one in heading if one.tag == "TDT"), "") or flight[:2],
        flight=flight,
        departure=next((leg.departure for leg in legs if leg.departure), ""),
        arrival=next((leg.arrival for leg in reversed(legs) if leg.arrival), ""),
        departs=departs,
        arrives=next((leg.arrives for leg in reversed(legs) if leg.arrives), ""),
        itinerary=legs,
        travellers=people,
        version=version,
        function=next((one.get(1) for one in heading if one.tag == "BGM"), ""),
        transaction=next((one.get(0, 1) for one in heading if one.tag == "RFF" and one.get(0) == "TN"), ""),
        access=head.get(2),
        part=":".join(filter(None, (head.get(3), head.get(3, 1)))),
        mentioned=mentioned,
    )


def _first(part: Sequence[Segment]) -> int:
    """Where the travellers begin: the reporting party stands before the flight, they stand after it."""
    flight = False
    for place, one in enumerate(part):
        flight = flight or one.tag == "TDT"
        if one.tag == "NAD" and (flight or one.get(0) in ROLES) and one.get(0) != "MS":
            return place
    return len(part)


def _check_version(head: Segment, version: str, warnings: list[Warning]) -> None:
    if version.upper() not in _VERSIONS:
        detail = "The message is of version {version}, which this reader does not know; it was read as the others are."
        warnings.append(Warning("paxlst.version", head.offset, detail, {"version": version or "-"}))


def _check_counts(
    part: Sequence[Segment], mentioned: int, people: Sequence[Traveller], warnings: list[Warning]
) -> None:
    """CNT 41 counts crew, 42 passengers; carriers write the total under either, and the number as its own element."""
    crew = sum(one.role in {"crew", "transit-crew"} for one in people)
    for one in part:
        if one.tag not in _TAGS:
            detail = "A segment is none that PAXLST has, and was not read."
            warnings.append(Warning("paxlst.segment", one.offset, detail))
        if one.tag != "CNT" or one.get(0) not in {"41", "42"}:
            continue
        said = one.get(0, 1) or one.get(1)
        right = {len(people) + mentioned, crew if one.get(0) == "41" else len(people) - crew}
        if not (said.isascii() and said.isdigit() and len(said) < 10 and int(said) in right):
            detail = "The list holds {persons} persons, {crew} of them crew, and says otherwise."
            warnings.append(Warning("paxlst.count", one.offset, detail, {"persons": len(people), "crew": crew}))
