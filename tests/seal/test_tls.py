"""Certificates: a TLS 1.3 handshake between two nodes that pin each other, in memory, and the ways it must fail."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.seal import tls

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
# TLS reads the machine's clock: a century covers any day on which this runs.
LONG_AGO, CENTURY = datetime(2001, 1, 1, tzinfo=UTC), 36500


def _context(folder: Path, name: str, purpose: int, trusted: bytes, issued: tuple[bytes, bytes]) -> ssl.SSLContext:
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    certificate.write_bytes(issued[0])
    key.write_bytes(issued[1])
    context = ssl.SSLContext(purpose)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_STRICT  # the default of later Pythons
    context.load_cert_chain(certificate, key, password=b"words")
    context.load_verify_locations(cadata=trusted.decode())
    return context


def _shake(server: ssl.SSLContext, client: ssl.SSLContext) -> tuple[bytes | None, bytes | None]:
    """The certificates (DER) that each side saw of the other: the server's view, the client's view."""
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [server.wrap_bio(up, down, server_side=True), client.wrap_bio(down, up)]
    for _ in range(4):
        for end in ends[::-1]:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return ends[0].getpeercert(binary_form=True), ends[1].getpeercert(binary_form=True)


def test_two_nodes_that_pin_each_other_connect(tmp_path: Path) -> None:
    ma = tls.issue_certificate("MA-POLICE", LONG_AGO, CENTURY, b"words")
    be = tls.issue_certificate("BE-POLICE", LONG_AGO, CENTURY, b"words")
    server = _context(tmp_path, "be", ssl.PROTOCOL_TLS_SERVER, ma[0], be)
    client = _context(tmp_path, "ma", ssl.PROTOCOL_TLS_CLIENT, be[0], ma)
    assert _shake(server, client) == (
        ssl.PEM_cert_to_DER_cert(ma[0].decode()),
        ssl.PEM_cert_to_DER_cert(be[0].decode()),
    )


def test_a_certificate_of_the_same_name_that_is_not_pinned_is_refused(tmp_path: Path) -> None:
    ma, forged = (tls.issue_certificate("MA-POLICE", LONG_AGO, CENTURY, b"words") for _ in range(2))
    be = tls.issue_certificate("BE-POLICE", LONG_AGO, CENTURY, b"words")
    server = _context(tmp_path, "be", ssl.PROTOCOL_TLS_SERVER, ma[0], be)
    client = _context(tmp_path, "ma", ssl.PROTOCOL_TLS_CLIENT, be[0], forged)
    with pytest.raises(ssl.SSLError, match=r"(?i)certificate"):
        _shake(server, client)


def test_a_certificate_that_has_run_out_is_refused(tmp_path: Path) -> None:
    ma = tls.issue_certificate("MA-POLICE", LONG_AGO, 10, b"words")
    be = tls.issue_certificate("BE-POLICE", LONG_AGO, CENTURY, b"words")
    server = _context(tmp_path, "be", ssl.PROTOCOL_TLS_SERVER, ma[0], be)
    client = _context(tmp_path, "ma", ssl.PROTOCOL_TLS_CLIENT, be[0], ma)
    with pytest.raises(ssl.SSLError, match="expired"):
        _shake(server, client)


def test_the_private_key_is_encrypted(tmp_path: Path) -> None:
    certificate, key = tls.issue_certificate("MA-POLICE", NOW, 10, b"words")
    assert key.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    (tmp_path / "c").write_bytes(certificate)
    (tmp_path / "k").write_bytes(key)
    with pytest.raises(ssl.SSLError):
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tmp_path / "c", tmp_path / "k", password=b"others")


def test_two_processes_hold_one_key_under_two_passphrases(tmp_path: Path) -> None:
    certificate, keys = tls.issue_for("MA-POLICE", NOW, 10, [b"one", b"two"])
    (tmp_path / "c").write_bytes(certificate)
    for key, phrase in zip(keys, (b"one", b"two"), strict=True):
        (tmp_path / "k").write_bytes(key)
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tmp_path / "c", tmp_path / "k", password=phrase)


def test_fingerprints_are_of_the_der_whatever_stands_around_the_pem() -> None:
    first, second = (tls.issue_certificate("MA-POLICE", NOW, 10, b"words")[0] for _ in range(2))
    assert tls.fingerprint(first) == tls.fingerprint(b"a comment\n" + first)
    assert tls.fingerprint(first) != tls.fingerprint(second)
    assert tls.fingerprint(first).startswith("sha256:")


def test_days_left() -> None:
    certificate = tls.issue_certificate("MA-POLICE", NOW, 10, b"words")[0]
    assert tls.days_left(certificate, NOW) == 10
    assert tls.days_left(certificate, NOW + timedelta(days=9, hours=1)) == 0
    assert tls.days_left(certificate, NOW + timedelta(days=10, hours=1)) == -1


@pytest.mark.parametrize("name", ["", "a b", "-A", "A-", "é", "A" * 64, "A.B", "A\n"])
def test_names_that_no_certificate_can_carry(name: str) -> None:
    with pytest.raises(InputError, match=r"\[seal\.tls\.name\]"):
        tls.issue_certificate(name, NOW, 10, b"words")


def test_other_refusals() -> None:
    with pytest.raises(InputError, match=r"\[seal\.tls\.days\]"):
        tls.issue_certificate("MA-POLICE", NOW, 0, b"words")
    with pytest.raises(InputError, match=r"\[seal\.passphrase\.empty\]"):
        tls.issue_certificate("MA-POLICE", NOW, 10, b"")


@given(st.binary(max_size=100) | st.binary(max_size=60).map(lambda rest: b"-----BEGIN CERTIFICATE-----\n" + rest))
def test_any_bytes_are_no_certificate(data: bytes) -> None:
    with pytest.raises(InputError, match=r"\[seal\.tls\.certificate\]"):
        tls.fingerprint(data)
