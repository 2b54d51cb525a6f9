"""What a request really sends to the database, as libpq's own trace tells; and more rows of everything.

Counted is each statement that the client has executed: BEGIN, COMMIT and SAVEPOINT, SET, locks, the session's reading
and writing, who the person is, the row of the access log, and the health check of a connection that is used again. Not
counted is that a statement is prepared, once a connection.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models
from django.db.models import GeneratedField
from django.test.utils import CaptureQueriesContext

# What is copied when there is to be more of everything: not the plans, the log and the counters, nor people.
SUBJECTS = ("wanted", "border", "lists", "exchange", "oversight")
MORE = ("acts.Wish", "acts.Outbox", "acts.Inbox", "acts.Receipt", "acts.Refusal", "acts.Alarm", "acts.Tombstone",
        "accounts.Proposal", "accounts.Delegation", "console.Planned", "console.Hold")  # fmt: skip
_NUMBERED = re.compile(r"\b[A-Z]+(?:-[A-Z]+)*/\d{4}/[A-Z]+/\d{5}\b")


def sent(call: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What a call answers, and the statements that it sent: in words where Django has seen them."""
    connection.ensure_connection()
    # As at the beginning of a request on a connection that is used again; the test client leaves this out.
    connection.health_check_enabled, connection.health_check_done = True, False
    with tempfile.TemporaryFile() as trace:
        line: Any = connection.connection.pgconn
        line.trace(trace.fileno())
        try:
            with CaptureQueriesContext(connection) as seen:
                answer = call()
        finally:
            line.untrace()
        trace.seek(0)
        told = (row.split("\t") for row in trace.read().decode(errors="replace").splitlines())
        number = sum(row[1] == "F" and row[3] in {"Execute", "Query"} for row in told if len(row) > 3)
    words = [one["sql"][:200] for one in seen.captured_queries]
    return answer, [*words, *["(another)"] * (number - len(words))][:number]


def copied() -> Iterator[type[models.Model]]:
    """The models of which there is to be more."""
    for model in apps.get_models():
        if model._meta.app_label in SUBJECTS or model._meta.label in MORE:
            yield model


def more(kept: Collection[str] = (), changed: Mapping[str, Mapping[str, Any]] | None = None) -> int:
    """Every record once more, each naming the copies of what its original names; how many there are now.

    Records of the models `kept` are not copied, so that the others stay theirs: the same manifest has more candidates
    then. `changed` gives fields of the copies, by model; with it, only the models that it names are copied.
    """
    some = [
        model for model in copied() if model._meta.label not in kept and (not changed or model._meta.label in changed)
    ]
    rows = [(model, list(model._default_manager.all())) for model in some]
    names: dict[str, str] = {}
    for _model, found in rows:
        for row in found:
            if isinstance(row.pk, UUID):
                names[str(row.pk)] = str(uuid4())
            elif isinstance(row.pk, str):
                names[row.pk] = f"{row.pk[:-2]}{chr(65 + len(names) % 26)}{chr(65 + len(names) // 26 % 26)}"
            names |= {one: _next(one) for one in _NUMBERED.findall(getattr(row, "reference", ""))}
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")
    for model, found in rows:
        copies = [
            model(**_copy(row, names, pattern) | dict((changed or {}).get(model._meta.label, {}))) for row in found
        ]
        model._default_manager.bulk_create(copies, ignore_conflicts=True)
    return sum(model._default_manager.count() for model in copied())


def _next(reference: str) -> str:
    head, _, number = reference.rpartition("/")
    return f"{head}/{int(number) + 10**4 + int(uuid4().int % 10**4):05}"


def _copy(row: models.Model, names: Mapping[str, str], pattern: re.Pattern[str]) -> dict[str, Any]:
    def moved(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda found: names[found[0]], value)
        if isinstance(value, UUID):
            return UUID(names.get(str(value), str(value)))
        if isinstance(value, dict | list):
            return json.loads(moved(json.dumps(value)))
        return bytes(value) if isinstance(value, memoryview) else value

    fields = [one for one in row._meta.concrete_fields if not isinstance(one, GeneratedField | models.AutoField)]
    found = {one.attname: moved(getattr(row, one.attname)) for one in fields}
    # One person holds one thing; a tombstone is found by its hash, and its leaf is one.
    own = {"console.Hold": "holder", "acts.Tombstone": "record"}.get(row._meta.label)
    return found | ({own: uuid4().hex} if own else {})
