"""What a PAXLST message says: values only. Rule: a text is as sent; empty or None is what was not sent.

Documents: as `paxlst`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.formats.edifact import Warning

# Code list 3035: passenger, crew member, passenger and crew member in transit.
ROLES = {"FL": "passenger", "FM": "crew", "DDU": "transit", "DDT": "transit-crew"}
SEXES = {"M": "male", "F": "female", "X": "other"}


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """A document: `kind` as sent (P passport, I identity card, V visa, ...), expiry YYYY-MM-DD, issuer as sent."""

    kind: str
    number: str
    issuer: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Traveller:
    """A person of the list. `birth_date` is YYYY-MM-DD, or YYYY-MM, or YYYY when no more is known.

    `sex` is male, female, other or unknown; `reference` the carrier's booking; places and states are codes as sent.
    """

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
    clearance: str | None = None
    residence: str | None = None
    birth_place: str | None = None


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
    """One PAXLST message: `document_code` 745 passengers, 250 crew; places and times are those of the whole journey."""

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
