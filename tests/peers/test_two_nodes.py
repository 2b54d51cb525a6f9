"""Two nodes of real processes: the road end to end over mutual TLS, and its faults (SIGKILL: `test_sigkill.py`)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from mithaq.node.acts import wire
from mithaq.seal import tls
from tests.node import acts_material as material
from tests.node.authorities import PASSPHRASE
from tests.node.nodes import Pair, RunningNode, wait_for


def publish(node: RunningNode, count: int = 1, *, now: bool = True) -> list[str]:
    """Draft, approve and (with `now`) publish notices through the command line; returns their references."""
    lines = []
    for _ in range(count):
        content = wire.encode(material.content(portrait=None))
        lines.append(json.dumps(content, ensure_ascii=False))
    file = node.folder / "notices.jsonl"
    file.write_text("\n".join(lines), encoding="utf8")
    before = references(node)
    node.cli("wanted", "draft", str(file), person="drafter")
    node.cli("wanted", "approve", "--all", person="approver")
    found = sorted(references(node) - before)
    if now:
        node.cli("wanted", "publish", *found, person="approver")
    return found


def references(node: RunningNode) -> set[str]:
    return {row[0] for row in node.sql("SELECT reference FROM wanted_notice WHERE authority = %s", node.authority.id)}


def held(node: RunningNode, reference: str) -> list[tuple[Any, ...]]:
    return node.sql("SELECT state FROM wanted_notice WHERE reference = %s", reference)


def receipts(node: RunningNode, reference: str) -> list[str]:
    query = """SELECT r.kind FROM acts_receipt r JOIN acts_wish w ON w.message = r.message
        JOIN wanted_notice n ON n.id::text = w.record WHERE n.reference = %s AND NOT r.outgoing ORDER BY r.id"""
    return [row[0] for row in node.sql(query, reference)]


def arrived(pair: Pair, reference: str) -> bool:
    return held(pair.be, reference) == [("active",)] and "R2" in receipts(pair.ma, reference)


def settle(pair: Pair, found: list[str]) -> None:
    wait_for(
        lambda: all(arrived(pair, reference) for reference in found),
        lambda: (
            f"{[(one, held(pair.be, one), receipts(pair.ma, one)) for one in found]}\n{pair.ma.log()}\n{pair.be.log()}"
        ),
    )


def check_nothing_twice(pair: Pair) -> None:
    """One record a message, one message a wish, gapless sequences, one leaf for each step."""
    assert pair.be.sql("SELECT reference FROM wanted_notice GROUP BY reference HAVING count(*) > 1") == []
    assert (
        pair.ma.sql("SELECT message FROM acts_receipt WHERE NOT outgoing GROUP BY message, kind HAVING count(*) > 1")
        == []
    )
    numbers = [row[0] for row in pair.ma.sql("SELECT sequence FROM acts_outbox ORDER BY sequence")]
    assert numbers == list(range(1, len(numbers) + 1))
    for node, kind in ((pair.ma, "sent"), (pair.be, "received"), (pair.be, "delivered")):
        leaves = node.sql("SELECT subject, count(*) FROM acts_leaf WHERE kind = %s GROUP BY subject", kind)
        assert len(leaves) == len(numbers), (kind, leaves, numbers)
        assert {count for _, count in leaves} == {1}


def test_passwords_are_hashed_at_full_cost(pair: Pair) -> None:
    """As Django does it by itself; nodes inside a test process hash at the least cost there is."""
    for node in (pair.ma, pair.be):
        kept = {row[0].rpartition("$")[0].rpartition("$")[0] for row in node.sql("SELECT password FROM accounts_user")}
        assert kept == {"argon2$argon2id$v=19$m=102400,t=2,p=8"}


def test_a_notice_goes_over_and_its_receipts_come_back(pair: Pair) -> None:
    found = publish(pair.ma, 3)
    settle(pair, found)
    assert all(sorted(receipts(pair.ma, one)) == ["R0", "R2"] for one in found)
    check_nothing_twice(pair)
    message = pair.ma.sql("SELECT message FROM acts_outbox ORDER BY sequence LIMIT 1")[0][0]
    bundle = pair.ma.folder / "bundle.json"
    pair.ma.cli("exchange", "prove", str(message), "--out", str(bundle), person="coordinator")
    roots = [
        word for one in (pair.world.ma, pair.world.be) for word in ("--root", f"{one.party}={one.root.public.text}")
    ]
    assert pair.ma.cli("ledger", "verify", str(bundle), *roots).returncode == 0


def test_a_partner_that_is_down_then_up(pair: Pair) -> None:
    pair.be.stop("gateway")
    found = publish(pair.ma)
    wait_for(lambda: pair.ma.sql("SELECT 1 FROM acts_outbox WHERE state = 'waiting' AND attempts > 1"), pair.ma.log)
    assert held(pair.be, found[0]) == []
    pair.be.start("gateway")
    settle(pair, found)
    check_nothing_twice(pair)


def test_a_wrong_client_certificate_gets_no_word_in(pair: Pair) -> None:
    stranger = tls.issue_certificate("MA-POLICE", datetime.now(UTC), 5, PASSPHRASE)
    before = pair.be.sql("SELECT count(*) FROM acts_inbox")
    with (
        pytest.raises((httpx2.HTTPError, OSError)),
        httpx2.Client(verify=pair.be.client_context(*stranger), trust_env=False) as client,
    ):
        client.post(f"{pair.be.gateway}/messages", content=b"x")
    import ssl

    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    nobody.check_hostname = False
    nobody.load_verify_locations(cadata=pair.be.authority.certificate[0].decode())
    with pytest.raises((httpx2.HTTPError, OSError)), httpx2.Client(verify=nobody, trust_env=False) as client:
        client.get(f"{pair.be.gateway}/alive")
    # The right one is let in; what it says is then judged by its signatures.
    certificate = (pair.world.ma.certificate[0], pair.world.ma.certificate[1])
    with httpx2.Client(verify=pair.be.client_context(*certificate), trust_env=False) as client:
        assert client.get(f"{pair.be.gateway}/alive").json() == {"node": "BE-POLICE"}
        assert client.post(f"{pair.be.gateway}/messages", content=b"x").status_code == 400
        assert client.post(f"{pair.be.gateway}/messages", content=b"x" * 3_000_000).status_code == 413
        assert client.post(f"{pair.be.gateway}/receipts", content=b"x").status_code == 400
        assert client.get(f"{pair.be.gateway}/messages").status_code == 405
    assert pair.be.sql("SELECT count(*) FROM acts_inbox") == before
