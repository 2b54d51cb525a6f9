"""The acts of oversight: close an alarm, look at it a second time, keep the access log as evidence. Each is pure.

Rule: they change what oversight itself says and nothing of a case; each leaves a leaf, and a row of the access log.
Design: subjects, safeguards 7 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row, Terms
from mithaq.node.oversight import alarms, holds, rules
from mithaq.node.oversight.alarms import AlarmFacts
from mithaq.node.oversight.holds import HoldFacts
from mithaq.node.oversight.requests import CloseAlarm, HoldLog, ReleaseLog, ReopenAlarm

ALARM, FINDING, HOLD = "acts.Alarm", "oversight.Finding", "oversight.LogHold"


@dataclass(frozen=True, slots=True)
class Found:
    """The alarm, or the hold, that an act is about."""

    domestic: str
    alarm: AlarmFacts | None = None
    hold: HoldFacts | None = None


def load_alarm(request: CloseAlarm | ReopenAlarm, _actor: Actor) -> Found:
    """The alarm. InputError `alarm.unknown`."""
    return Found(instruments.domestic_plan().id, alarms.alarm(request.alarm))


def load_nothing(_request: HoldLog, _actor: Actor) -> Found:
    """A new hold needs no facts."""
    return Found(instruments.domestic_plan().id)


def load_hold(request: ReleaseLog, _actor: Actor) -> Found:
    """The hold. InputError `oversight.hold.unknown`."""
    return Found(instruments.domestic_plan().id, hold=holds.hold(request.hold))


def terms(_request: object, found: Found) -> Terms:
    """The authority's own work on its own logs; no data of a case."""
    return Terms(found.domestic, "domestic", frozenset({"organisational"}), "domestic", "en", "H0")


def close(request: CloseAlarm, found: Found, context: Context) -> Effects:
    """The alarm is closed with what was found."""
    assert found.alarm is not None
    rules.check_judge(context.actor, found.alarm.about)
    finding = rules.check_finding(request.finding)
    return _said(found.alarm, request.version, "closed", finding, request.words, context)


def reopen(request: ReopenAlarm, found: Found, context: Context) -> Effects:
    """A closed alarm is open again; what was found before stays in its history."""
    assert found.alarm is not None
    rules.check_judge(context.actor, found.alarm.about)
    return _said(found.alarm, request.version, "reopened", "", request.words, context)


def _said(alarm: AlarmFacts, read: int, kind: str, finding: str, words: str, context: Context) -> Effects:
    closes = kind == "closed"
    rules.check_state(alarm.closed, alarm.version, read, to_close=closes)
    said = {
        "alarm": int(alarm.id), "kind": kind, "finding": finding, "words": rules.check_words(words),
        "by": context.actor.name, "at": context.now,
    }  # fmt: skip
    rows = (Row(ALARM, alarm.id, alarm.version, {"closed": closes}), Row(FINDING, str(context.new_id()), 0, said))
    # The leaf commits to what was found and tells none of it: officers read the ledger, and it names nobody.
    return Effects(rows=rows, answer=alarm.id, leaf={"record": f"alarm/{alarm.id}"})


def hold(request: HoldLog, _found: Found, context: Context) -> Effects:
    """Rows from a day on stay until another."""
    rules.check_hold(request.since, request.until, context.now)
    key = str(context.new_id())
    fields = {
        "since": request.since, "until": request.until, "reason": rules.check_words(request.reason, "reason"),
        "by": context.actor.name, "at": context.now,
    }  # fmt: skip
    return Effects(rows=(Row(HOLD, key, 0, fields),), answer=key, leaf={"record": f"log-hold/{key}"})


def release(request: ReleaseLog, found: Found, context: Context) -> Effects:
    """The hold ends now, by another person than who placed it: rows may end that it kept."""
    one = found.hold
    assert one is not None
    rules.check_release(context.actor, one.by, one.released, one.until, context.now)
    rules.check_read(one.version, request.version)
    fields = {
        "released": context.now, "released_by": context.actor.name,
        "released_why": rules.check_words(request.reason, "reason"),
    }  # fmt: skip
    return Effects(rows=(Row(HOLD, one.id, one.version, fields),), answer=one.id, leaf={"record": f"log-hold/{one.id}"})


_WHO = frozenset({rules.ROLE})
ACTS = (
    Act(
        "close-alarm",
        1,
        _("Close an alarm"),
        CloseAlarm,
        _WHO,
        terms,
        load_alarm,
        close,
        says=(
            "Close an alarm with what was found: it was allowed, it was not, or the alarm was mistaken, and why. "
            "Until then it stands open on the home page of oversight, and the access log keeps its rows. Nobody "
            "closes an alarm about himself. The leaf names neither the person nor the finding; it commits to both."
        ),
        command="oversight close-alarm",
        page="/oversight/alarms/KEY/close",
    ),
    Act(
        "reopen-alarm",
        1,
        _("Reopen an alarm"),
        ReopenAlarm,
        _WHO,
        terms,
        load_alarm,
        reopen,
        says=(
            "Reopen an alarm, to look a second time. What was found before stays in its history. Nobody reopens an "
            "alarm about himself."
        ),
        command="oversight reopen-alarm",
        page="/oversight/alarms/KEY/reopen",
    ),
    Act(
        "hold-log",
        1,
        _("Keep the access log as evidence"),
        HoldLog,
        _WHO,
        terms,
        load_nothing,
        hold,
        says=(
            "Keep the access log as evidence: its rows from a day on stay until another day, a year ahead at most, "
            "whatever their age."
        ),
        command="oversight hold-log",
        page="/oversight/keeping/hold",
    ),
    Act(
        "release-log",
        1,
        _("Release the access log"),
        ReleaseLog,
        _WHO,
        terms,
        load_hold,
        release,
        says=("Release the access log before that day: another person than who placed the hold does."),
        command="oversight release-log",
        page="/oversight/keeping/KEY/release",
    ),
)
