"""Evidence holds on the access log, and how its oldest rows end: reads for the page that shows both.

Rule: a hold keeps every row from a day on, because rows end in whole prefixes; it ends by itself within a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mithaq.errors import InputError
from mithaq.node.acts import access, access_end
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Access, AccessCut
from mithaq.node.oversight.models import LogHold

CUTS = 50


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """A hold with its row version; `released` is when it was ended before its day, by whom, why."""

    id: str
    version: int
    since: datetime
    until: datetime
    reason: str
    by: str
    at: datetime
    released: datetime | None
    released_by: str
    released_why: str


@dataclass(frozen=True, slots=True)
class CutFacts:
    """Rows that ended together: the last one's number, how many, when, after how many days; `name` is what the proof
    of their erasure calls them, `stone` its tombstone."""

    number: int
    rows: int
    at: datetime
    days: int
    name: str
    stone: str


@dataclass(frozen=True, slots=True)
class LogEnd:
    """How the log ends: days that rows are kept, the first row that is here and its moment, the moment before which
    rows are over, the first row that has to stay (None: none has to), and the cuts, latest first."""

    days: int
    first: int | None
    first_at: datetime | None
    over: datetime
    kept_from: int | None
    cuts: tuple[CutFacts, ...]


def standing(now: datetime) -> LogEnd:
    """How the log ends."""
    first = Access.objects.order_by("id").values_list("id", "at").first() or (None, None)
    cuts = AccessCut.objects.order_by("-number")[:CUTS]
    return LogEnd(
        access_end.days(), first[0], first[1], access_end.over(now), access_end.kept_from(now), tuple(map(_cut, cuts))
    )


def begins() -> CutFacts | None:
    """The cut after which the log begins; None while it begins with its first row."""
    found = access.base()
    return _cut(found) if found else None


def hold(key: str) -> HoldFacts:
    """One hold. InputError `oversight.hold.unknown`."""
    row = LogHold.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("oversight.hold.unknown", "There is no such hold.", remedy="Look at the list of holds.")
    return _hold(row)


def listing(now: datetime) -> tuple[HoldFacts, ...]:
    """Holds, those in force first, then the latest."""
    found = [_hold(row) for row in LogHold.objects.order_by("-at", "-id")[:CUTS]]
    return tuple(sorted(found, key=lambda one: one.released is not None or one.until <= now))


def _cut(row: AccessCut) -> CutFacts:
    from mithaq.node.acts.chain import name_of

    return CutFacts(row.number, row.rows, row.at, row.days, name_of(row.number), str(row.stone))


def _hold(row: LogHold) -> HoldFacts:
    return HoldFacts(
        str(row.pk), row.version, row.since, row.until, row.reason, row.by, row.at, row.released, row.released_by,
        row.released_why,
    )  # fmt: skip
