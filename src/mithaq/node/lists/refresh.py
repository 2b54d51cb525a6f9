"""Refreshes lists by the clock: fetches what is due, imports what is new, and lets it take effect where that is set.

Rules: unchanged bytes do nothing; a failure is kept for the page and tried again, sooner at first; what the rules stop
(half of a list that would vanish, a mirror that serves an older list than the live one) waits for a person, as every
version does where `confirm` is not set. Fetching runs beside the worker's
rounds, so that a slow mirror delays no message; the database is touched in the worker's own turn only.
Design: issue 3, "Lists as subjects".
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta

from django.db import transaction

from mithaq.errors import MithaqError, RefusedError
from mithaq.node.acts import store
from mithaq.node.acts.definition import Actor, Effects, Row
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.perform import perform
from mithaq.node.list_sources import ListSource
from mithaq.node.lists import facts
from mithaq.node.lists.fetch import fetch, mapping_of
from mithaq.node.lists.importing import digest_of
from mithaq.node.lists.requests import ConfirmList, ImportList
from mithaq.node.start import Node

# Who imports what the clock fetched; no person can have this name.
SCHEDULE = "(schedule)"
ROLES = frozenset({"case-officer"})
FIRST_PAUSE = timedelta(minutes=5)
Fetched = tuple[bytes, ...]


# The fetches that run, by list, and which wish of a person has been taken up.
_RUNNING: dict[str, Future[Fetched]] = {}
_ASKED: dict[str, datetime] = {}


def every_minute(now: datetime) -> int:
    """Start what is due, and import what has arrived; how many lists have a source."""
    for name in Node.config.lists:
        tick(name, now, _beside)
    return len(Node.config.lists)


def every_round(now: datetime) -> int:
    """Start what a person has asked for, once, and import it when it has arrived; how many lists are asked for."""
    taken = 0
    for one in facts.refreshes().values() if Node.config.lists else ():
        if one.asked is None or one.list not in Node.config.lists:
            continue
        taken += 1
        # What fails in a way that nobody thought of is left to the minute: a mirror is not asked every second.
        if one.list in _RUNNING or _ASKED.get(one.list) != one.asked:
            _ASKED[one.list] = one.asked
            tick(one.list, now, _beside)
    return taken


def tick(name: str, now: datetime, start: Callable[[ListSource], Future[Fetched]]) -> None:
    """One list's turn: `start` begins a fetch, or gives the one that runs."""
    state = facts.refreshes().get(name)
    if state is not None and state.due > now:
        return
    fetching = start(Node.config.lists[name])
    if fetching.done():
        _RUNNING.pop(name, None)
        _take(Node.config.lists[name], fetching, state, now)


def at_once(source: ListSource) -> Future[Fetched]:
    """A fetch that is done when it returns."""
    future: Future[Fetched] = Future()
    _run(source, future)
    return future


def _beside(source: ListSource) -> Future[Fetched]:
    if source.name not in _RUNNING:
        future = _RUNNING[source.name] = Future()
        # A daemon: who stops the worker does not wait for a slow mirror.
        threading.Thread(target=_run, args=(source, future), name=f"list-{source.name}", daemon=True).start()
    return _RUNNING[source.name]


def _run(source: ListSource, future: Future[Fetched]) -> None:
    try:
        future.set_result(fetch(source))
    except Exception as error:  # noqa: BLE001  it is raised where the result is taken
        future.set_exception(error)


def _take(source: ListSource, fetching: Future[Fetched], state: facts.RefreshFacts | None, now: datetime) -> None:
    stopped: MithaqError | None = None
    try:
        files = fetching.result()
        mapping = mapping_of(source)
        digest = digest_of(*files, mapping)
        if state is None or state.digest != digest:
            stopped = _import(source, files, mapping)
    except MithaqError as error:
        _keep(source, now, error, "")
    else:
        _keep(source, now, stopped, digest)


def _import(source: ListSource, files: Fetched, mapping: bytes) -> MithaqError | None:
    """Import what is new; what stops it from taking effect is an answer, not a failure of the refresh."""
    actor = Actor(SCHEDULE, source.unit, ROLES)
    more = files[1] if len(files) > 1 else b""
    request = ImportList(source.name, source.places[0].rpartition("/")[2], files[0], more, mapping)  # type: ignore[arg-type]
    answer = perform("import-list@1", request, actor)
    if source.confirm and answer["state"] == "pending":
        try:
            perform("confirm-list@1", ConfirmList(answer["version"]), actor)
        except RefusedError as error:
            return error
    return None


def _keep(source: ListSource, now: datetime, problem: MithaqError | None, digest: str) -> None:
    """How it went, for the page. After a failure it is tried again in 5 minutes, then in twice that, up to `every`."""
    # Read anew: a person may have asked for this refresh while it ran.
    state, failed = facts.refreshes().get(source.name), not digest
    failures = (state.failures if state else 0) + 1 if failed else 0
    pause = min(source.every, FIRST_PAUSE * 2 ** min(failures - 1, 10)) if failed else source.every
    fields: dict[str, object] = {"tried": now, "due": now + pause, "asked": None, "failures": failures}
    fields |= {"code": problem.code if problem else "", "detail": problem.sentence if problem else ""}
    fields |= {"params": dict(problem.params) if problem else {}}
    if not failed:
        fields |= {"worked": now, "digest": digest}
    row = Row("lists.ListRefresh", source.name, state.version if state else 0, fields)
    with transaction.atomic():
        store.apply(Effects(rows=(row,)), now, lambda: uuid7(now))
