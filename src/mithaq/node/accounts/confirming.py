"""The second person's acts on what was proposed of a person: confirming and refusing. Each function is pure.

Rule: whoever decides is neither who proposed it nor whom it is about; every change ends the sessions of whom it is
about. Design: subjects, safeguard 8.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.accounts import facts, people_facts, rules
from mithaq.node.accounts.people_acts import INVITE, PASSWORD, PROPOSAL, RESET, USER, Found, counts, terms
from mithaq.node.accounts.people_facts import ProposalFacts
from mithaq.node.accounts.requests import ConfirmChange, RefuseChange
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Clearing, Context, Effects, Row

# What proves a person beside the password.
PROOFS = ("mfa.Authenticator", "socialaccount.SocialAccount")
_TWO = frozenset({"administrator", "supervisor"})


def load_proposal(request: ConfirmChange | RefuseChange, _actor: Actor) -> Found:
    """The proposal and its person. InputError `person.proposal.unknown`."""
    proposal = people_facts.proposal(request.proposal)
    person = people_facts.person(proposal.person) if proposal.kind != INVITE else None
    return Found(instruments.domestic_plan().id, person, proposal, facts.name_taken(proposal.name), *counts())


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
    if person.is_active and "roles" in proposal.change:
        rules.check_staying(person.roles, proposal.change["roles"], found.administrators, found.overseers)
    fields = {**proposal.change, "epoch": person.epoch + 1}
    if proposal.kind == PASSWORD:
        # The old one opens nothing any more, from now on: it may be in other hands.
        fields, taken = {**fields, "password": make_password(None)}, {**taken, "token": request.code}
    row = Row(USER, person.id, person.version, fields)
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


ACTS = (
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
            "of; neither who proposed it nor whom it is about, and not with a lent role. Who confirms an invitation, "
            "or the reset of a password, is shown its one-time code once, and hands it over."
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
