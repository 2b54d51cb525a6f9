"""The row of the access log of a request that acts: one a request, in the act's own transaction, or by itself."""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection

from mithaq.node.acts import access, store
from tests.node.api import systems
from tests.node.api.test_api import ASKED, NOBODY, post, refused
from tests.node.border.test_border import WANTED, manifest
from tests.node.here import Here, rows

__all__ = ["post"]
KEY = "0b8d6a52-9a3c-4d44-8f0e-6a3c1f0e2b11"


def asked() -> list[tuple[str, str]]:
    return [(row.actor, row.what) for row in rows("acts.Access")]


def written_by(table: str) -> set[str]:
    """The transactions that wrote the rows of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def check_chain() -> None:
    head = access.EMPTY
    for row in rows("acts.Access"):
        head = access.link(head, row)
        assert bytes(row.chain) == head


def test_act_answer_and_access_row_are_one_transaction(post: Here) -> None:
    system = systems.system(post)
    assert system.post("/travellers", ASKED).status_code == 201
    assert asked() == [("system/counters", "api.travellers")]
    (made,) = written_by("border_manifest")
    assert written_by("acts_access") == written_by("api_answer") == {made}
    assert system.post("/manifests?post=BEBRU", manifest(WANTED)).status_code == 201
    assert [what for _, what in asked()] == ["api.travellers", "api.manifests"]
    assert written_by("acts_access") == written_by("border_manifest")
    check_chain()


def test_who_asks_in_vain_has_asked(post: Here, monkeypatch: Any) -> None:
    system = systems.system(post)
    refused(system.post("/travellers", {"post": "BEBRU"}), 400, "traveller.empty")
    refused(system.post("/travellers", ASKED, "short"), 400, "idempotency.key")
    refused(system.post("/manifests?post=BEBRU", b"no manifest"), 400, "edifact.none")
    assert [what for _, what in asked()] == ["api.travellers"] * 2 + ["api.manifests"]

    def breaks(*_values: Any, **_more: Any) -> None:
        raise RuntimeError("as a crash before the commit")

    monkeypatch.setattr(store, "queue_leaf", breaks)
    refused(system.post("/travellers", ASKED), 500, "node.fault")
    assert rows("border.Manifest") == []
    assert [what for _, what in asked()][3:] == ["api.travellers"]
    check_chain()


def test_what_breaks_after_the_row_was_added_leaves_one_row(post: Here, monkeypatch: Any) -> None:
    system, real = systems.system(post), access.add

    def breaks(one: access.Reading, *values: Any) -> None:
        real(one, *values)
        monkeypatch.undo()
        raise RuntimeError("as a connection that is lost at the commit")

    monkeypatch.setattr(access, "add", breaks)
    refused(system.post("/travellers", ASKED), 500, "node.fault")
    assert (rows("border.Manifest"), asked()) == ([], [("system/counters", "api.travellers")])


def test_a_repeated_request_reads_again(post: Here) -> None:
    system = systems.system(post)
    for _ in range(2):
        assert system.post("/travellers", ASKED, KEY).status_code == 201
    refused(system.post("/travellers", NOBODY, KEY), 409, "idempotency.reused")
    assert [what for _, what in asked()] == ["api.travellers"] * 3


def test_who_may_not_read_is_refused_and_logged(post: Here) -> None:
    system = systems.system(post, "admin", "BE-POLICE/BORDER", "administrator")
    refused(system.post("/travellers", ASKED), 403, "read.role")
    assert asked() == [("system/admin", "refused:api.travellers")]


def test_the_chain_holds_when_many_ask_at_once(post: Here) -> None:
    token = systems.system(post).token
    start, statuses = threading.Barrier(4), list[int]()

    def ask() -> None:
        system = systems.System("counters", token)
        start.wait()
        try:
            statuses.extend(system.post("/travellers", ASKED).status_code for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201] * 20
    assert len(rows("acts.Access")) == 20
    check_chain()
