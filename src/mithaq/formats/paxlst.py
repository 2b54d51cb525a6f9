"""PAXLST passenger and crew lists, D.02B and D.05B, as carriers send them.

Rules: a traveller is read from the NAD group and nothing is carried over from another one; what cannot be read is left
empty and warned of; a missing UNZ is a warning. Documents: WCO/IATA/ICAO Guidelines on Advance Passenger Information,
appendix IIA (PAXLST implementation guide), segments BGM, TDT, LOC, DTM, NAD, ATT, NAT, DOC, RFF, CNT.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mithaq.errors import InputError
from mithaq.formats.edifact import Segment, Warning, tokenise
from mithaq.formats.edifact_dates import date_of, moment_of

ROLES = {"FL": "passenger", "FM": "crew", "DDU": "transit", "DDT": "transit-crew"}
SEXES = {"M": "male", "F": "female", "X": "other"}


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """A document: `kind` as sent (P, I, V, ...), dates as YYYY-MM-DD, the issuer as sent (ICAO code)."""

    kind: str
    number: str
    issuer: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Traveller:
    """A person of the list. `birth_date` is YYYY-MM-DD, or YYYY-MM, or YYYY when no more is known."""

    role: str
    family: str
    given: str
    sex: str
    birth_date: str | None
    nationality: str | None
    documents: tuple[TravelDocument, ...] = ()
    embarkation: str | None = None
    debarkation: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of the journey; times are local, YYYY-MM-DDTHH:MM, as sent."""

    flight: str
    departure: str = ""
    departs: str = ""
    arrival: str = ""
    arrives: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One PAXLST message."""

    reference: str
    document_code: str
    carrier: str
    flight: str
    departure: str
    arrival: str
    departs: str
    arrives: str
    itinerary: tuple[Leg, ...]
    travellers: tuple[Traveller, ...]


@dataclass(frozen=True, slots=True)
class Interchange:
    """All messages of a file, with what the readers tolerated."""

    messages: tuple[Manifest, ...]
    warnings: tuple[Warning, ...]


@dataclass
class _Draft:
    """A traveller being read."""

    segment: Segment
    role: str
    fields: dict[str, str] = field(default_factory=dict)
    documents: list[TravelDocument] = field(default_factory=list)


def read_paxlst(data: bytes) -> Interchange:
    """The passenger lists of an interchange. Raises InputError: as `tokenise`, or `paxlst.none` without a PAXLST."""
    tokens = tokenise(data)
    warnings = list(tokens.warnings)
    messages = tuple(_message(part, warnings) for part in _messages(tokens.segments, warnings))
    if not messages:
        raise InputError(
            "paxlst.none", "The interchange holds no PAXLST message.", remedy="Check that the right file was chosen."
        )
    return Interchange(messages, tuple(warnings))


def _messages(segments: tuple[Segment, ...], warnings: list[Warning]) -> Iterator[list[Segment]]:
    """Segments by message, UNH first; checks trailers and their counts."""
    part: list[Segment] = []
    counts, open_tags = {"UNB": 0, "UNG": 0, "UNH": 0}, []
    closes = {"UNT": "UNH", "UNE": "UNG", "UNZ": "UNB"}
    for segment in segments:
        if segment.tag in counts:
            if part:
                warnings.append(Warning("edifact.unt", segment.offset, "A message has no trailer UNT."))
                yield from _paxlst(part)
                part = []
            counts[segment.tag] += 1
            open_tags.append(segment.tag)
            if segment.tag == "UNH":
                part = [segment]
            continue
        if segment.tag in closes:
            if part and segment.tag == "UNT":
                _count("edifact.unt.count", segment, len(part) + 1, warnings)
                yield from _paxlst(part)
                part = []
            if closes[segment.tag] in open_tags:
                open_tags.remove(closes[segment.tag])
            continue
        if part:
            part.append(segment)
    if part:
        yield from _paxlst(part)
    last = segments[-1].offset
    for tag, name in (("UNH", "UNT"), ("UNG", "UNE"), ("UNB", "UNZ")):
        if tag in open_tags and not (tag == "UNH" and not part):
            warnings.append(Warning(f"edifact.{name.lower()}", last, f"The trailer {name} is missing."))


def _paxlst(part: list[Segment]) -> Iterator[list[Segment]]:
    if part[0].get(1) == "PAXLST":
        yield part


def _count(code: str, segment: Segment, found: int, warnings: list[Warning]) -> None:
    said = segment.get(0)
    if said.isascii() and said.isdigit() and len(said) < 10 and int(said) != found:
        warnings.append(Warning(code, segment.offset, f"The trailer says {int(said)} where there are {found}."))


def _message(part: list[Segment], warnings: list[Warning]) -> Manifest:
    first = next((place for place, one in enumerate(part) if one.tag == "NAD" and one.get(0) in ROLES), len(part))
    heading, rest = part[:first], part[first:]
    code = next((one.get(0) for one in heading if one.tag == "BGM"), "")
    legs = _legs(heading, warnings)
    flight = legs[0].flight if legs else ""
    tdt = next((one for one in heading if one.tag == "TDT"), None)
    reference = legs[0].departs if legs else ""
    travellers = tuple(_traveller(draft, reference, warnings) for draft in _drafts(rest, reference, warnings))
    for one in part:
        if one.tag == "CNT" and one.get(0, 0) in {"41", "42"}:
            said = one.get(0, 1)
            if said.isascii() and said.isdigit() and len(said) < 10 and int(said) != len(travellers):
                detail = f"The list says {int(said)} persons and holds {len(travellers)}."
                warnings.append(Warning("paxlst.count", one.offset, detail))
    return Manifest(
        reference=part[0].get(0),
        document_code=code,
        carrier=(tdt.get(4) if tdt else "") or flight[:2],
        flight=flight,
        departure=next((leg.departure for leg in legs if leg.departure), ""),
        arrival=next((leg.arrival for leg in reversed(legs) if leg.arrival), ""),
        departs=next((leg.departs for leg in legs if leg.departs), ""),
        arrives=next((leg.arrives for leg in reversed(legs) if leg.arrives), ""),
        itinerary=tuple(legs),
        travellers=travellers,
    )


def _legs(heading: list[Segment], warnings: list[Warning]) -> list[Leg]:
    """One leg a TDT: its departure is the place with time 189 (or LOC 125), its arrival that with 232 (or LOC 87)."""
    found: list[dict[str, str]] = []
    place, kind = "", ""
    for one in heading:
        if one.tag == "TDT":
            found.append({"flight": one.get(1)})
            place, kind = "", ""
        elif one.tag == "LOC" and found:
            kind, place = one.get(0), one.get(1)
            if kind in {"125", "87"}:
                found[-1].setdefault("departure" if kind == "125" else "arrival", place)
        elif one.tag == "DTM" and found and one.get(0, 0) in {"189", "232"}:
            at = moment_of(one, warnings)
            ends = ("departure", "departs") if one.get(0, 0) == "189" else ("arrival", "arrives")
            found[-1].setdefault(ends[0], place)
            found[-1].setdefault(ends[1], at)
    return [Leg(**leg) for leg in found]


def _drafts(rest: list[Segment], reference: str, warnings: list[Warning]) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for one in rest:
        if one.tag == "NAD":
            if draft:
                yield draft
            role = ROLES.get(one.get(0), "")
            draft = _Draft(one, role) if role else None
            if not role:
                warnings.append(Warning("paxlst.role", one.offset, "A party that is no traveller was left out."))
        elif draft:
            _take(draft, one, reference, warnings)
    if draft:
        yield draft


def _take(draft: _Draft, one: Segment, reference: str, warnings: list[Warning]) -> None:
    if one.tag == "ATT" and one.get(0) == "2":
        draft.fields["sex"] = SEXES.get(one.get(2).upper(), "unknown")
    elif one.tag == "DTM" and one.get(0, 0) == "329":
        draft.fields["birth"] = date_of(one, reference, warnings, past=True) or ""
    elif one.tag == "DTM" and one.get(0, 0) == "36" and draft.documents:
        _amend(draft, expires=date_of(one, reference, warnings, past=False))
    elif one.tag == "LOC" and one.get(0) == "91" and draft.documents:
        _amend(draft, issuer=one.get(1) or None)
    elif one.tag == "LOC" and one.get(0) in {"178", "179"}:
        draft.fields[one.get(0)] = one.get(1)
    elif one.tag == "NAT":
        draft.fields["nationality"] = one.get(1)
    elif one.tag == "RFF" and one.get(0, 0) == "AVF":
        draft.fields["reference"] = one.get(0, 1)
    elif one.tag == "DOC" and one.get(1):
        draft.documents.append(TravelDocument(one.get(0, 0), one.get(1)))


def _amend(draft: _Draft, *, expires: str | None = None, issuer: str | None = None) -> None:
    last = draft.documents[-1]
    draft.documents[-1] = TravelDocument(last.kind, last.number, issuer or last.issuer, expires or last.expires)


def _traveller(draft: _Draft, _reference: str, warnings: list[Warning]) -> Traveller:
    names = _names(draft.segment)
    if not any(names):
        warnings.append(Warning("paxlst.name", draft.segment.offset, "A traveller has no name."))
    held = draft.fields
    return Traveller(
        role=draft.role,
        family=names[0],
        given=names[1],
        sex=held.get("sex", "unknown"),
        birth_date=held.get("birth") or None,
        nationality=held.get("nationality") or None,
        documents=tuple(draft.documents),
        embarkation=held.get("178") or None,
        debarkation=held.get("179") or None,
        reference=held.get("reference") or None,
    )


def _names(segment: Segment) -> tuple[str, str]:
    """Family and given names: the fourth element as the guide says, or the first later one that holds any."""
    for element in (3, 2, 4, 1):
        if element < len(segment.elements):
            parts = [part.strip() for part in segment.elements[element]]
            if any(parts):
                return parts[0], " ".join(part for part in parts[1:] if part)
    return "", ""
