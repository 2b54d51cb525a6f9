"""The act `refresh-list`: a person asks that a list be fetched from its source now. Pure but for `load`.

Rule: it makes the refresh due and nothing more: the worker fetches, and what it finds is imported under the source's
own unit, and takes effect or waits as the source says. Design: issue 3, "Lists as subjects".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row
from mithaq.node.lists import facts
from mithaq.node.lists.facts import RefreshFacts
from mithaq.node.lists.importing import WHO, domestic_terms
from mithaq.node.lists.requests import RefreshList
from mithaq.node.start import Node

REFRESH = "lists.ListRefresh"


@dataclass(frozen=True, slots=True)
class AskFacts:
    """How the refresh of the list stands, or None before its first turn; whether the list has a source at all."""

    domestic: str
    state: RefreshFacts | None
    has_source: bool


def load_ask(request: RefreshList, _actor: Actor) -> AskFacts:
    """Reads how the refresh stands."""
    state = facts.refreshes().get(request.list)
    return AskFacts(instruments.domestic_plan().id, state, request.list in Node.config.lists)


def ask(request: RefreshList, found: AskFacts, context: Context) -> Effects:
    """The refresh is due now. InputError `list.source` for a list without a source."""
    if not found.has_source:
        detail = "This list has no source that it could be refreshed from."
        raise InputError("list.source", detail, remedy="Name its source in node.toml, or import a file.", where="list")
    state = found.state
    row = Row(REFRESH, request.list, state.version if state else 0, {"due": context.now, "asked": context.now})
    return Effects(rows=(row,), answer=request.list, leaf={"record": f"list/{request.list}"})


ASK = Act(
    "refresh-list", 1, _("Refresh a list now"), RefreshList, WHO,
    lambda _request, found: domestic_terms(found.domestic), load_ask, ask,
    says=(
        "Refresh a list now: the worker fetches it from its source in `node.toml` at once, and not when it is due. "
        "What it finds is imported under the source's own unit, and waits or takes effect as the source says."
    ),
    command="lists refresh", page="/lists/NAME/refresh",
)  # fmt: skip
