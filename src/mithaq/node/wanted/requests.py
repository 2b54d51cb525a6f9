"""The frozen request types of this subject: the one definition that wire, forms, CLI and documents derive from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mithaq.node.acts.nouns import Category, Handling, Language, Person, Urgency

Purpose = Literal["arrest", "locate", "information", "missing"]
Standing = Literal["in-force", "expired", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The judicial basis of a notice."""

    warrant: str
    court: str
    issued: str
    offence: str
    law: str
    facts: str
    penalty: str = ""


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """What a notice says; the body of `publish-notice@1`, with the reference that its owner gave it."""

    category: Category
    purpose: Purpose
    person: Person
    basis: Basis
    language: Language
    urgency: Urgency = "normal"
    handling: Handling = "H1"
    warnings: str = ""
    portrait: bytes | None = None
    reference: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """Draft a notice under a line of the joint plan."""

    content: NoticeContent
    line: str = "wanted-persons"


@dataclass(frozen=True, slots=True)
class ApproveNotice:
    """Approve a draft, as a second person; `version` is the version that the approver has read."""

    notice: str
    version: int


@dataclass(frozen=True, slots=True)
class PublishNotice:
    """Publish an approved notice to the partner."""

    notice: str
    version: int


@dataclass(frozen=True, slots=True)
class WithdrawNotice:
    """Withdraw a published notice everywhere; the body of `withdraw-notice@1` names it by its reference."""

    notice: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class BasisAgain:
    """The judicial basis as who extends has it before him today, and what became of it."""

    warrant: str
    court: str
    issued: str
    standing: Standing = "in-force"


@dataclass(frozen=True, slots=True)
class ExtendNotice:
    """Put off the review of an active notice, after its judicial basis was checked again."""

    notice: str
    version: int
    review: str
    reason: str
    basis: BasisAgain


@dataclass(frozen=True, slots=True)
class ExtendedNotice:
    """The body of `extend-notice@1`: the notice by its reference, its new review, and the basis that was checked."""

    reference: str
    review: str
    reason: str
    warrant: str
    court: str
    issued: str
    purpose: Purpose
    language: Language
    urgency: Urgency = "normal"
    handling: Handling = "H1"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The body of `withdraw-notice@1`."""

    reference: str
    reason: str
    language: Language = "en"
