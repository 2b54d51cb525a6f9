"""Best scores of travellers who are not listed, as counts: what calibration rests on. Pure but for the reads.

Rules: a count holds nothing of a person. Who is no candidate is counted when screened; who is one, once every candidate
of his is rejected; who is confirmed or undecided, never. Only the first list of a flight, part and sender is counted:
the same list again, a later or a late one names the same travellers. Design: screening, "Calibrated".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.db.models import Sum

from mithaq.node.acts import wire
from mithaq.node.acts.definition import Counted
from mithaq.node.border.models import Candidate, Manifest, ScoreCount, ScoreMonth
from mithaq.node.border.requests import TravellerData
from mithaq.screening.calibrate import Group, Histogram, groups_of, step_of

SETTING = "score_days"
LEAST_SHOWN = 5
"""A smaller group is not shown: who knows one of few travellers would learn of the score."""
ALL: Group = ("all", "")
_MONTH, _COUNT = "border.ScoreMonth", "border.ScoreCount"
Scored = tuple[TravellerData, float]


def counts(post: str, feed: str, people: Iterable[Scored], days: int, now: datetime) -> tuple[Counted, ...]:
    """What travellers with their best scores add to the histograms of a post and a feed."""
    month = now.astimezone(UTC).date().replace(day=1)
    steps: Counter[tuple[str, str, int]] = Counter()
    for one, score in people:
        for kind, group in (ALL, *groups_of(one.names, one.nationality)):
            steps[kind, group, step_of(score)] += 1
    if not steps:
        return ()
    head = str(uuid5(NAMESPACE_OID, f"{post} {feed} {month}"))
    whole = sum(number for (kind, _, _), number in steps.items() if kind == ALL[0])
    fields = {"post": post, "feed": feed, "month": month, "expires": _ends(month, days)}
    return (
        Counted(_MONTH, head, whole, fields),
        *(
            Counted(
                _COUNT, str(uuid5(NAMESPACE_OID, f"{head} {kind} {group} {step}")), number,
                {"month_id": head, "kind": kind, "group": group, "step": step},
            )
            for (kind, group, step), number in sorted(steps.items())
        ),
    )  # fmt: skip


def _ends(month: date, days: int) -> datetime:
    following = (month + timedelta(days=31)).replace(day=1)
    return datetime(following.year, following.month, 1, tzinfo=UTC) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Rejected:
    """The traveller whose last candidate a rejection closes, to be counted then: where, and the best score."""

    post: str
    feed: str
    scored: Scored


def rejected(candidate: str) -> Rejected | None:
    """What a rejection of this candidate makes countable (effects: database reads); None when the traveller is not to
    be counted: another candidate of his is open or confirmed, the list is not the first, or screening counted him."""
    row = Candidate.objects.filter(pk=candidate).first()
    if row is None or row.rescreened is not None:
        # On re-screening he was no candidate when he came, and is in the histogram already.
        return None
    came = Manifest.objects.filter(pk=row.manifest, relation="").values_list("post", "feed").first()
    # Those of one traveller on one list: as the list describes him.
    his = list(
        Candidate.objects.filter(manifest=row.manifest, traveller=row.traveller)
        .exclude(pk=row.pk)
        .values_list("state", "score", "rescreened")
    )
    if came is None or any(state != "rejected" for state, _, _ in his):
        return None
    best = max([row.score, *(score for _, score, rescreened in his if rescreened is None)])
    return Rejected(*came, (wire.decode(TravellerData, row.traveller), best))


@dataclass(frozen=True, slots=True)
class Scores:
    """The histograms of a post and a feed over all months that are kept: of everyone, and by group."""

    every: Histogram
    groups: dict[Group, Histogram]
    since: date | None

    @property
    def shown(self) -> dict[Group, Histogram]:
        """The groups that are large enough to be shown."""
        return {group: mine for group, mine in self.groups.items() if mine.total >= LEAST_SHOWN}


def scores(post: str, feed: str) -> Scores:
    """What is counted of a post and a feed (effects: database reads)."""
    months = ScoreMonth.objects.filter(post=post, feed=feed)
    found: dict[Group, dict[int, int]] = {}
    rows = ScoreCount.objects.filter(month__in=months).values("kind", "group", "step").annotate(sum=Sum("number"))
    for row in rows.order_by("kind", "group", "step"):
        found.setdefault((row["kind"], row["group"]), {})[row["step"]] = row["sum"]
    every = Histogram(found.pop(ALL, {}))
    since = months.order_by("month").values_list("month", flat=True).first()
    return Scores(every, {group: Histogram(steps) for group, steps in found.items()}, since)
