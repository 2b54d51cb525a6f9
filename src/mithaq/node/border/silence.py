"""Feeds that have gone quiet: those that a post has had, and those that its instrument expects and that never came.

Rules: a feed is expected at a post when a setting of the domestic instrument names both (`..._hours_bebru_paxlst`), and
is listed there even if nothing has ever come; it is counted silent from the last list, or from the day on which the
instrument was enacted. The home page tells of what the instrument lays down, never of a default.
Design: architecture, "Border" (settings a clause per post and feed); subjects, "Border posts".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from mithaq.errors import StateError
from mithaq.node.acts import instruments
from mithaq.node.border import clause, facts
from mithaq.node.border.candidates import LINE
from mithaq.node.border.facts import PostFacts
from mithaq.node.border.models import Manifest
from mithaq.node.border.reading import FORMATS


@dataclass(frozen=True, slots=True)
class Quiet:
    """A feed of a post from which nothing has come for longer than its clause says is usual: since when, and whether
    anything ever came."""

    post: PostFacts
    feed: str
    since: datetime
    came: bool


def settings() -> dict[str, int]:
    """The settings of the domestic instrument for manifests, out of which `clause.post_clause` picks a post's."""
    return instruments.settings(instruments.domestic_plan(), LINE, "screen-manifest")


def lasts_of(posts: Collection[str]) -> dict[str, dict[str, datetime]]:
    """When each feed of some posts came last, the same list once more included (effects: database reads)."""
    rows = Manifest.objects.filter(post__in=posts).values_list("post", "feed")
    found: dict[str, dict[str, datetime]] = {}
    for post, feed, at, again in rows.annotate(at=Max("at"), again=Max("last_again")):
        found.setdefault(post, {})[feed] = max(at, again or at)
    return found


def expected(laid_down: Mapping[str, int], post: str) -> tuple[str, ...]:
    """The feeds that a setting names together with the post."""
    return tuple(feed for feed in FORMATS if clause.names(laid_down, post, feed))


def is_silent(last: datetime | None, hours: int, now: datetime) -> bool:
    """Whether nothing has come since `last` (None: ever) for longer than `hours` (0: the feed may be silent)."""
    if not hours:
        return False
    return now - (last or instruments.domestic_since()) > timedelta(hours=hours)


def quiet(unit: str, now: datetime) -> tuple[Quiet, ...]:
    """The feeds of a unit's posts that are silent although the domestic instrument says when they must come."""
    posts = [post for post in facts.posts() if post.unit == unit]
    try:
        laid_down = settings() if posts else {}
    except StateError:
        return ()  # no instrument, no expectation
    watched = [post for post in posts if expected(laid_down, post.id) or clause.lays_silence_down(laid_down, post.id)]
    lasts = lasts_of([post.id for post in watched])
    return tuple(one for post in watched for one in _of_post(post, lasts.get(post.id, {}), laid_down, now))


def _of_post(post: PostFacts, last: Mapping[str, datetime], laid_down: Mapping[str, int], now: datetime) -> list[Quiet]:
    named, timed = expected(laid_down, post.id), clause.lays_silence_down(laid_down, post.id)
    watched = [feed for feed in FORMATS if feed in named or (timed and feed in last)]
    return [
        Quiet(post, feed, last.get(feed) or instruments.domestic_since(), feed in last)
        for feed in watched
        if is_silent(last.get(feed), clause.post_clause(laid_down, post.id, feed).silence_hours, now)
    ]
