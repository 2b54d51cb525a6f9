"""`mithaq node doctor` on a running node with a running partner: well, and with a door that is shut."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mithaq.node.doctor import doors
from mithaq.seal import tls
from tests.node.authorities import PASSPHRASE
from tests.node.nodes import Pair, RunningNode, free_port

MEANT = ("database.embedded", "clock.own", "certificate.ending", "disk.low", "disk.full")
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n{}"
CLOSED = ("console.silent",)  # these two nodes have no console


@pytest.fixture
def node(pair: Pair) -> RunningNode:
    """BE-POLICE, with the rights of its files as an operator sets them."""
    for path in pair.be.folder.rglob("*"):
        if path.name in {"passphrase", "secret.key", "silences.key", "units", "gateway", "worker", "pg"}:
            path.chmod(0o700 if path.is_dir() else 0o600)
    return pair.be


def examined(node: RunningNode, *words: str) -> tuple[int, dict[str, dict[str, Any]]]:
    done = node.cli("node", "doctor", "--json", *words, ok=(0, 1))
    answer = json.loads(done.stdout)
    assert (done.returncode == 0) == answer["ok"]
    return done.returncode, {one["code"]: one for one in answer["findings"]}


def accepted(*codes: str) -> list[str]:
    return [word for code in codes for word in ("--accept", code)]


def test_a_node_that_is_well(node: RunningNode) -> None:
    status, found = examined(node, *accepted(*MEANT, *CLOSED))
    assert status == 0, found
    assert {"worker", "gateway", "partner", "ledger", "grants", "migrations", "plan", "key-list", "queues"} <= set(
        found
    )
    assert node.cli("node", "doctor", ok=(1,)).stdout.count("[console.silent]") == 1


def test_it_changes_nothing(node: RunningNode) -> None:
    def everything() -> dict[str, str]:
        tables = [row[0] for row in node.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        rows = "SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {} t"
        return {table: node.sql(rows.format(table))[0][0] for table in tables}

    before = everything()
    examined(node)
    assert everything() == before


def test_processes_that_are_gone(node: RunningNode) -> None:
    node.stop("worker", "gateway")
    try:
        _, found = examined(node)
        assert {"worker.silent", "gateway.silent"} <= set(found)
        assert all(one["remedy"] for one in found.values() if one["state"] != "ok")
    finally:
        node.start("worker", "gateway")


def test_a_partner_that_is_gone(pair: Pair, node: RunningNode) -> None:
    pair.ma.stop("gateway")
    try:
        _, found = examined(node)
        assert found["partner.silent"]["state"] == "wrong"
    finally:
        pair.ma.start("gateway")


@contextmanager
def another_door(certificate: bytes, key: bytes, folder: Any, trusted: str = "") -> Iterator[int]:
    """A server with a certificate of the test's choosing; it demands one when it is to trust one."""
    (folder / "x.pem").write_bytes(certificate)
    (folder / "x.key").write_bytes(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "x.pem", folder / "x.key", password=PASSPHRASE)
    if trusted:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=trusted)
    port = free_port()
    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(60)

        def answer() -> None:
            try:
                with context.wrap_socket(server.accept()[0], server_side=True) as one:
                    one.recv(1000)
                    one.sendall(
                        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n{}"
                    )
                    one.recv(1000)
            except OSError:
                pass

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield port
        finally:
            thread.join()


def test_another_certificate_at_the_gateways_port(pair: Pair, tmp_path: Any) -> None:
    other = tls.issue_certificate("BE-POLICE", datetime.now(UTC), 30, PASSPHRASE)
    own = pair.be.config
    for (certificate, key), code in ((other, "gateway.certificate"), (pair.be.authority.certificate, "gateway.open")):
        with another_door(certificate, key, tmp_path) as port:
            (found,) = doors.gateway(replace(own, gateway=replace(own.gateway, port=port)))
        assert found.code == code


def test_what_a_partners_address_may_hold(pair: Pair, tmp_path: Any) -> None:
    own = pair.be.config
    context = doors.tls.client_context(own, "worker", pair.ma.authority.certificate[0].decode())
    other = tls.issue_certificate("MA-POLICE", datetime.now(UTC), 30, PASSPHRASE)
    right = pair.ma.authority.certificate

    def found(port: int) -> list[str]:
        return [one.code for one in doors._asked("MA-POLICE", f"https://127.0.0.1:{port}", context)]

    with another_door(*other, tmp_path) as port:
        assert found(port) == ["partner.certificate"]
    with another_door(*right, tmp_path, trusted=other[0].decode()) as port:
        assert found(port) == ["partner.refuses"]
    with another_door(*right, tmp_path) as port:
        assert found(port) == ["partner.other", "partner.clock"]
