"""The nouns that subjects share, owned by none: a person as a notice or a document describes one, handling, a card.

Rule: frozen values of plain types, so that one definition serves storage, wire, pages and CLI.
Design: architecture, "Layout"; subjects, "Every object" and safeguards 2 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# Safeguard 2: the category is mandatory, and only these ever reach matching.
Category = Literal["wanted", "missing", "suspect", "victim", "witness"]
MATCHED: frozenset[str] = frozenset({"wanted", "missing", "suspect"})
Sex = Literal["female", "male", "other", "unknown"]
Language = Literal["ar", "fr", "nl", "en"]
Urgency = Literal["urgent", "to-obtain", "normal"]
Handling = Literal["H0", "H1", "H2", "H3"]


@dataclass(frozen=True, slots=True)
class Document:
    """A travel or identity document: `kind` as its issuer prints it (P passport, I identity card, V visa, ...)."""

    kind: str
    number: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as described: names in all scripts, birth date as far as known (YYYY, YYYY-MM, YYYY-MM-DD)."""

    names: tuple[str, ...]
    sex: Sex = "unknown"
    birth_dates: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    marks: str = ""
    weak_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What a page of another subject may show of a listed person: enough to compare a traveller with.

    `edition` changes with what the source says of the person beyond the rest of the card.
    """

    reference: str
    owner: str
    owner_unit: str
    person: Person
    category: str
    purpose: str
    warnings: str
    basis: str
    url: str
    portrait_url: str
    plan: str
    line: str
    message: str
    live: bool
    source: str
    review: datetime | None = None
    handling: Handling = "H1"
    edition: str = ""
