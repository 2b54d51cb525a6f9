"""`mithaq node doctor`, the machine: each thing is broken for real, and found by its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from mithaq.node.config import Config, read_config
from mithaq.node.doctor import examine, machine
from mithaq.node.doctor.findings import OUTCOMES, Finding, found
from mithaq.seal import tls
from tests.node.authorities import PASSPHRASE, world
from tests.node.here import write_config

NOW = datetime.now(UTC)


def codes(findings: Iterable[Finding]) -> list[str]:
    return [one.code for one in findings]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """The files of a node as an operator lays them."""
    path = write_config(tmp_path, world().be)
    for one in (tmp_path / "passphrase", tmp_path / "secret.key", tmp_path / "silences.key"):
        one.chmod(0o600)
    for one in (tmp_path / "keys").rglob("*"):
        if one.is_dir():
            one.chmod(0o700)
    return read_config(path)


def certify(config: Config, name: str, starts: datetime, days: int) -> None:
    """Give the node another certificate."""
    certificate, keys = tls.issue_for(name, starts, days, [PASSPHRASE, PASSPHRASE])
    for role, key in zip(("gateway", "worker"), keys, strict=True):
        for file, data in (("tls.pem", certificate), ("tls.key", key)):
            (config.keys / role / file).unlink()
            (config.keys / role / file).write_bytes(data)


def test_a_node_that_is_well(config: Config) -> None:
    certify(config, "BE-POLICE", NOW, 400)
    for check in (machine.secrets, machine.rights, machine.keys, machine.certificate, machine.kernel):
        found = list(check(config))
        if check is machine.rights:  # as `certify` writes them
            (config.keys / "gateway" / "tls.key").chmod(0o600)
            (config.keys / "worker" / "tls.key").chmod(0o600)
            found = list(check(config))
        assert [one.state for one in found] == ["ok"], found
    assert codes(machine.translations(config)) == ["translations"]
    assert codes(machine.clock(config)) == ["clock"]
    assert codes(machine.proxies(config)) == ["proxies"]
    public = replace(config, public_url="https://mithaq.police.example")
    assert codes(machine.proxies(public)) == ["proxies.none"]
    assert codes(machine.proxies(replace(public, console_proxies=(ip_network("10.0.0.0/8"),)))) == ["proxies"]


def test_a_configuration_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text('authority = "BE-POLICE"\ncolour = "red"', encoding="utf8")
    (found,) = examine.examine(tmp_path / "node.toml")
    assert found.code == "configuration.unread"
    assert "colour" in found.detail


def test_a_secret_that_is_gone(config: Config) -> None:
    (config.directory / "secret.key").unlink()
    assert codes(machine.secrets(config)) == ["configuration.secret"]


@pytest.mark.parametrize(
    ("place", "mode", "least"),
    [("keys/worker", 0o750, "0700"), ("passphrase", 0o644, "0600"), ("keys/gateway/node.key", 0o640, "0600")],
)
def test_rights_that_are_too_wide(config: Config, place: str, mode: int, least: str) -> None:
    assert codes(machine.rights(config)) == ["rights"]
    (config.directory / place).chmod(mode)
    (found,) = machine.rights(config)
    assert found.code == "rights.open"
    assert found.advice == f"chmod {least} {config.directory / place}"


def test_a_database_url_that_others_may_read(config: Config) -> None:
    (config.directory / "owner.url").write_text("postgresql://mithaq_owner:x@db.example/mithaq", encoding="utf8")
    (config.directory / "owner.url").chmod(0o604)
    assert codes(machine.rights(replace(config, databases={"owner": "file:owner.url"}))) == ["rights.open"]


def test_a_passphrase_that_is_another(config: Config) -> None:
    (config.directory / "passphrase").write_text("another", encoding="utf8")
    assert codes(machine.keys(config)) == ["keys.unread", "keys.unread"]
    assert codes(machine.certificate(config)) == ["certificate.unread", "certificate.unread"]


def test_a_key_of_another_node(config: Config) -> None:
    world().ma.write_keys(config.directory / "others")
    (config.keys / "gateway" / "node.key").unlink()
    (config.directory / "others" / "gateway" / "node.key").rename(config.keys / "gateway" / "node.key")
    assert codes(machine.keys(config)) == ["keys.differ"]


def test_a_key_file_that_is_gone(config: Config) -> None:
    (config.keys / "worker" / "ledger.key").unlink()
    assert codes(machine.keys(config)) == ["keys.unread"]


@pytest.mark.parametrize(
    ("name", "starts", "days", "expected"),
    [
        ("BE-POLICE", NOW, 20, ["certificate.ending"]),
        ("BE-POLICE", NOW - timedelta(days=40), 30, ["certificate.over"]),
        ("BE-POLICE", NOW + timedelta(days=40), 30, ["certificate.over"]),
        ("MA-POLICE", NOW, 400, ["certificate.name", "certificate"]),
    ],
)
def test_a_certificate(config: Config, name: str, starts: datetime, days: int, expected: list[str]) -> None:
    certify(config, name, starts, days)
    assert codes(machine.certificate(config)) == expected


def test_a_disk(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, code in ((50, "disk"), (7, "disk.low"), (2, "disk.full")):
        usage = type("usage", (), {"total": 100 * 2**30, "free": free * 2**30})
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda _place, usage=usage: usage)
        assert codes(machine.disk(config)) == [code]


def test_a_language_that_is_not_compiled(config: Config) -> None:
    assert codes(machine.translations(replace(config, languages=("en", "fr", "tlh")))) == ["translations.missing"]


def test_a_clock_of_its_own(config: Config) -> None:
    assert codes(machine.clock(replace(config, clock_starts=NOW))) == ["clock.own"]


def test_a_check_that_fails_is_a_finding(config: Config) -> None:
    def broken(_config: Config) -> list[Finding]:
        raise ValueError("with a name in it")

    (found,) = examine.checks({"it": broken}, config)
    assert (found.code, found.state) == ("doctor.fault", "wrong")
    assert "name" not in found.detail.replace("The check it", "")


def test_the_database_that_does_not_run_is_told_and_nothing_is_started(config: Config) -> None:
    found = codes(examine.examine(config.path))
    assert found[-1] == "database.stopped"
    assert config.embedded is not None
    assert not config.embedded.exists()


def test_what_is_accepted_is_well() -> None:
    assert {state for state, _, _ in OUTCOMES.values()} == {"ok", "warn", "wrong"}
    warned = Finding("database.embedded", "warn", "", "", {})
    assert not examine.is_well([warned])
    assert examine.is_well([warned], ["database.embedded"])


def test_what_is_wrong_says_what_to_do() -> None:
    assert not [code for code, (state, _, remedy) in OUTCOMES.items() if (state != "ok") != bool(remedy)]


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "prend fin dans 7 jours"), ("nl", "verloopt over 7 dagen"), ("ar", "بعد 7 أيام"), ("en", "ends in 7 days")],
)
def test_a_finding_is_told_in_a_language(language: str, told: str) -> None:
    one = found("certificate.ending", days=7)
    detail, advice = one.told(language)
    assert told in detail
    assert (advice == one.advice) == (language == "en")
    assert found("keys", count=3).told(language)[1] == ""


@pytest.mark.parametrize("language", ["fr", "nl", "ar"])
def test_every_sentence_has_its_words(language: str) -> None:
    """But for what is a command or another's words."""
    same = [code for code, (state, sentence, _) in OUTCOMES.items() if found(code).told(language)[0] == sentence]
    assert same == []
