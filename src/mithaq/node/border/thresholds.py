"""Choosing the threshold of a post and a feed by the false alerts that it may bring. Pure but for `load`, which reads.

Rules: a supervisor of the post's unit chooses; a rate that too few travellers were counted for is refused with what is
missing, and bits then need a reason; so does a threshold that puts a group over twice the rate of all. A choice is a
record of its own: nothing is overwritten. Design: screening, "Calibrated" and "Fair".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row
from mithaq.node.border import facts, reading, rules, threshold_facts
from mithaq.node.border.candidates import domestic_terms
from mithaq.node.border.facts import TRAVELLER, PostFacts
from mithaq.node.border.requests import SetThreshold
from mithaq.node.border.threshold_facts import Prospect
from mithaq.node.start import Node
from mithaq.screening.calibrate import Share

THRESHOLD = "border.Threshold"
FEEDS = (*sorted(reading.FORMATS), TRAVELLER)
MOST_BITS, MOST_REASON = 60, 500


@dataclass(frozen=True, slots=True)
class ThresholdData:
    """The post, the choice that stands now (empty: the clause's), and what the chosen threshold would bring."""

    domestic: str
    post: PostFacts
    stands: str
    prospect: Prospect


def load(request: SetThreshold, _actor: Actor) -> ThresholdData:
    """Reads what was counted. InputError `threshold.feed`, `threshold.choice`, `threshold.bits`, `calibrate.few`,
    `calibrate.rate`."""
    post = facts.post(request.post)
    check_feed(request.feed)
    if bool(request.one_in) == bool(request.bits.strip()):
        raise InputError(
            "threshold.choice",
            "A threshold is chosen by a rate of false alerts or in bits, by one of the two.",
            remedy="Give one of them.",
            where="one_in",
        )
    seen = threshold_facts.of_feed(post.id, request.feed, Node.clock.now())
    prospect = seen.by_rate(request.one_in) if request.one_in else seen.prospect(_bits(request.bits))
    stands = threshold_facts.newest([post.id]).get((post.id, request.feed))
    return ThresholdData(instruments.domestic_plan().id, post, stands.id if stands else "", prospect)


def check_feed(feed: str) -> None:
    """InputError `threshold.feed` when there is no such feed."""
    if feed not in FEEDS:
        raise InputError(
            "threshold.feed", "There is no such feed; there are: {feeds}.", remedy="Give one of them.", where="feed",
            feeds=", ".join(FEEDS),
        )  # fmt: skip


def _bits(text: str) -> float:
    try:
        bits = Decimal(text.strip())
    except InvalidOperation:
        bits = Decimal(-1)
    if not (bits.is_finite() and 0 <= bits <= MOST_BITS and bits == bits.quantize(Decimal("0.01"))):
        raise InputError(
            "threshold.bits", "Bits are a number from 0 to {most}, with two digits after the point at most.",
            where="bits", most=MOST_BITS,
        )  # fmt: skip
    return float(bits)


def choose(request: SetThreshold, found: ThresholdData, context: Context) -> Effects:
    """The choice as a record, with what was known of it. InputError `threshold.reason`, StateError `record.stale`,
    RefusedError `threshold.groups` that names the groups."""
    rules.check_unit(found.post.unit, context.actor.unit)
    if request.follows != found.stands:
        raise StateError(
            "record.stale",
            "Someone else has changed this record since you opened it.",
            remedy="Open it again and look at what changed.",
        )
    prospect, reason = found.prospect, request.reason.strip()[:MOST_REASON]
    if prospect.over and not reason:
        raise RefusedError(
            "threshold.groups",
            "At this threshold these groups would bear more than twice the false alerts of all travellers: {groups}.",
            remedy="Choose a rarer rate, or say why it must be so: the reason is kept.",
            where="reason",
            groups=", ".join(" ".join(one.group) for one in prospect.over),
        )
    if not request.one_in and not reason:
        raise InputError(
            "threshold.reason", "A threshold in bits needs a reason.",
            remedy="Say why no rate is chosen: the reason is kept.", where="reason",
        )  # fmt: skip
    key = str(context.new_id())
    record = {
        "post": found.post.id,
        "feed": request.feed,
        "one_in": request.one_in,
        "centibits": round(prospect.bits * 100),
        "reason": reason,
        "follows": request.follows or None,
        "told": told(prospect),
        "by": context.actor.name,
        "at": context.now,
    }
    leaf = {"record": f"threshold/{key}", "post": found.post.id, "feed": request.feed}
    leaf |= {"centibits": str(record["centibits"]), "one_in": str(request.one_in)}
    return Effects(rows=(Row(THRESHOLD, key, 0, record),), answer={"threshold": key, **told(prospect)}, leaf=leaf)


def told(prospect: Prospect) -> dict[str, Any]:
    """What a threshold would bring, as plain values: for the answer, the record, and who asks in JSON."""
    a_day = prospect.alerts_a_day
    return {
        "bits": prospect.bits,
        "one_in": prospect.one_in,
        "travellers": prospect.every.travellers,
        "rate": prospect.every.rate,
        "alerts_a_day": None if a_day is None else round(a_day, 2),
        "recall": [
            {"list": one.name, "names": one.kind, "found": one.found, "of": one.of} for one in prospect.recall
        ],
        "groups": [_group(one) for one in prospect.groups],
        "over": [_group(one) for one in prospect.over],
    }  # fmt: skip


def _group(one: Share) -> dict[str, Any]:
    kind, group = one.group
    return {
        "kind": kind, "group": group, "travellers": one.travellers, "rate": one.rate, "low": one.low, "high": one.high,
        "times": one.times, "over": one.over,
    }  # fmt: skip


SET = Act(
    "set-threshold", 1, _("Choose the threshold of a post"), SetThreshold, frozenset({"supervisor"}),
    lambda _request, found: domestic_terms(found.domestic), load, choose,
    says=(
        "Choose from which score on a traveller is a candidate at a post and a feed, by the false alerts that it may "
        "bring: one in so many travellers. The node answers from the scores that it has counted of travellers who are "
        "not listed: the threshold, alerts a day, the recall of the labelled lists, and what each nationality and "
        "origin of the name bears. A group over twice the rate of all needs a reason; so does a threshold in bits, for "
        "a post where too few were counted. The newest choice holds, and the earlier ones stay to be read."
    ),
    command="border threshold set", page="/posts/KEY/threshold",
)  # fmt: skip
