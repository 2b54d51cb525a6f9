"""How records of this subject end: the retention rules of refused files.

Rule: the bytes of a refused file go after hours, long before what is known of it. Design: subjects, safeguard 6.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mithaq.errors import StateError
from mithaq.node.acts import instruments, local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.retention import RetentionRule, Takes
from mithaq.node.exchange.files import BYTES, FILE, HANDLED
from mithaq.node.exchange.models import Handled, RefusedFile


def _of_unit(unit: str) -> Q:
    return Q(unit=unit)


def _of_file(unit: str) -> Q:
    return Q(pk__in=RefusedFile.objects.filter(unit=unit).values("id"))


RULES = (
    RetentionRule(
        "refused-bytes", _("Bytes of a refused file"), BYTES, "expires",
        _("The hours for which the clause keeps the bytes are over."), "screen-manifest refused_bytes_hours",
        whose=_of_file, url="/dead-letters/{}",
    ),
    RetentionRule(
        "refused-file", _("Refused files"), FILE, "expires",
        _("The days for which the clause keeps a refused file are over."), "screen-manifest refused_file_days",
        takes=(Takes(BYTES, "pk"), Takes(HANDLED, "pk")), whose=_of_unit, unit="unit", url="/dead-letters/{}",
    ),
)  # fmt: skip

# `Handled` goes with a refused file. Beside a message it is the account of an official step, and without it the letter
# would stand open again: it stays, and the words of its reason go.
KEPT: dict[str, str] = {}


def forget_reasons(now: datetime) -> None:
    """The words that an officer wrote when a letter was closed go after `letter_reason_days`; that it was, stays."""
    try:
        days = instruments.settings(instruments.domestic_plan(), "domestic", "close-dead-letter")["letter_reason_days"]
    except StateError:
        return  # no instrument yet
    rows = Handled.objects.exclude(reason="").filter(at__lte=now - timedelta(days=days)).order_by("at")
    for key, version in rows.values_list("id", "version")[:1000]:
        row = Row(HANDLED, str(key), version, {"reason": ""})
        local.apply("erased", Effects(rows=(row,), leaf={"model": HANDLED, "record": f"letter/{key}"}), now)
