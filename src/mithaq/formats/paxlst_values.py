"""What a PAXLST message says: values only. Rule: a text is as sent; empty or None is what was not sent.

Documents: as `paxlst`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.formats.edifact import Warning

# Code list 3035: passenger, crew member, passenger and crew member in transit, driver.
ROLES = {"FL": "passenger", "FM": "crew", "DDU": "transit", "DDT": "transit-crew", "VW": "crew"}
SEXES = {"M": "male", "F": "female", "X": "other"}


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """A document: `kind` as sent (P passport, I identity card, V visa, ...), days YYYY-MM-DD, issuer as sent."""

    kind: str
    number: str
    issuer: str | None = None
    expires: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Baggage:
    """Checked bags as sent: `pieces`, `weight` as `28 kg`; a tag that stands for several is `UA987654:3`."""

    pieces: str = ""
    weight: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Traveller:
    """A person of the list. `birth_date` is YYYY-MM-DD, or YYYY-MM, or YYYY when no more is known.

    `sex` is male, female, other or unknown; `reference` the carrier's booking, `identifier` the carrier's number of the
    passenger, `references` further ones as `CR 1234`; `contacts` as `TE 3225000000`; `duty` of crew as sent (CR1 ...);
    `verified` whether the carrier says that it checked the document; places and states are codes as sent.
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
    identifier: str | None = None
    seat: str | None = None
    references: tuple[str, ...] = ()
    bags: Baggage = Baggage()
    contacts: tuple[str, ...] = ()
    address: str | None = None
    duty: str | None = None
    verified: bool | None = None


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
    """One PAXLST message: `document_code` 745 passengers, 250 crew, 266 flight status, 336 master crew list; places and
    times are those of the whole journey.

    `function` as sent (CP change, XR cancelled, CLOB on board at the close, ...); `part` of a list in several messages,
    `01:C` to `03:F`, which share `access`; `mentioned` are travellers whom references alone name: booking, identifier.
    """

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
    version: str = "D:05B"
    function: str = ""
    transaction: str = ""
    access: str = ""
    part: str = ""
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interchange:
    """All messages of a file, with what the readers tolerated."""

    messages: tuple[Manifest, ...]
    warnings: tuple[Warning, ...]
