"""The acts on people that one person does: proposing a change, and shutting out. Each function is pure.

Rule: nothing that opens content takes effect by one person (`confirming.py`); every change ends the sessions of whom it
is about.
Design: subjects, safeguard 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.accounts import facts, people_facts, rules
from mithaq.node.accounts.people_facts import PersonFacts, ProposalFacts
from mithaq.node.accounts.requests import (
    ChangeRole,
    DeactivatePerson,
    InvitePerson,
    ResetPassword,
    ResetSecondFactor,
)
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Raised, Row, Terms

PROPOSAL, USER = "accounts.Proposal", "accounts.User"
INVITE, CHANGE, RESET = "invite-person@1", "change-role@1", "reset-second-factor@1"
PASSWORD = people_facts.PASSWORD
LINE = "domestic"


@dataclass(frozen=True, slots=True)
class Found:
    """The person, or the proposal with its person, and what the rules ask beside."""

    domestic: str
    person: PersonFacts | None = None
    proposal: ProposalFacts | None = None
    taken: bool = False
    administrators: int = 0
    overseers: int = 0


def load_invitation(request: InvitePerson, _actor: Actor) -> Found:
    """Whether the name is taken."""
    return Found(instruments.domestic_plan().id, taken=facts.name_taken(request.name))


def load_person(request: ChangeRole | ResetPassword | ResetSecondFactor | DeactivatePerson, _actor: Actor) -> Found:
    """The person. InputError `person.unknown`."""
    person = people_facts.person(request.person)
    return Found(instruments.domestic_plan().id, person, None, False, *counts())


def counts() -> tuple[int, int]:
    """How many administrators and how many of oversight may sign in."""
    return people_facts.active("administrator"), people_facts.active("oversight")


def terms(_request: Any, found: Found) -> Terms:
    """The authority's own work on its own people; no data of a case."""
    return Terms(found.domestic, LINE, frozenset({"organisational"}), "domestic", "en", "H0")


def invite(request: InvitePerson, found: Found, context: Context) -> Effects:
    """A person is proposed."""
    rules.check_roles(request.roles)
    name, full_name = request.name.strip(), request.full_name.strip()
    if not name or not full_name or not request.unit.startswith(f"{context.authority}/"):
        detail = "A person has a name to sign in with, a full name and a unit of this authority."
        raise InputError("person.field", detail, where="unit" if name and full_name else "name")
    if found.taken:
        raise InputError("person.name", "There is a person of this name already.", where="name")
    change = {"full_name": full_name, "unit": request.unit, "roles": sorted(set(request.roles)),
              "lines": sorted(set(request.lines)) or None, "language": request.language}  # fmt: skip
    return _proposed(INVITE, None, name, request.unit, change, "", context)


def change_role(request: ChangeRole, found: Found, context: Context) -> Effects:
    """Other roles, another unit or other lines are proposed."""
    assert found.person is not None
    rules.check_roles(request.roles)
    rules.check_version(found.person.version, request.version)
    reason = rules.check_reason(request.reason)
    if not request.unit.startswith(f"{context.authority}/"):
        raise InputError("person.field", "A unit is one of this authority.", where="unit")
    change = {"unit": request.unit, "roles": sorted(set(request.roles)), "lines": sorted(set(request.lines)) or None,
              "is_active": True}  # fmt: skip
    # Its supervisor is asked who answers for what the person will read.
    return _proposed(CHANGE, found.person, found.person.name, request.unit, change, reason, context)


def reset(request: ResetSecondFactor, found: Found, context: Context) -> Effects:
    """That every second factor be taken away is proposed."""
    return _reset(RESET, request, found, context)


def reset_password(request: ResetPassword, found: Found, context: Context) -> Effects:
    """That the person chooses a new password is proposed. The second factors stay: whoever hands the code over, and
    whoever finds it, does not come in by it."""
    return _reset(PASSWORD, request, found, context)


def _reset(kind: str, request: ResetPassword | ResetSecondFactor, found: Found, context: Context) -> Effects:
    assert found.person is not None
    rules.check_version(found.person.version, request.version)
    reason = rules.check_reason(request.reason)
    return _proposed(kind, found.person, found.person.name, found.person.unit, {}, reason, context)


