"""Unusual reading: figures of each person beside those of the unit, made once an hour by the worker.

Rules: figures are shown and explained, never a score; what stands out is a question to a person, not a finding. A
figure stands out from its floor on, when it is also three times the median of the unit (of all, where the unit has
fewer than three readers). It raises an alarm, which somebody closes; after that it is raised anew when the period is
over, or when a figure has doubled. Signing in is no reading, and is in no figure. Design: subjects, safeguards 4 and 7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Func, IntegerField, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from mithaq.node.acts.access import ENTRY
from mithaq.node.acts.definition import Bulk, Effects, Raised
from mithaq.node.acts.expiry import replace_expired
from mithaq.node.acts.models import Access, Leaf
from mithaq.node.acts.registry import REGISTRY, Asked, Held, Persons
from mithaq.node.oversight import alarms
from mithaq.node.oversight.models import Figure
from mithaq.node.start import Node

FIGURE = "oversight.Figure"
WINDOWS = (1, 7)
HOUR = timedelta(hours=1)
RELATED = timedelta(hours=24)
TIMES = 3
FEW = 3
# From which figure on one is looked at, in a day; in a week three times as many.
FLOORS = {"records": 30, "unrelated": 15, "listed": 1000, "refused": 5, "outside": 15}
OPENS, CLOSES, FRIDAY = 7, 19, 5
# Acts that are looked up together, and the records that so many may lead to before they are looked up in parts.
_TOGETHER, _MOST = 2000, 20_000
# A page shows those who stand out first; the others are found in the log.
SHOWN = 100
_NAMES = tuple(FLOORS)
Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside the median that it is compared with, and the floor from which it is looked at at all."""

    name: str
    value: int
    usual: float
    floor: int

    @property
    def stands_out(self) -> bool:
        return self.value >= self.floor and self.value >= TIMES * self.usual


@dataclass(frozen=True, slots=True)
class Reader:
    """A person with the figures; `of_unit` says whether the medians are the unit's, or those of all."""

    actor: str
    unit: str
    figures: tuple[Compared, ...]
    of_unit: bool

    @property
    def stands_out(self) -> bool:
        return any(one.stands_out for one in self.figures)


def made_at() -> datetime | None:
    """When the figures were made, or None when there are none."""
    return Figure.objects.order_by("-at").values_list("at", flat=True).first()


def readers(days: int) -> tuple[Reader, ...]:
    """Everyone who read in a window: those who stand out first, then by how many records they opened."""
    return _ordered(list(Figure.objects.filter(days=days)), days)


def _ordered(rows: Sequence[Figure], days: int) -> tuple[Reader, ...]:
    units: dict[str, list[Figure]] = defaultdict(list)
    for row in rows:
        units[row.unit].append(row)
    found = [_compared(row, units[row.unit], rows, days) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.stands_out, -one.figures[0].value, one.actor)))


def _compared(row: Figure, unit: Sequence[Figure], everyone: Sequence[Figure], days: int) -> Reader:
    of_unit = len(unit) >= FEW
    others = unit if of_unit else everyone
    scale = 1 if days == 1 else TIMES
    figures = tuple(
        Compared(name, getattr(row, name), median(getattr(one, name) for one in others), FLOORS[name] * scale)
        for name in _NAMES
    )
    return Reader(row.actor, row.unit, figures, of_unit)


def make(now: datetime) -> bool:
    """The worker's turn: figures anew when the last are an hour old. False when it is not time yet."""
    last = made_at()
    if last is not None and now < last + HOUR:
        return False
    columns = ("days", "actor", "unit", *_NAMES, "at", "expires")
    made: list[tuple[object, ...]] = []
    raised: list[Raised] = []
    for days in WINDOWS:
        rows = [
            (days, *person, *(found[name] for name in _NAMES), now, now + HOUR)
            for person, found in figures(now - timedelta(days=days)).items()
        ]
        made += rows
        compared = _ordered([Figure(**dict(zip(columns, row, strict=True))) for row in rows], days)
        raised += _raised((one for one in compared if one.stands_out), days, now)
    replace_expired(Effects(bulk=(Bulk(FIGURE, columns, tuple(made)),), alarms=tuple(raised)), (FIGURE,), now)
    return True


