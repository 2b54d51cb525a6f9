"""One traveller at the counter: one act, candidates as a manifest's. Pure but for `load_traveller`, which reads.

Rules: who is no candidate is not kept unless the clause of the post has it so; an answer without a candidate says above
which threshold, and of which day the lists were. Design: screening (one traveller, answer before the passport is handed
back); subjects, "Border posts".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row
from mithaq.node.border import candidates, crossings, facts, manifests, papers, rules, threshold_facts
from mithaq.node.border.candidates import LINE, Compared, Journey, domestic_terms
from mithaq.node.border.clause import PostClause
from mithaq.node.border.facts import TRAVELLER, PostFacts
from mithaq.node.border.reading import Reading
from mithaq.node.border.requests import ScreenTraveller, Travel
from mithaq.node.start import Node


@dataclass(frozen=True, slots=True)
class TravellerFacts:
    """The traveller as read, and what screening said."""

    domestic: str
    post: PostFacts
    read: Reading
    clause: PostClause
    compared: Compared


def load_traveller(request: ScreenTraveller, _actor: Actor) -> TravellerFacts:
    """Reads the zone or the officer's words and screens the traveller."""
    post = facts.post(request.post)
    one, warnings = papers.one_traveller(request, Node.clock.now().date())
    plan = instruments.domestic_plan()
    own = threshold_facts.own_clause(instruments.settings(plan, LINE, "screen-traveller"), post.id, TRAVELLER)
    travel = Travel("", "", "", post=post.id)
    read = Reading(TRAVELLER, "", "", "", "", travel, (one,), warnings)
    return TravellerFacts(plan.id, post, read, own, candidates.compare(read.travellers, own.threshold))


def screen_traveller(_request: ScreenTraveller, found: TravellerFacts, context: Context) -> Effects:
    """The counts of the comparison, and a row for each candidate; nothing that would tell who it was otherwise."""
    rules.check_unit(found.post.unit, context.actor.unit)
    key = str(context.new_id())
    journey = Journey(key, found.post, found.read.travel, found.clause.candidate_hours)
    rows = candidates.rows(journey, found.compared, context)
    until = found.clause.kept_until(context.now)
    kept = crossings.rows(key, found.post.id, found.read, found.compared, until, context) if until else ()
    record = {
        **manifests.read_fields(found.read),
        "post": found.post.id,
        "name": "",
        # The digest of one person's data would tell who it was to whoever tries.
        "digest": "",
        "content": "",
        "candidates": len(rows),
        **manifests.compared_fields(found.compared, found.clause, context),
        "kept_until": until,
    }
    return Effects(
        rows=(
            Row(manifests.MANIFEST, key, 0, record), *rows, *kept,
            *candidates.silenced_rows([(key, one) for one in found.compared.silenced], context),
        ),
        counts=manifests.counted_of(found.post.id, found.read, found.compared, found.clause, context),
        answer=key,
        leaf={
            "record": f"traveller/{key}",
            "candidates": str(len(rows)),
            **candidates.silenced_leaf(len(found.compared.silenced)),
        },
    )  # fmt: skip


SCREEN = Act(
    "screen-traveller", 1, _("Compare a traveller"), ScreenTraveller, frozenset({"case-officer", "supervisor"}),
    lambda _request, found: domestic_terms(found.domestic), load_traveller, screen_traveller,
    says=(
        "Compare a traveller who stands at the post: by the machine-readable zone of the document, or by what an "
        "officer reads from it. Its candidates are judged like a manifest's; the answer says the threshold, and of "
        "which day the lists are. As with a manifest, who carries a listed document is a candidate whatever the "
        "score. (`mithaq screen --floor` holds for documents too: it is a file tool for calibration and hides what is "
        "below.)"
    ),
    command="border traveller", page="/travellers",
)  # fmt: skip