def _proposed(
    kind: str, person: PersonFacts | None, name: str, unit: str, change: dict[str, Any], reason: str, context: Context
) -> Effects:
    before = {"version": person.version, "unit": person.unit, "roles": list(person.roles), "lines": list(person.lines),
              "is_active": person.is_active} if person else {}  # fmt: skip
    key = str(context.new_id())
    fields = {
        "kind": kind, "person": person.id if person else None, "name": name, "unit": unit, "change": change,
        "before": before, "by": context.actor.name, "at": context.now, "expires": context.now + rules.LIFE,
        "reason": reason,
    }  # fmt: skip
    # Who proposes for himself may; that he did is told to oversight before anyone decides.
    alarms = (Raised("person.for_himself", key, name),) if name == context.actor.name else ()
    leaf = {"record": f"proposal/{key}", "roles": " ".join(change.get("roles", ()))}
    return Effects(rows=(Row(PROPOSAL, key, 0, fields),), answer=key, leaf=leaf, alarms=alarms)


def deactivate(request: DeactivatePerson, found: Found, context: Context) -> Effects:
    """The person is shut out, at once: that takes one, because it opens nothing."""
    person = found.person
    assert person is not None
    rules.check_version(person.version, request.version)
    reason = rules.check_reason(request.reason)
    rules.check_deactivation(context.actor.name, person.name)
    if person.is_active:
        rules.check_staying(person.roles, (), found.administrators, found.overseers)
    key = str(context.new_id())
    kept = {
        "kind": "deactivate-person@1", "person": person.id, "name": person.name, "unit": person.unit,
        "change": {"is_active": False}, "before": {"is_active": person.is_active}, "by": context.actor.name,
        "at": context.now, "expires": context.now, "state": "confirmed", "decided": context.now, "reason": reason,
    }  # fmt: skip
    row = Row(USER, person.id, person.version, {"is_active": False, "epoch": person.epoch + 1})
    leaf = {"record": f"person/{person.id}"}
    # One alone may do it, to whoever would have looked: who else oversees hears of it.
    alarms = (Raised("person.overseer", key, person.name),) if "oversight" in person.roles else ()
    return Effects(rows=(row, Row(PROPOSAL, key, 0, kept)), answer=person.id, leaf=leaf, alarms=alarms)


_ONE = frozenset({"administrator"})
ACTS = (
    Act(
        "invite-person",
        1,
        _("Invite a person"),
        InvitePerson,
        _ONE,
        terms,
        load_invitation,
        invite,
        says=("Invite a person: proposed by one administrator, it takes effect when a second person confirms it."),
        command="people invite",
        page="/people",
    ),
    Act(
        "change-role",
        1,
        _("Change a person's roles"),
        ChangeRole,
        _ONE,
        terms,
        load_person,
        change_role,
        says=(
            "Change a person's roles, unit or lines: proposed by one administrator, confirmed by a second person. One "
            "who was shut out comes back with it. Every session of the person ends. An administrator who proposes it "
            "for himself raises an alarm."
        ),
        command="people change-role",
        page="/people/KEY/change",
    ),
    Act(
        "reset-second-factor",
        1,
        _("Reset a second factor"),
        ResetSecondFactor,
        _ONE,
        terms,
        load_person,
        reset,
        says=(
            "Reset a second factor of who has lost it, with all recovery codes and the link to the authority's own "
            "sign-in: proposed by one administrator, confirmed by a second person."
        ),
        command="people reset",
        page="/people/KEY/reset",
    ),
    Act(
        "reset-password",
        1,
        _("Reset a password"),
        ResetPassword,
        _ONE,
        terms,
        load_person,
        reset_password,
        says=(
            "Reset a password of who has lost it: proposed by one administrator, confirmed by a second person, who is "
            "shown a one-time code once and hands it over. The old password opens nothing then; second factors stay."
        ),
        command="people reset-password",
        page="/people/KEY/password",
    ),
    Act(
        "deactivate-person",
        1,
        _("Shut a person out"),
        DeactivatePerson,
        _ONE,
        terms,
        load_person,
        deactivate,
        says=(
            "Shut a person out, at once: that opens nothing, so that it takes one. Two administrators and one person "
            "of oversight always stay, and nobody shuts himself out; an alarm tells oversight when it is one of theirs."
        ),
        command="people deactivate",
        page="/people/KEY/deactivate",
    ),
)
