"""Applies `Effects` in one transaction: the only place where subjects' records are written.

Rule: a row is written only over the version that its act has read; otherwise nothing of the act is written.
Design: architecture, "The road", step 4.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from psycopg import sql

from mithaq.errors import StateError
from mithaq.ledger import leaf as ledger_leaf
from mithaq.node.acts import search_index
from mithaq.node.acts.definition import Bulk, Effects, Row, Sending
from mithaq.node.acts.models import Leaf, Series, Wish


def apply(effects: Effects, now: datetime, new_id: Callable[[], UUID]) -> tuple[UUID, ...]:
    """Write rows and wishes inside the caller's transaction; returns the ids of the wishes, in order.

    Raises StateError `record.changed` when a row has another version than the act has read.
    """
    _write(effects)
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
            with transaction.atomic():
                model._default_manager.bulk_create([model(pk=row.id, version=1, **row.fields) for row in group])
        except IntegrityError as error:
            raise StateError(
                "record.exists", "A record of {kind} exists already.", remedy="Load it again.", kind=label
            ) from error


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


def queue_leaf(kind: str, now: datetime, facts: Mapping[str, str], content: bytes, subject: str = "") -> int:
    """Queue a leaf that commits to `content` under a fresh salt; returns its row id. In the caller's transaction."""
    salt = secrets.token_bytes(32)
    data = ledger_leaf.leaf_bytes(kind, now, facts, ledger_leaf.commit(salt, content))
    return Leaf.objects.create(kind=kind, at=now, data=data, salt=salt, subject=subject).pk


def next_number(series: str) -> int:
    """The next number of a series of readable ids. A number is never given twice; a number may be left unused."""
    with transaction.atomic():
        Series.objects.get_or_create(name=series)
        Series.objects.filter(name=series).update(last=models.F("last") + 1)
        return Series.objects.get(name=series).last


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
