"""Comparing travellers with the subjects, and the rows of candidates: the same for a manifest, one traveller and a
re-screening.

Rule: a candidate holds every piece of evidence that made its score, and the moment of its erasure.
Design: subjects, "Wanted persons" (Hit) and safeguard 4; screening, "Batch-independent".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import inf
from typing import Any

from mithaq.node.acts import envelope, wire
from mithaq.node.acts.definition import Context, Row, Terms
from mithaq.node.acts.registry import REGISTRY, Edition
from mithaq.node.border import matcher, reading, silence_facts
from mithaq.node.border.facts import PostFacts
from mithaq.node.border.requests import Travel, TravellerData
from mithaq.node.start import Node
from mithaq.screening import FLOOR, Candidate, screen

CANDIDATE, SILENCED = "border.Candidate", "border.Silenced"
LINE = "domestic"
TRAVEL = frozenset({"identity", "document", "travel"})


def domestic_terms(plan: str, handling: str = "H1") -> Terms:
    """The terms of a local act on travellers' data."""
    return Terms(plan, LINE, TRAVEL, "domestic", "en", handling)


@dataclass(frozen=True, slots=True)
class Journey:
    """What the travellers of one manifest share; `travels` are the journeys by a traveller's position, when a file
    holds the lists of several flights."""

    manifest: str
    post: PostFacts
    travel: Travel
    hours: int
    travels: tuple[Travel, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A traveller and a listed person who may be the same."""

    traveller: TravellerData
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Quieted:
    """A match that is no candidate, by a silence in force; `place` is the traveller's position."""

    place: int
    match: Match
    silence: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What one comparison rested on and gave: matches whose listed person is still there, likeliest first by traveller.

    `places` are the positions of the matches' travellers, in the same order. `best` is the best score of each other
    traveller, by position: of those who match nobody. `silenced` are the matches that a silence keeps from being
    candidates: neither an alert nor somebody who is like nobody, so that no histogram counts them.
    """

    matches: tuple[Match, ...]
    places: tuple[int, ...]
    generation: str
    subjects: int
    editions: tuple[Edition, ...]
    best: Mapping[int, float] = field(default_factory=dict)
    silenced: tuple[Quieted, ...] = ()

    def without(self, known: Collection[tuple[TravellerData, str]]) -> Compared:
        """The same without the pairs of traveller and subject that officers have before them already."""
        return self.keeping(
            place for place, one in enumerate(self.matches) if (one.traveller, one.candidate.subject) not in known
        )

    def keeping(self, chosen: Iterable[int]) -> Compared:
        """The same with some of its matches only, by their place among them."""
        kept = tuple(chosen)
        matches, places = tuple(self.matches[one] for one in kept), tuple(self.places[one] for one in kept)
        return replace(self, matches=matches, places=places)


def compare(travellers: Sequence[TravellerData], floor: float) -> Compared:
    """Screen travellers against one index over all sources (effects: database reads); `floor` in bits, which the
    holder of a listed document need not reach (`clause.reaches`)."""
    live = matcher.live()
    # A traveller with two documents is asked about with each, and the likelier answer for a subject counts.
    asked = [one for position, whole in enumerate(travellers) for one in reading.for_screening(position, whole)]
    best: dict[int, dict[str, Candidate]] = defaultdict(dict)
    highest = dict.fromkeys(range(len(travellers)), -inf)
    for result in screen(live.index, asked, floor=floor, documented=True, told_from=FLOOR):
        place = reading.position_of(result.traveller)
        highest[place] = max(highest[place], result.best)
        answers = best[place]
        for one in result.candidates:
            if one.subject not in answers or one.score > answers[one.subject].score:
                answers[one.subject] = one
    found = [
        (place, one)
        for place in sorted(best)
        for one in sorted(best[place].values(), key=lambda each: (-each.score, each.subject))
    ]
    cards = REGISTRY.cards(one.subject for _, one in found)
    # A person who left the list between the index and now is nobody's candidate.
    found = [(place, one) for place, one in found if one.subject in cards]
    matches = tuple(Match(travellers[place], one) for place, one in found)
    places = tuple(place for place, _ in found)
    matched = set(places)
    quiet = {place: score for place, score in highest.items() if place not in matched}
    asked_of = [(one.traveller, one.candidate) for one in matches]
    silent = silence_facts.silent(asked_of, cards, Node.clock.now())
    silenced = tuple(Quieted(place, match, by) for place, match, by in zip(places, matches, silent, strict=True) if by)
    whole = Compared(matches, places, live.text, live.size, live.editions, quiet, silenced)
    return whole.keeping(place for place, by in enumerate(silent) if not by) if silenced else whole


def rows(journey: Journey, compared: Compared, context: Context) -> tuple[Row, ...]:
    """The rows of all matches of a comparison, each with its traveller's own journey."""
    return tuple(
        row(replace(journey, travel=journey.travels[place]) if journey.travels else journey, match, context)
        for place, match in zip(compared.places, compared.matches, strict=True)
    )


def row(journey: Journey, match: Match, context: Context, rescreened: Mapping[str, Any] | None = None) -> Row:
    """The row of a candidate; `rescreened` says which sources had changed when a later comparison found it."""
    candidate = match.candidate
    fields = {
        "manifest": journey.manifest,
        "post": journey.post.id,
        "unit": journey.post.unit,
        "subject": candidate.subject,
        "traveller": wire.encode(match.traveller),
        "travel": wire.encode(journey.travel),
        "score": candidate.score,
        "evidence": [
            {
                "kind": one.kind,
                "weight": one.weight,
                "left": one.left,
                "right": one.right,
                "why": one.why,
                "params": dict(one.params),
            }
            for one in candidate.evidence
        ],
        "state": "candidate",
        "created": context.now,
        "expires": context.now + timedelta(hours=journey.hours),
        "rescreened": dict(rescreened) if rescreened else None,
    }
    return Row(CANDIDATE, str(context.new_id()), 0, fields)


def silenced_rows(silenced: Iterable[tuple[str, Quieted]], context: Context) -> tuple[Row, ...]:
    """A row for each silence that a manifest met, with how many of its travellers: (manifest, match) each."""
    met = Counter((manifest, one.silence) for manifest, one in silenced)
    return tuple(
        Row(
            SILENCED, str(context.new_id()), 0,
            {"silence": silence, "manifest": manifest, "number": number, "at": context.now},
        )
        for (manifest, silence), number in met.items()
    )  # fmt: skip


def silenced_leaf(number: int) -> dict[str, str]:
    """What a leaf says of those whom a silence kept from being candidates; nothing where there are none."""
    return {"silenced": str(number)} if number else {}


def editions_of(compared: Compared) -> list[dict[str, Any]]:
    """What was compared with, as a manifest keeps it: names, moments (RFC 3339 or empty) and counts."""
    return [
        {"name": one.name, "at": envelope.text_of(one.at) if one.at else "", "subjects": one.subjects}
        for one in compared.editions
    ]
