"""Lending roles while away, and ending that. Each function is pure.

Rules: what is lent is of one's own, for a time, to a colleague of the same unit; it cannot be lent on; every act that
is done under it says so in its leaf. It ends by itself. Design: issue "Accounts".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.errors import RefusedError
from mithaq.node.accounts import facts, people_facts, rules
from mithaq.node.accounts.people_facts import LoanFacts
from mithaq.node.accounts.requests import Delegate, EndDelegation
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row, Terms

DELEGATION = "accounts.Delegation"
LENDERS = frozenset(rules.ROLES) - rules.APART


@dataclass(frozen=True, slots=True)
class Found:
    """The colleague, or the delegation."""

    domestic: str
    taker: Actor | None = None
    loan: LoanFacts | None = None


def load(request: Delegate, _actor: Actor) -> Found:
    """The colleague, when there is one."""
    return Found(instruments.domestic_plan().id, facts.of_name(request.taker))


def load_end(request: EndDelegation, _actor: Actor) -> Found:
    """The delegation. InputError `delegation.unknown`."""
    return Found(instruments.domestic_plan().id, loan=people_facts.loan(request.delegation))


def terms(_request: Delegate | EndDelegation, found: Found) -> Terms:
    """The authority's own work; no data of a case."""
    return Terms(found.domestic, "domestic", frozenset({"organisational"}), "domestic", "en", "H0")


def delegate(request: Delegate, found: Found, context: Context) -> Effects:
    """The roles are lent."""
    giver = context.actor
    rules.check_loan(giver, found.taker, request.roles, request.starts, request.ends, context.now)
    key = str(context.new_id())
    fields = {
        "giver": giver.name, "taker": request.taker, "unit": giver.unit, "roles": sorted(set(request.roles)),
        "starts": request.starts, "ends": request.ends, "reason": request.reason.strip(), "by": giver.name,
        "at": context.now,
    }  # fmt: skip
    leaf = {"record": f"delegation/{key}", "roles": " ".join(sorted(set(request.roles)))}
    return Effects(rows=(Row(DELEGATION, key, 0, fields),), answer=key, leaf=leaf)


def end(request: EndDelegation, found: Found, context: Context) -> Effects:
    """It ends now; the giver, the taker and a supervisor of the unit may say so."""
    loan, who = found.loan, context.actor
    assert loan is not None
    if who.name not in {loan.giver, loan.taker} and not ("supervisor" in who.own_roles and who.unit == loan.unit):
        raise RefusedError("delegation.other", "This delegation is between others.", remedy="Ask one of them.")
    rules.check_version(loan.version, request.version)
    row = Row(DELEGATION, loan.id, loan.version, {"ends": min(loan.ends, context.now)})
    return Effects(rows=(row,), answer=loan.id, leaf={"record": f"delegation/{loan.id}"})


ACTS = (
    Act(
        "delegate",
        1,
        _("Lend roles while away"),
        Delegate,
        LENDERS,
        terms,
        load,
        delegate,
        says=(
            "Lend roles while away, to a colleague of the same unit, for at most sixty days. It ends by itself, cannot "
            "be lent on, and reaches only the lines of plans that both work on; a leaf of an act that is done under it "
            "names the delegation (`under`). Administration and oversight are not lent."
        ),
        command="people delegate",
        page="/account/delegations",
    ),
    Act(
        "end-delegation",
        1,
        _("End a delegation"),
        EndDelegation,
        LENDERS,
        terms,
        load_end,
        end,
        says=("End a delegation before its day: who lends, who is lent to, and a supervisor of the unit may."),
        command="people end-delegation",
        page="/account/delegations/KEY/end",
    ),
)
