"""The frozen request types of this subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Add a person who may sign in; `password` is kept as an Argon2 hash only."""

    name: str
    full_name: str
    unit: str
    roles: tuple[str, ...]
    password: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class InvitePerson:
    """Propose a person; `lines` are those of the plan that the person works on, none for all lines of the unit."""

    name: str
    full_name: str
    unit: str
    roles: tuple[str, ...]
    lines: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """Propose other roles, another unit or other lines for a person; one who was deactivated comes back with them."""

    person: str
    version: int
    unit: str
    roles: tuple[str, ...]
    lines: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ResetSecondFactor:
    """Propose to take every second factor of a person away, who has lost them."""

    person: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class ResetPassword:
    """Propose that a person, who has lost the password, chooses a new one with a one-time code."""

    person: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class DeactivatePerson:
    """Shut a person out, at once."""

    person: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmChange:
    """Confirm, as the second person, what was proposed; `code` is the digest of the one-time code of a person who
    is to choose a password."""

    proposal: str
    version: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class RefuseChange:
    """Refuse what was proposed, for a reason."""

    proposal: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Lend roles of one's own to a colleague of the same unit while one is away."""

    taker: str
    roles: tuple[str, ...]
    starts: datetime
    ends: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EndDelegation:
    """End a delegation before its day."""

    delegation: str
    version: int
