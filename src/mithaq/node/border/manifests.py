"""Screening a manifest: one act over all its travellers. Pure but for `load_screen`, which reads.

Rules: it keeps the manifest's counts, a row for each candidate, and of the others nothing unless the clause of the post
and the feed has crossings kept; what came before is known again, and no officer gets the same pair twice.
Design: architecture, "Border"; subjects, "Border posts".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Counted, Effects, Row
from mithaq.node.border import candidates, counted, crossings, facts, feeds, matcher, reading, rules, threshold_facts
from mithaq.node.border.candidates import LINE, Compared, Journey, domestic_terms
from mithaq.node.border.clause import PostClause
from mithaq.node.border.facts import PostFacts
from mithaq.node.border.feeds import Earlier
from mithaq.node.border.reading import Reading
from mithaq.node.border.requests import ScreenManifest
from mithaq.node.start import Node
from mithaq.seal import canonical

MANIFEST = "border.Manifest"


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """The manifest as read, what came of it earlier, and what screening said; None when nothing was to be screened."""

    domestic: str
    post: PostFacts
    read: Reading
    clause: PostClause
    earlier: Earlier
    digest: str
    content: str
    compared: Compared | None


def load_screen(request: ScreenManifest, _actor: Actor) -> ScreenFacts:
    """Reads the bytes, and screens every traveller unless the same list met the same subjects before."""
    post = facts.post(request.post)
    read = reading.read(request.data, post.id, Node.clock.now().date())
    plan = instruments.domestic_plan()
    own = threshold_facts.own_clause(instruments.settings(plan, LINE, "screen-manifest"), post.id, read.feed)
    digest = canonical.digest(request.data)
    content = read.content
    earlier = feeds.earlier(read, post.id, (digest, content), matcher.text_of(matcher.current()))
    compared = None
    if earlier.repeated is None:
        compared = candidates.compare(read.travellers, own.threshold).without(earlier.pairs)
    return ScreenFacts(plan.id, post, read, own, earlier, digest, content, compared)


def screen_manifest(request: ScreenManifest, found: ScreenFacts, context: Context) -> Effects:
    """A manifest with its counts, and a row for each traveller who may be a listed person; of a list that came again
    that it did."""
    rules.check_unit(found.post.unit, context.actor.unit)
    if found.compared is None:
        return _again(found, context)
    key = str(context.new_id())
    journey = Journey(key, found.post, found.read.travel, found.clause.candidate_hours, found.read.travels)
    rows = candidates.rows(journey, found.compared, context)
    # A list that is in the register already is not entered a second time.
    until = None if found.earlier.relation == "again" else found.clause.kept_until(context.now)
    kept = crossings.rows(key, found.post.id, found.read, found.compared, until, context) if until else ()
    record = {
        **read_fields(found.read),
        "post": found.post.id,
        "name": request.name[:200],
        "digest": found.digest,
        "content": found.content,
        "candidates": len(rows),
        **compared_fields(found.compared, found.clause, context),
        "kept_until": until,
        "relation": found.earlier.relation,
        "follows": found.earlier.follows or None,
    }
    quieted = candidates.silenced_rows([(key, one) for one in found.compared.silenced], context)
    # The same travellers are on the list before: they are counted once.
    counts = (
        () if found.earlier.relation else counted_of(found.post.id, found.read, found.compared, found.clause, context)
    )
    return Effects(
        rows=(Row(MANIFEST, key, 0, record), *rows, *kept, *quieted),
        counts=counts,
        answer=key,
        leaf={
            "record": f"manifest/{key}",
            "travellers": str(record["travellers"]),
            "candidates": str(len(rows)),
            **candidates.silenced_leaf(len(found.compared.silenced)),
        },
    )


def counted_of(post: str, read: Reading, compared: Compared, own: PostClause, context: Context) -> tuple[Counted, ...]:
    """What the travellers who match nobody add to the histograms of the post."""
    people = ((read.travellers[place], score) for place, score in compared.best.items())
    return counted.counts(post, read.feed, people, own.score_days, context.now)


def _again(found: ScreenFacts, context: Context) -> Effects:
    known = found.earlier.repeated
    assert known is not None
    row = Row(MANIFEST, known.id, known.version, {"again": known.again + 1, "last_again": context.now})
    leaf = {"record": f"manifest/{known.id}", "again": str(known.again + 1)}
    return Effects(rows=(row,), answer=known.id, leaf=leaf)


def read_fields(read: Reading) -> dict[str, Any]:
    """What a manifest's row keeps of its reading."""
    travel = read.travel
    return {
        "flight": travel.flight,
        "departure": travel.departure,
        "arrival": travel.arrival,
        "departs": travel.departs,
        "arrives": travel.arrives,
        "travellers": len(read.travellers),
        "crew": read.crew,
        "warnings": list(read.warnings),
        "feed": read.feed,
        "part": read.part[:40],
        "sender": read.sender[:100],
        "interchange": read.interchange[:100],
        "prepared": read.prepared,
    }


def compared_fields(compared: Compared, own: PostClause, context: Context) -> dict[str, Any]:
    """What a manifest's row keeps of its comparison: with how many, as of when, above which threshold, by whom."""
    return {
        "subjects": compared.subjects,
        "silenced": len(compared.silenced),
        "generation": compared.generation,
        "compared": candidates.editions_of(compared),
        "threshold": own.threshold,
        "screened_by": context.actor.name,
        "at": context.now,
    }


SCREEN = Act(
    "screen-manifest", 1, _("Screen a manifest"), ScreenManifest, frozenset({"case-officer", "supervisor"}),
    lambda _request, found: domestic_terms(found.domestic), load_screen, screen_manifest, takes_file=True,
    says=(
        "Screen a manifest: every traveller against the notices of both sides and the imported lists. Counts and "
        "candidates are kept; of anyone else nothing, unless the clause of the post and the feed keeps crossings for "
        "some hours. The same list again is known, and nothing is screened twice against the same subjects; a file "
        "that breaks off is refused whole. A file that is refused is a dead letter; a mended one brought to the "
        "letter is screened in its place, at the same post, and closes it."
    ),
    command="border screen", page="/manifests",
)  # fmt: skip
