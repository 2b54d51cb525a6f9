"""The reason for reading, where the domestic instrument asks for one; remembered for the task and not for the day.

Rules: a setting `reason_WHAT_minutes` of any domestic clause (`reason_wanted_notice_minutes = 30`) has the page ask
before it shows. A reason holds for the record that it was given for, those about the same person and those that its
page lays beside it to be compared, until the task is ended or its minutes, at most thirty, are over; a listing's holds
for that listing and opens no record. What shows a record by another way (its portrait, the form that extends it,
several chosen together) asks by the same setting. It stands in each row of the access log. An own system gives it with
each request (`Mithaq-Reason`), a command by `--reason`. An instrument with a setting that names no reading is not
enacted.
Design: subjects, safeguards 1 and 7.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.http import HttpRequest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import instruments, persons
from mithaq.node.console import words
from mithaq.node.start import Node

KEY = "tasks"
LONGEST = 30
LEAST, MOST = 5, 200
_MANY = 20
# What is a part of another page, or shows the same records, asks by that page's setting.
# A question to the register always asks for its reason itself.
_ASKS = frozenset({"border.crossings"})
_PART_OF = {
    "wanted.portrait": "wanted.notice",
    "wanted.notice-road": "wanted.notice",
    "wanted.extend": "wanted.notice",
    "wanted.bulk.approve": "wanted.notice",
    "wanted.bulk.publish": "wanted.notice",
    "border.hit-road": "border.hit",
    "border.portrait": "border.manifest",
    "border.silence-road": "border.silence",
    "border.silence-portrait": "border.silence",
    "border.reject": "border.manifest",
    "exchange.letter-mend": "exchange.letter",
    "exchange.letter-bytes": "exchange.letter",
    "oversight.export": "oversight.log",
    "oversight.bundle": "oversight.person",
}
# The own account, the people here, the plan and the ledger, which holds no content, ask for none; what is done is none.
_OPEN = re.compile(
    r"accounts\.|acts\.|exchange\.(ledger|messages?|bundle|plan|suspend)$|console\.(take|release|free|plan|undo)$"
    r"|oversight\.(close-alarm|reopen-alarm|hold-log|release-log)$"
)
# Records that are chosen together ask once, for all of them; the reason opens none of them by itself.
_TOGETHER = frozenset({"wanted.bulk.approve", "wanted.bulk.publish"})


@dataclass(frozen=True, slots=True)
class Task:
    """A reason in force: what was read for it, the record that it began with (none for a listing), when it ends."""

    what: str
    record: str
    why: str
    until: str

    @property
    def ends(self) -> datetime:
        return datetime.fromisoformat(self.until)


def minutes(what: str) -> int:
    """For how many minutes a reason for reading this holds; 0 where none is asked."""
    name = _setting(what)
    if name not in settings():
        return 0
    try:
        plan = instruments.domestic_plan()
    except StateError:
        return 0
    found = (clause.settings.get(name) for line in plan.lines for clause in line.clauses)
    return min(LONGEST, max((value for value in found if isinstance(value, int)), default=0))


def lasts(what: str) -> int:
    """For how many minutes a reason holds that is given now: those of the setting, the most where none asked."""
    return minutes(what) or LONGEST


@cache
def settings() -> frozenset[str]:
    """The names of all settings that ask for a reason: one for each page that is no part of another."""
    pages = set(words.WORDS["read"]) - set(_PART_OF) - _ASKS
    return frozenset(_setting(what) for what in pages if not _OPEN.match(what))


def _setting(what: str) -> str:
    return f"reason_{re.sub('[^a-z]', '_', _governed(what))}_minutes"


def _question(what: str, record: str) -> tuple[str, str]:
    """What a reason is given for: the page by whose setting it is asked, and the record, if it is one's."""
    return (what, "") if what in _TOGETHER else (_governed(what), record[:64])


def _governed(what: str) -> str:
    same = words.SAME_READING.get(what, what)
    return _PART_OF.get(same, same)


def check(what: str, why: str, record: str = "") -> None:
    """RefusedError `read.reason` where the plan asks for a reason and none is given: it says for what, and which
    record."""
    if not why.strip() and minutes(what):
        raise RefusedError(
            "read.reason",
            "The plan asks why you read this.",
            remedy="Give the reason: the case, the request or the order that it is for.",
            where=what,
            record=record[:64],
        )


def reason(request: HttpRequest, what: str, record: str) -> str:
    """The reason in force for a reading; empty when there is none, or when none is asked."""
    running = tasks(request)
    if not running or not minutes(what):
        return ""
    page, about = _question(what, record)
    for task in running:
        if task.record == about and (about or task.what == page):
            return task.why
    linked = (task for task in running if task.record and about)
    return next((task.why for task in linked if _reaches(task.record, about)), "")


def _reaches(begun: str, record: str) -> bool:
    # Of a candidate nobody has said yet that the two are one person: who judges looks at both all the same.
    return record in persons.shown(begun) or record in persons.beside(begun)


def tasks(request: HttpRequest) -> tuple[Task, ...]:
    """The tasks of this session that are not over, the latest first."""
    kept = (Task(**one) for one in request.session.get(KEY, ()))
    return tuple(task for task in kept if task.ends > Node.clock.now())


def begin(request: HttpRequest, what: str, record: str, why: str) -> None:
    """Begin a task. InputError `read.reason.short` for a reason that says nothing."""
    why = " ".join(why.split())[:MOST]
    if len(why) < LEAST:
        raise InputError("read.reason.short", "A reason has at least {least} letters.", where="reason", least=LEAST)
    until = Node.clock.now() + timedelta(minutes=lasts(what))
    task = Task(*_question(what, record), why, until.isoformat())
    _keep(request, (task, *tasks(request))[:_MANY])


def end(request: HttpRequest, place: int) -> None:
    """End one of the running tasks, by its place among them."""
    _keep(request, tuple(task for number, task in enumerate(tasks(request)) if number != place))


def _keep(request: HttpRequest, some: tuple[Task, ...]) -> None:
    plain: list[dict[str, Any]] = [asdict(task) for task in some]
    request.session[KEY] = plain
