"""`python -m bench.scale_fill CONFIG SCALE`: fills a node that was set up with a year of work. Called by `bench.scale`.

By COPY into tables without their indexes, which are made anew at the end; foreign keys and triggers rest meanwhile.
Left out: portraits, the content of messages, leaves of rejections before the last month.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from tests.node.authorities import NOW, PASSPHRASE

from bench import scale_log, scale_rows
from bench.scale_road import ROAD
from mithaq.ledger import checkpoint, tree
from mithaq.node import database, start
from mithaq.node.config import read_config
from mithaq.screening.files import read_subjects
from mithaq.seal.keyfiles import load_signing

NOTICES, CANDIDATES, ROWS = 100_000, 1_000_000, 10_000_000
_SETTINGS = {"max_wal_size": "16GB", "synchronous_commit": "off", "maintenance_work_mem": "1GB", "autovacuum": "off"}
_CHUNK = 2000


class Filler:
    """A node's database, while it is filled."""

    def __init__(self, config_path: Path, scale: float, shown: Progress) -> None:
        self.config = read_config(config_path)
        self.url, self.shown, self.scale = database.url_of(self.config, "owner"), shown, scale
        self.year = scale_rows.Year(NOW)
        self.dice = random.Random(1)
        self.people = scale_rows.Names(self.dice)

    def run(self) -> None:
        """Everything, in order."""
        with self.connected() as connection:
            for name, value in _SETTINGS.items():
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
            connection.execute("SELECT pg_reload_conf()")
            dropped = _drop_indexes(connection)
            self.records(connection)
            connection.execute(ROAD)
            self.lists(connection)
            self.log(connection)
            self.indexes(connection, [one for one in dropped if "acts_searchentry" not in one])
        self.search()
        with self.connected() as connection:
            self.indexes(connection, [one for one in dropped if "acts_searchentry" in one])
            for name in _SETTINGS:
                connection.execute(sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CHECKPOINT")

    def indexes(self, connection: psycopg.Connection, statements: list[str]) -> None:
        """Make indexes, and let the planner look at what there is."""
        task = self.shown.add_task("indexes", total=len(statements))
        for statement in statements:
            connection.execute(statement)
            self.shown.advance(task)
        connection.execute("VACUUM (ANALYZE)")

    def records(self, connection: psycopg.Connection) -> None:
        count = int(NOTICES * self.scale)
        made = scale_rows.notices(count, self.year, self.people)
        self.copy(connection, "wanted_notice", scale_rows.NOTICE, made, count)
        connection.execute("DELETE FROM border_post")
        names = json.dumps(dict.fromkeys(("en", "fr", "nl", "ar"), "Post"))
        for post, unit in scale_rows.POSTS.items():
            connection.execute("INSERT INTO border_post VALUES (%s, %s, 'air', %s, 1)", (post, unit, names))
        tables = {
            "border_manifest": scale_rows.MANIFEST, "border_keptmanifest": scale_rows.KEPT,
            "border_crossing": scale_rows.CROSSING, "border_candidate": scale_rows.CANDIDATE,
            "border_judgement": scale_rows.JUDGEMENT, "border_hit": scale_rows.HIT,
        }  # fmt: skip
        count = int(CANDIDATES * self.scale)
        task = self.shown.add_task("candidates", total=count)
        with ExitStack() as stack:
            doors = {}
            for table, columns in tables.items():
                cursor = stack.enter_context(self.connected()).cursor()
                doors[table] = stack.enter_context(cursor.copy(_copy(table, columns)))
            for table, row in scale_rows.border(count, self.year, self.people):
                doors[table].write_row(row)
                if table == "border_candidate":
                    self.shown.advance(task)

    def lists(self, connection: psycopg.Connection) -> None:
        """Two live lists of the public list's people."""
        people = list(read_subjects(scale_rows.SHARED / "public.jsonl.gz"))
        version = ("id", "list", "state", "file", "digest", "at", "imported_by", "elements", "used", "reported",
                   "reports", "before", "added", "changed", "removed", "generated", "older", "confirmed_by", "reason",
                   "version")  # fmt: skip
        for name, some in (("UN", people[:1000]), ("OFAC", people[1000:])):
            key = scale_rows.uuid_at(NOW, self.dice)
            head = (key, name, "live", f"{name}.xml", "sha256:0", NOW, "officer-000", len(some), len(some), 0, "[]", 0,
                    len(some), 0, 0, "", "", "", "", 1)  # fmt: skip
            self.copy(connection, "lists_listversion", version, [head], 1)
            rows = ((key, one.id, json.dumps(_listed(one), ensure_ascii=False), "{}") for one in some)
            self.copy(connection, "lists_listentry", ("of", "reference", "person", "more"), rows, len(some))

    def log(self, connection: psycopg.Connection) -> None:
        """The access log, the leaves, the tree and its signed head."""
        count, seals = int(ROWS * self.scale), []  # type: ignore[var-annotated]
        task = self.shown.add_task("access rows", total=count)
        connection.execute("DELETE FROM acts_access")
        with connection.cursor() as cursor, cursor.copy(_copy("acts_access", scale_log.COLUMNS)) as copy:
            lines = scale_log.rows(count, self.year, self.dice, seals)
            while some := [line for _place, line in zip(range(5000), lines)]:  # noqa: B905  so many, or what is left
                copy.write(b"".join(some))
                self.shown.advance(task, len(some))
        connection.execute("SELECT setval(pg_get_serial_sequence('acts_access', 'id'), %s)", (count,))
        queued = connection.execute("SELECT id, data FROM acts_leaf ORDER BY id").fetchall()
        connection.execute("UPDATE acts_leaf SET index = place - 1 FROM (SELECT id AS key, row_number() OVER"
                           " (ORDER BY id) AS place FROM acts_leaf) AS ordered WHERE key = id")  # fmt: skip
        hashes = [tree.leaf_hash(bytes(data)) for _key, data in queued]
        total = len(seals) + len(self.year.acted)
        made = scale_log.ledger(self.year, seals, len(hashes), hashes)
        self.copy(connection, "acts_leaf", scale_log.LEAF, made, total)
        frontier = dict.fromkeys(tree.subtrees(0, len(hashes)), b"")

        def stored() -> Iterator[tuple[object, ...]]:
            for level, index, value in scale_log.nodes(hashes):
                if (level, index) in frontier:
                    frontier[level, index] = value
                yield level, index, value

        self.copy(connection, "acts_treenode", ("level", "index", "hash"), stored(), 2 * len(hashes))
        root, size = tree.frontier_root(list(frontier.values())), len(hashes)
        key = load_signing(self.config.keys / "worker" / "ledger.key", PASSPHRASE)
        note = checkpoint.sign_checkpoint(checkpoint.origin_of(self.config.authority), size, root, key)
        connection.execute("INSERT INTO acts_checkpoint VALUES (%s, %s, %s, %s)", (size, root, note, NOW))
        connection.execute("INSERT INTO acts_chaincheck (id, place, newest, began, at, whole, fault)"
                           " VALUES (1, 0, %s, %s, %s, %s, '')", (count, NOW, NOW, NOW))  # fmt: skip

    def search(self) -> None:
        """The entries of search, by as many processes as there are processors."""
        from mithaq.node.acts.registry import REGISTRY

        pieces: list[tuple[str, list[str]]] = []
        with self.connected() as connection:
            for label in REGISTRY.search:
                table = label.lower().replace(".", "_")
                keys = [str(row[0]) for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
                pieces += [(label, keys[at : at + _CHUNK]) for at in range(0, len(keys), _CHUNK)]
        task = self.shown.add_task("search entries", total=sum(len(keys) for _label, keys in pieces))
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(os.cpu_count(), mp_context=fork) as pool:
            for done in pool.map(_index, pieces):
                self.shown.advance(task, done)

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            yield connection

    def copy(
        self, connection: psycopg.Connection, table: str, columns: Iterable[str], rows: Iterable[Any], count: int
    ) -> None:
        task = self.shown.add_task(table, total=count)
        with connection.cursor() as cursor, cursor.copy(_copy(table, columns)) as copy:
            for row in rows:
                copy.write_row(row)
                self.shown.advance(task)


def _copy(table: str, columns: Iterable[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)


def _drop_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes of records, road and log that no constraint needs; returns the statements that make them."""
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND (tablename LIKE 'acts\\_%' OR tablename LIKE 'border\\_%' OR tablename LIKE 'wanted\\_%')"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE 'CREATE UNIQUE%'"
    ).fetchall()
    for name, _statement in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [statement for _name, statement in found]


def _listed(one: Any) -> dict[str, Any]:
    fixed = {"sex": "unknown", "documents": [], "marks": ""}
    lists = {name: list(getattr(one, name)) for name in ("names", "weak_names", "birth_dates", "nationalities")}
    return {**fixed, **lists}


def _index(piece: tuple[str, list[str]]) -> int:
    from mithaq.node.acts import search_index

    label, keys = piece
    wanted = search_index.wanted_of(label, keys)
    search_index._copy((label, record, *one[:2], list(one[2])) for record in keys for one in sorted(wanted[record]))
    return len(keys)


def main(arguments: list[str]) -> int:
    """Fill the node of a configuration; its database must run."""
    path, scale = Path(arguments[0]), float(arguments[1])
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        filler = Filler(path, scale, shown)
        start.start(filler.config, "owner", filler.url)
        filler.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
