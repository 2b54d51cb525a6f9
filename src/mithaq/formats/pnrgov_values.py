"""What a PNRGOV message says: values only. Rule: a text is as sent; empty or None is what was not sent.

No card number stands in them, and nothing that `pnrgov_withheld` names. Documents: as `pnrgov`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.formats.edifact import Warning

# Code list 6353, with the words that reservation systems write in its place.
TYPES = {
    "A": "adult", "ADT": "adult", "M": "adult", "F": "adult", "C": "child", "CHD": "child", "CNN": "child",
    "CH": "child", "IN": "infant", "INF": "infant", "I": "infant", "INS": "infant", "G": "group",
}  # fmt: skip
# DOCS: an I after the letter says that it is an infant's document.
SEXES = {"M": "male", "F": "female", "X": "other", "MI": "male", "FI": "female", "XI": "other"}


@dataclass(frozen=True, slots=True)
class Locator:
    """A booking reference: `kind` C is one of a departure control system; `created` YYYY-MM-DD or YYYY-MM-DDTHH:MM."""

    carrier: str
    reference: str
    kind: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """Who made the booking: `kind` as sent (A airline, T or N travel agent, ...), `agency` the IATA number."""

    system: str = ""
    place: str = ""
    agency: str = ""
    office: str = ""
    carrier: str = ""
    kind: str = ""
    country: str = ""
    currency: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of DOCS or PSPT, a visa or number of DOCO (`source`), with whom it names; dates YYYY-MM-DD.

    `kind` as sent: P passport, I or A or C identity card, V visa, K known traveller, R redress, ...
    """

    source: str
    kind: str
    number: str
    issuer: str = ""
    nationality: str = ""
    expires: str | None = None
    family: str = ""
    given: str = ""
    sex: str = "unknown"
    birth_date: str | None = None
    birth_place: str = ""
    issued: str | None = None
    applies_to: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """`kind` phone or email; `code` the word it stood under (CTCE, CTCM, CTCT, ...), empty when there was none."""

    kind: str
    value: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """`kind`: contact (of the booking), traveller, payer, residence, destination, other."""

    kind: str
    street: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    postcode: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket: `kind` as sent (T ticket, 1 and 700 and up none, ...), `total` its price as `2957.94 GBP`."""

    number: str
    kind: str = ""
    issued: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """`kind` as sent (CC card, CA cash, ...); `account` the last four characters after `*`, or empty."""

    kind: str
    amount: str = ""
    vendor: str = ""
    account: str = ""
    expires: str = ""
    payer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bags:
    """Checked bags at one departure: pieces and weight as sent, `unit` kg, lb or empty; a tag as `carrier number`."""

    flight: str
    pieces: str = ""
    weight: str = ""
    unit: str = ""
    pool: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat asked for (`given` false) or given at check-in, between two places, or on the flight itself."""

    seat: str
    departure: str = ""
    arrival: str = ""
    given: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A special service (SSR) that may be kept: code, status, text."""

    code: str
    status: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Flight:
    """A part of the journey. `kind`: air, open, surface (ARNK), hotel, other. Times local, YYYY-MM-DDTHH:MM."""

    kind: str
    carrier: str = ""
    number: str = ""
    departure: str = ""
    arrival: str = ""
    departs: str = ""
    arrives: str = ""
    booking_class: str = ""
    status: str = ""
    operating_carrier: str = ""
    operating_number: str = ""
    equipment: str = ""


@dataclass(frozen=True, slots=True)
class Traveller:
    """A person of a booking: the booked name without its title, and the name as sent; `kind` a value of TYPES or empty.

    Sex and birth date are those of the documents; `infant` says that the booking calls an infant with this person.
    """

    family: str
    given: str
    title: str = ""
    name_sent: str = ""
    kind: str = ""
    reference: str = ""
    identifier: str = ""
    sex: str = "unknown"
    birth_date: str | None = None
    infant: bool = False
    documents: tuple[Document, ...] = ()
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    memberships: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    bags: tuple[Bags, ...] = ()
    services: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One booking (PNR). `split` are bookings that it was divided from or into; lines of `history` are only counted.

    `withheld` counts what was left out by `pnrgov_withheld`; `offset` is where it begins in the file.
    """

    offset: int
    locators: tuple[Locator, ...] = ()
    changed: str = ""
    ticketed: str = ""
    agent: Agent = Agent()
    group: str = ""
    travellers: tuple[Traveller, ...] = ()
    itinerary: tuple[Flight, ...] = ()
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()
    payments: tuple[Payment, ...] = ()
    services: tuple[Service, ...] = ()
    remarks: tuple[str, ...] = ()
    split: tuple[Locator, ...] = ()
    excess_bags: str = ""
    history: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A segment that was not understood: tag, its number in the message (UNH is 1), offset in bytes."""

    tag: str
    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class Message:
    """One PNRGOV message: `version` such as `13:1`, `function` 22 push or 141 update, `part` such as `01:C`."""

    reference: str
    version: str
    access: str
    part: str
    function: str
    sender: Agent
    carrier: str
    flight: str
    departure: str
    arrival: str
    departs: str
    arrives: str
    records: tuple[Record, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Interchange:
    """All messages of a file, with what the readers tolerated."""

    messages: tuple[Message, ...]
    warnings: tuple[Warning, ...]
