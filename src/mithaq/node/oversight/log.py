"""Searches of the access log: by person, unit, what was read, record, period, refused or not; latest first.

Rule: a page goes on from the number of its last row, never by counting rows from the start, so that the ten millionth
row is as near as the first; totals are counted up to a bound and told as more than it.
Design: subjects, safeguard 7.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from mithaq.node.acts import persons
from mithaq.node.acts.access import REFUSED
from mithaq.node.acts.models import Access
from mithaq.node.acts.registry import REGISTRY, Asked, Target
from mithaq.node.start import Node

PAGE = 30
COUNTED = 1000
EXPORTED = 5000
FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)
_HELD = 200
# The numbers first, each from its own index: in the order of rows ten million would be read back for a few.
_SHOWN = """acts_access.id = ANY(ARRAY(
  SELECT id FROM acts_access WHERE record = ANY(%s::text[])
  UNION SELECT id FROM acts_access WHERE also && %s::text[]))"""


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked of the log; what is empty does not narrow it. `what` are names of readings, `records` ids and
    references under which a record was shown, alone or in a listing, or None for all; `until` is the last day that
    counts."""

    actor: str = ""
    unit: str = ""
    what: tuple[str, ...] = ()
    records: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A row of the log as pages show it; `target` is the record by its reference, when it is still here."""

    number: int
    at: datetime
    actor: str
    unit: str
    what: str
    refused: bool
    record: str
    target: Target | None
    reason: str
    why: str
    also: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, the number to go on from (None at the end), and how many there are in all, up to `COUNTED`."""

    rows: tuple[Reading, ...]
    following: int | None
    total: int

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNTED


def page(asked: Search, before: int | None, limit: int = PAGE) -> Page:
    """A page of the rows that a search finds, those before a number."""
    found = _rows(asked)
    total = len(found.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    rows = list((found if before is None else found.filter(pk__lt=before)).order_by("-id")[: limit + 1])
    following = rows[limit - 1].pk if len(rows) > limit else None
    return Page(readings(rows[:limit]), following, total)


def export(asked: Search) -> tuple[Reading, ...]:
    """The latest rows that a search finds, for a file."""
    return readings(list(_rows(asked).order_by("-id")[:EXPORTED]))


def resolve(reference: str) -> frozenset[str]:
    """The ids and references under which rows tell of a record; the text itself when no subject knows it."""
    asked = Asked(reference=reference)
    held = (one for subject in REGISTRY.persons for one in subject.find(asked, _HELD).held)
    return frozenset({reference}).union(*(one.shown for one in held))


def readings(rows: Collection[Access], known: Mapping[str, Target] = MappingProxyType({})) -> tuple[Reading, ...]:
    """Stored rows as pages show them: the records that are not `known` are looked up together."""
    names = {**known, **persons.named(row.record for row in rows if row.record and row.record not in known)}
    return tuple(_reading(row, names) for row in rows)


def _reading(row: Access, names: Mapping[str, Target]) -> Reading:
    what = row.what.removeprefix(REFUSED)
    target = names.get(row.record)
    return Reading(
        row.pk, row.at, row.actor, row.unit, what, what != row.what, row.record, target, row.reason, row.why,
        len(row.also),
    )  # fmt: skip


def _rows(asked: Search) -> QuerySet[Access]:
    found = Access.objects.all()
    if asked.actor:
        found = found.filter(actor=asked.actor)
    if asked.unit:
        found = found.filter(unit=asked.unit)
    if asked.what:
        found = found.filter(what__in=asked.what)
    if asked.records is not None:
        found = found.filter(_shown(sorted(asked.records)))
    if asked.refused:
        found = found.filter(refused=True)
    return _within(found, asked)


def _shown(keys: Sequence[str]) -> RawSQL:
    """The rows that tell of any of these records, by themselves or among what a listing showed."""
    return RawSQL(_SHOWN, [list(keys), list(keys)], output_field=BooleanField())  # noqa: S611  (a statement of ours)


def _within(found: QuerySet[Access], asked: Search) -> QuerySet[Access]:
    # Numbers follow time: two look-ups by time bound the numbers, so that every index by number serves the period.
    if asked.since is not None:
        start = begin_of(asked.since)
        first = Access.objects.filter(at__gte=start).order_by("at").values_list("pk", flat=True).first()
        found = found.filter(pk__gte=first) if first is not None else found.none()
    if asked.until is not None:
        end = begin_of(min(asked.until, LAST) + timedelta(days=1))
        last = Access.objects.filter(at__lt=end).order_by("-at").values_list("pk", flat=True).first()
        found = found.filter(pk__lte=last) if last is not None else found.none()
    return found


def begin_of(day: date) -> datetime:
    """The first moment of a day in the node's first zone; of a day that no log can hold, of the nearest that can."""
    return datetime.combine(min(max(day, FIRST), LAST + timedelta(days=1)), time(), ZoneInfo(Node.config.time_zones[0]))


def day_of(moment: datetime) -> date:
    """The day of a moment in the node's first zone, by which a search asks."""
    return moment.astimezone(ZoneInfo(Node.config.time_zones[0])).date()


def each(rows: Iterable[Reading], word: Callable[[str], str]) -> Iterable[tuple[str, ...]]:
    """The cells of rows for a table in a file. What a spreadsheet would take for a formula is made text."""
    for row in rows:
        record = row.target.reference if row.target else row.record
        cells = (
            str(row.number), row.at.isoformat(), row.actor, row.unit, word(row.what), str(row.refused).lower(), record,
            row.reason, row.why, str(row.also),
        )  # fmt: skip
        yield tuple(map(_text, cells))


def _text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what would begin one, behind blanks and marks that are not seen
    or in another width, is made text."""
    seen = next((letter for letter in cell if unicodedata.category(letter)[0] not in "CZ"), "")
    begins = unicodedata.normalize("NFKC", seen)[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r", "\n"}
    return f"'{cell}" if seen and begins else cell


COLUMNS = ("number", "at", "person", "unit", "what", "refused", "record", "asked", "why", "records_listed")
