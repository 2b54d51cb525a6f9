"""The pace of a system: counted in the database, over connections, with the header fields that tell it."""

from __future__ import annotations

import threading

from django.db import connection

from mithaq.node.api import pace
from tests.node.api import systems
from tests.node.api.test_api import post, refused
from tests.node.here import Here, rows

__all__ = ["post"]


def test_requests_beyond_the_pace_are_turned_away_and_told_when(post: Here) -> None:
    system = systems.system(post, pace=3)
    answers = [system.get("/client") for _ in range(3)]
    assert [one.status_code for one in answers] == [200] * 3
    assert [one["RateLimit"].split(";")[1] for one in answers] == ["r=2", "r=1", "r=0"]
    assert answers[0]["RateLimit-Policy"] == '"client";q=3;w=10'
    late = system.get("/client")
    refused(late, 429, "client.pace.over")
    assert 1 <= int(late["Retry-After"]) <= 4
    assert late["RateLimit"].startswith('"client";r=0;t=')
    # Another system has a pace of its own.
    assert systems.system(post, "registry", pace=3).get("/client").status_code == 200


def test_the_pace_holds_over_connections(post: Here) -> None:
    token, now = systems.system(post, pace=20).token, post.clock.now()
    passed: list[bool] = []
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        try:
            passed.extend(found[1].passed for _ in range(10) if (found := pace.count(token, now)))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # One more every half second may pass while the forty are asked.
    assert len(passed) == 40
    assert 20 <= sum(passed) < 40
    assert len(rows("api.Pace")) == 1


def test_the_count_waits_for_no_disk(post: Here) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'api_pace'")
        assert cursor.fetchone() == ("u",)
