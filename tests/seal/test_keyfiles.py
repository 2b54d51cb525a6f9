"""Key files: private, whole, never replaced, opened by their passphrase only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mithaq.errors import ConfigError, InputError, StateError, TrustError
from mithaq.seal import keyfiles, passphrase
from mithaq.seal.keys import load_sealing, load_signing, save_sealing, save_signing
from tests.seal.keyring import sealing, signing

WORDS = b"a passphrase for tests"


def test_a_signing_key_comes_back(tmp_path: Path) -> None:
    save_signing(tmp_path / "node.key", signing("a"), WORDS)
    assert load_signing(tmp_path / "node.key", WORDS).seed == signing("a").seed


def test_a_sealing_key_comes_back_and_is_what_age_writes(tmp_path: Path) -> None:
    save_sealing(tmp_path / "unit.key", sealing("a"), WORDS)
    assert load_sealing(tmp_path / "unit.key", WORDS).seed == sealing("a").seed
    assert passphrase.unlock((tmp_path / "unit.key").read_bytes(), WORDS) == f"{sealing('a').identity}\n".encode()


def test_files_are_private_and_no_draft_is_left(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        save_signing(tmp_path / "node.key", signing("a"), WORDS, work=2)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "node.key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["node.key"]
    assert signing("a").seed not in (tmp_path / "node.key").read_bytes()


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    save_signing(tmp_path / "node.key", signing("a"), WORDS, work=2)
    before = (tmp_path / "node.key").read_bytes()
    with pytest.raises(StateError, match=r"\[seal\.key\.exists\]"):
        save_signing(tmp_path / "node.key", signing("b"), WORDS, work=2)
    assert (tmp_path / "node.key").read_bytes() == before
    assert os.listdir(tmp_path) == ["node.key"]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyfiles.os, "fsync", full)
    with pytest.raises(ConfigError, match=r"No space left.*\[seal\.key\.write\]"):
        save_signing(tmp_path / "node.key", signing("a"), WORDS, work=2)
    assert os.listdir(tmp_path) == []


def test_a_directory_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[seal\.key\.write\]"):
        save_signing(tmp_path / "none" / "node.key", signing("a"), WORDS, work=2)


def test_what_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[seal\.key\.missing\]"):
        load_signing(tmp_path / "node.key", WORDS)
    with pytest.raises(ConfigError, match=r"\[seal\.key\.read\]"):
        load_sealing(tmp_path, WORDS)


def test_wrong_and_empty_passphrases(tmp_path: Path) -> None:
    save_signing(tmp_path / "node.key", signing("a"), WORDS, work=2)
    save_sealing(tmp_path / "unit.key", sealing("a"), WORDS, work=2)
    for wrong in (b"", WORDS + b"\n", WORDS.upper()):
        with pytest.raises(TrustError, match=r"\[seal\.passphrase\]"):
            load_signing(tmp_path / "node.key", wrong)
        with pytest.raises(TrustError, match=r"\[seal\.passphrase\]"):
            load_sealing(tmp_path / "unit.key", wrong)
    with pytest.raises(InputError, match=r"\[seal\.passphrase\.empty\]"):
        save_signing(tmp_path / "other.key", signing("a"), b"")


def test_a_key_of_one_kind_is_not_read_as_the_other(tmp_path: Path) -> None:
    save_signing(tmp_path / "node.key", signing("a"), WORDS, work=2)
    save_sealing(tmp_path / "unit.key", sealing("a"), WORDS, work=2)
    with pytest.raises(InputError, match=r"\[seal\.key\.file\]"):
        load_sealing(tmp_path / "node.key", WORDS)
    with pytest.raises(InputError, match=r"\[seal\.key\.file\]"):
        load_signing(tmp_path / "unit.key", WORDS)


@pytest.mark.parametrize(
    "content", [b"", b"MITHAQ-ED25519-SECRET-", b"MITHAQ-ED25519-SECRET-AAAA\n", b"\xff\xfe", b"\n"]
)
def test_files_that_hold_something_else(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "node.key").write_bytes(passphrase.lock(content, WORDS, work=2))
    for load in (load_signing, load_sealing):
        with pytest.raises(InputError, match=r"\[seal\.key\.file\]"):
            load(tmp_path / "node.key", WORDS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120))
def test_any_bytes_are_no_key_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "node.key").write_bytes(data)
    with pytest.raises(InputError, match=r"\[seal\.key\.file\]"):
        load_signing(tmp_path / "node.key", WORDS)


def test_a_file_that_demands_too_much_work_is_refused_before_any(tmp_path: Path) -> None:
    locked = passphrase.lock(b"x", WORDS, work=2).replace(b" 2\n", b" 40\n", 1)
    (tmp_path / "node.key").write_bytes(locked)
    with pytest.raises(InputError, match=r"\[seal\.key\.file\]"):
        load_signing(tmp_path / "node.key", WORDS)
