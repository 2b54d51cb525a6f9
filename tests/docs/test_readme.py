"""README: short, its commands exist with their options, and `make` prints the targets that the documents name."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from mithaq.node import list_sources
from mithaq.node.account_settings import account_settings
from tests.docs import command_line, pages

README = pages.text("README.md")
COMMANDS = [line for line in pages.shell(README) if "mithaq" in line.split()[0]]
TARGETS = ("setup", "check", "fix", "test", "test-long", "bench", "docs", "demo", "serve")


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 120


def test_make_prints_all_targets() -> None:
    printed = subprocess.run(["make"], cwd=pages.ROOT, capture_output=True, text=True, check=True).stdout
    found = [line.split()[0] for line in printed.splitlines() if line.startswith("  ")]
    assert set(TARGETS) <= set(found)
    named = {one for page in pages.documents() for one in re.findall(r"`?\bmake ([a-z-]+)\b", pages.text(page))}
    assert {one for one in named if one in TARGETS or f"`make {one}" in README} <= set(found)


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 4


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_exists_with_its_options(line: str) -> None:
    _program, *words = shlex.split(line, comments=True)
    count = next(
        (number for number in range(1, len(words) + 1) if command_line.find(words[:number]) is not None), len(words)
    )
    command = command_line.find(words[:count])
    assert command is not None, line
    assert {word for word in words[count:] if word.startswith("--")} <= command_line.options(command), line


def test_the_tables_of_lists_are_right() -> None:
    tables = [tomllib.loads(one) for one in re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)]
    found = list_sources.list_sources(next(one["lists"] for one in tables if "lists" in one), "BE-POLICE", Path("/"))
    assert set(found) == {"UN", "OWN"}
    assert (found["UN"].is_url, found["UN"].confirm, found["OWN"].confirm) == (True, True, False)


def test_the_table_of_accounts_says_the_defaults() -> None:
    tables = [tomllib.loads(one) for one in re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)]
    said, plain = account_settings(next(one["accounts"] for one in tables if "accounts" in one)), account_settings({})
    assert (said.second_factor, said.idle_minutes, said.session_hours) == (
        plain.second_factor,
        plain.idle_minutes,
        plain.session_hours,
    )
    assert said.provider is not None


def test_other_lines_are_targets_of_make() -> None:
    other = [line for line in pages.shell(README) if line not in COMMANDS]
    printed = subprocess.run(["make"], cwd=pages.ROOT, capture_output=True, text=True, check=True).stdout
    for line in other:
        program, target, *_ = line.split()
        assert program == "make", line
        assert re.search(rf"^  {target} ", printed, re.MULTILINE), line
