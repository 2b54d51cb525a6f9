"""The acts `confirm-list` and `discard-list`: a version that waits takes effect, or is dropped. Pure but for `load`.

Rule: what was looked at is what happens: a version takes effect over the one that it was compared with and no other;
where the domestic instrument asks for a second person (`list_second_person = 1`), by another than its importer.
Design: issue 3, "Lists as subjects"; docs/decisions/0010.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments, second
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row
from mithaq.node.lists import facts, rules
from mithaq.node.lists.facts import VersionFacts
from mithaq.node.lists.importing import ENTRY, LINE, VERSION, WHO, cleared, domestic_terms
from mithaq.node.lists.requests import ConfirmList, DiscardList

COUNTS = ("elements", "used", "reported", "added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """What moving a version needs: it, the live one, and whether another person than its importer must confirm."""

    domestic: str
    version: VersionFacts
    live: VersionFacts | None
    by_another: bool


def load_move(request: ConfirmList | DiscardList, _actor: Actor) -> MoveFacts:
    """Reads the version and the live one of the same list."""
    found = facts.version(request.version)
    return MoveFacts(instruments.domestic_plan().id, found, facts.in_state(found.list, "live"), by_another())


def by_another() -> bool:
    """Whether the domestic instrument lets no list take effect by the person who imported it."""
    return bool(instruments.settings(instruments.domestic_plan(), LINE, "confirm-list").get("list_second_person"))


def confirm(request: ConfirmList, found: MoveFacts, context: Context) -> Effects:
    """The version takes effect: from now on its entries are looked for, and those of the one before are gone."""
    version, live, actor = found.version, found.live, context.actor
    rules.check_pending(version.state)
    rules.check_base(version.base, live.id if live else "")
    vanishes = rules.vanishes(version.removed, version.before)
    rules.check_vanished(version.removed, version.before, version.imported_by, actor.name, request.reason)
    rules.check_older(version.older, request.reason)
    if found.by_another:
        rules.check_another(version.imported_by, actor.name)
    if vanishes or found.by_another:
        second.check_present(actor)
    taken = {
        "state": "live",
        "confirmed": context.now,
        "confirmed_by": actor.name,
        "reason": request.reason.strip(),
    }
    # The live one steps back first: of one list there are never two.
    before = (Row(VERSION, live.id, live.version, {"state": "replaced"}),) if live else ()
    return Effects(
        rows=(*before, Row(VERSION, version.id, version.version, taken)),
        clear=(cleared(ENTRY, live),) if live else (),
        answer=_answer(version.id, "live", {name: getattr(version, name) for name in COUNTS}),
        leaf={"record": f"list/{version.list}", "digest": version.digest, "state": "live"},
    )


def discard(_request: DiscardList, found: MoveFacts, _context: Context) -> Effects:
    """The version is dropped, and its entries with it."""
    version = found.version
    rules.check_pending(version.state)
    return Effects(
        rows=(Row(VERSION, version.id, version.version, {"state": "discarded"}),),
        clear=(cleared(ENTRY, version),),
        answer=_answer(version.id, "discarded", {}),
        leaf={"record": f"list/{version.list}", "digest": version.digest, "state": "discarded"},
    )


def _answer(key: str, state: str, counts: dict[str, int]) -> dict[str, Any]:
    return {"version": key, "state": state, **counts}


CONFIRM = Act(
    "confirm-list", 1, _("Confirm a list"), ConfirmList, WHO, lambda _request, found: domestic_terms(found.domestic),
    load_move, confirm,
    says=(
        "Confirm a list: the version that waits takes effect over the one that it was compared with. When half or "
        "more of the entries would vanish it takes another person than the one who imported it, and a reason; when it "
        "seems older than the live one, a reason; and where the settings of the clause say `list_second_person = 1`, "
        "always another person."
    ),
    command="lists confirm", page="/lists/KEY/confirm",
)  # fmt: skip
DISCARD = Act(
    "discard-list", 1, _("Discard a list"), DiscardList, WHO, lambda _request, found: domestic_terms(found.domestic),
    load_move, discard,
    says=(
        "Discard a list: the version that waits is dropped, and its entries with it."
    ),
    command="lists discard", page="/lists/KEY/discard",
)  # fmt: skip
