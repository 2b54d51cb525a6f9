"""Ends the oldest rows of the access log, in whole prefixes, so that what is left is still proved.

    1 which rows are over, and which stay for an open alarm or a hold      2 the last sealed head before them
    3 the chain holds up to it, or nothing ends       4 ONE transaction: cut, tombstone, leaf, and the rows go

Rules: a cut stands at a head that the ledger holds, and takes over its number and its chain, so that the row after it
is checked as before; a log that does not hold is not cut; the last row stays. `access_log_days` of a clause of the
domestic instrument says how long rows are kept (five years without it, a year at least). Why so long: decision 18.
Design: subjects, safeguards 6 and 7.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mithaq.errors import StateError
from mithaq.node.acts import access, chain, erase, instruments
from mithaq.node.acts.models import Access, AccessCut, ChainCheck, Checkpoint, Leaf
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.acts.retention import RetentionRule

SETTING = "access_log_days"
# Directive (EU) 2016/681, article 13(6): records of who consulted passenger data are kept for five years.
DAYS = 1826
BATCH = 10_000
RULE = RetentionRule(
    "access-log", _("rows of the access log"), "acts.Access", "at", _("So many days have passed since they were made."),
    SETTING,
)  # fmt: skip


def days() -> int:
    """For how many days rows are kept: the longest that a clause of the domestic instrument says."""
    try:
        plan = instruments.domestic_plan()
    except StateError:
        return DAYS
    found = (clause.settings.get(SETTING) for line in plan.lines for clause in line.clauses)
    said = [value for value in found if isinstance(value, int)]
    return max(chain.LEAST_DAYS, *said) if said else DAYS


def over(now: datetime) -> datetime:
    """Rows from before this moment are over: it moves once a day, and so does the cut."""
    return (now - timedelta(days=days())).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def end_rows(now: datetime) -> int:
    """The worker's turn: end rows that are over, up to `BATCH` of them; returns how many."""
    began, moment = access.base(), over(now)
    after = began.number if began else 0
    first = Access.objects.order_by("id").first()
    if first is None or first.at >= moment or ChainCheck.objects.exclude(fault="").exists():
        return 0
    seal = _seal(after, moment, now)
    if seal is None or seal.rows is None or chain.check(after, seal.rows - after).fault:
        return 0  # what does not hold, the check of this minute tells
    return _end(after, seal, seal.rows, now)


def kept_from(now: datetime) -> int | None:
    """The first row that has to stay for an open alarm or a hold; None when none has to."""
    return min((row for keeps in REGISTRY.keeps if (row := keeps(now)) is not None), default=None)


def _seal(after: int, moment: datetime, now: datetime) -> Leaf | None:
    """The last head of the ledger before the first row that stays."""
    head = Checkpoint.objects.order_by("-size").first()
    seals = Leaf.objects.filter(rows__gt=after)
    first = seals.order_by("rows").values_list("rows", flat=True).first()
    last = Access.objects.order_by("-id").values_list("id", flat=True).first()
    if head is None or first is None or last is None:
        return None
    end = after + max(BATCH, first - after)
    stays = Access.objects.filter(pk__gt=after, pk__lte=end, at__gte=moment).order_by("id")
    bounds = (end + 1, last, stays.values_list("id", flat=True).first(), kept_from(now))
    bound = min(row for row in bounds if row is not None)
    return seals.filter(rows__lt=bound, index__lt=head.size, at__lt=moment).order_by("-rows").first()


def _end(after: int, seal: Leaf, number: int, now: datetime) -> int:
    held = {"pk": chain.name_of(number), "at": Access.objects.values_list("at", flat=True).get(pk=number)}
    with transaction.atomic():
        # The chain is read before its row goes.
        head, lasts = access.chain_at(number), days()
        ended = Access.objects.filter(pk__gt=after, pk__lte=number).delete()[0]
        stone = erase.bury(RULE, held, ended, now, {"rows": str(number), "days": str(lasts)})
        AccessCut.objects.create(
            number=number, chain=head or b"", seal=seal.pk, stone=stone, rows=ended, days=lasts, at=now
        )
    return ended
