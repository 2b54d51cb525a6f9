"""docs/settings.md against the source: every setting has a row, no row is stale, defaults are those said."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

from mithaq.node import config, list_sources
from tests.docs import pages

TEXT = pages.text("docs/settings.md")
LEAST: dict[str, Any] = {
    "authority": "BE-POLICE",
    "gateway": {"port": 1},
    "console": {"port": 2},
    "database": {"embedded": "pg"},
    "metrics": {"port": 3},
}
# Settings with a default of their own, by where the frozen configuration holds them; paths by their last part.
HELD = {
    "gateway.host": "gateway.host",
    "metrics.host": "metrics.host",
    "console.host": "console.host",
    "console.workers": "console_workers",
    "console.public_url": "public_url",
    "console.secret_key": "secret_key",
    "console.hold_minutes": "hold_minutes",
    "accounts.second_factor": "accounts.second_factor",
    "accounts.idle_minutes": "accounts.idle_minutes",
    "accounts.session_hours": "accounts.session_hours",
    "keys.directory": "keys",
    "keys.silences": "silences",
}
# What has no default: who leaves it out leaves the thing out, or cannot start.
WORDS = {
    "required",
    "required without `embedded`",
    "required to run it",
    "required to serve them",
    "none",
    "`path` or `url`",
    "those of the system",
}


def settings() -> set[str]:
    """Every setting that the configuration reads."""
    tables = dict(config._TABLES)
    assert not tables.pop("partners") | tables.pop("lists")
    plain = {f"{table}.{key}" if table else key for table, keys in tables.items() for key in keys}
    return plain | {"partners.AUTHORITY"} | {f"lists.NAME.{key}" for key in list_sources.KEYS}


def test_every_setting_has_a_row_and_no_row_is_stale() -> None:
    found = set(pages.rows(TEXT))
    assert not settings() - found, f"no row: {sorted(settings() - found)}"
    assert not found - settings(), f"stale: {sorted(found - settings())}"


def written(value: Any) -> list[str]:
    """A default as the page says it."""
    if isinstance(value, tuple):
        return [str(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return [value.name] if isinstance(value, Path) else [str(value)] if value != "" else []


def test_a_default_is_the_one_that_is_said() -> None:
    least = config.parse_config(LEAST, Path("/node.toml"))
    compared = 0
    for name, (default, _) in pages.rows(TEXT).items():
        if default in WORDS or name == "lists.NAME.confirm":
            continue
        value: Any = least
        for part in HELD.get(name, name.replace(".", "_")).split("."):
            value = getattr(value, part)
        said = re.findall(r"`([^`]+)`", default) if default != "empty" else []
        assert said == written(value), name
        compared += 1
    assert compared >= 9


def test_a_list_waits_for_a_person_unless_it_says_otherwise() -> None:
    table = {"path": "un.xml", "every": "6h", "unit": "BE-POLICE/BORDER"}
    assert pages.rows(TEXT)["lists.NAME.confirm"][0] == "`false`"
    assert list_sources.list_sources({"UN": table}, "BE-POLICE", Path("/"))["UN"].confirm is False


def test_every_field_of_the_configuration_is_set_by_a_setting() -> None:
    """A field that is added to the frozen object has a setting of its name, or one that HELD names."""
    fields = {one.name for one in dataclasses.fields(config.Config)} - {"path"}
    from_tables = {"gateway", "metrics", "console", "keys", "partners", "lists", "embedded", "databases", "passphrases"}
    from_tables |= {"accounts"}
    named = {name.replace(".", "_") for name in settings()} | set(HELD.values())
    assert fields - from_tables - named == set()


def test_what_a_setting_is_ends_as_a_sentence() -> None:
    assert not [name for name, (_, text) in pages.rows(TEXT).items() if not text.endswith((".", "`"))]