def _raised(standing_out: Iterable[Reader], days: int, now: datetime) -> Iterable[Raised]:
    for one in standing_out:
        said = {figure.name: figure.value for figure in one.figures if figure.stands_out}
        if _is_news(one.actor, said, days, now):
            detail = " ".join([str(days), *(f"{name}={value}" for name, value in said.items())])
            yield Raised(alarms.UNUSUAL, detail, one.actor)


def _is_news(actor: str, said: Mapping[str, int], days: int, now: datetime) -> bool:
    found = alarms.last_of(alarms.UNUSUAL, actor, f"{days} ")
    if found is None:
        return True
    row, closed = found
    if not row.closed:
        return False
    before = {name: int(value) for name, _equals, value in (one.partition("=") for one in row.detail.split()[1:])}
    over = closed is None or closed < now - timedelta(days=days)
    return over or any(value >= 2 * before.get(name, 0) for name, value in said.items())


def figures(since: datetime) -> Mapping[Person, Mapping[str, int]]:
    """The figures of everyone who read since then, by (name, unit)."""
    rows = Access.objects.filter(at__gte=since).exclude(what__in=ENTRY)
    zone = ZoneInfo(Node.config.time_zones[0])
    rows = rows.annotate(
        hour=ExtractHour("at", tzinfo=zone),
        weekday=ExtractIsoWeekDay("at", tzinfo=zone),
        shown=Func(F("also"), function="cardinality", output_field=IntegerField()),
    )
    outside = Q(hour__lt=OPENS) | Q(hour__gte=CLOSES) | Q(weekday__gt=FRIDAY)
    opened = Q(refused=False) & ~Q(record="")
    found = rows.order_by().values("actor", "unit").annotate(
        records=Count("record", distinct=True, filter=opened),
        listed=Sum("shown"),
        refusals=Count("id", filter=Q(refused=True)),
        outside=Count("id", filter=outside),
    )  # fmt: skip
    unrelated = _unrelated(rows.filter(opened), since)
    return {
        (one["actor"], one["unit"]): {
            "records": one["records"],
            "unrelated": unrelated[one["actor"], one["unit"]],
            "listed": one["listed"] or 0,
            "refused": one["refusals"],
            "outside": one["outside"],
        }
        for one in found
    }


def _unrelated(opened: QuerySet[Access], since: datetime) -> Mapping[Person, int]:
    """How many records each person opened without an act on the same matter within a day, before or after."""
    acts = _acts(since - RELATED)
    counted: dict[Person, int] = defaultdict(int)
    pairs = opened.order_by().values_list("actor", "unit", "record").annotate(first=Min("at"), last=Max("at"))
    for actor, unit, record, first, last in pairs.iterator(chunk_size=5000):
        times = acts.get((actor, record), ())
        if not any(first - RELATED <= at <= last + RELATED for at in times):
            counted[actor, unit] += 1
    return counted


def _acts(since: datetime) -> Mapping[tuple[str, str], Sequence[datetime]]:
    """When each person did something about which record: by the ids under which the log tells of it."""
    rows = Leaf.objects.filter(kind="act", at__gte=since).exclude(actor="")
    done = rows.values_list("actor", "subject", "at").order_by("at").iterator(chunk_size=_TOGETHER)
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    while some := list(islice(done, _TOGETHER)):
        matters = _matters({subject for _actor, subject, _at in some})
        for actor, subject, at in some:
            for key in matters.get(subject, frozenset()) | {subject, subject.rpartition("/")[2]}:
                found[actor, key].append(at)
    return found


def _matters(subjects: Collection[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for persons in REGISTRY.persons if subjects else ():
        for one in _all_of(persons, sorted(subjects), _MOST):
            for leaf in one.leaves:
                found[leaf] = found.get(leaf, frozenset()) | one.shown
    return found


def _all_of(persons: Persons, subjects: Sequence[str], most: int) -> Iterator[Held]:
    """Every record that the acts are about: a figure that is told as a count is not made from a part of them."""
    keys = frozenset(subjects) | {subject.replace("/", ":", 1) for subject in subjects}
    found = persons.find(Asked(keys=keys), most)
    if not found.cut:
        yield from found.held
    elif len(subjects) > 1:
        middle = len(subjects) // 2
        yield from _all_of(persons, subjects[:middle], most)
        yield from _all_of(persons, subjects[middle:], most)
    else:
        yield from _all_of(persons, subjects, 2 * most)
