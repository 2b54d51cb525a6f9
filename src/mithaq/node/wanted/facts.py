"""Reads of this subject; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import road, wire
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.need_to_know import UnknownError, one
from mithaq.node.acts.nouns import MATCHED, Card, Person
from mithaq.node.acts.registry import Edition, Target
from mithaq.node.acts.subjects import subject
from mithaq.node.start import Node
from mithaq.node.wanted.known import known_to
from mithaq.node.wanted.models import Extension, Notice
from mithaq.node.wanted.requests import NoticeContent
from mithaq.screening import Subject

# Each comparison of one traveller asks this: it reads two rows, however many notices there are.
_GENERATION = """
SELECT coalesce((SELECT last FROM acts_series WHERE name = 'wanted.Notice'), 0),
    (SELECT id FROM wanted_notice ORDER BY id DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice with its row version."""

    id: str
    version: int
    reference: str
    authority: str
    unit: str
    plan: str
    line: str
    state: str
    content: NoticeContent
    message: str
    drafted_by: str
    approved_by: str
    created: datetime
    changed: datetime
    review: datetime
    kept_until: datetime


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """One time that a notice's review was put off, `before` to `after`."""

    by: str
    reason: str
    at: datetime
    before: datetime
    after: datetime


def extensions(key: str) -> tuple[ExtensionFacts, ...]:
    """How often a notice's review was put off, oldest first."""
    rows = Extension.objects.filter(notice=key).order_by("after") if is_uuid(key) else ()
    return tuple(ExtensionFacts(row.by, row.reason, row.at, row.before, row.after) for row in rows)


def extended_last_by(key: str) -> str:
    """Who extended a notice last; empty when nobody has."""
    found = Extension.objects.filter(notice=key).order_by("-after").values_list("by", flat=True).first()
    return found or ""


def ended(now: datetime) -> tuple[tuple[str, int, str], ...]:
    """(id, version, reference) of active notices whose review has come, oldest first; 1,000 at most."""
    rows = Notice.objects.filter(state="active", review__lte=now).order_by("review", "id")
    found = rows.values_list("id", "version", "reference")[:1000]
    return tuple((str(key), version, reference) for key, version, reference in found)


def beyond(now: datetime, days: int) -> tuple[tuple[str, int, str, datetime], ...]:
    """(id, version, reference, new review) of notices about minors that would be used longer than `days` after they
    were made or extended last, or kept beyond their review; 1,000 at most."""
    latest = Extension.objects.filter(notice=OuterRef("pk")).order_by("-at").values("at")[:1]
    rows = Notice.objects.filter(minor_until__gt=now, state__in=("draft", "approved", "active"))
    rows = rows.annotate(most=Coalesce(Subquery(latest), F("created")) + Value(timedelta(days=days)))
    rows = rows.filter(Q(review__gt=F("most")) | Q(kept_until__gt=F("review"))).order_by("review", "id")
    found = rows.values_list("id", "version", "reference", "review", "most")[:1000]
    return tuple((str(key), version, reference, min(review, most)) for key, version, reference, review, most in found)


def notice(key: str, who: Actor | None = None) -> NoticeFacts:
    """One notice by id, of those that `who` may know of. UnknownError `notice.unknown`."""
    unknown = UnknownError(
        "notice.unknown", "There is no such notice here.", remedy="Look for it in the list of notices."
    )
    return _facts(one(Notice.objects.all(), known_to(who), key, unknown))


def by_reference(reference: str, who: Actor | None = None) -> NoticeFacts | None:
    """The notice with a reference, ours or the partner's, if `who` may know of it."""
    row = Notice.objects.filter(known_to(who), reference=reference).first()
    return _facts(row) if row else None


def found(text: str, who: Actor) -> NoticeFacts:
    """The notice of a reference or an id, if `who` may know of it. UnknownError `notice.unknown`."""
    return by_reference(text, who) or notice(text, who)


def targets(keys: Collection[str]) -> dict[str, Target]:
    """Notices by id, as another subject's page names them; what is published is not changed any more."""
    rows = Notice.objects.filter(pk__in=[key for key in keys if is_uuid(key)]).values_list("id", "reference", "state")
    return {str(key): _target(str(key), reference, state) for key, reference, state in rows}


def _target(key: str, reference: str, state: str) -> Target:
    if state != "active":
        return Target(reference, f"/notices/{key}")
    advice = _("Where the notice itself is wrong: withdraw it and draft it anew. A published notice is not changed.")
    return Target(reference, f"/notices/{key}", advice, "/notices/new")


def portrait(key: str) -> bytes | None:
    """The portrait of a notice, as JPEG, for whoever was let know of the notice, or of a candidate of it."""
    row = Notice.objects.filter(pk=key).only("portrait").first() if is_uuid(key) else None
    return bytes(row.portrait) if row and row.portrait else None


def listing(
    who: Actor, state: str = "", authority: str = "", offset: int = 0, limit: int = 50
) -> tuple[tuple[NoticeFacts, ...], int]:
    """Notices that `who` may know of, latest change first, and how many there are in all; without portraits.

    By names they are found by the search (`acts/searching.py`), which finds no victim and no witness by one.
    """
    rows = Notice.objects.filter(known_to(who)).order_by("-changed", "reference")
    if state:
        rows = rows.filter(state=state)
    if authority:
        rows = rows.filter(authority=authority)
    # Only what is shown is read, however far the page is from the first.
    shown = Notice.objects.defer("portrait").filter(pk__in=rows.values("pk")[offset : offset + limit])
    return tuple(_facts(row, light=True) for row in shown.order_by("-changed", "reference")), rows.count()


def page(who: Actor, before: UUID | None, limit: int, state: str = "", authority: str = "") -> tuple[NoticeFacts, ...]:
    """Notices that `who` may know of, made before one of them (by its id), latest first; without portraits."""
    rows = Notice.objects.defer("portrait").filter(known_to(who)).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    if state:
        rows = rows.filter(state=state)
    if authority:
        rows = rows.filter(authority=authority)
    return tuple(_facts(row, light=True) for row in rows[:limit])


def in_state(who: Actor, state: str, authority: str) -> tuple[NoticeFacts, ...]:
    """Every notice of an authority in a state that `who` may know of, oldest first."""
    rows = Notice.objects.defer("portrait").filter(known_to(who), state=state, authority=authority)
    rows = rows.order_by("created", "reference")
    return tuple(_facts(row, light=True) for row in rows)


def counts(who: Actor) -> dict[tuple[str, str], int]:
    """How many notices that `who` may know of there are, by (authority, state)."""
    rows = Notice.objects.filter(known_to(who)).values_list("authority", "state").annotate(number=Count("*"))
    return {(authority, state): number for authority, state, number in rows}


def publications(key: str) -> tuple[tuple[str, UUID], ...]:
    """The (unit, wish) by which a notice went out or is about to."""
    return road.wishes_of("wanted.Notice", key, "publish-notice@1")


def withdrawal_reason(key: str) -> str:
    """The reason that the owner gave for withdrawing a notice."""
    content = Notice.objects.filter(pk=key).values_list("content", flat=True).first() or {}
    return str(content.get("withdrawn", ""))


def generation() -> str:
    """Changes whenever a notice becomes active or stops being so.

    A trigger counts the changes, in the transaction that makes them (migration 0002): the number only grows within one
    database, so that no two moments share it; the latest id tells one database from another.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GENERATION)
        number, latest = cursor.fetchone()
    return f"{number}/{latest}"


def subjects() -> Iterable[Subject]:
    """Active notices as subjects of screening: never a victim's or a witness's (safeguard 2)."""
    rows = Notice.objects.filter(state="active", category__in=sorted(MATCHED)).values_list("id", "content")
    for key, content in rows.order_by("id").iterator(chunk_size=2000):
        yield subject(f"notice:{key}", wire.decode(Person, content["person"]))


def cards(keys: Collection[str]) -> dict[str, Card]:
    """The cards of notices by id, for pages of other subjects; those that are gone are left out."""
    rows = Notice.objects.defer("portrait").filter(pk__in=[key for key in keys if is_uuid(key)])
    return {
        str(row.id): _card(_facts(row, light=True), has_portrait=bool(row.content.get("has_portrait"))) for row in rows
    }


def card_by_reference(reference: str) -> Card | None:
    """The same by reference."""
    row = Notice.objects.defer("portrait").filter(reference=reference).first()
    return _card(_facts(row, light=True), has_portrait=bool(row.content.get("has_portrait"))) if row else None


def editions() -> Iterable[Edition]:
    """The notices as screening holds them now, for an answer that says what it compared with."""
    active = Notice.objects.filter(state="active", category__in=sorted(MATCHED))
    # A notice that was withdrawn or ended changed the notices, too.
    changed = Notice.objects.filter(state__in=("active", "withdrawn", "expired")).aggregate(at=Max("changed"))["at"]
    yield Edition("notices", changed, active.count())


def _facts(row: Notice, *, light: bool = False) -> NoticeFacts:
    content = wire.decode(
        NoticeContent, {key: value for key, value in row.content.items() if key not in {"has_portrait", "withdrawn"}}
    )
    if not light and row.portrait:
        content = replace(content, portrait=bytes(row.portrait))
    names = (
        "version",
        "reference",
        "authority",
        "unit",
        "plan",
        "line",
        "state",
        "message",
        "drafted_by",
        "approved_by",
    )
    plain = {name: getattr(row, name) for name in names}
    return NoticeFacts(
        id=str(row.id), content=content, created=row.created, changed=row.changed, review=row.review,
        kept_until=row.kept_until, **plain,
    )  # fmt: skip


def _card(found: NoticeFacts, *, has_portrait: bool) -> Card:
    content = found.content
    return Card(
        reference=found.reference,
        owner=found.authority,
        owner_unit=found.unit,
        person=content.person,
        category=content.category,
        purpose=content.purpose,
        warnings=content.warnings,
        basis=content.basis.offence,
        url=f"/notices/{found.id}",
        portrait_url=f"/notices/{found.id}/portrait" if has_portrait else "",
        plan=found.plan,
        line=found.line,
        message=found.message,
        # Nobody waits for the job that says so in the record.
        live=found.state == "active" and found.review > Node.clock.now(),
        source=found.authority,
        review=found.review,
        handling=content.handling,
    )
