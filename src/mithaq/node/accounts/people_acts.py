"""The acts on people: one proposes, a second person confirms or refuses. Each function is pure.

Rule: nothing that opens content takes effect by one person; every change ends the sessions of whom it is about.
Design: subjects, safeguard 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.accounts import facts, people_facts, rules
from mithaq.node.accounts.people_facts import PersonFacts, ProposalFacts
from mithaq.node.accounts.requests import (
    ChangeRole,
    ConfirmChange,
    DeactivatePerson,
    InvitePerson,
    RefuseChange,
    ResetSecondFactor,
)
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Clearing, Context, Effects, Raised, Row, Terms

PROPOSAL, USER = "accounts.Proposal", "accounts.User"
INVITE, CHANGE, RESET = "invite-person@1", "change-role@1", "reset-second-factor@1"
LINE = "domestic"
PROOFS = ("mfa.Authenticator", "socialaccount.SocialAccount")


@dataclass(frozen=True, slots=True)
class Found:
    """The person, or the proposal with its person, and what the rules ask beside."""

    domestic: str
    person: PersonFacts | None = None
    proposal: ProposalFacts | None = None
    taken: bool = False
    administrators: int = 0


def load_invitation(request: InvitePerson, _actor: Actor) -> Found:
    """Whether the name is taken."""
    return Found(instruments.domestic_plan().id, taken=facts.name_taken(request.name))


def load_person(request: ChangeRole | ResetSecondFactor | DeactivatePerson, _actor: Actor) -> Found:
    """The person. InputError `person.unknown`."""
    person = people_facts.person(request.person)
    return Found(instruments.domestic_plan().id, person, administrators=people_facts.administrators())


def load_proposal(request: ConfirmChange | RefuseChange, _actor: Actor) -> Found:
    """The proposal and its person. InputError `person.proposal.unknown`."""
    proposal = people_facts.proposal(request.proposal)
    person = people_facts.person(proposal.person) if proposal.kind != INVITE else None
    return Found(instruments.domestic_plan().id, person, proposal, facts.name_taken(proposal.name))


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
    assert found.person is not None
    rules.check_version(found.person.version, request.version)
    reason = rules.check_reason(request.reason)
    return _proposed(RESET, found.person, found.person.name, found.person.unit, {}, reason, context)


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
    alarms = (Raised("person.for_himself", key),) if name == context.actor.name else ()
    leaf = {"record": f"proposal/{key}", "roles": " ".join(change.get("roles", ()))}
    return Effects(rows=(Row(PROPOSAL, key, 0, fields),), answer=key, leaf=leaf, alarms=alarms)


def deactivate(request: DeactivatePerson, found: Found, context: Context) -> Effects:
    """The person is shut out, at once: that takes one, because it opens nothing."""
    person = found.person
    assert person is not None
    rules.check_version(person.version, request.version)
    reason = rules.check_reason(request.reason)
    rules.check_deactivation(context.actor.name, person.name, person.roles, found.administrators)
    key = str(context.new_id())
    kept = {
        "kind": "deactivate-person@1", "person": person.id, "name": person.name, "unit": person.unit,
        "change": {"is_active": False}, "before": {"is_active": person.is_active}, "by": context.actor.name,
        "at": context.now, "expires": context.now, "state": "confirmed", "decided": context.now, "reason": reason,
    }  # fmt: skip
    row = Row(USER, person.id, person.version, {"is_active": False, "epoch": person.epoch + 1})
    leaf = {"record": f"person/{person.id}"}
    return Effects(rows=(row, Row(PROPOSAL, key, 0, kept)), answer=person.id, leaf=leaf)


def confirm(request: ConfirmChange, found: Found, context: Context) -> Effects:
    """What was proposed takes effect."""
    proposal = _decided(request, found, context)
    key, leaf = proposal.person or str(context.new_id()), {"record": f"proposal/{proposal.id}"}
    leaf["roles"] = " ".join(proposal.change.get("roles", ()))
    taken: dict[str, Any] = {"state": "confirmed", "decided_by": context.actor.name, "decided": context.now}
    if proposal.kind == INVITE:
        if found.taken:
            raise InputError("person.name", "There is a person of this name already.", where="name")
        # No password opens the account before the person has chosen one with the one-time code.
        fields = {**proposal.change, "name": proposal.name, "password": make_password(None)}
        rows = (Row(USER, key, 0, fields), Row(PROPOSAL, proposal.id, proposal.version,
                                               {**taken, "person": key, "token": request.code}))  # fmt: skip
        return Effects(rows=rows, answer=key, leaf=leaf)
    person = found.person
    assert person is not None
    rules.check_version(person.version, int(proposal.before["version"]))
    row = Row(USER, person.id, person.version, {**proposal.change, "epoch": person.epoch + 1})
    # The library's rows: what proves the person is gone, and the next sign-in asks for a new one.
    clear = tuple(Clearing(model, "user_id", person.id) for model in PROOFS) if proposal.kind == RESET else ()
    rows = (row, Row(PROPOSAL, proposal.id, proposal.version, taken))
    return Effects(rows=rows, answer=key, leaf=leaf, clear=clear)


def refuse(request: RefuseChange, found: Found, context: Context) -> Effects:
    """What was proposed is refused, for a reason."""
    proposal = _decided(request, found, context)
    reason = rules.check_reason(request.reason)
    taken = {"state": "refused", "decided_by": context.actor.name, "decided": context.now, "reason": reason}
    row = Row(PROPOSAL, proposal.id, proposal.version, taken)
    return Effects(rows=(row,), answer=proposal.id, leaf={"record": f"proposal/{proposal.id}"})


def _decided(request: ConfirmChange | RefuseChange, found: Found, context: Context) -> ProposalFacts:
    proposal = found.proposal
    assert proposal is not None
    rules.check_second(context.actor, proposal.by, proposal.name, proposal.unit)
    rules.check_open(proposal.state, proposal.expires, context.now)
    rules.check_version(proposal.version, request.version)
    return proposal


_ONE, _TWO = frozenset({"administrator"}), frozenset({"administrator", "supervisor"})
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
        _("Change a person’s roles"),
        ChangeRole,
        _ONE,
        terms,
        load_person,
        change_role,
        says=(
            "Change a person’s roles, unit or lines: proposed by one administrator, confirmed by a second person. One "
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
        "deactivate-person",
        1,
        _("Shut a person out"),
        DeactivatePerson,
        _ONE,
        terms,
        load_person,
        deactivate,
        says=(
            "Shut a person out, at once: that opens nothing, so that it takes one. Two administrators always stay, "
            "and nobody shuts himself out."
        ),
        command="people deactivate",
        page="/people/KEY/deactivate",
    ),
    Act(
        "confirm-change",
        1,
        _("Confirm a change of a person"),
        ConfirmChange,
        _TWO,
        terms,
        load_proposal,
        confirm,
        says=(
            "Confirm a change of a person: another administrator, or a supervisor of the unit that the person will be "
            "of; neither who proposed it nor whom it is about, and not with a lent role. Who confirms an invitation "
            "is shown its one-time code once, and hands it over."
        ),
        command="people confirm",
        page="/people/proposals/KEY/confirm",
    ),
    Act(
        "refuse-change",
        1,
        _("Refuse a change of a person"),
        RefuseChange,
        _TWO,
        terms,
        load_proposal,
        refuse,
        says=("Refuse a change of a person, for a reason that is kept; by whom may confirm it."),
        command="people refuse",
        page="/people/proposals/KEY/refuse",
    ),
)
