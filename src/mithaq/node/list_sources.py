"""Where lists are refreshed from: the tables `[lists.UN]`, `[lists.OFAC]`, ... of `node.toml`.

    [lists.OFAC]
    url = "https://mirror.example/sdn.csv"    # or: path = "lists/sdn.csv"
    more = "https://mirror.example/alt.csv"   # OFAC alone: its file of aliases
    mapping = "own.toml"                      # OWN alone, when it is a table (CSV): what its columns are
    every = "6h"                              # minutes, hours or days: 30m, 6h, 1d
    unit = "BE-POLICE/BORDER"                 # the unit under whose clause the list is imported
    confirm = true                            # takes effect by itself; else each version waits for a person
    ca = "mirror-ca.pem"                      # the mirror's own CA; else those of the system

Rule: an address is https, and holds no password. Design: architecture, "Names, sizes, comments" (configuration).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mithaq.errors import ConfigError

LISTS = ("UN", "OFAC", "EU", "OWN")
KEYS = frozenset({"path", "url", "more", "every", "unit", "confirm", "ca", "mapping"})
_EVERY = re.compile(r"([1-9][0-9]{0,3})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class ListSource:
    """One list's source: `places` are one or two paths (relative to `directory`) or addresses."""

    name: str
    places: tuple[str, ...]
    is_url: bool
    every: timedelta
    unit: str
    confirm: bool
    ca: Path | None
    directory: Path
    mapping: Path | None = None


def list_sources(tables: Mapping[str, Any], authority: str, directory: Path) -> dict[str, ListSource]:
    """The sources of `[lists]`. Raises ConfigError `config.lists` that names the key."""
    return {name: _source(name, table, authority, directory) for name, table in tables.items()}


def _source(name: str, table: Any, authority: str, directory: Path) -> ListSource:
    if name not in LISTS or not isinstance(table, Mapping):
        raise _wrong(f"A list is one of {', '.join(LISTS)}, each a table of its own.", name)
    if extra := sorted(set(table) - KEYS):
        raise ConfigError("config.unknown", f"Unknown configuration [lists.{name}] {' '.join(extra)}.", where=name)
    texts = {key: str(table[key]) for key in ("path", "url", "more", "every", "unit", "ca", "mapping") if key in table}
    if ("path" in texts) == ("url" in texts):
        raise _wrong("Name either path or url.", name)
    if "more" in texts and name != "OFAC":
        raise _wrong("Only OFAC has a second file, more.", name)
    if "mapping" in texts and name != "OWN":
        raise _wrong("Only the authority's own list, OWN, has a mapping.", name)
    places = tuple(texts[key] for key in ("path", "url", "more") if key in texts)
    if "url" in texts:
        for place in places:
            _check_address(place, name)
    if not texts.get("unit", "").startswith(f"{authority}/"):
        raise _wrong("Name a unit of this authority under whose clause the list is imported.", name)
    if not isinstance(table.get("confirm", False), bool):
        raise _wrong("confirm is true or false.", name)
    return ListSource(
        name,
        places,
        "url" in texts,
        _every(texts.get("every", ""), name),
        texts["unit"],
        table.get("confirm", False),
        directory / texts["ca"] if "ca" in texts else None,
        directory,
        directory / texts["mapping"] if "mapping" in texts else None,
    )


def _check_address(place: str, name: str) -> None:
    try:
        parts = urlsplit(place)
        good = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise _wrong("An address is https://HOST/PATH, without name or password.", name)


def _every(text: str, name: str) -> timedelta:
    found = _EVERY.fullmatch(text)
    if not found:
        raise _wrong("every is a number of minutes, hours or days: 30m, 6h, 1d.", name)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _wrong(detail: str, name: str) -> ConfigError:
    return ConfigError("config.lists", detail, where=f"lists.{name}")
