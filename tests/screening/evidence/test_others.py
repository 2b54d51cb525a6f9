"""Nationality, document and sex: agreement, contradiction, silence."""

from __future__ import annotations

import numpy as np
import pytest

from mithaq.screening.evidence import sex
from mithaq.screening.evidence.document import Documents, number
from mithaq.screening.evidence.nationality import Nationalities, code
from mithaq.screening.evidence.sex import Sexes
from tests.screening.evidence.rows import rows


def nationality(seen: str | None, listed: int) -> tuple[float, str]:
    table = Nationalities.of(*rows(["ma"], ["MAR", "be"], [], ["ma"], ["ma"], ["fr"]))
    weight, shared = table.weigh(np.array([table.number(seen)]), np.array([listed]))
    shown = table.show(seen, listed, int(weight[0]), bool(shared[0]))
    return shown.weight, shown.why


def test_nationality() -> None:
    assert nationality("MAR", 0)[1] == nationality("ma", 1)[1] == "nationality.same"
    assert 0 < nationality("ma", 0)[0] < nationality("be", 1)[0]
    assert nationality("be", 0)[1] == nationality("XXX", 0)[1] == "nationality.differs"
    assert nationality("be", 0)[0] < 0
    assert nationality(None, 0) == nationality("", 0) == nationality("ma", 2) == (0.0, "nationality.missing")


def test_codes() -> None:
    assert [code(text) for text in ("MAR", "ma", " BEL ", "D", "GBD", "XXA", None)] == [
        "ma",
        "ma",
        "be",
        "de",
        "gb",
        "xxa",
        "",
    ]


def test_document() -> None:
    table = Documents.of(*rows(["AB 123-456"], [], ["ZZ999999"]))
    assert table.held_by("ab123456") == [0]
    assert table.held_by("12") == table.held_by(None) == []
    assert list(table.weigh(["AB123456", None], np.array([0, 0, 1]), np.array([0, 2, 0]))) == [20 * 64, 0, 0]
    shown = [table.show("AB123456", person) for person in (0, 1, 2)]
    assert [one.why for one in shown] == ["document.same", "document.missing", "document.differs"]
    assert [one.weight for one in shown] == [20.0, 0.0, 0.0]
    assert number("x" * 10_000) == "X" * 100


@pytest.mark.parametrize(
    ("seen", "listed", "why"),
    [
        ("F", "f", "same"),
        ("M", "female", "differs"),
        ("X", "M", "missing"),
        (None, "M", "missing"),
        ("M", None, "missing"),
    ],
)
def test_sex(seen: str | None, listed: str | None, why: str) -> None:
    table = Sexes.of(np.zeros(1, np.int64), [listed], 1)
    weight = int(table.weigh(np.array([sex.code(seen)]), np.array([0]))[0])
    assert (weight > 0) - (weight < 0) == {"same": 1, "differs": -1, "missing": 0}[why]
    assert table.show(seen, 0, weight).why == f"sex.{why}"


def test_records_that_disagree_on_sex_leave_it_unknown() -> None:
    assert Sexes.of(np.zeros(2, np.int64), ["F", "M"], 1).values[0] == 0
