"""How a notice ends: at its review it is used no more, and after what the line lets be kept it is erased.

Rules: a notice whose review has come is `expired`, here and at the partner, each by its own clock; it was never
extended by silence. Its record goes when the days of the clause that it was exchanged under are over, counted from its
publication or from its last extension; a draft goes at its review. What is said of a minor is looked at sooner
(`minor_review_days`), and goes at its review unless somebody has extended it.
Design: subjects, safeguards 6 and 13.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mithaq.errors import StateError
from mithaq.node.acts import instruments, local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.retention import RetentionRule, Takes
from mithaq.node.start import Node
from mithaq.node.wanted import facts, rules
from mithaq.node.wanted.moves import NOTICE, minor_days


def _known_to(unit: str) -> Q:
    # A partner's notice concerns every unit that may look for the person.
    return Q(unit=unit) | ~Q(authority=Node.config.authority)


RULES = (
    RetentionRule(
        "notice", _("Notices, with their portraits and extensions"), NOTICE, "kept_until",
        _("The days that the line keeps a notice are over, or the review of a draft has come."),
        "publish-notice retention_days",
        takes=(Takes("wanted.Extension", "notice"),), whose=_known_to,
        unit="unit", reference="reference", line="line", url="/notices/{}",
    ),
)  # fmt: skip


def shorten(now: datetime) -> None:
    """What is said of a minor is looked at sooner, and kept no longer than it is used: drafts, published notices and a
    partner's alike, those of before the instrument said so among them; a leaf each."""
    try:
        days = minor_days(instruments.domestic_plan())
    except StateError:
        return  # no instrument yet
    for key, version, reference, review in facts.beyond(now, days):
        row = Row(NOTICE, key, version, {"review": review, "kept_until": review})
        leaf = {"record": reference, "review": review.date().isoformat()}
        _apply("review", Effects(rows=(row,), answer=key, leaf=leaf), now)


def expire(now: datetime) -> None:
    """Every active notice whose review has come is used no more; a leaf each."""
    for key, version, reference in facts.ended(now):
        state = rules.move("active", "expire")
        row = Row(NOTICE, key, version, {"state": state, "changed": now})
        _apply("expired", Effects(rows=(row,), answer=key, leaf={"record": reference, "state": state}), now)


def _apply(kind: str, effects: Effects, now: datetime) -> None:
    try:
        local.apply(kind, effects, now)
    except StateError as error:
        # It was moved meanwhile: the next minute looks again.
        if error.code != "record.changed":
            raise
