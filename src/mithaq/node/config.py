"""The configuration of a node: one frozen object, read once from `node.toml` and passed explicitly.

Rule: a key that is not known refuses to start; a secret is never in the file, only a reference to it (`file:PATH` or
`env:NAME`). Paths are relative to the file. Design: architecture, "Names, sizes, comments" and "Storage and jobs".
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from mithaq.errors import ConfigError
from mithaq.node.account_settings import KEYS, AccountSettings, account_settings
from mithaq.node.list_sources import ListSource, list_sources

Network = IPv4Network | IPv6Network
ROLES = ("gateway", "worker", "console")


@dataclass(frozen=True, slots=True)
class Door:
    """Where a server listens."""

    host: str
    port: int

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Config:
    """What one node needs to know to run. `databases` maps a role (and `owner`) to a connection URL, or a reference to
    one, which only who connects as that role resolves: the gateway's user need not be able to read the worker's."""

    path: Path
    authority: str
    gateway: Door
    console: Door
    console_workers: int
    hold_minutes: int
    public_url: str
    console_proxies: tuple[Network, ...]
    embedded: Path | None
    databases: Mapping[str, str]
    keys: Path
    passphrases: Mapping[str, str]
    secret_key: str
    silences: str
    partners: Mapping[str, str]
    languages: tuple[str, ...]
    time_zones: tuple[str, ...]
    clock_starts: datetime | None
    clock_anchor: datetime | None
    banner: str
    log_level: str
    log_format: str
    metrics: Door | None
    lists: Mapping[str, ListSource]
    accounts: AccountSettings

    @property
    def directory(self) -> Path:
        """The folder that relative paths in the file start from."""
        return self.path.parent

    def passphrase(self, role: str) -> bytes:
        """The passphrase of a role's key files; ConfigError when the reference does not resolve."""
        return secret(self.passphrases.get(role, ""), self.directory, f"passphrases.{role}").encode()


_TABLES: dict[str, frozenset[str]] = {
    "": frozenset({"authority", "languages", "time_zones", "banner", "log_level", "log_format"}),
    "gateway": frozenset({"host", "port"}),
    "console": frozenset({"host", "port", "workers", "hold_minutes", "public_url", "proxies", "secret_key"}),
    "database": frozenset({"embedded", "owner", *ROLES}),
    "keys": frozenset({"directory", "silences", *ROLES}),
    "partners": frozenset(),
    "clock": frozenset({"starts", "anchor"}),
    "lists": frozenset(),
    "accounts": KEYS,
    "metrics": frozenset({"host", "port"}),
}


