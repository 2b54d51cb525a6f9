"""Silences end by themselves: at their last moment, and when the listed record changes, is extended or withdrawn.

Rule: screening never waits for this job: it asks each time whether a silence still holds (`silence_rules.holds`); the
job writes down that it ended, and why, so that it does not come into force again. Design: subjects, "Wanted persons".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mithaq.errors import StateError
from mithaq.node.acts import instruments, local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.border import silence_facts

SILENCE = "border.Silence"


def end_over(now: datetime) -> None:
    """End every silence that holds no more; a leaf each."""
    over = silence_facts.over(now)
    if not over:
        return
    try:
        days = instruments.settings(instruments.domestic_plan(), "domestic", "decide-silence")["silence_kept_days"]
    except StateError:
        return  # no instrument
    for key, version, why in over:
        fields = {"state": "ended", "ended": why, "expires": now + timedelta(days=days)}
        fields |= {"until": now} if why != "time" else {}
        leaf = {"record": f"silence/{key}", "state": "ended", "ended": why}
        try:
            local.apply("silence", Effects(rows=(Row(SILENCE, key, version, fields),), answer=key, leaf=leaf), now)
        except StateError as error:
            # It was moved meanwhile: the next minute looks again.
            if error.code != "record.changed":
                raise
