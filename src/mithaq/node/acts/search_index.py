"""The index of search, kept in the transaction that writes or erases a record.

Rule: an entry is there if and only if its record is, and says what its subject says of it (`registry.search`); it
holds hashes, and no text of the record. Design: architecture, "Layout" (search source); subjects, safeguards 2 and 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from mithaq.node.acts import search_keys
from mithaq.node.acts.models import SearchEntry
from mithaq.node.acts.registry import REGISTRY

COLUMNS = ("model", "record", "line", "at", "keys")
Kept = tuple[str, datetime, tuple[int, ...]]  # line, moment, hashes
# So many records of a model are indexed anew in one transaction.
_CHUNK = 1000


def keep(label: str, records: Collection[str]) -> None:
    """Make the entries of these records what their subject says, inside the caller's transaction."""
    if label not in REGISTRY.search:
        return
    wanted = wanted_of(label, records)
    standing: dict[str, set[Kept]] = defaultdict(set)
    found = SearchEntry.objects.filter(model=label, record__in=list(records))
    for record, line, at, keys in found.values_list("record", "line", "at", "keys"):
        standing[record].add((line, at, tuple(keys)))
    moved = [record for record in records if wanted[record] != standing[record]]
    if stale := [record for record in moved if standing[record]]:
        found.filter(record__in=stale).delete()
    _copy((label, record, *one[:2], list(one[2])) for record in moved for one in sorted(wanted[record]))


def wanted_of(label: str, records: Collection[str]) -> dict[str, set[Kept]]:
    """The entries that these records should have, by record."""
    wanted: dict[str, set[Kept]] = defaultdict(set)
    for record, one in REGISTRY.search[label].entries(_rows(label, records)):
        keys = search_keys.of_names(one.names) | search_keys.of_texts(one.texts)
        wanted[record].add((one.line, one.at, tuple(search_keys.hashed(one.readers, keys))))
    return wanted


def forget(label: str, records: Collection[str]) -> None:
    """Drop the entries of erased records, inside the caller's transaction."""
    if label in REGISTRY.search:
        SearchEntry.objects.filter(model=label, record__in=list(records)).delete()


def rebuild(progress: Callable[[str, int, int], None]) -> int:
    """Index every record anew, a transaction for each thousand, while the node runs; returns how many records.

    `progress` is told the model, how many of its records are done and how many there are.
    """
    done = 0
    for label in REGISTRY.search:
        _drop_orphans(label)
        keys = [str(key) for key in _model(label)._default_manager.order_by("pk").values_list("pk", flat=True)]
        for start in range(0, len(keys), _CHUNK):
            with transaction.atomic():
                keep(label, keys[start : start + _CHUNK])
            progress(label, min(start + _CHUNK, len(keys)), len(keys))
        done += len(keys)
    return done


def is_missing() -> bool:
    """Whether there are records and no entry at all, as in a database of before there was an index."""
    if SearchEntry.objects.exists():
        return False
    return any(_model(label)._default_manager.exists() for label in REGISTRY.search)


def _drop_orphans(label: str) -> None:
    table = _model(label)._meta.db_table
    statement = sql.SQL(
        "DELETE FROM acts_searchentry WHERE model = %s"
        " AND NOT EXISTS (SELECT 1 FROM {} AS kept WHERE kept.id::text = acts_searchentry.record)"
    ).format(sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [label])


def _rows(label: str, records: Collection[str]) -> list[models.Model]:
    model = _model(label)
    # No file of a record is searched: a portrait is not read for the sake of its notice's name.
    files = [one.name for one in model._meta.get_fields() if isinstance(one, models.BinaryField)]
    return list(model._default_manager.defer(*files).filter(pk__in=list(records)))


def _copy(rows: Iterable[tuple[object, ...]]) -> None:
    first = next(several := iter(rows), None)
    if first is None:
        return
    columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    statement = sql.SQL("COPY acts_searchentry ({}) FROM STDIN").format(columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in _chain(first, several):
            copy.write_row(row)


def _chain(first: tuple[object, ...], rest: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    yield first
    yield from rest


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
