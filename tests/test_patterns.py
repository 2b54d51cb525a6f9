"""No possessive group in a pattern: Python 3.11.2, which Debian 12 has, matches such groups wrongly (CPython 106052).

A possessive repeat of one sign or class is right there, and may stay.
"""

from __future__ import annotations

import re
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src/mithaq"
POSSESSIVE_GROUP = re.compile(r"\)(?:\*|\+|\?|\{\d*,?\d*\})\+")


def test_the_search_finds_a_possessive_group_and_no_other() -> None:
    assert POSSESSIVE_GROUP.search(r"(?:a|b)*+c")
    assert POSSESSIVE_GROUP.search(r"(?:a|b){0,63}+c")
    assert not POSSESSIVE_GROUP.search(r"[ab]*+c(?:d)+e")


def test_no_pattern_has_a_possessive_group() -> None:
    files = sorted(SRC.rglob("*.py"))
    assert len(files) > 300
    found = [
        f"{path.relative_to(SRC)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
