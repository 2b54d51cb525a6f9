"""Reads of people: who there is, what is proposed, what is lent; frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.crypto import constant_time_compare

from mithaq.errors import InputError
from mithaq.node.accounts.models import Delegation, Proposal, User
from mithaq.node.acts.ids import is_uuid

CODE_LIFE = timedelta(days=7)
INVITE, PASSWORD = "invite-person@1", "reset-password@1"
CODED = frozenset({INVITE, PASSWORD})
"""What, confirmed, brings a one-time code with which the person chooses a password."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person with the row version; `lines` is empty for all lines of the unit."""

    id: str
    version: int
    name: str
    full_name: str
    unit: str
    roles: tuple[str, ...]
    lines: tuple[str, ...]
    language: str
    is_active: bool
    epoch: int


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What is proposed, or was, for a person."""

    id: str
    version: int
    kind: str
    person: str
    name: str
    unit: str
    change: Mapping[str, Any]
    before: Mapping[str, Any]
    by: str
    at: datetime
    expires: datetime
    state: str
    decided_by: str
    decided: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """Roles that one person lends another."""

    id: str
    version: int
    giver: str
    taker: str
    unit: str
    roles: tuple[str, ...]
    starts: datetime
    ends: datetime
    reason: str


def person(key: str) -> PersonFacts:
    """One person by id. InputError `person.unknown`."""
    row = User.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("person.unknown", "There is no such person.", remedy="Look at the list of people.")
    return _person(row)


def named(name: str) -> PersonFacts:
    """One person by the name to sign in with. InputError `person.unknown`."""
    row = User.objects.filter(name=name).first()
    if row is None:
        raise InputError("person.unknown", "There is no such person.", remedy="Look at the list of people.")
    return _person(row)


def people(unit: str | None) -> tuple[PersonFacts, ...]:
    """The people of a unit (None: of the authority), by unit and name."""
    rows = User.objects.order_by("unit", "name")
    return tuple(map(_person, rows if unit is None else rows.filter(unit=unit)))


def active(role: str) -> int:
    """How many people with a role of their own may sign in."""
    return sum(role in roles for roles in User.objects.filter(is_active=True).values_list("roles", flat=True))


def proposal(key: str) -> ProposalFacts:
    """One proposal. InputError `person.proposal.unknown`."""
    row = Proposal.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("person.proposal.unknown", "There is no such proposal.", remedy="Look at the list of people.")
    return _proposal(row)


def proposals(unit: str | None, since: datetime | None = None) -> tuple[ProposalFacts, ...]:
    """Proposals that are open, and those decided since a moment, latest first."""
    rows = Proposal.objects.order_by("-at")
    rows = rows.filter(state="open") if since is None else rows.filter(Q(state="open") | Q(decided__gte=since))
    return tuple(map(_proposal, rows if unit is None else rows.filter(unit=unit)))


def history(key: str) -> tuple[ProposalFacts, ...]:
    """What was proposed for a person, latest first."""
    return tuple(map(_proposal, Proposal.objects.filter(person=key).order_by("-at")))


def invitation(name: str, digest: str, now: datetime) -> ProposalFacts | None:
    """The confirmed invitation, or reset of a password, that a one-time code belongs to, or None.

    Only the latest counts: a code that was handed out before it opens nothing any more.
    """
    rows = Proposal.objects.filter(kind__in=CODED, name=name, state="confirmed", decided__gt=now - CODE_LIFE)
    row = rows.order_by("-decided", "-id").first()
    return _proposal(row) if row is not None and row.token and constant_time_compare(row.token, digest) else None


def loan(key: str) -> LoanFacts:
    """One delegation. InputError `delegation.unknown`."""
    row = Delegation.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("delegation.unknown", "There is no such delegation.", remedy="Look at your account.")
    return _loan(row)


def loans(name: str, now: datetime) -> tuple[LoanFacts, ...]:
    """What a person lends or is lent, now or later."""
    rows = Delegation.objects.filter(Q(giver=name) | Q(taker=name), ends__gt=now)
    return tuple(map(_loan, rows.order_by("starts", "pk")))


def _person(row: User) -> PersonFacts:
    return PersonFacts(
        str(row.pk), row.version, row.name, row.full_name, row.unit, tuple(row.roles), tuple(row.lines or ()),
        row.language, row.is_active, row.epoch,
    )  # fmt: skip


def _proposal(row: Proposal) -> ProposalFacts:
    names = ("version", "kind", "name", "unit", "change", "before", "by", "at", "expires", "state", "decided_by",
             "decided", "reason")  # fmt: skip
    return ProposalFacts(id=str(row.pk), person=str(row.person or ""), **{one: getattr(row, one) for one in names})


def _loan(row: Delegation) -> LoanFacts:
    return LoanFacts(
        str(row.pk), row.version, row.giver, row.taker, row.unit, tuple(row.roles), row.starts, row.ends, row.reason
    )
