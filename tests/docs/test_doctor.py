"""docs/doctor.md against the outcomes of the doctor's checks: each has a row, and each is given by a check."""

from __future__ import annotations

import ast
import re

from mithaq.node.doctor import findings
from tests.docs import pages

TEXT = pages.text("docs/doctor.md")
FOLDER = pages.ROOT / "src/mithaq/node/doctor"


def said(text: str) -> str:
    """A sentence as the page says it: places in capitals."""
    return re.sub(r"\{(\w+)\}", lambda place: place[1].upper(), text)


def test_every_outcome_has_its_row_and_no_row_is_stale() -> None:
    rows = pages.rows(TEXT)
    assert set(rows) == set(findings.OUTCOMES)
    for code, (state, sentence, remedy) in findings.OUTCOMES.items():
        assert rows[code] == [state, said(sentence), said(remedy) or "Nothing."], code


def given() -> set[str]:
    """The codes that the checks give: every constant among the first arguments of `found`."""
    codes = set()
    for path in FOLDER.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and path.stem != "findings":
                codes |= {node.value} & set(findings.OUTCOMES)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "found":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    assert first.value in findings.OUTCOMES, f"{path.name}:{node.lineno}"
    return codes


def test_every_outcome_is_given_by_a_check() -> None:
    assert set(findings.OUTCOMES) - given() == set()


def test_places_of_a_sentence_are_filled() -> None:
    """Each call of `found` names the places of its sentence and remedy."""
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "found":
                names = {keyword.arg for keyword in node.keywords}
                for one in ast.walk(node.args[0]):
                    if isinstance(one, ast.Constant) and one.value in findings.OUTCOMES:
                        _, sentence, remedy = findings.OUTCOMES[one.value]
                        assert set(re.findall(r"\{(\w+)\}", sentence + remedy)) <= names, (path.name, node.lineno)
