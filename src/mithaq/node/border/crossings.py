"""The crossings register: who is kept, and comparing them again when the subjects change. Pure but for `load`.

Rules: only what a clause has kept is here, and never beyond its time; a crossing and a subject become a candidate once,
however often they are compared; a re-screening that was cut off goes on where it was.
Design: architecture, "Border: two stores"; subjects, "Wanted persons" (Hit).
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.errors import MithaqError
from mithaq.node.acts import envelope, instruments, wire
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row
from mithaq.node.acts.perform import perform
from mithaq.node.border import candidates, clause, facts, matcher, silence_facts, threshold_facts
from mithaq.node.border import kept as held
from mithaq.node.border.candidates import LINE, Compared, Journey, Match, Quieted, domestic_terms
from mithaq.node.border.facts import ManifestFacts, PostFacts
from mithaq.node.border.kept import CrossingFacts, KeptFacts
from mithaq.node.border.reading import Reading
from mithaq.node.border.requests import RescreenCrossings
from mithaq.node.start import Node
from mithaq.screening import pack

KEPT, CROSSING = "border.KeptManifest", "border.Crossing"
# One act takes so many manifests: a night's crossings are some acts, each its own transaction.
_MANIFESTS = 50
# So many acts a post and minute: what is left over waits for the next minute, so that no delivery waits for it.
_ACTS = 20
LOG = logging.getLogger("mithaq.border")


def rows(
    manifest: str, post: str, read: Reading, compared: Compared, until: datetime, context: Context
) -> tuple[Row, ...]:
    """The rows that keep a manifest's travellers until `until`, each with the subjects that it is a candidate for."""
    found: dict[int, list[str]] = defaultdict(list)
    for place, match in zip(compared.places, compared.matches, strict=True):
        found[place].append(match.candidate.subject)
    head = {"post": post, "feed": read.feed, "generation": compared.generation, "at": context.now, "expires": until}
    head["roll"] = pack(one.names for one in read.travellers)
    return (
        Row(KEPT, manifest, 0, head),
        *(
            Row(CROSSING, str(context.new_id()), 0, _fields(manifest, place, read, found[place]))
            for place in range(len(read.travellers))
        ),
    )


def _fields(manifest: str, place: int, read: Reading, found: list[str]) -> dict[str, Any]:
    one = read.travellers[place]
    return {
        "kept_id": manifest,
        "position": place,
        "traveller": wire.encode(one),
        "travel": wire.encode(read.travels[place]) if read.travels else None,
        "documents": [held.number(document.number) for document in one.documents],
        "found": found,
    }


# rescreen-crossings


@dataclass(frozen=True, slots=True)
class RescreenFacts:
    """Manifests whose crossings met other subjects last, their crossings, and what the subjects of now say of them."""

    domestic: str
    post: PostFacts
    kept: tuple[KeptFacts, ...]
    manifests: dict[str, ManifestFacts]
    crossings: tuple[CrossingFacts, ...]
    compared: Compared
    hours: dict[str, int]


def load(request: RescreenCrossings, _actor: Actor) -> RescreenFacts:
    """Reads the next manifests to compare again, and screens what is kept of them."""
    post = facts.post(request.post)
    plan = instruments.domestic_plan()
    settings = instruments.settings(plan, LINE, "rescreen-crossings")
    kept = held.stale(post.id, matcher.text_of(matcher.current()), Node.clock.now(), _MANIFESTS)
    found = held.crossings([one.id for one in kept])
    chosen = threshold_facts.newest([post.id])
    own = {
        feed: threshold_facts.with_chosen(clause.post_clause(settings, post.id, feed), chosen.get((post.id, feed)))
        for feed in {one.feed for one in kept}
    }
    floor = min((one.threshold for one in own.values()), default=0.0)
    compared = candidates.compare([one.traveller for one in found], floor)
    manifests = facts.manifests_by_id(one.id for one in kept)
    thresholds = {one.id: own[one.feed].threshold for one in kept}
    hours = {one.id: own[one.feed].candidate_hours for one in kept}
    silenced = _silenced(compared, found, thresholds)
    compared = replace(compared.keeping(_new(compared, found, manifests, thresholds)), silenced=silenced)
    return RescreenFacts(plan.id, post, kept, manifests, found, compared, hours)


def _new(
    compared: Compared,
    found: tuple[CrossingFacts, ...],
    manifests: dict[str, ManifestFacts],
    thresholds: dict[str, float],
) -> Iterator[int]:
    """The places of matches that reach the threshold of their crossing's own feed, and are candidates for the first
    time."""
    known = set(held.known(list(manifests)))
    for one, (place, match) in enumerate(zip(compared.places, compared.matches, strict=True)):
        crossing, subject = found[place], match.candidate.subject
        travel = crossing.travel or manifests[crossing.manifest].travel
        # Who stands on two lists of one flight crosses once; without a flight, each list is a journey of its own.
        where = held.journey(travel.flight, travel.departs) or crossing.manifest
        pair = (where, match.traveller, subject)
        whys = [each.why for each in match.candidate.evidence]
        reached = clause.reaches(match.candidate.score, whys, thresholds[crossing.manifest])
        if not reached or subject in crossing.found or pair in known:
            continue
        known.add(pair)
        yield one


