"""Rows of candidates from what screening said: the same for a manifest, one traveller and a re-screening. Pure.

Rule: a candidate holds every piece of evidence that made its score, and the moment of its erasure.
Design: subjects, "Wanted persons" (Hit) and safeguard 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from mithaq.node.acts import wire
from mithaq.node.acts.definition import Context, Row, Terms
from mithaq.node.border.facts import PostFacts
from mithaq.node.border.requests import Travel, TravellerData
from mithaq.screening import Candidate

CANDIDATE = "border.Candidate"
LINE = "domestic"
TRAVEL = frozenset({"identity", "document", "travel"})


def domestic_terms(plan: str) -> Terms:
    """The terms of a local act on travellers' data."""
    return Terms(plan, LINE, TRAVEL, "domestic", "en")


@dataclass(frozen=True, slots=True)
class Crossing:
    """One traveller on one journey, as a candidate's row names it."""

    manifest: str
    post: PostFacts
    traveller: TravellerData
    travel: Travel


def row(crossing: Crossing, candidate: Candidate, hours: int, context: Context) -> Row:
    """The row of a candidate that is erased after `hours` unless it is confirmed."""
    fields = {
        "manifest": crossing.manifest,
        "post": crossing.post.id,
        "unit": crossing.post.unit,
        "subject": candidate.subject,
        "traveller": wire.encode(crossing.traveller),
        "travel": wire.encode(crossing.travel),
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
        "expires": context.now + timedelta(hours=hours),
    }
    return Row(CANDIDATE, str(context.new_id()), 0, fields)
