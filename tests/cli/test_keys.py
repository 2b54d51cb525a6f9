"""`mithaq keys`: from nothing to a signed key list, by the command line alone."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mithaq.cli import keys, main
from mithaq.cli.exits import BAD_INPUT, FINDING, REFUSED, USAGE
from mithaq.seal import age, passphrase, tls
from mithaq.seal.keylist import read_key_list
from mithaq.seal.keys import VerifyKey, load_sealing, load_signing

UNITS = ("MA-POLICE/WANTED", "MA-POLICE/BORDER")
NOW = "2025-03-01T08:30:00Z"
WORDS = b"words for tests"
REAL_ROOT_WORK = keys.ROOT_WORK  # before the fixture makes it cheap


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words"
    path.write_bytes(WORDS + b"\n")
    return path


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "ROOT_WORK", 4)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The exit code of a command line."""
    monkeypatch.setattr(sys, "argv", ["mithaq", "keys", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def make_root(monkeypatch: pytest.MonkeyPatch, out: Path, words: Path) -> int:
    return run(monkeypatch, "root", "--party", "MA", "--out", out, "--passphrase-file", words)


def make_authority(monkeypatch: pytest.MonkeyPatch, out: Path, words: Path, *more: object) -> int:
    units = [word for name in UNITS for word in ("--unit", name)]
    standard = ("--authority", "MA-POLICE", *units, "--out", out, "--passphrase-file", words, "--now", NOW)
    return run(monkeypatch, "authority", *standard, *more)


def make_list(monkeypatch: pytest.MonkeyPatch, folder: Path, words: Path, *more: object) -> int:
    standard = ("--authority-dir", folder / "node", "--root", folder / "root/root.key", "--passphrase-file", words)
    return run(monkeypatch, "list", *standard, "--out", folder / "list.jws", "--now", NOW, *more)


def test_root(tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert make_root(monkeypatch, tmp_path / "root", words) == 0
    out = capsys.readouterr().out
    assert out == (tmp_path / "root/root.pub").read_text()
    assert VerifyKey.parse(out.strip()) == load_signing(tmp_path / "root/root.key", WORDS).public


def test_authority_makes_a_directory_for_each_process(
    tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_authority(monkeypatch, tmp_path / "node", words) == 0
    assert capsys.readouterr().out == ""
    node = tmp_path / "node"
    files = {str(path.relative_to(node)) for path in node.rglob("*") if path.is_file()}
    assert files == {
        "public.json",
        *(f"{role}/{name}" for role in ("gateway", "worker") for name in ("node.key", "tls.key", "tls.pem")),
        "worker/ledger.key",
        *(f"worker/units/{unit}.{use}.key" for unit in ("WANTED", "BORDER") for use in ("signing", "sealing")),
    }
    assert os.listdir(node / "console") == []
    secret = set(node.rglob("*.key"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in node.rglob("*") if path.is_dir()} == {0o700}


def test_public_parts_are_those_of_the_private_ones(
    tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make_authority(monkeypatch, tmp_path / "node", words) == 0
    node = tmp_path / "node"
    public = json.loads((node / "public.json").read_text())
    gateway, worker = (load_signing(node / role / "node.key", WORDS) for role in ("gateway", "worker"))
    assert gateway.public.text == worker.public.text == public["node"]
    assert load_signing(node / "worker/ledger.key", WORDS).public.text == public["ledger"]
    assert (node / "gateway/tls.pem").read_text() == (node / "worker/tls.pem").read_text() == public["certificate"]
    assert tls.days_left(public["certificate"].encode(), datetime(2025, 3, 1, 8, 30, tzinfo=UTC)) == 825
    for name in UNITS:
        stem = node / "worker/units" / name.split("/")[1]
        assert load_signing(Path(f"{stem}.signing.key"), WORDS).public.text == public["units"][name]["signing"]
        assert load_sealing(Path(f"{stem}.sealing.key"), WORDS).public.text == public["units"][name]["sealing"]


def test_list_is_signed_by_the_root_and_its_keys_work(
    tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_root(monkeypatch, tmp_path / "root", words) == 0
    assert make_authority(monkeypatch, tmp_path / "node", words) == 0
    assert make_list(monkeypatch, tmp_path, words, "--version", 2, "--days", 90) == 0
    root = VerifyKey.parse((tmp_path / "root/root.pub").read_text().strip())
    listed = read_key_list((tmp_path / "list.jws").read_bytes(), root)
    assert (listed.authority, listed.version, sorted(listed.units)) == ("MA-POLICE", 2, sorted(UNITS))
    assert (listed.issued, listed.expires) == (
        datetime(2025, 3, 1, 8, 30, tzinfo=UTC),
        datetime(2025, 5, 30, 8, 30, tzinfo=UTC),
    )
    sealed = age.seal(b"for the unit", [listed.units["MA-POLICE/WANTED"].sealing])
    assert age.unseal(sealed, load_sealing(tmp_path / "node/worker/units/WANTED.sealing.key", WORDS)) == b"for the unit"


def test_each_process_may_have_a_passphrase_of_its_own(
    tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"gateway words")
    assert make_authority(monkeypatch, tmp_path / "node", words, "--gateway-passphrase-file", other) == 0
    gateway = load_signing(tmp_path / "node/gateway/node.key", b"gateway words")
    assert load_signing(tmp_path / "node/worker/node.key", WORDS).kid == gateway.kid


def test_nothing_is_replaced(
    tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_root(monkeypatch, tmp_path / "root", words) == 0
    assert make_authority(monkeypatch, tmp_path / "node", words) == 0
    assert make_list(monkeypatch, tmp_path, words, "--version", 1) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert make_root(monkeypatch, tmp_path / "root", words) == REFUSED
    assert make_authority(monkeypatch, tmp_path / "node", words) == REFUSED
    assert make_list(monkeypatch, tmp_path, words, "--version", 2) == REFUSED
    assert capsys.readouterr().err.count("[seal.key.exists]") == 3
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_refusals(
    tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ("--out", tmp_path / "node")
    missing, empty = tmp_path / "missing", tmp_path / "empty"
    empty.write_bytes(b" \n")
    use = ("--passphrase-file", words)
    cases: list[tuple[int, str, tuple[object, ...]]] = [
        (BAD_INPUT, "keys.unit", ("authority", "--authority", "MA-POLICE", "--unit", "BE-POLICE/WANTED", *out, *use)),
        (BAD_INPUT, "keys.name", ("authority", "--authority", "MA-POLICE", "--unit", "MA-POLICE/../X", *out, *use)),
        (BAD_INPUT, "keys.name", ("authority", "--authority", "ma", "--unit", "ma/WANTED", *out, *use)),
        (BAD_INPUT, "keys.name", ("root", "--party", "M A", *out, *use)),
        (BAD_INPUT, "seal.passphrase.empty", ("root", "--party", "MA", *out, "--passphrase-file", empty)),
        (USAGE, "keys.passphrase", ("root", "--party", "MA", *out, "--passphrase-file", missing)),
        (USAGE, "", ("authority", "--authority", "MA-POLICE", *out, *use)),
    ]
    for code, word, arguments in cases:
        assert run(monkeypatch, *arguments) == code, arguments
        assert word in capsys.readouterr().err
    assert make_authority(monkeypatch, tmp_path / "node", words, "--now", "yesterday") == BAD_INPUT
    assert make_authority(monkeypatch, tmp_path / "node", words, "--days", 0) == BAD_INPUT
    assert not list(tmp_path.rglob("*.key"))
    assert run(monkeypatch, "root", "--party", "MA", "--out", words / "below", *use) == USAGE  # a file is in the way
    assert "[seal.key.write]" in capsys.readouterr().err


def test_list_refusals(
    tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_list(monkeypatch, tmp_path, words, "--version", 1) == USAGE  # no public.json yet
    (tmp_path / "node").mkdir()
    for wrong in (b"", b"[]", b"{}", b'{"authority":"MA-POLICE"}'):
        (tmp_path / "node/public.json").write_bytes(wrong)
        assert make_list(monkeypatch, tmp_path, words, "--version", 1) == BAD_INPUT
    (tmp_path / "node/public.json").unlink()
    (tmp_path / "node").rmdir()
    assert make_root(monkeypatch, tmp_path / "root", words) == 0
    assert make_authority(monkeypatch, tmp_path / "node", words) == 0
    assert make_list(monkeypatch, tmp_path, words, "--version", 0) == BAD_INPUT
    words.write_bytes(b"other words")
    assert make_list(monkeypatch, tmp_path, words, "--version", 1) == FINDING
    assert "[seal.passphrase]" in capsys.readouterr().err
    assert not (tmp_path / "list.jws").exists()


def test_the_root_costs_more_to_guess_than_a_service_key() -> None:
    assert passphrase.WORK < REAL_ROOT_WORK <= passphrase.WORK_LIMIT
