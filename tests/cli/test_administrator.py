"""The administrator sees no content on the command line: every command with a person is tried as one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mithaq.node.acts import wire
from tests.cli.conftest import Mithaq
from tests.docs import command_line
from tests.node import acts_material

WORDS = ("Tafrasti", "TAFRASTI", "التفراستي", "ZX4417702")


def commands(command: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that signs a person in, with its words."""
    command = command or command_line.root()
    if subs := getattr(command, "commands", None):
        for name, sub in subs.items():
            yield from commands(sub, (*words, name))
    elif "--as" in command_line.options(command):
        yield words, command


ALL = {" ".join(words): command for words, command in commands()}


# What a command asks for and cannot be left out, where it is not the id of the notice.
GIVEN = {
    "file": "", "out": "", "post": "BEBRU", "unit": "BE-POLICE/BORDER", "role": "supervisor", "until": "2026-05-06",
    "since": "2026-05-01", "list": "UN", "source": "UN", "version": "1", "verdict": "match", "line": "wanted-persons",
    "plan": "MA-BE/2025-2026", "person": "officer", "taker": "officer",
}  # fmt: skip
MORE = {"wanted approve": ["--all"], "wanted publish": ["--all"], "border traveller": ["--name", "Zohair"]}


def arguments(name: str, folder: Path, notice: str) -> list[str]:
    """What the command asks for: the notice where it asks for a record, and a file that there is."""
    found: list[str] = []
    for one in ALL[name].params:
        if one.required and not {"--as", "--config"} & set(one.opts):
            value = GIVEN.get(one.name, notice) or str(folder / one.name)
            found += [one.opts[0], value] if one.opts[0].startswith("-") else [value]
    return found + MORE.get(name, [])


def test_there_are_commands_to_try() -> None:
    assert len(ALL) > 25
    assert set(ALL) >= {"wanted list", "wanted draft", "border screen", "lists diff", "people list"}


@pytest.mark.parametrize("name", ALL)
def test_a_command_shows_the_administrator_no_content(mithaq: Mithaq, tmp_path: Path, name: str) -> None:
    content = json.dumps(wire.encode(acts_material.content()), ensure_ascii=False)
    (tmp_path / "file").write_text(content, encoding="utf8")
    done = mithaq("wanted", "draft", tmp_path / "file", "--json", person="drafter")
    assert done.code == 0, done
    (row,) = mithaq.rows("wanted.Notice")
    before = (row.version, row.state, len(mithaq.rows("border.Manifest")))
    ended = mithaq(*name.split(), *arguments(name, tmp_path, str(row.pk)), person="administrator")
    assert "Usage:" not in ended.err, ended.err
    assert not [word for word in WORDS if word in ended.out + ended.err], ended
    (after,) = mithaq.rows("wanted.Notice")
    assert (after.version, after.state, len(mithaq.rows("border.Manifest"))) == before
