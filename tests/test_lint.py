"""The own lint rules find what they forbid, and leave alone what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import lint

DOC = '"""A module."""\n'


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("node/wanted/views.py", DOC + "Notice.objects.update(state=1)\n", "writes"),
        ("node/wanted/acts.py", DOC + "notice.save()\n", "writes"),
        ("node/border/facts.py", DOC + "Row.objects.filter(pk=1).delete()\n", "writes"),
        ("node/border/util.py", DOC, "names"),
        ("plan/x.py", DOC + "class Manager: ...\n", "names"),
        ("plan/x.py", "a = 1\n", "docs"),
        ("node/wanted/views.py", DOC + "from mithaq.node.wanted.models import Notice\n", "queries"),
        ("node/wanted/forms.py", DOC + "x = Notice.objects\n", "queries"),
    ],
)
def test_a_broken_rule_is_found(path: str, text: str, rule: str) -> None:
    assert any(f": {rule}: " in line for line in lint.check(Path(path), text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("node/acts/store.py", DOC + "Leaf.objects.create(kind='x')\n"),
        ("node/wanted/acts.py", DOC + "fields = {}\nfields.update(a=1)\n"),
        ("node/wanted/migrations/0001_initial.py", "x = Notice.objects.create()\n"),
        ("plan/__init__.py", ""),
    ],
)
def test_what_is_allowed_is_left_alone(path: str, text: str) -> None:
    assert list(lint.check(Path(path), text)) == []


def test_the_project_itself_has_no_findings() -> None:
    assert lint.main() == 0
