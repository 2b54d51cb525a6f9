"""SECURITY.md: what it says is defended names tests that are there; what is not defended is said."""

from __future__ import annotations

import ast
import re

import pytest

from tests.docs import pages

TEXT = pages.text("SECURITY.md")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TEXT)
DEFENDED = pages.sections(TEXT)["What is defended, and by which test"]


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    tree = ast.parse(pages.text(path))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{path}::{name}"


def test_everything_defended_names_a_test() -> None:
    parts = re.split(r"^### (.+)$", DEFENDED, flags=re.MULTILINE)[1:]
    assert len(parts) >= 16
    assert not [name for name, text in zip(parts[::2], parts[1::2], strict=True) if "`tests/" not in text]
    assert len(NAMED) == DEFENDED.count("`tests/")


def test_what_is_not_defended_is_said() -> None:
    assert pages.sections(TEXT)["What is not defended"].count("\n- ") >= 10
