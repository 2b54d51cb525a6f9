"""What a post received before: the same list again, a corrected one, one that comes late; and how its feeds do.

Rules: a list is the same when its bytes are, or when it names the same travellers on the same journey in any order; the
same list is screened a second time only when the subjects have changed, and then shows officers new pairs only.
Design: subjects, "Border posts"; architecture, "Border".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum

from mithaq.node.border import clause, facts, silence, threshold_facts
from mithaq.node.border.clause import PostClause
from mithaq.node.border.facts import ManifestFacts
from mithaq.node.border.models import KeptManifest, Manifest
from mithaq.node.border.reading import Reading
from mithaq.node.border.requests import TravellerData


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an arriving list is to those before it.

    `repeated` is the manifest that it is once more, when nothing is left to screen. `relation` to the manifest
    `follows` is otherwise `again` (the same list, other subjects), `later` (a later one of the same flight
    and sender), `late` (prepared before one that is here) or empty; `pairs` are before officers already.
    """

    repeated: ManifestFacts | None = None
    relation: str = ""
    follows: str = ""
    pairs: frozenset[tuple[TravellerData, str]] = frozenset()


def earlier(read: Reading, post: str, digests: tuple[str, str], generation: str) -> Earlier:
    """What came before a list at a post (effects: database reads); `digests` are of its bytes and of its content."""
    digest, content = digests
    known = facts.earlier(post, digest, content, read.travel)
    pairs = frozenset(pair for one in known for pair in facts.pairs(one.id))
    same = [one for one in known if facts.is_same(one.id, digest, content)]
    if same:
        repeated = next((one for one in same if one.generation == generation), None)
        return Earlier(repeated, "again", same[0].id, pairs)
    line = [one for one in known if (one.feed, one.part, one.sender) == (read.feed, read.part, read.sender)]
    newer = next((one for one in line if _is_older(read.prepared, one.prepared)), None)
    if newer is not None:
        return Earlier(None, "late", newer.id, pairs)
    return Earlier(None, "later", line[0].id, pairs) if line else Earlier(pairs=pairs)


def _is_older(prepared: str, other: str) -> bool:
    # YYMMDDHHMM and CCYYMMDDHHMM: the last ten digits compare within a century.
    return bool(prepared and other) and prepared[-10:] < other[-10:]


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """How a feed of a post does: what its clause lays down, when it last came (None: never), and its counts since a
    moment.

    `again` counts lists that came more than once, `warned` those that a reader warned of; `silent` says that nothing
    has come for longer than the clause says is usual.
    """

    feed: str
    clause: PostClause
    last: datetime | None
    lists: int
    travellers: int
    candidates: int
    again: int
    late: int
    kept: int
    silent: bool


def of_post(post: str, laid_down: Mapping[str, int], since: datetime, now: datetime) -> tuple[FeedFacts, ...]:
    """The feeds that a post has ever had and those that are expected (effects: database reads), counted from `since`
    on."""
    return of_posts([post], laid_down, since, now)[post]


def of_posts(
    posts: Collection[str], laid_down: Mapping[str, int], since: datetime, now: datetime
) -> dict[str, tuple[FeedFacts, ...]]:
    """The same of several posts, read together."""
    latest = silence.lasts_of(posts)
    rows = KeptManifest.objects.filter(post__in=posts, expires__gt=now).values_list("post", "feed")
    chosen = threshold_facts.newest(posts)
    kept = {(post, feed): number for post, feed, number in rows.annotate(number=Count("id"))}
    counts = {
        (row["post"], row["feed"]): row
        for row in Manifest.objects.filter(post__in=posts, at__gte=since)
        .values("post", "feed")
        .annotate(
            lists=Count("id"),
            people=Sum("travellers"),
            listed=Sum("candidates"),
            repeated=Sum("again"),
            belated=Count("id", filter=Q(relation="late")),
        )
    }

    def own(post: str, feed: str) -> PostClause:
        return threshold_facts.with_chosen(clause.post_clause(laid_down, post, feed), chosen.get((post, feed)))

    return {
        post: tuple(
            _feed(feed, own(post, feed), latest.get(post, {}).get(feed), counts.get((post, feed)) or {},
                  kept.get((post, feed), 0), now)
            for feed in sorted({*latest.get(post, {}), *silence.expected(laid_down, post)})
        )
        for post in posts
    }  # fmt: skip


def _feed(
    feed: str, own: PostClause, last: datetime | None, row: Mapping[str, Any], kept: int, now: datetime
) -> FeedFacts:
    return FeedFacts(
        feed=feed,
        clause=own,
        last=last,
        lists=row.get("lists", 0),
        travellers=row.get("people", 0),
        candidates=row.get("listed", 0),
        again=row.get("repeated", 0),
        late=row.get("belated", 0),
        kept=kept,
        silent=feed != facts.TRAVELLER and silence.is_silent(last, own.silence_hours, now),
    )
