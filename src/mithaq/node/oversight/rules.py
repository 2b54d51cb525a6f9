"""The rules of oversight: its pages are for that role alone, nothing on them changes a record of a case, and nobody
judges what is about himself. Pure.

Design: subjects, roles ("oversight: reads every log, changes nothing") and safeguard 8.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts.definition import Actor

ROLE = "oversight"
FINDINGS = ("allowed", "not-allowed", "mistaken")
LEAST, MOST = 10, 1000
LONGEST = timedelta(days=366)


def check_role(who: Actor) -> None:
    """RefusedError `oversight.role` for everyone else."""
    if ROLE not in who.roles:
        raise RefusedError(
            "oversight.role", "These pages are for oversight alone.", remedy="Ask oversight of your authority."
        )


def may_judge(who: Actor, about: str) -> bool:
    """Whether someone may close an alarm, or reopen it: oversight, and not the person whom it is about."""
    return ROLE in who.own_roles and not who.via and who.name != about


def check_judge(who: Actor, about: str) -> None:
    """RefusedError `oversight.role` or `alarm.self`."""
    check_role(who)
    if not may_judge(who, about):
        raise RefusedError(
            "alarm.self",
            "Nobody closes or reopens an alarm about himself.",
            remedy="Ask another person of oversight.",
        )


def check_finding(finding: str) -> str:
    """The finding. InputError `alarm.finding` for any other word."""
    if finding not in FINDINGS:
        raise InputError(
            "alarm.finding", "A finding is one of: {findings}.", where="finding", findings=", ".join(FINDINGS)
        )
    return finding


def check_words(words: str, where: str = "words") -> str:
    """What was said, in one line. InputError `alarm.words` when it says nothing."""
    said = " ".join(words.split())[:MOST]
    if len(said) < LEAST:
        raise InputError(
            "alarm.words", "Say what was looked at and found, in at least {least} letters.", where=where, least=LEAST
        )
    return said


def check_state(closed: bool, held: int, read: int, *, to_close: bool) -> None:
    """StateError `alarm.closed`, `alarm.open` or `record.stale`."""
    if closed and to_close:
        raise StateError("alarm.closed", "This alarm is closed already.", remedy="Reopen it to look a second time.")
    if not closed and not to_close:
        raise StateError("alarm.open", "This alarm is open.", remedy="Close it with what you found.")
    check_read(held, read)


def check_read(held: int, read: int) -> None:
    """StateError `record.stale` when another version was read than there is."""
    if held != read:
        raise StateError(
            "record.stale", "This changed since you opened it.", remedy="Open it again and look at what changed."
        )


def may_release(who: Actor, by: str) -> bool:
    """Whether someone may end a hold before its day: oversight, and not who placed it."""
    return ROLE in who.own_roles and who.name != by


def check_release(who: Actor, by: str, released: datetime | None, until: datetime, now: datetime) -> None:
    """RefusedError `oversight.hold.second`, StateError `oversight.hold.over`."""
    if not may_release(who, by):
        raise RefusedError(
            "oversight.hold.second",
            "Another person than who placed a hold releases it.",
            remedy="Ask another person of oversight, or let it end.",
        )
    if released is not None or until <= now:
        raise StateError("oversight.hold.over", "This hold is over already.", remedy="Look at the list of holds.")


def check_hold(since: datetime, until: datetime, now: datetime) -> None:
    """InputError `oversight.hold.time` for a hold that begins later, is over, or lasts longer than a year."""
    if not since <= now < until or until - now > LONGEST:
        raise InputError(
            "oversight.hold.time",
            "A hold keeps rows of days that were, and ends within {days} days.",
            remedy="Hold them anew when it ends, if they are still needed.",
            where="until",
            days=LONGEST.days,
        )
