"""How people sign in: the table `[accounts]` of `node.toml`.

    [accounts]
    second_factor = ["administrator", "supervisor", "oversight", "party-coordinator"]    # must have one; [] asks nobody
    idle_minutes = 30                                  # a session that nobody uses ends
    session_hours = 8                                  # a session ends, used or not
    idle_units = { "BE-POLICE/BORDER" = 480 }          # a unit's own idle time: a post's shift
    [accounts.provider]                                # the authority's own identity provider (OpenID Connect)
    name = "Staff directory"
    server = "https://sign-in.example"
    client = "mithaq"
    secret = "file:provider.secret"

Rule: what the provider says links nobody: a person who has signed in here links the identity that is the own one.
Design: subjects, safeguard 8; issue "Accounts".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mithaq.errors import ConfigError

MUST = ("administrator", "supervisor", "oversight", "party-coordinator")
IDLE_MINUTES = 30
SESSION_HOURS = 8
KEYS = frozenset({"second_factor", "idle_minutes", "session_hours", "idle_units", "provider"})
PROVIDER = frozenset({"name", "server", "client", "secret"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """The identity provider; `secret` is a reference."""

    name: str
    server: str
    client: str
    secret: str


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """What `[accounts]` says; minutes and hours are whole and at least one."""

    second_factor: frozenset[str]
    idle_minutes: int
    session_hours: int
    idle_units: Mapping[str, int]
    provider: Provider | None

    def idle_of(self, unit: str) -> int:
        """The idle minutes of a unit."""
        return self.idle_units.get(unit, self.idle_minutes)


def account_settings(table: Mapping[str, Any]) -> AccountSettings:
    """The settings of a parsed table. Raises ConfigError `config.accounts` that names the key."""
    roles, units = table.get("second_factor", MUST), table.get("idle_units", {})
    if not isinstance(roles, list | tuple) or not all(isinstance(role, str) for role in roles):
        raise _wrong("Name roles in a list.", "second_factor")
    if not isinstance(units, Mapping):
        raise _wrong("Name minutes by unit.", "idle_units")
    return AccountSettings(
        second_factor=frozenset(roles),
        idle_minutes=_whole(table.get("idle_minutes", IDLE_MINUTES), "idle_minutes"),
        session_hours=_whole(table.get("session_hours", SESSION_HOURS), "session_hours"),
        idle_units={unit: _whole(minutes, "idle_units") for unit, minutes in units.items()},
        provider=_provider(table["provider"]) if "provider" in table else None,
    )


def _whole(value: Any, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _wrong("A whole number of at least 1 is needed.", key)
    return value


def _provider(table: Any) -> Provider:
    if not isinstance(table, Mapping) or set(table) - PROVIDER:
        raise _wrong(f"Known keys: {', '.join(sorted(PROVIDER))}.", "provider")
    texts = {key: table.get(key, "") for key in ("name", "server", "client", "secret")}
    if not all(isinstance(text, str) and text for text in texts.values()):
        raise _wrong("Name name, server, client and secret.", "provider")
    parts = urlsplit(texts["server"])
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise _wrong("The provider's address is https.", "provider.server")
    return Provider(**texts)


def _wrong(what: str, key: str) -> ConfigError:
    return ConfigError("config.accounts", what, where=f"accounts.{key}")
