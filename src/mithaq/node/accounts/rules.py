"""The rules of people: what takes a second person, and what can be lent. Pure.

Rules: what opens content takes two persons, and neither is the one whom it is about; who administers people has no role
that reads content; what is lent cannot be lent on, is of the same unit, reaches no line that who
lends does not work on, and ends by itself.
Design: subjects, safeguard 8; issue "Accounts".
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts.definition import Actor

ROLES = (
    "case-officer", "supervisor", "liaison-officer", "party-coordinator", "legal-reviewer", "analyst",
    "protocol-officer", "event-lead", "oversight", "administrator",
)  # fmt: skip
APART = frozenset({"administrator", "oversight"})
READING = frozenset(ROLES) - {"protocol-officer", "event-lead", "administrator"}
WATCHERS = frozenset({"administrator", "supervisor", "oversight"})
LONGEST = timedelta(days=60)
LIFE = timedelta(days=7)


def check_roles(roles: Collection[str]) -> None:
    """InputError `person.roles` or `person.roles.apart`."""
    unknown = sorted(set(roles) - set(ROLES))
    if unknown or not roles:
        raise InputError("person.roles", "Unknown roles: {unknown}.", where="roles", unknown=" ".join(unknown))
    if len(set(roles)) > 1 and APART.intersection(roles):
        raise InputError(
            "person.roles.apart",
            "Who administers people, or oversees, has no other role.",
            remedy="Take one person for each.",
            where="roles",
        )


def check_reason(reason: str) -> str:
    """The reason. InputError `person.reason` when there is none."""
    if not reason.strip():
        raise InputError("person.reason", "A reason is needed: it is kept.", remedy="Write it.", where="reason")
    return reason.strip()


def check_version(held: int, read: int) -> None:
    """StateError `record.stale` when the person has read another version than there is."""
    if held != read:
        raise StateError(
            "record.stale",
            "This changed since you opened it.",
            remedy="Open it again and look at what changed.",
        )


def check_reader(who: Actor, unit: str = "") -> None:
    """Administrators and oversight see all people, a supervisor those of the unit. RefusedError `person.reader`."""
    everyone = bool(APART & who.roles)
    if not everyone and not ("supervisor" in who.roles and unit in {"", who.unit}):
        raise RefusedError(
            "person.reader",
            "People are looked after by administrators and by the supervisors of their unit.",
            remedy="Ask one of them.",
        )


def may_decide(who: Actor, by: str, about: str, unit: str) -> bool:
    """Whether someone is a second person for a proposal, with a role of his own and not a lent one."""
    roles = who.own_roles
    in_charge = "administrator" in roles or ("supervisor" in roles and who.unit == unit)
    return in_charge and not who.via and who.name not in {by, about}


def check_second(who: Actor, by: str, about: str, unit: str) -> None:
    """RefusedError `person.second` when the one who decides is not a second person."""
    if not may_decide(who, by, about, unit):
        raise RefusedError(
            "person.second",
            "A second person decides: another administrator, or a supervisor of the unit, and never for himself.",
            remedy="Ask one of them.",
        )


def check_open(state: str, expires: datetime, now: datetime) -> None:
    """StateError `person.proposal` when a proposal waits for nobody any more."""
    if state != "open" or now >= expires:
        raise StateError("person.proposal", "This proposal does not wait any more.", remedy="Propose it again.")


def check_deactivation(actor: str, about: str) -> None:
    """RefusedError `person.self`."""
    if actor == about:
        raise RefusedError("person.self", "Nobody shuts himself out.", remedy="Ask another administrator.")


def check_staying(before: Collection[str], after: Collection[str], administrators: int, overseers: int) -> None:
    """Whether enough people stay when an active one goes from some roles to others (none: is shut out).

    RefusedError `person.last` or `person.last.overseer`.
    """
    lost = set(before) - set(after)
    if "administrator" in lost and administrators < 3:
        raise RefusedError(
            "person.last",
            "Two administrators have to stay: one alone could change nothing any more.",
            remedy="Invite another one first.",
        )
    if "oversight" in lost and overseers < 2:
        raise RefusedError(
            "person.last.overseer",
            "One person of oversight has to stay: nobody would look at what is done here.",
            remedy="Invite another one first.",
        )


def check_loan(giver: Actor, taker: Actor | None, roles: Collection[str], starts: datetime, ends: datetime,
               now: datetime) -> None:  # fmt: skip
    """InputError `delegation.roles`, `delegation.time` or `delegation.taker`."""
    lendable = giver.own_roles - APART
    if not roles or not lendable >= set(roles):
        raise InputError(
            "delegation.roles",
            "Only roles of your own are lent; what was lent to you is not, nor are administration and oversight.",
            where="roles",
        )
    if not now - timedelta(hours=1) <= starts < ends or ends <= now or ends - starts > LONGEST:
        raise InputError(
            "delegation.time", "A delegation begins now or later and ends within {days} days.", where="ends",
            days=LONGEST.days,
        )  # fmt: skip
    if taker is None or taker.name == giver.name or taker.unit != giver.unit or taker.own_roles & APART:
        raise InputError(
            "delegation.taker",
            "Roles are lent to a colleague of the same unit, who neither administers nor oversees.",
            where="taker",
        )
