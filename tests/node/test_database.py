"""Starting the embedded PostgreSQL: what disturbs it for a moment is waited out, what does not is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mithaq.errors import ConfigError
from mithaq.node import database
from tests.node import here as place

place.configured()


def in_the_way(tmp_path: Path) -> Path:
    """A file in the directory that the server wants to make new."""
    (tmp_path / "pg").mkdir()
    path = tmp_path / "pg" / "somebody's file"
    path.write_text("in the way", encoding="utf8")
    return path


def test_a_directory_of_somebody_else_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PAUSE", 0.01)
    config = replace(place.here().config, embedded=in_the_way(tmp_path).parent)
    with pytest.raises(ConfigError) as wrong:
        database.start_embedded(config)
    assert wrong.value.code == "database.embedded"
    assert (wrong.value.where, wrong.value.params["command"]) == (str(tmp_path / "pg"), "initdb")


def test_what_passes_in_a_moment_is_waited_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = in_the_way(tmp_path)
    monkeypatch.setattr(database.time, "sleep", lambda _seconds: path.unlink(missing_ok=True))
    config = replace(place.here().config, embedded=path.parent)
    database.start_embedded(config)
    assert database.is_running(config)
    database.stop_embedded(config)
