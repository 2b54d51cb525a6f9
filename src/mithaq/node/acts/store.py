"""Applies `Effects` in one transaction: the only place where subjects' records are written.

Rule: a row is written only over the version that its act has read; otherwise nothing of the act is written.
Design: architecture, "The road", step 4.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from psycopg import sql

from mithaq.errors import StateError
from mithaq.ledger import leaf as ledger_leaf
from mithaq.node.acts import search_index
from mithaq.node.acts.definition import Bulk, Counted, Effects, Row, Sending
from mithaq.node.acts.models import Alarm, Series, Wish

# A statement of the protocol has no more parameters.
_PARAMETERS = 65_535
_LEAF = "INSERT INTO acts_leaf (kind, at, data, salt, subject, rows, actor) VALUES (%s, %s, %s, %s, %s, %s, %s)"


def apply(effects: Effects, now: datetime, new_id: Callable[[], UUID]) -> tuple[UUID, ...]:
    """Write rows and wishes inside the caller's transaction; returns the ids of the wishes, in order.

    Raises StateError `record.changed` when a row has another version than the act has read.
    """
    _write(effects)
    for alarm in effects.alarms:
        Alarm.objects.create(at=now, code=alarm.code, detail=alarm.record, about=alarm.about)
    return tuple(_wish(sending, now, new_id()) for sending in effects.sendings)


def _write(effects: Effects) -> None:
    # What is erased makes room for what replaces it under the same id.
    for label in dict.fromkeys(label for label, _ in effects.erase):
        keys = [key for one, key in effects.erase if one == label]
        _model(label)._default_manager.filter(pk__in=keys).delete()
        search_index.forget(label, keys)
    for one in effects.clear:
        _model(one.model)._default_manager.filter(**{one.field: one.value}).delete()
    _insert(row for row in effects.rows if row.version == 0)
    for row in effects.rows:
        if row.version:
            _update(row)
    for group in effects.bulk:
        _copy(group)
    for label in dict.fromkeys(one.model for one in effects.counts):
        _count(_model(label), [one for one in effects.counts if one.model == label])
    for label in dict.fromkeys(row.model for row in effects.rows):
        search_index.keep(label, [row.id for row in effects.rows if row.model == label])


def _copy(group: Bulk) -> None:
    table = _model(group.model)._meta.db_table
    columns = sql.SQL(", ").join(map(sql.Identifier, group.columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in group.rows:
            copy.write_row(row)


def _insert(rows: Iterable[Row]) -> None:
    # One statement a model: a manifest's candidates and a list's entries come in hundreds.
    by_model: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row)
    for label, group in by_model.items():
        model = _model(label)
        try:
            _insert_all(model, [model(pk=row.id, version=1, **row.fields) for row in group])
        except IntegrityError as error:
            raise StateError(
                "record.exists", "A record of {kind} exists already.", remedy="Load it again.", kind=label
            ) from error


def _insert_all(model: type[models.Model], made: Sequence[models.Model]) -> None:
    # Without a savepoint: what exists already ends the caller's transaction, and nothing of it is written. Written by
    # hand: the mapper takes longer to compile an INSERT than the database to do it.
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    most = _PARAMETERS // len(fields)
    with connection.cursor() as cursor:
        for start in range(0, len(made), most):
            some = made[start : start + most]
            values = [
                field.get_db_prep_save(getattr(one, field.attname), connection) for one in some for field in fields
            ]
            rows = ", ".join([marks] * len(some))
            cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {rows}', values)  # noqa: S608  names of ours


def _count(model: type[models.Model], counts: Sequence[Counted]) -> None:
    # In the order of the ids, so that two acts that count the same never wait for each other in a ring.
    table, ordered = model._meta.db_table, sorted(counts, key=lambda one: one.id)
    names = ["id", "number", *ordered[0].fields]
    columns, marks = ", ".join(f'"{name}"' for name in names), f"({', '.join(['%s'] * len(names))})"
    most = _PARAMETERS // len(names)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), most):
            some = ordered[start : start + most]
            values = [value for one in some for value in (one.id, one.number, *one.fields.values())]
            cursor.execute(
                f'INSERT INTO "{table}" ({columns}) VALUES {", ".join([marks] * len(some))} '  # noqa: S608  names of ours
                f'ON CONFLICT (id) DO UPDATE SET number = "{table}".number + EXCLUDED.number',
                values,
            )


def _update(row: Row) -> None:
    changed = _model(row.model)._default_manager.filter(pk=row.id, version=row.version)
    if not changed.update(version=row.version + 1, **row.fields):
        raise StateError(
            "record.changed",
            "Someone else has changed this record since you opened it.",
            remedy="Open it again and look at what changed.",
            where=row.model,
        )


def _wish(sending: Sending, now: datetime, key: UUID) -> UUID:
    Wish.objects.create(
        id=key,
        act=sending.act,
        plan=sending.plan,
        line=sending.line,
        sender=sending.sender,
        recipient=sending.recipient,
        model=sending.model,
        record=sending.record,
        urgency=sending.urgency,
        follows=sending.follows,
        in_reply_to=sending.in_reply_to,
        supersedes=sending.supersedes,
        created=now,
    )
    return key


def queue_leaf(
    kind: str,
    now: datetime,
    facts: Mapping[str, str],
    content: bytes,
    subject: str = "",
    rows: int | None = None,
    actor: str = "",
) -> None:
    """Queue a leaf that commits to `content` under a fresh salt. In the caller's transaction."""
    salt = secrets.token_bytes(32)
    data = ledger_leaf.leaf_bytes(kind, now, facts, ledger_leaf.commit(salt, content))
    with connection.cursor() as cursor:
        cursor.execute(_LEAF, (kind, now, data, salt, subject, rows, actor))


@contextmanager
def together() -> Iterator[None]:
    """Within it statements go to the database without waiting for one another, and are waited for at its end.

    For statements whose result nobody looks at; what one of them raises comes up at the end, as one of Django's errors.
    """
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def next_number(series: str) -> int:
    """The next number of a series of readable ids. A number is never given twice; a number may be left unused."""
    with transaction.atomic():
        Series.objects.get_or_create(name=series)
        Series.objects.filter(name=series).update(last=models.F("last") + 1)
        return Series.objects.get(name=series).last


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
