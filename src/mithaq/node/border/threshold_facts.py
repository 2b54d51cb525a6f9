"""Reads of thresholds: which one is in force at a post and a feed, what was chosen before, and what one would bring.

Rules: the newest choice counts, else the clause's; a group under five travellers is told to nobody; frozen values, no
QuerySet. Design: screening, "Calibrated" and "Fair".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, Sum

from mithaq.node.border import clause, counted
from mithaq.node.border.clause import PostClause
from mithaq.node.border.counted import Scores
from mithaq.node.border.models import Manifest, Threshold
from mithaq.screening import calibrate
from mithaq.screening.calibrate import Recall, Share

PAGE = 50
_DAYS = 30
# Bits of the picture and its table: from what alerts on nearly everyone like somebody, to what finds few.
_CURVE = range(4, 25)


@dataclass(frozen=True, slots=True)
class ThresholdFacts:
    """A choice: by a rate (`one_in`) or by the bits (0), what the node answered then (`told`), who, when and why."""

    id: str
    post: str
    feed: str
    one_in: int
    bits: float
    reason: str
    told: Mapping[str, Any]
    by: str
    at: datetime


def own_clause(settings: Mapping[str, int], post: str, feed: str) -> PostClause:
    """What holds for a post and a feed: the clause's, with the threshold that was chosen since."""
    return with_chosen(clause.post_clause(settings, post, feed), newest([post]).get((post, feed)))


def with_chosen(own: PostClause, chosen: ThresholdFacts | None) -> PostClause:
    """The clause's with a choice in the place of its threshold."""
    return replace(own, threshold=chosen.bits, chosen=chosen.id) if chosen else own


def newest(posts: Collection[str]) -> dict[tuple[str, str], ThresholdFacts]:
    """The choice in force by post and feed, where there is one; in one query."""
    # What no other follows: a clock that was set back does not bring an earlier choice into force again.
    after = Threshold.objects.filter(follows=OuterRef("pk"))
    rows = Threshold.objects.filter(~Exists(after), post__in=posts)
    return {(row.post, row.feed): _facts(row) for row in rows}


def history(post: str, feed: str) -> tuple[ThresholdFacts, ...]:
    """The choices of a post and a feed, the newest first."""
    by_place = {row.follows: row for row in Threshold.objects.filter(post=post, feed=feed)}
    found: list[ThresholdFacts] = []
    row = by_place.get(None)
    while row is not None:
        found.append(_facts(row))
        row = by_place.get(row.pk)
    return tuple(reversed(found[-PAGE:]))


def _facts(row: Threshold) -> ThresholdFacts:
    return ThresholdFacts(
        str(row.pk), row.post, row.feed, row.one_in, row.centibits / 100, row.reason, row.told, row.by, row.at
    )


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a threshold would bring: how many travellers were counted, since which month; alerts a day (None: no list
    of these days), the recall of the labelled lists, and what each group bears."""

    one_in: int
    bits: float
    every: Share
    a_day: float | None
    recall: tuple[Recall, ...]
    groups: tuple[Share, ...]

    @property
    def over(self) -> tuple[Share, ...]:
        """The groups that bear more than twice the rate of all."""
        return tuple(one for one in self.groups if one.over)

    @property
    def alerts_a_day(self) -> float | None:
        return None if self.a_day is None else self.a_day * self.every.rate


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold of the picture: alerts a day (of 1,000 where none came), and the share found by list."""

    bits: int
    alerts: float
    found: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was counted of a post and a feed, and how many travellers a day came of late (None: none did)."""

    scores: Scores
    a_day: float | None

    def by_rate(self, one_in: int) -> Prospect:
        """What the threshold of a rate would bring. InputError `calibrate.few`, `calibrate.rate`."""
        return self.prospect(calibrate.threshold(self.scores.every, one_in), one_in)

    def prospect(self, bits: float, one_in: int = 0) -> Prospect:
        """What a threshold in bits would bring, as far as it was counted."""
        every = calibrate.share(counted.ALL, self.scores.every, self.scores.every, bits)
        groups = calibrate.shares(self.scores.shown, self.scores.every, bits)
        return Prospect(one_in, bits, every, self.a_day, calibrate.recall(bits), groups)

    def curve(self) -> tuple[Point, ...]:
        """Alerts a day against the share found, from one threshold to the next; empty while nobody is counted."""
        every = self.scores.every
        people = 1000.0 if self.a_day is None else self.a_day
        return tuple(
            Point(bits, people * every.at_least(bits) / every.total, _pooled(calibrate.recall(bits)))
            for bits in (_CURVE if every.total else ())
        )


def of_feed(post: str, feed: str, now: datetime) -> Seen:
    """What is known of a post and a feed (effects: database reads)."""
    return Seen(counted.scores(post, feed), travellers_a_day(post, feed, now))


def _pooled(told: tuple[Recall, ...]) -> dict[str, float]:
    names = dict.fromkeys(one.name for one in told)
    both = {name: [one for one in told if one.name == name] for name in names}
    return {name: sum(one.found for one in ones) / sum(one.of for one in ones) for name, ones in both.items()}


def travellers_a_day(post: str, feed: str, now: datetime) -> float | None:
    """How many travellers a day came to a post by a feed within the last 30 days; None when none did."""
    rows = Manifest.objects.filter(post=post, feed=feed, relation="", at__gt=now - timedelta(days=_DAYS))
    row = rows.aggregate(people=Sum("travellers"), first=Min("at"))
    if not row["people"]:
        return None
    # Of a post that is new here, the days that it has been here.
    days: float = max((now - row["first"]) / timedelta(days=1), 1.0)
    return float(row["people"]) / days
