"""A request that is repeated is done once, whatever happens in between."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from mithaq.node.acts import store
from tests.node.api import systems
from tests.node.api.test_api import ASKED, NOBODY, post, refused
from tests.node.border.test_border import WANTED, manifest, notice
from tests.node.here import Here, rows

__all__ = ["post"]
KEY = "5f6e1a52-9a3c-4d44-8f0e-6a3c1f0e2b11"


def test_the_same_request_gets_the_same_bytes(post: Here) -> None:
    notice(post)
    system = systems.system(post)
    first = system.post("/travellers", ASKED, KEY)
    again = system.post("/travellers", ASKED, KEY)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert ("Mithaq-Repeated" in first, again["Mithaq-Repeated"]) == (False, "true")
    assert len(rows("border.Manifest")) == 1
    # A judgement in between changes nothing of the kept answer.
    found = first.json()["candidates"][0]
    said = {"version": found["version"], "verdict": "no-match"}
    assert system.post(f"/candidates/{found['id']}/judgements", said, officer="officer-a").status_code == 201
    assert system.post("/travellers", ASKED, KEY).content == first.content


def test_the_key_belongs_to_its_request(post: Here) -> None:
    system = systems.system(post)
    assert system.post("/travellers", ASKED, KEY).status_code == 201
    refused(system.post("/travellers", NOBODY, KEY), 409, "idempotency.reused")
    data = manifest(WANTED)
    refused(system.post("/manifests?post=BEBRU", data, KEY), 409, "idempotency.reused")
    assert len(rows("border.Manifest")) == 1
    # Another system's key is another key.
    other = systems.system(post, "others")
    assert other.post("/travellers", NOBODY, KEY).status_code == 201


def test_the_officer_and_the_address_are_part_of_the_request(post: Here) -> None:
    notice(post)
    system = systems.system(post)
    found = system.post("/travellers", ASKED).json()["candidates"][0]
    said = {"version": found["version"], "verdict": "match", "identifier": "document"}
    path = f"/candidates/{found['id']}/judgements"
    assert system.post(path, said, KEY, "officer-a").status_code == 201
    refused(system.post(path, said, KEY, "officer-b"), 409, "idempotency.reused")
    assert len(rows("border.Judgement")) == 1


@pytest.mark.parametrize("key", ["short", "x" * 129, "with\ttab and no more of it", "ключ-длиннее-шестнадцати"])
def test_a_key_that_is_none(post: Here, key: str) -> None:
    refused(systems.system(post).post("/travellers", ASKED, key), 400, "idempotency.key")


def test_every_post_wants_a_key(post: Here) -> None:
    from tests.node.api.test_tokens import operations

    system = systems.system(post)
    for method, path in operations():
        if method == "POST":
            answer = system.browser.post(
                f"/api/v1{path}?post=BEBRU", b"{}", content_type="application/json",
                headers={"Authorization": f"Bearer {system.token}", "Mithaq-Officer": "officer-a"},
            )  # fmt: skip
            assert answer.json()["code"] in {"idempotency.key", "body.field"}, path


def test_an_error_is_not_kept(post: Here) -> None:
    system = systems.system(post)
    refused(system.post("/travellers", {"post": "BEBRU"}, KEY), 400, "traveller.empty")
    assert rows("api.Answer") == []
    assert system.post("/travellers", ASKED, KEY).status_code == 201


def test_neither_key_nor_request_is_kept(post: Here) -> None:
    systems.system(post).post("/travellers", ASKED, KEY)
    (kept,) = rows("api.Answer")
    text = str(vars(kept))
    assert not [word for word in (KEY, "Tafrasti", "ZX4417702") if word in text]


def test_an_answer_is_kept_for_a_day(post: Here) -> None:
    system = systems.system(post)
    system.post("/travellers", ASKED, KEY)
    post.clock.forward(hours=23)
    system.token = systems.ask_token("counters").json()["access_token"]
    assert "Mithaq-Repeated" in system.post("/travellers", ASKED, KEY)
    post.clock.forward(minutes=55)
    system.token = systems.ask_token("counters").json()["access_token"]
    post.clock.forward(minutes=10)
    # Its time has ended, and nothing has dropped it yet: the key is a new one.
    assert len(rows("api.Answer")) == 1
    assert "Mithaq-Repeated" not in system.post("/travellers", ASKED, KEY)
    assert (len(rows("api.Answer")), len(rows("border.Manifest"))) == (1, 2)
    post.clock.forward(hours=25)
    systems.ask_token("counters")
    assert rows("api.Answer") == []


def test_the_effect_and_its_answer_are_one(post: Here, monkeypatch: Any) -> None:
    system = systems.system(post)
    real = store.queue_leaf

    def breaks(kind: str, *values: Any, **more: Any) -> None:
        if kind == "act":
            raise RuntimeError("as a crash before the commit")
        real(kind, *values, **more)

    monkeypatch.setattr(store, "queue_leaf", breaks)
    refused(system.post("/travellers", ASKED, KEY), 500, "node.fault")
    assert (rows("border.Manifest"), rows("api.Answer")) == ([], [])
    monkeypatch.undo()
    assert system.post("/travellers", ASKED, KEY).status_code == 201
    assert (len(rows("border.Manifest")), len(rows("api.Answer"))) == (1, 1)


def test_two_at_once_are_one(post: Here) -> None:
    notice(post)
    token, answers = systems.system(post).token, []
    start = threading.Barrier(2)

    def ask() -> None:
        system = systems.System("counters", token)
        start.wait()
        try:
            answers.append(system.post("/travellers", ASKED, KEY))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert len(rows("border.Manifest")) == len(rows("border.Candidate")) == 1
