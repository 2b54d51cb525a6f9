"""Metrics: what is served parses, counts what happened, and can hold no name and no record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from mithaq.errors import ConfigError
from mithaq.node import database
from mithaq.node.acts import custody, perform, sequence, store
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.models import Outbox, Receipt, Wish
from mithaq.node.config import Door, read_config
from mithaq.node.metrics import serve, text
from mithaq.node.metrics.measured import Measured, Rounds
from tests.node.here import Here
from tests.node.nodes import free_port

MARK = "Zorzi-Marker Qqzx"
Found = dict[tuple[str, str], float]


def samples(page: str) -> Found:
    """Every sample by its name and labels, as Prometheus reads them."""
    return {
        (one.name, json.dumps(one.labels, sort_keys=True)): one.value
        for family in text_string_to_metric_families(page)
        for one in family.samples
    }


def value(found: Found, name: str, **labels: str) -> float:
    return found[f"mithaq_{name}", json.dumps(labels, sort_keys=True)]


@pytest.fixture
def measured(here: Here) -> Measured:
    return Measured(here.config, Rounds())


def page(measured: Measured) -> str:
    return text.written(measured.families())


def grow(here: Here) -> None:
    sequence.sequence(custody.open_worker(here.config), here.clock.now())


def test_acts_and_refusals_are_counted_once_each_and_over_a_restart(here: Here, measured: Measured) -> None:
    facts = {
        "act": "judge-candidate@1",
        "unit": "BE-POLICE/BORDER",
        "candidate": "019a0000-0000-7000-8000-000000000000",
    }
    for _ in range(3):
        store.queue_leaf("act", here.clock.now(), facts, MARK.encode())
    perform.record_refusal("publish-notice@1", "MA-BE/2025-2026", "x", MARK, "plan.purpose")
    assert ("mithaq_acts_total", '{"act": "judge-candidate@1"}') not in samples(page(measured))
    grow(here)
    for reader in (measured, measured, Measured(here.config, Rounds())):
        found = samples(page(reader))
        assert value(found, "acts_total", act="judge-candidate@1") == 3
        assert value(found, "refusals_total", act="publish-notice@1", ground="plan.purpose") == 1
    store.queue_leaf("act", here.clock.now(), facts, b"")
    grow(here)
    assert value(samples(page(measured)), "acts_total", act="judge-candidate@1") == 4
    assert MARK not in page(measured)


def test_what_waits_and_how_long_receipts_took(here: Here, measured: Measured) -> None:
    now = here.clock.now()
    Wish.objects.create(
        id=uuid7(now), act="a@1", plan="p", line="l", sender="s", recipient="r", model="m", record=MARK, created=now
    )
    for kind, seconds in (("R0", 3), ("R2", 3), ("R2", 40), ("R2", 200_000)):
        here.clock.moment = now
        row = Outbox.objects.create(
            message=uuid7(now), partner="MA-POLICE", plan="p", line="l", act="a@1", sequence=1, envelope=b"", digest="",
            created=now, expires=now, state="accepted", next_attempt=now,
        )  # fmt: skip
        here.clock.forward(seconds=seconds)
        Receipt.objects.create(
            outgoing=False, partner="MA-POLICE", message=row.message, kind=kind, token=b"", at=here.clock.now()
        )
    here.clock.moment = now
    here.clock.forward(minutes=10)
    found = samples(page(measured))
    assert value(found, "queue", queue="wishes") == 1
    assert value(found, "queue_oldest_seconds", queue="wishes") == 600
    assert value(found, "queue_oldest_seconds", queue="inbox") == 0
    assert value(found, "messages", direction="out", state="accepted") == 4
    buckets = [value(found, "receipt_seconds_bucket", kind="R2", le=one) for one in ("1", "5", "60", "86400", "+Inf")]
    assert buckets == [0, 1, 2, 2, 3]
    assert value(found, "receipt_seconds_sum", kind="R2") == 200_043
    assert value(found, "receipt_seconds_count", kind="R0") == 1


def test_border_and_lists(here: Here, measured: Measured) -> None:
    with psycopg.connect(database.url_of(here.config, "owner")) as connection:
        connection.execute(
            "INSERT INTO lists_listrefresh (list, due, digest, failures, code, detail, params, version)"
            " VALUES ('UN', now(), '', 2, '', %s, '{}', 1)",
            [MARK],
        )
    found = samples(page(measured))
    assert value(found, "list_failures", list="UN") == 2
    assert value(found, "plan_days", kind="joint") > 0
    assert 0 < value(found, "certificate_days") <= 30


def test_the_worker_may_read_all_of_it(here: Here) -> None:
    """The queries of a page, as the worker's role."""
    from django.db import connection

    with psycopg.connect(database.url_of(here.config, "owner"), autocommit=True) as owner:
        database.grant(owner, {role: f"mithaq_{role}" for role in ("gateway", "worker", "console")})
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE mithaq_worker")
        try:
            assert "mithaq_candidates" in page(Measured(here.config, Rounds()))
        finally:
            cursor.execute("RESET ROLE")


def test_every_label_is_allowed_and_every_value_is_a_code(measured: Measured) -> None:
    for family in text_string_to_metric_families(page(measured)):
        assert family.documentation
        for one in family.samples:
            assert set(one.labels) <= text.LABELS
            assert all(re.fullmatch(r"[\w.@+-]+", found) for found in one.labels.values())


@pytest.mark.parametrize("bad", [MARK, "019a0000-0000-7000-8000-000000000000", 'x"} 1\nmithaq_y 2', "", "x" * 65, "é"])
def test_a_value_that_is_no_code_is_not_written(bad: str) -> None:
    written = text.written([text.Family("mithaq_x", "gauge", "X.", (({"state": bad}, 1),))])
    assert samples(written) == {("mithaq_x", '{"state": "other"}'): 1}


@pytest.mark.parametrize(("name", "label"), [("mithaq_x", "person"), ("mithaq_x", "record"), ("x", "state")])
def test_a_label_that_is_not_allowed_is_a_mistake(name: str, label: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        text.written([text.Family(name, "gauge", "X.", (({label: "a"}, 1),))])


@pytest.fixture
def served(here: Here) -> Iterator[str]:
    port = free_port()
    server = serve.start(replace(here.config, metrics=Door("127.0.0.1", port)), Rounds())
    assert server is not None
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()


def test_it_is_served_and_nothing_else_is(served: str) -> None:
    answer = httpx2.get(f"{served}/metrics", trust_env=False)
    assert (answer.status_code, answer.headers["content-type"]) == (200, text.TYPE)
    assert ("mithaq_worker_rounds_total", "{}") in samples(answer.text)
    assert httpx2.get(f"{served}/", trust_env=False).status_code == 404
    assert httpx2.post(f"{served}/metrics", trust_env=False).status_code == 501


def test_it_is_off_unless_asked_for_and_on_loopback_only(here: Here) -> None:
    assert here.config.metrics is None
    assert serve.start(here.config, Rounds()) is None
    text_of = here.config.path.read_text(encoding="utf8")
    path = here.config.directory / "other.toml"
    path.write_text(f'{text_of}\n[metrics]\nhost = "0.0.0.0"\nport = 9\n', encoding="utf8")
    with pytest.raises(ConfigError) as refused:
        read_config(path)
    assert refused.value.code == "config.loopback"
    path.write_text(f'log_format = "xml"\n{text_of}', encoding="utf8")
    with pytest.raises(ConfigError) as refused:
        read_config(path)
    assert refused.value.code == "config.value"
