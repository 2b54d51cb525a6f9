"""The metrics of docs/operating.md are those that the source makes, with their labels."""

from __future__ import annotations

import ast
import re

from mithaq.node.metrics import text
from tests.docs import pages

ROWS = pages.rows(pages.text("docs/operating.md"))


def made() -> set[str]:
    """The names of all families, read from the calls that make them."""
    source = pages.text("src/mithaq/node/metrics/measured.py")
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    first = [one.args[0] for one in calls if isinstance(one.func, ast.Name) and one.func.id == "_family"]
    return {f"mithaq_{one.value}" for one in first if isinstance(one, ast.Constant)}


def test_every_metric_has_its_row_and_no_row_is_stale() -> None:
    assert len(made()) >= 20
    assert {name for name in ROWS if name.startswith("mithaq_")} == made()


def test_labels_are_those_that_are_allowed() -> None:
    named = {label for name, (labels, _) in ROWS.items() for label in re.findall(r"\w+", labels)}
    assert named == text.LABELS
