"""Leaves: one written form, and commitments that open to one content only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from mithaq.errors import InputError, TrustError
from mithaq.ledger.leaf import check_opening, commit, leaf_bytes, read_leaf
from mithaq.seal import canonical

AT = datetime(2025, 3, 1, 10, 0, 0, 5000, tzinfo=UTC)
SALT = bytes(range(32))


def test_a_leaf_is_canonical_json_that_reads_again() -> None:
    data = leaf_bytes("sent", AT, {"message": "1", "act": "publish-notice@1"}, commit(SALT, b"content"))
    assert data == canonical.canonical(
        {
            "format": "mithaq/leaf/1",
            "kind": "sent",
            "at": "2025-03-01T10:00:00.005Z",
            "subject": {"act": "publish-notice@1", "message": "1"},
            "commitment": canonical.encode_digest(sha256(SALT + b"content").digest()),
        }
    )
    leaf = read_leaf(data)
    assert (leaf.kind, leaf.at, dict(leaf.facts)) == ("sent", AT, {"message": "1", "act": "publish-notice@1"})


def test_a_commitment_opens_to_its_content_only() -> None:
    leaf = read_leaf(leaf_bytes("sent", AT, {}, commit(SALT, b"content")))
    check_opening(leaf, SALT, b"content")
    for salt, content in ((SALT, b"contend"), (bytes(32), b"content")):
        with pytest.raises(TrustError, match=r"ledger\.commitment"):
            check_opening(leaf, salt, content)
    with pytest.raises(InputError, match=r"ledger\.salt"):
        check_opening(leaf, SALT + b"c", b"ontent")


def test_time_is_written_in_utc_and_needs_a_zone() -> None:
    there = AT.astimezone(timezone(timedelta(hours=1)))
    assert leaf_bytes("sent", there, {}, "") == leaf_bytes("sent", AT, {}, "")
    with pytest.raises(InputError):
        leaf_bytes("sent", AT.replace(tzinfo=None), {}, "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        leaf_bytes("sent", AT, {}, "") + b" ",
        leaf_bytes("sent", AT, {}, "").replace(b"leaf/1", b"leaf/2"),
        leaf_bytes("sent", AT, {}, "").replace(b"Z", b"+00:00"),
        leaf_bytes("sent", AT, {}, "").replace(b"03-01", b"02-30"),
        leaf_bytes("sent", AT, {}, "").replace(b"{}", b'{"act":1}'),
        leaf_bytes("sent", AT, {}, "").replace(b'"sent"', b"null"),
        leaf_bytes("sent", AT, {}, "").replace(b'"kind"', b'"a":1,"kind"'),
    ],
)
def test_what_is_no_leaf_is_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError):
        read_leaf(data)
