"""A marker name goes the whole road, and through failures on it: no log, no metric and nothing of the road holds it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from mithaq.node.acts import wire
from tests.node import acts_material as material
from tests.node.nodes import Pair, RunningNode, free_port, wait_for
from tests.peers.test_two_nodes import references, settle

MARKS = ("Qqzxmarker", "قزكسمارك")
# Where content may stand: records of the subjects, which the roles' grants guard.
SUBJECTS = ("wanted_", "border_", "lists_", "exchange_")


@pytest.fixture
def metrics(pair: Pair) -> Iterator[str]:
    """MA-POLICE's worker as one that serves metrics and writes JSON; after the test as it was."""
    node, port = pair.ma, free_port()
    path = node.folder / "measured.toml"
    text = node.config.path.read_text(encoding="utf8")
    path.write_text(f'log_format = "json"\nlog_level = "DEBUG"\n{text}\n[metrics]\nport = {port}\n', encoding="utf8")
    node.stop("worker")
    node.spawn("worker", [sys.executable, "-m", "mithaq.cli", "node", "worker", "--config", str(path)])
    yield f"http://127.0.0.1:{port}/metrics"
    node.stop("worker")
    node.start("worker")


def publish_marked(node: RunningNode) -> list[str]:
    """A notice whose subject bears the marker, through the command line."""
    content = wire.encode(material.content(portrait=None))
    text = json.dumps(content, ensure_ascii=False)
    name = content["person"]["names"][0]
    shown = name if isinstance(name, str) else next(value for value in name.values() if isinstance(value, str))
    assert shown in text
    file = node.folder / "marked.jsonl"
    file.write_text(text.replace(shown, MARKS[0]), encoding="utf8")
    before = references(node)
    node.cli("wanted", "draft", str(file), person="drafter")
    node.cli("wanted", "approve", "--all", person="approver")
    found = sorted(references(node) - before)
    node.cli("wanted", "publish", *found, person="approver")
    return found


def test_a_marker_is_nowhere_but_in_the_subjects_tables(pair: Pair, metrics: str) -> None:
    found = publish_marked(pair.ma)
    settle(pair, found)
    assert pair.be.sql("SELECT 1 FROM wanted_notice t WHERE t::text LIKE %s", f"%{MARKS[0]}%")
    wait_for(lambda: httpx2.get(metrics, trust_env=False).status_code == 200, pair.ma.log)
    page = httpx2.get(metrics, trust_env=False).text
    names = {one.name for family in text_string_to_metric_families(page) for one in family.samples}
    assert {"mithaq_acts_total", "mithaq_receipt_seconds_bucket", "mithaq_worker_rounds_total"} <= names
    for node in (pair.ma, pair.be):
        texts = {**logs(node), "metrics": page, **tables(node)}
        assert len(texts) > 20
        assert not [place for place, text in texts.items() if any(mark in text for mark in MARKS)]


def test_a_line_of_the_workers_log_is_an_object(pair: Pair, metrics: str) -> None:
    log = Path(pair.ma.folder / "worker.log")
    before = len(log.read_text(encoding="utf8"))
    pair.be.stop("gateway")
    try:
        publish_marked(pair.ma)
        wait_for(lambda: pair.ma.sql("SELECT 1 FROM acts_outbox WHERE state = 'waiting' AND attempts > 1"), pair.ma.log)
    finally:
        pair.be.start("gateway")
    wait_for(lambda: len(log.read_text(encoding="utf8")) > before, pair.ma.log)
    written = log.read_text(encoding="utf8")
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert lines
    assert all(one["process"] == "worker" for one in lines)
    assert not any(mark in written for mark in MARKS)


def logs(node: RunningNode) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf8", errors="replace") for path in node.folder.glob("*.log")}


def tables(node: RunningNode) -> dict[str, str]:
    """Every table but those of subjects, bytes read as text where they are."""
    names = [row[0] for row in node.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    found = {}
    for name in names:
        if not name.startswith(SUBJECTS):
            rows = node.sql(f"SELECT * FROM {name}")
            found[name] = "\n".join(
                bytes(value).decode("utf8", "replace") if isinstance(value, bytes | memoryview) else str(value)
                for row in rows
                for value in row
            )
    return found
