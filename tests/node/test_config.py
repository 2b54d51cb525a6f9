"""The configuration: unknown keys refuse to start, secrets are references, the clock carries a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mithaq.errors import ConfigError
from mithaq.node.clock import clock_of
from mithaq.node.config import parse_config, read_config
from mithaq.node.database import url_of
from mithaq.node.start import database as django_database

GOOD: dict[str, Any] = {
    "authority": "BE-POLICE",
    "gateway": {"port": 1},
    "console": {"port": 2},
    "database": {"embedded": "pg"},
    "keys": {"worker": "file:pass"},
}
PROVIDER = {"name": "Staff", "server": "https://sign-in.example", "client": "mithaq", "secret": "file:x"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"colour": "red"}, "config.unknown"),
        ({"gateway": {"port": 1, "colour": "red"}}, "config.unknown"),
        ({"colours": {"red": 1}}, "config.unknown"),
        ({"authority": 7}, "config.missing_key"),
        ({"gateway": {}}, "config.missing_key"),
        ({"database": {}}, "config.database"),
        ({"database": {"owner": "secret in the file"}}, "config.secret"),
        ({"clock": {"starts": "2026-01-01T00:00:00"}}, "config.clock"),
        ({"accounts": {"colour": "red"}}, "config.unknown"),
        ({"accounts": {"second_factor": "administrator"}}, "config.accounts"),
        ({"console": {**GOOD["console"], "proxies": "127.0.0.1"}}, "config.value"),
        ({"console": {**GOOD["console"], "proxies": ["my-proxy"]}}, "config.value"),
        ({"accounts": {"idle_minutes": 0}}, "config.accounts"),
        ({"accounts": {"session_hours": True}}, "config.accounts"),
        ({"accounts": {"idle_units": {"BE-POLICE/BORDER": "long"}}}, "config.accounts"),
        ({"accounts": {"provider": {"name": "x"}}}, "config.accounts"),
        ({"accounts": {"provider": {**PROVIDER, "server": "http://elsewhere.example"}}}, "config.accounts"),
        ({"accounts": {"provider": {**PROVIDER, "password": "x"}}}, "config.accounts"),
    ],
)
def test_what_is_not_understood_refuses_to_start(change: dict[str, Any], code: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config({**GOOD, **change}, tmp_path / "node.toml")
    assert refused.value.code == code


def test_secrets_are_references(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = parse_config(GOOD, tmp_path / "node.toml")
    with pytest.raises(ConfigError):
        config.passphrase("worker")
    (tmp_path / "pass").write_text("from a file\n")
    assert config.passphrase("worker") == b"from a file"
    monkeypatch.setenv("A_PASS", "from the environment")
    other = parse_config({**GOOD, "keys": {"worker": "env:A_PASS"}}, tmp_path / "node.toml")
    assert other.passphrase("worker") == b"from the environment"
    with pytest.raises(ConfigError):
        parse_config({**GOOD, "keys": {"worker": "plain words"}}, tmp_path / "node.toml").passphrase("worker")


def test_a_role_needs_its_own_url_only(tmp_path: Path) -> None:
    (tmp_path / "gateway.url").write_text("postgresql://mithaq_gateway:x@db.example/mithaq\n")
    urls = {role: f"file:{role}.url" for role in ("owner", "gateway", "worker", "console")}
    config = parse_config({**GOOD, "database": urls}, tmp_path / "node.toml")
    assert url_of(config, "gateway") == "postgresql://mithaq_gateway:x@db.example/mithaq"
    with pytest.raises(ConfigError) as missing:
        url_of(config, "worker")
    assert missing.value.code == "config.secret"


def test_what_a_url_says_of_tls_reaches_the_driver() -> None:
    url = "postgresql://me:a%20b@db.example:5433/mithaq?sslmode=verify-full&sslrootcert=/etc/ca.pem&options=-c%20x=y"
    found = django_database(url)
    assert (found["HOST"], found["PORT"], found["PASSWORD"]) == ("db.example", "5433", "a b")
    assert {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}.items() <= found["OPTIONS"].items()
    # What the address says besides reaches no server: the node's own settings hold.
    assert found["OPTIONS"]["options"] == "-c timezone=UTC -c plan_cache_mode=force_custom_plan"


def test_a_file_that_is_missing_or_broken(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read_config(tmp_path / "none.toml")
    (tmp_path / "node.toml").write_text("authority = ")
    with pytest.raises(ConfigError) as broken:
        read_config(tmp_path / "node.toml")
    assert broken.value.code == "config.syntax"


def test_a_demo_clock_runs_from_its_start(tmp_path: Path) -> None:
    anchor = datetime.now(UTC)
    clock = {"starts": "2026-05-04T03:40:00Z", "anchor": anchor.isoformat()}
    shifted = clock_of(parse_config({**GOOD, "clock": clock}, tmp_path / "node.toml"))
    assert not shifted.is_real
    assert timedelta() <= shifted.now() - datetime(2026, 5, 4, 3, 40, tzinfo=UTC) < timedelta(minutes=5)
    assert clock_of(parse_config(GOOD, tmp_path / "node.toml")).is_real


SOURCE = {"path": "un.xml", "every": "6h", "unit": "BE-POLICE/BORDER"}


def test_a_lists_source(tmp_path: Path) -> None:
    tables = {
        "UN": SOURCE,
        "OFAC": {
            "url": "https://mirror.example/sdn.csv",
            "more": "https://mirror.example/alt.csv",
            "every": "1d",
            "unit": "BE-POLICE/BORDER",
            "confirm": True,
            "ca": "ca.pem",
        },
    }
    found = parse_config({**GOOD, "lists": tables}, tmp_path / "node.toml").lists
    assert (found["UN"].places, found["UN"].every, found["UN"].confirm) == (("un.xml",), timedelta(hours=6), False)
    ofac = found["OFAC"]
    assert (len(ofac.places), ofac.is_url, ofac.confirm, ofac.ca) == (2, True, True, tmp_path / "ca.pem")
    assert parse_config(GOOD, tmp_path / "node.toml").lists == {}


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"XX": SOURCE}, "config.lists"),
        ({"UN": "un.xml"}, "config.lists"),
        ({"UN": {**SOURCE, "colour": "red"}}, "config.unknown"),
        ({"UN": {**SOURCE, "url": "https://mirror.example/un.xml"}}, "config.lists"),
        ({"UN": {**SOURCE, "more": "alt.csv"}}, "config.lists"),
        ({"UN": {**SOURCE, "every": "often"}}, "config.lists"),
        ({"UN": {**SOURCE, "every": "0h"}}, "config.lists"),
        ({"UN": {**SOURCE, "unit": "MA-POLICE/BORDER"}}, "config.lists"),
        ({"UN": {**SOURCE, "confirm": "yes"}}, "config.lists"),
        *(
            ({"EU": {"url": url, "every": "6h", "unit": "BE-POLICE/BORDER"}}, "config.lists")
            for url in ("http://mirror.example/eu", "https://", "https://me:secret@mirror.example/", "https://[x/")
        ),
    ],
)
def test_a_lists_source_that_is_not_right_refuses_to_start(tables: dict[str, Any], code: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config({**GOOD, "lists": tables}, tmp_path / "node.toml")
    assert refused.value.code == code


def test_who_must_have_a_second_factor_and_how_long_a_session_lives(tmp_path: Path) -> None:
    plain = parse_config(GOOD, tmp_path / "node.toml").accounts
    assert plain.second_factor == {"administrator", "supervisor", "oversight", "party-coordinator"}
    assert (plain.idle_of("BE-POLICE/BORDER"), plain.session_hours, plain.provider) == (30, 8, None)
    table = {"second_factor": [], "idle_units": {"BE-POLICE/BORDER": 480}, "provider": PROVIDER}
    found = parse_config({**GOOD, "accounts": table}, tmp_path / "node.toml").accounts
    assert found.second_factor == frozenset()
    assert [found.idle_of(unit) for unit in ("BE-POLICE/BORDER", "BE-POLICE/WANTED")] == [480, 30]
    assert found.provider is not None
    assert found.provider.client == PROVIDER["client"]
