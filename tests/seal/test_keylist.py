"""Key lists: what the root signed is what is read, and nothing else is a key list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError, TrustError
from mithaq.seal import jws, keylist, tls
from mithaq.seal.keylist import KeyList, UnitKeys, read_fields, read_key_list, read_time, sign_key_list, write_time
from tests.seal.keyring import flips, sealing, signing

ISSUED = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
CERTIFICATE = tls.issue_certificate("MA-POLICE", ISSUED, 30, b"words")[0].decode()
LISTED = KeyList(
    authority="MA-POLICE",
    version=3,
    issued=ISSUED,
    expires=ISSUED + timedelta(days=90),
    node=signing("node").public,
    ledger=signing("ledger").public,
    certificate=CERTIFICATE,
    units={f"MA-POLICE/{name}": UnitKeys(signing(name).public, sealing(name).public) for name in ("WANTED", "BORDER")},
)
ROOT = signing("root")


def test_round_trip() -> None:
    token = sign_key_list(LISTED, ROOT)
    assert read_key_list(token, ROOT.public) == LISTED
    assert sign_key_list(read_key_list(token, ROOT.public), ROOT) == token


def test_another_root_does_not_sign_for_this_party() -> None:
    token = sign_key_list(LISTED, signing("other root"))
    with pytest.raises(TrustError, match=r"\[seal\.signer\.unknown\]"):
        read_key_list(token, ROOT.public)


def test_changed_bytes_are_noticed() -> None:
    for wrong in flips(sign_key_list(LISTED, ROOT))[::7]:
        with pytest.raises((TrustError, InputError), match=r"\[seal\."):
            read_key_list(wrong, ROOT.public)


def test_a_statement_of_another_type_is_no_key_list() -> None:
    token = jws.sign(keylist.write_fields(LISTED), [ROOT], "mithaq-plan+jws")
    with pytest.raises(InputError, match=r"\[seal\.token\]"):
        read_key_list(token, ROOT.public)


UNIT = {"signing": signing("a").public.text, "sealing": sealing("a").public.text}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("format", "mithaq/keylist/2", "seal.keylist"),
        ("authority", "", "seal.keylist"),
        ("authority", 1, "seal.keylist"),
        ("authority", "BE-POLICE", "seal.keylist"),
        ("version", 0, "seal.keylist"),
        ("version", True, "seal.keylist"),
        ("version", "1", "seal.keylist"),
        ("issued", "2025-03-01", "seal.time"),
        ("issued", "2025-13-01T00:00:00Z", "seal.time"),
        ("issued", "2025-03-01T00:00:00+01:00", "seal.time"),
        ("expires", "2025-03-01T08:30:00Z", "seal.keylist"),
        ("node", "ed25519:AA", "seal.key"),
        ("node", "rsa:AA", "seal.key"),
        ("ledger", None, "seal.keylist"),
        ("certificate", "-----BEGIN CERTIFICATE-----", "seal.tls.certificate"),
        ("units", [], "seal.keylist"),
        ("units", {"MA-POLICE/WANTED": "x"}, "seal.keylist"),
        ("units", {"MA-POLICE/WANTED": {"signing": UNIT["signing"]}}, "seal.keylist"),
        ("units", {"MA-POLICE/WANTED": {**UNIT, "sealing": UNIT["sealing"][:-1]}}, "seal.bech32"),
        ("units", {"MA-POLICE/WANTED": {**UNIT, "signing": "ed25519:!"}}, "seal.base64"),
        ("units", {"BE-POLICE/WANTED": UNIT}, "seal.keylist"),
    ],
)
def test_fields_that_cannot_be_used(field: str, value: Any, code: str) -> None:
    token = jws.sign({**keylist.write_fields(LISTED), field: value}, [ROOT], keylist.TYPE)
    with pytest.raises(InputError) as caught:
        read_key_list(token, ROOT.public)
    assert caught.value.code == code


@pytest.mark.parametrize("field", sorted(keylist.write_fields(LISTED)))
def test_every_field_is_needed(field: str) -> None:
    fields = keylist.write_fields(LISTED)
    del fields[field]
    with pytest.raises(InputError, match=r"\[seal\.keylist\]"):
        read_fields(fields)


def test_a_field_of_a_later_version_is_passed_over() -> None:
    assert read_fields({**keylist.write_fields(LISTED), "later": {"x": 1}}) == LISTED


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(InputError, match=r"\[seal\.keylist\]"):
        replace(LISTED, issued=ISSUED.replace(tzinfo=None), expires=datetime(2026, 1, 1))  # noqa: DTZ001


@given(st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_times_come_back_to_the_millisecond(moment: datetime) -> None:
    read = read_time(write_time(moment))
    assert timedelta() <= moment - read < timedelta(milliseconds=1)
    assert write_time(read) == write_time(moment)


def test_times_are_written_in_utc() -> None:
    assert write_time(datetime(2025, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))) == "2025-01-01T00:00:00Z"
    assert write_time(datetime(2025, 1, 1, 0, 0, 0, 5000, tzinfo=UTC)) == "2025-01-01T00:00:00.005Z"


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_an_input_error(text: str) -> None:
    with pytest.raises(InputError, match=r"\[seal\.time\]"):
        read_time(text)
