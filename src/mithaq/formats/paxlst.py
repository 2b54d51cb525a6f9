"""PAXLST passenger and crew lists, D.02B and D.05B, as carriers send them.

Rules: a traveller is read from its NAD group and nothing is carried over from another one; what cannot be read is left
empty and warned of. Documents: WCO/IATA/ICAO Guidelines on Advance Passenger Information, appendix IIA (PAXLST
implementation guide), segments BGM, TDT, LOC, DTM and CNT; the NAD group is read by `paxlst_travellers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.formats.edifact import MAX_WARNINGS, Segment, Warning, tokenise
from mithaq.formats.edifact_dates import day_of, moment_of
from mithaq.formats.edifact_envelope import Message, messages
from mithaq.formats.paxlst_travellers import travellers
from mithaq.formats.paxlst_values import (
    ROLES,
    SEXES,
    Interchange,
    Leg,
    Manifest,
    TravelDocument,
    Traveller,
)

__all__ = ["ROLES", "SEXES", "Interchange", "Leg", "Manifest", "TravelDocument", "Traveller", "read_paxlst"]

# LOC: 125 last place abroad, 87 first place here, 92 a place between; DTM: 189 scheduled departure, 232 arrival.
_DEPARTS, _ARRIVES = {"125", "189"}, {"87", "232"}


def read_paxlst(data: bytes | BinaryIO) -> Interchange:
    """The passenger lists of a file. Raises InputError: as `tokenise`, or `paxlst.none` when no message is a PAXLST."""
    tokens = tokenise(data)
    warnings = list(tokens.warnings)
    found: list[Manifest] = []
    for message in messages(tokens.segments, warnings):
        if message.segments[0].get(1) == "PAXLST":
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
    first = next((place for place, one in enumerate(part) if one.tag == "NAD" and one.get(0) in ROLES), len(part))
    heading = part[:first]
    legs = _legs(heading, warnings)
    flight = next((leg.flight for leg in legs if leg.flight), "")
    departs = next((leg.departs for leg in legs if leg.departs), "")
    # Two-digit years are read against the day of the flight; without one, that of the interchange.
    people = travellers(part[first:], departs[:10] or day_of(message.prepared), warnings)
    _check_counts(part, people, warnings)
    return Manifest(
        reference=part[0].get(0),
        document_code=next((one.get(0) for one in heading if one.tag == "BGM"), ""),
        carrier=next((one.get(4) for one in heading if one.tag == "TDT"), "") or flight[:2],
        flight=flight,
        departure=next((leg.departure for leg in legs if leg.departure), ""),
        arrival=next((leg.arrival for leg in reversed(legs) if leg.arrival), ""),
        departs=departs,
        arrives=next((leg.arrives for leg in reversed(legs) if leg.arrives), ""),
        itinerary=legs,
        travellers=people,
    )


def _legs(heading: Sequence[Segment], warnings: list[Warning]) -> tuple[Leg, ...]:
    """A leg for each TDT, and one for each further departure under it; a place is known by its code or its time."""
    found: list[dict[str, str]] = []
    place = ""
    for one in heading:
        if one.tag == "TDT":
            found.append({"flight": one.get(1)})
            place = ""
        elif one.tag == "LOC" and found:
            code, place = one.get(0), one.get(1)
            if code in _DEPARTS | _ARRIVES:
                _end(found, "departure" if code in _DEPARTS else "arrival", place)
        elif one.tag == "DTM" and found and one.get(0) in _DEPARTS | _ARRIVES:
            leaving = one.get(0) in _DEPARTS
            _end(found, "departure" if leaving else "arrival", place)
            found[-1].setdefault("departs" if leaving else "arrives", moment_of(one, warnings))
    return tuple(Leg(**leg) for leg in found)


def _end(legs: list[dict[str, str]], end: str, place: str) -> None:
    """Set an end of the leg being read; a departure after an arrival begins the next leg of the same flight."""
    if end == "departure" and "arrival" in legs[-1]:
        legs.append({"flight": legs[-1]["flight"]})
    legs[-1].setdefault(end, place)


def _check_counts(part: Sequence[Segment], people: Sequence[Traveller], warnings: list[Warning]) -> None:
    """CNT 41 counts crew, 42 passengers; carriers write the total under either, and the number as its own element."""
    crew = sum(one.role in {"crew", "transit-crew"} for one in people)
    for one in part:
        if one.tag != "CNT" or one.get(0) not in {"41", "42"}:
            continue
        said = one.get(0, 1) or one.get(1)
        right = {len(people), crew if one.get(0) == "41" else len(people) - crew}
        if not (said.isascii() and said.isdigit() and len(said) < 10 and int(said) in right):
            detail = "The list holds {persons} persons, {crew} of them crew, and says otherwise."
            warnings.append(Warning("paxlst.count", one.offset, detail, {"persons": len(people), "crew": crew}))
