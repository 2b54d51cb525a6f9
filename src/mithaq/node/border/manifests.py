"""Screening a manifest: one act over all its travellers. Pure but for `load_screen`, which reads.

Rule: it keeps the manifest's counts and a row for each candidate, and nothing of those who are no candidates.
Design: architecture, "Border"; subjects, "Border posts".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import candidates, facts, matcher, reading
from mithaq.node.border.candidates import LINE, Crossing, domestic_terms
from mithaq.node.border.facts import PostFacts
from mithaq.node.border.reading import Reading
from mithaq.node.border.requests import ScreenManifest
from mithaq.screening import Result, screen
from mithaq.seal import canonical


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """The manifest as read, and what screening said of it."""

    domestic: str
    post: PostFacts
    read: Reading
    results: tuple[Result, ...]
    cards: Mapping[str, Card]
    subjects: int
    candidate_hours: int
    digest: str


def load_screen(request: ScreenManifest, _actor: Actor) -> ScreenFacts:
    """Reads the bytes and screens every traveller against one index over all sources."""
    post = facts.post(request.post)
    read = reading.read(request.data, post.id)
    plan = instruments.domestic_plan()
    settings = instruments.settings(plan, LINE, "screen-manifest")
    live = matcher.live()
    travellers = [reading.for_screening(position, one) for position, one in enumerate(read.travellers)]
    floor = settings["threshold_centibits"] / 100
    results = tuple(result for result in screen(live.index, travellers, floor=floor) if result.candidates)
    cards = REGISTRY.cards(one.subject for result in results for one in result.candidates)
    digest = canonical.digest(request.data)
    return ScreenFacts(plan.id, post, read, results, cards, live.size, settings["candidate_hours"], digest)


def screen_manifest(request: ScreenManifest, found: ScreenFacts, context: Context) -> Effects:
    """A manifest with its counts, and a row for each traveller who may be a listed person."""
    key = str(context.new_id())
    rows = tuple(
        candidates.row(
            Crossing(key, found.post, found.read.travellers[int(result.traveller)], found.read.travel),
            one,
            found.candidate_hours,
            context,
        )
        for result in found.results
        for one in result.candidates
        if one.subject in found.cards
    )
    travel = found.read.travel
    record = {
        "post": found.post.id,
        "name": request.name[:200],
        "digest": found.digest,
        "flight": travel.flight,
        "departure": travel.departure,
        "arrival": travel.arrival,
        "departs": travel.departs,
        "arrives": travel.arrives,
        "travellers": len(found.read.travellers),
        "crew": found.read.crew,
        "candidates": len(rows),
        "subjects": found.subjects,
        "warnings": list(found.read.warnings[:200]),
        "screened_by": context.actor.name,
        "at": context.now,
    }
    return Effects(
        rows=(Row("border.Manifest", key, 0, record), *rows),
        answer=key,
        leaf={"record": f"manifest/{key}", "travellers": str(record["travellers"]), "candidates": str(len(rows))},
    )


SCREEN = Act(
    "screen-manifest", 1, _("Screen a manifest"), ScreenManifest, frozenset({"case-officer", "supervisor"}),
    lambda _request, found: domestic_terms(found.domestic), load_screen, screen_manifest,
)  # fmt: skip