def read_config(path: Path) -> Config:
    """Read and check `node.toml`. Raises ConfigError that names the key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        raise ConfigError("config.missing", f"There is no configuration at {path}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("config.syntax", f"The configuration is not TOML: {error}", where=str(path)) from None
    return parse_config(data, path.resolve())


def parse_config(data: Mapping[str, Any], path: Path) -> Config:
    """The same from a parsed document."""
    _refuse_unknown(data, path)
    database, keys, console = _table(data, "database"), _table(data, "keys"), _table(data, "console")
    clock = _table(data, "clock")
    embedded = path.parent / database["embedded"] if "embedded" in database else None
    if embedded is None and "owner" not in database:
        raise ConfigError("config.database", "Name [database] embedded, or the URLs owner, gateway, worker, console.")
    return Config(
        path=path,
        authority=_need(data, "authority", str),
        gateway=_door(_table(data, "gateway"), "gateway"),
        console=_door(console, "console"),
        console_workers=int(console.get("workers", 1)),
        hold_minutes=int(console.get("hold_minutes", 15)),
        public_url=str(console.get("public_url", "")),
        console_proxies=_proxies(console.get("proxies", ())),
        embedded=embedded,
        databases={
            role: _reference(str(url), f"database.{role}") for role, url in database.items() if role != "embedded"
        },
        keys=path.parent / str(keys.get("directory", "keys")),
        passphrases={role: str(keys[role]) for role in ROLES if role in keys},
        secret_key=str(console.get("secret_key", "file:secret.key")),
        silences=str(keys.get("silences", "")),
        partners={name: str(url) for name, url in _table(data, "partners").items()},
        languages=tuple(data.get("languages", ("en", "fr", "nl", "ar"))),
        time_zones=tuple(data.get("time_zones", ("Africa/Casablanca", "Europe/Brussels"))),
        clock_starts=_instant(clock, "starts"),
        clock_anchor=_instant(clock, "anchor"),
        banner=str(data.get("banner", "")),
        log_level=str(data.get("log_level", "WARNING")),
        log_format=_one_of(str(data.get("log_format", "line")), ("line", "json"), "log_format"),
        metrics=_own_door(_table(data, "metrics")),
        lists=list_sources(_table(data, "lists"), _need(data, "authority", str), path.parent),
        accounts=account_settings(_table(data, "accounts")),
    )


def _reference(text: str, name: str) -> str:
    """The reference itself, which must be one of the kinds that `secret` resolves."""
    if text.partition(":")[0] not in {"file", "env", "postgresql", "postgres"}:
        raise ConfigError("config.secret", f"{name} must be a reference, file:PATH or env:NAME.", where=name)
    return text


def secret(reference: str, directory: Path, name: str) -> str:
    """The value behind `file:PATH` or `env:NAME`; a value without a scheme is taken as it is only for URLs."""
    kind, _, rest = reference.partition(":")
    if kind == "file":
        place = directory / rest
        if not place.exists():
            raise ConfigError("config.secret", f"The file that {name} refers to is missing.", where=str(place))
        return place.read_text(encoding="utf8").strip()
    if kind == "env":
        if rest not in os.environ:
            raise ConfigError("config.secret", f"The environment variable {rest} that {name} refers to is not set.")
        return os.environ[rest]
    if kind in {"postgresql", "postgres"}:
        return reference
    raise ConfigError("config.secret", f"{name} must be a reference, file:PATH or env:NAME.", where=name)


def _refuse_unknown(data: Mapping[str, Any], path: Path) -> None:
    for key, value in data.items():
        if isinstance(value, dict):
            known = _TABLES.get(key)
            extra = [] if known is None or key in {"partners", "lists"} else sorted(set(value) - known)
            if known is None or extra:
                raise ConfigError(
                    "config.unknown", f"Unknown configuration [{key}] {' '.join(extra)}.", where=str(path)
                )
        elif key not in _TABLES[""]:
            raise ConfigError("config.unknown", f"Unknown configuration key {key}.", where=str(path))


def _table(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = data.get(name, {})
    return table


def _need(data: Mapping[str, Any], name: str, kind: type[str]) -> str:
    if not isinstance(data.get(name), kind):
        raise ConfigError("config.missing_key", f"The configuration must name {name}.", where=name)
    return str(data[name])


def _door(table: Mapping[str, Any], name: str) -> Door:
    if not isinstance(table.get("port"), int):
        raise ConfigError("config.missing_key", f"[{name}] must name a port.", where=f"{name}.port")
    return Door(str(table.get("host", "127.0.0.1")), int(table["port"]))


def _proxies(given: Any) -> tuple[Network, ...]:
    """The addresses, or networks, that stand before the console and say from where a browser comes."""
    try:
        if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
            raise ValueError
        return tuple(ip_network(one) for one in given)
    except ValueError:
        raise ConfigError(
            "config.value", "The setting is not a list of addresses or networks.",
            remedy='Such as proxies = ["127.0.0.1"].', where="console.proxies",
        ) from None  # fmt: skip


def _own_door(table: Mapping[str, Any]) -> Door | None:
    """Where metrics are served, on this machine only: whoever reaches the port reads them."""
    door = _door(table, "metrics") if table else None
    if door is not None and door.host not in {"127.0.0.1", "::1", "localhost"}:
        raise ConfigError("config.loopback", "Metrics are served on loopback only.", where="metrics.host")
    return door


def _one_of(value: str, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise ConfigError(
            "config.value", "The setting is not one of: {allowed}.", where=name, allowed=", ".join(allowed)
        )
    return value


def _instant(table: Mapping[str, Any], name: str) -> datetime | None:
    if name not in table:
        return None
    value = datetime.fromisoformat(str(table[name]).replace("Z", "+00:00"))
    if value.tzinfo is None:
        raise ConfigError("config.clock", f"clock.{name} must carry a time zone.", where=f"clock.{name}")
    return value
