"""docs/errors.md against the source: every code has a row, and no row is stale."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from mithaq.cli.exits import exit_code
from mithaq.errors import ConfigError, InputError, RefusedError, StateError, TransportError, TrustError
from mithaq.plan.grounds import GROUNDS
from tests.docs import constructed, pages

TEXT = pages.text("docs/errors.md")
# Codes that are composed or passed on at run time, by the module that does it.
COMPOSED = {
    "formats/edifact.py": set(),  # passes on what its readers say
    "formats/shapes.py": set(),  # passes on what the readers say
    "formats/edifact_envelope.py": {
        f"edifact.{trailer}{what}" for trailer in ("unt", "une", "unz") for what in ("", ".count", ".reference")
    },
    "ledger/access_evidence.py": set(),  # passes on why a message does not prove
    "cli/plan.py": set(),  # passes on what reading a key says
    "node/acts/instruments.py": set(GROUNDS),
    "node/console/file_outcome.py": set(),  # tells again what a manifest's row keeps
}  # fmt: skip
# Grounds of receipts and wishes that no error carries stand as plain words in the road's modules.
ROAD = ("arrive", "opening", "deliver", "dispatch", "aside", "receipts", "chain")
NOT_CODES = {"mithaq.worker"}


def codes() -> set[str]:
    found = constructed.in_source()
    plain = {code for one in found for code in one.codes if code}
    grounds = {
        word
        for module in ROAD
        for word in constructed.dotted((constructed.SRC / f"node/acts/{module}.py").read_text(encoding="utf8"))
    }
    # What an alarm about a person is raised as.
    grounds |= set(constructed.dotted((constructed.SRC / "node/oversight/alarms.py").read_text(encoding="utf8")))
    return plain | set(GROUNDS) | (grounds - NOT_CODES) | set().union(*COMPOSED.values()) | on_pages()


def on_pages() -> set[str]:
    """Codes that a template shows by itself, where no error of the tree could be raised any more."""
    templates = [path.read_text(encoding="utf8") for path in constructed.SRC.rglob("templates/**/*.html")]
    shown = re.compile(r"\{\{ \"([a-z_]+\.[a-z_.]+)\"\|ltr \}\}|<bdi dir=\"ltr\">([a-z_]+\.[a-z_.]+)</bdi>")
    return {one or other for text in templates for one, other in shown.findall(text)}


def test_pages_show_codes_by_themselves() -> None:
    assert on_pages() == {"form.token", "node.fault"}


def test_codes_known_only_at_run_time_are_these() -> None:
    found = {one.module for one in constructed.in_source() if None in one.codes}
    assert found == set(COMPOSED)


def test_every_code_has_a_row_and_no_row_is_stale() -> None:
    found = set(pages.rows(TEXT))
    assert not codes() - found, f"no row: {sorted(codes() - found)}"
    assert not found - codes(), f"stale: {sorted(found - codes())}"


def test_a_row_says_what_and_what_to_do() -> None:
    for code, cells in pages.rows(TEXT).items():
        assert len(cells) == 2, code
        assert all(len(cell) > 3 and cell.endswith((".", ":", "`", "...")) for cell in cells), (code, cells)


def test_no_code_has_two_rows() -> None:
    first = [line.split("`")[1] for line in TEXT.splitlines() if line.startswith("| `")]
    assert [code for code, count in Counter(first).items() if count > 1] == []


@pytest.mark.parametrize("kind", [InputError, RefusedError, StateError, TrustError, TransportError, ConfigError])
def test_status_and_exit_codes_are_those_of_the_doors(kind: type[InputError]) -> None:
    from mithaq.node.console.errors import STATUS

    row = next(line for line in TEXT.splitlines() if line.startswith(f"| {kind.__name__} |"))
    _, _name, _means, page, code, _ = (cell.strip() for cell in row.split("|"))
    assert page.startswith(str(STATUS[kind]))
    assert int(code) == exit_code(kind("x.y", "z"))


# The reader of the source


def test_what_is_constructed_is_read() -> None:
    text = """
CODE = "a.constant"
class Many(InputError):
    def __init__(self, name: str, code: str = CODE) -> None:
        super().__init__(code, f"{name}")
def outer(flag):
    raise InputError("a.plain", "Plain." if flag else "Other.", remedy="Do.")
def wrong(detail, code="a.default"):
    return TrustError(code, detail)
def use():
    raise wrong("Through.")
    raise wrong("Both.", code="a.given")
    raise Many("x", "a.many")
    raise StateError(unknown, f"{unknown}")
    raise ValueError("not.ours")
"""
    found = list(constructed.read("x.py", text))
    assert {code for one in found for code in one.codes} == {
        "a.constant", "a.plain", "a.default", "a.given", "a.many", None,
    }  # fmt: skip
    details = {detail for one in found for detail in one.details}
    assert {"Plain.", "Other.", "Through.", "Both.", None} == details
    assert {remedy for one in found for remedy in one.remedies} == {"Do."}


def test_words_with_dots_are_found() -> None:
    assert list(constructed.dotted('x = give("clock.future"); y = "wanted.Notice"; z = "no"')) == ["clock.future"]