def _silenced(
    compared: Compared, found: tuple[CrossingFacts, ...], thresholds: dict[str, float]
) -> tuple[Quieted, ...]:
    """The matches that a silence keeps from being candidates, where they would be, each silence once a manifest."""
    counted = silence_facts.met([one.manifest for one in found]) if compared.silenced else frozenset()
    return tuple(
        one
        for one in compared.silenced
        if ((crossing := found[one.place]).manifest, one.silence) not in counted
        and one.match.candidate.subject not in crossing.found
        and clause.reaches(
            one.match.candidate.score,
            [each.why for each in one.match.candidate.evidence],
            thresholds[crossing.manifest],
        )
    )


def rescreen(_request: RescreenCrossings, found: RescreenFacts, context: Context) -> Effects:
    """A candidate for each new pair of crossing and subject, saying what had changed; answers how many manifests."""
    new: dict[int, list[Match]] = defaultdict(list)
    for place, match in zip(found.compared.places, found.compared.matches, strict=True):
        new[place].append(match)
    generations = {one.id: one.generation for one in found.kept}
    added: dict[str, int] = defaultdict(int)
    made: list[Row] = []
    for place, matches in new.items():
        crossing = found.crossings[place]
        manifest = found.manifests[crossing.manifest]
        said = {
            "changed": list(matcher.changed(generations[manifest.id], found.compared.generation)),
            "at": envelope.text_of(context.now),
        }
        travel = crossing.travel or manifest.travel
        journey = Journey(manifest.id, found.post, travel, found.hours[manifest.id])
        made += [candidates.row(journey, match, context, said) for match in matches]
        known = [*crossing.found, *(match.candidate.subject for match in matches)]
        made.append(Row(CROSSING, crossing.id, crossing.version, {"found": known}))
        added[manifest.id] += len(matches)
    quieted = [(found.crossings[one.place].manifest, one) for one in found.compared.silenced]
    made += candidates.silenced_rows(quieted, context)
    more = Counter(manifest for manifest, _ in quieted)
    made += [
        Row(
            "border.Manifest", key, (one := found.manifests[key]).version,
            {"candidates": one.candidates + added.get(key, 0), "silenced": one.silenced + more[key]},
        )
        for key in dict.fromkeys((*added, *more))
    ]  # fmt: skip
    made += [Row(KEPT, one.id, one.version, {"generation": found.compared.generation}) for one in found.kept]
    leaf = {
        "record": f"post/{found.post.id}",
        "manifests": str(len(found.kept)),
        "travellers": str(len(found.crossings)),
        "candidates": str(sum(added.values())),
        **candidates.silenced_leaf(len(quieted)),
    }
    return Effects(rows=tuple(made), answer=len(found.kept), leaf=leaf)


RESCREEN = Act(
    "rescreen-crossings", 1, _("Compare kept crossings again"), RescreenCrossings,
    frozenset({"case-officer", "supervisor"}),
    lambda _request, found: domestic_terms(found.domestic), load, rescreen,
    says=(
        "Compare kept crossings again, with the subjects of now: the worker does it when a list or a notice changed, "
        "an officer when he wants it at once. Each pair of crossing and subject becomes a candidate once, which says "
        "that it was found on re-screening."
    ),
    command="border rescreen", page="/posts/KEY/rescreen",
)  # fmt: skip

_REFUSED: dict[str, str] = {}


def rescreen_changed(now: datetime) -> int:
    """Compare everything kept with subjects that changed, as the worker does; returns how many manifests.

    A post that the plan refuses is tried again when subjects or instruments change, not every minute.
    """
    done = 0
    for post in facts.posts():
        for _act in range(_ACTS):
            more = _rescreened(post, now)
            if not more:
                break
            done += more
    return done


def _rescreened(post: PostFacts, now: datetime) -> int:
    """One act's worth of a post, as the subjects are at this moment; 0 when nothing is left, or the act is refused."""
    # Read anew each time: subjects that change between two acts make all of it due again.
    generation = matcher.text_of(matcher.current())
    state = f"{generation} {instruments.generation()}"
    if _REFUSED.get(post.id) == state or not held.stale(post.id, generation, now, 1):
        return 0
    # The node itself acts here, for the officers of the post's unit.
    actor = Actor("worker", post.unit, frozenset({"case-officer"}))
    try:
        done: int = perform("rescreen-crossings@1", RescreenCrossings(post.id), actor)
    except MithaqError as error:
        LOG.warning("crossings of %s were not compared again: %s", post.id, error.code)
        _REFUSED[post.id] = state
        return 0
    return done
