"""Reads of the crossings register: what is kept, what has met other subjects, and who crossed.

Rule: a question that reaches past what is kept is answered `not-kept`, never `none`: silence is no proof of absence.
Design: architecture, "Border: two stores"; subjects, "Border posts" (crossing query).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform

from mithaq.errors import InputError
from mithaq.node.acts import wire
from mithaq.node.border import facts
from mithaq.node.border.models import Crossing, KeptManifest, Manifest
from mithaq.node.border.requests import CrossingQuery, Travel, TravellerData
from mithaq.screening.likeness import Likeness

# A question is asked of at most so many lists, which are some million crossings; a longer window is asked in parts.
MANY = 5_000
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """A kept manifest with its row version and the generation of the subjects that it met last."""

    id: str
    version: int
    post: str
    feed: str
    generation: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class CrossingFacts:
    """A kept traveller with its row version; `found` are the subjects that it became a candidate for, `travel` its own
    journey when the manifest held the lists of several flights."""

    id: str
    version: int
    manifest: str
    traveller: TravellerData
    found: tuple[str, ...]
    travel: Travel | None = None


@dataclass(frozen=True, slots=True)
class Crossed:
    """A crossing that answers a question."""

    id: str
    manifest: str
    post: str
    traveller: TravellerData
    travel: Travel
    at: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register says: `found`, `none` (only when everything of the window is kept), `not-kept`, or `nothing`
    (no list was received in the window). `lists` were received in it, of which `not_kept` are kept no more or never
    were; `more` says that only the first crossings are shown."""

    word: Literal["found", "none", "not-kept", "nothing"]
    crossings: tuple[Crossed, ...]
    lists: int
    not_kept: int
    more: bool = False


def reason(asked: CrossingQuery) -> str:
    """A question as the access log holds it: its reason first, then who was asked for and when."""
    return f"{asked.reason}: {asked.name} {asked.document} {asked.since}/{asked.until}"


def number(text: str) -> str:
    """A document's number as the register compares it: capital letters and digits only."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def stale(post: str, generation: str, now: datetime, limit: int) -> tuple[KeptFacts, ...]:
    """Manifests of a post, kept at `now`, that met another generation of the subjects last; oldest first."""
    rows = KeptManifest.objects.filter(post=post, expires__gt=now).exclude(generation=generation).order_by("at", "id")
    rows = rows.defer("roll")
    return tuple(
        KeptFacts(str(row.id), row.version, row.post, row.feed, row.generation, row.expires) for row in rows[:limit]
    )


def crossings(manifests: Sequence[str]) -> tuple[CrossingFacts, ...]:
    """The kept travellers of manifests, in their order there."""
    rows = Crossing.objects.filter(kept__in=list(manifests)).order_by("kept", "position")
    return tuple(
        CrossingFacts(
            str(row.id),
            row.version,
            str(row.kept_id),
            wire.decode(TravellerData, row.traveller),
            tuple(row.found),
            _own(row),
        )
        for row in rows
    )


def known(manifests: Sequence[str]) -> frozenset[tuple[str, TravellerData, str]]:
    """(Journey, traveller, subject) of every pair that became a candidate on these manifests or on others of their
    flights: who stands on two lists of one flight crosses once."""
    flights = Manifest.objects.filter(pk__in=list(manifests)).values_list("post", "flight", "departs").distinct()
    same = Q(pk__in=list(manifests))
    for post, flight, departs in flights:
        if flight and departs:
            same |= Q(post=post, flight=flight, departs=departs)
    journeys = {row.pk: journey(row.flight, row.departs) for row in Manifest.objects.filter(same)}
    rows = Crossing.objects.filter(kept__in=list(journeys)).exclude(found=[])
    return frozenset(
        (_where(row, journeys), wire.decode(TravellerData, row.traveller), subject)
        for row in rows
        for subject in row.found
    )


def _own(row: Crossing) -> Travel | None:
    return wire.decode(Travel, row.travel) if row.travel else None


def _where(row: Crossing, journeys: Mapping[UUID, str]) -> str:
    own = _own(row)
    return journey(own.flight, own.departs) if own else journeys[row.kept_id]


def journey(flight: str, departs: str) -> str:
    """A flight and its departure, as one text; empty when the list does not say both."""
    return f"{flight} {departs}" if flight and departs else ""


def ask(asked: CrossingQuery, unit: str, now: datetime) -> Answer:
    """Who crossed at the posts of a unit. InputError `crossing.question` or `crossing.window`."""
    if not (asked.name.strip() or number(asked.document)):
        raise InputError("crossing.question", "Give a name or the number of a document.", where="name")
    if asked.until < asked.since:
        raise InputError("crossing.window", "The last day lies before the first.", where="until")
    posts = [post.id for post in facts.posts() if post.unit == unit]
    begin = datetime.combine(asked.since, time(), UTC)
    end = datetime.combine(asked.until, time(), UTC) + timedelta(days=1)
    lists = Manifest.objects.filter(post__in=posts, at__gte=begin, at__lt=end).exclude(relation="again")
    total, kept = lists.count(), lists.filter(kept_until__gt=now).count()
    window = KeptManifest.objects.filter(post__in=posts, at__gte=begin, at__lt=end, expires__gt=now)
    rows = Crossing.objects.filter(kept__in=window.values("pk")).order_by("-kept__at", "position")
    if number(asked.document):
        rows = rows.filter(documents__contains=[number(asked.document)])
    if asked.name.strip():
        if kept > MANY:
            raise InputError(
                "crossing.window", "Too many crossings lie between these days.", remedy="Ask for fewer days."
            )
        rows = rows.filter(pk__in=_alike(asked.name, window, rows)[: _SHOWN + 1])
    found = list(rows.select_related("kept").defer("kept__roll")[: _SHOWN + 1])
    answer = _crossed(found[:_SHOWN])
    word: Literal["found", "none", "not-kept", "nothing"]
    word = "found" if answer else "nothing" if not total else "not-kept" if kept < total else "none"
    return Answer(word, answer, total, total - kept, len(found) > _SHOWN)


def _alike(name: str, window: QuerySet[KeptManifest], rows: QuerySet[Crossing]) -> list[UUID]:
    """The ids of crossings whose traveller may bear a name, in the order of the rows."""
    likeness = Likeness(name)
    rolls = list(window.values_list("pk", "roll"))
    near = likeness.may_be([bytes(roll) for _key, roll in rolls])
    if not near:
        return []
    rows = rows.filter(reduce(or_, (_on(rolls[number][0], places) for number, places in near)))
    named = list(rows.values_list("pk", KeyTransform("names", "traveller")))
    return [named[place][0] for place in likeness.among([names for _key, names in named])]


def _on(manifest: UUID, places: Sequence[int] | None) -> Q:
    # A list that came before rolls were kept, or under another release, is read whole.
    return Q(kept=manifest) if places is None else Q(kept=manifest, position__in=list(places))


def _crossed(rows: list[Crossing]) -> tuple[Crossed, ...]:
    manifests = {row.pk: row for row in Manifest.objects.filter(pk__in={row.kept_id for row in rows})}
    found = []
    for row in rows:
        sent = manifests[row.kept_id]
        whole = Travel(sent.flight, sent.departure, sent.arrival, sent.departs, sent.arrives, sent.post)
        travel = _own(row) or whole
        traveller = wire.decode(TravellerData, row.traveller)
        found.append(Crossed(str(row.id), str(sent.id), sent.post, traveller, travel, sent.at, row.kept.expires))
    return tuple(found)
