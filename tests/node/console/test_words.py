"""Codes, values and names of the small print have words: what stands beside a sentence is no English and no code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from mithaq.errors import InputError, RefusedError
from mithaq.formats.csv_rows import DELIMITERS
from mithaq.formats.known import FORMATS
from mithaq.formats.mrz_values import LAYOUTS
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import errors, words
from mithaq.node.console.templatetags import mithaq as tags
from mithaq.node.console.words.errors import KINDS
from mithaq.node.console.words.outcomes import OF_CODE, OF_NODE, OUTCOMES
from mithaq.plan.clauses import CATEGORIES, LOCAL
from mithaq.plan.conditions import CONDITIONS
from tests.docs import constructed
from tests.node.authorities import world
from tests.translations import SHOWN, SRC

# What an error is made with and is no value of its sentence.
OWN = {"remedy", "where", "code", "sentence"}
OTHERS = ["fr", "nl", "ar"]


def _values() -> Iterator[tuple[str, str, str]]:
    """Module, name and sentence of each value that an error which a page can show is made with."""
    for path in sorted(SRC.rglob("*.py")):
        module = path.relative_to(SRC).as_posix()
        if not module.startswith((*SHOWN, "plan/decide")):
            continue
        tree = ast.parse(path.read_text(encoding="utf8"))
        for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
            assigned = dict(_assigned(function))
            for node in ast.walk(function):
                name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
                if isinstance(node, ast.Call) and (name.endswith("Error") or name in {"_refuse", "super().__init__"}):
                    sentence = " ".join(assigned.get(ast.unparse(one), ast.unparse(one)) for one in node.args)
                    yield from ((module, one.arg, sentence) for one in node.keywords if one.arg and one.arg not in OWN)


def _assigned(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """The names of a function that hold an expression, and its source: sentences stand in `detail`."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from ((ast.unparse(one), ast.unparse(node.value)) for one in node.targets)


def test_every_value_of_an_error_beside_its_sentence_has_a_name() -> None:
    beside = {name for _module, name, sentence in _values() if f"{{{name}}}" not in sentence}
    clauses = [clause for line in world().joint.plan.lines for clause in line.clauses]
    beside |= {name for one in CONDITIONS for clause in clauses for name in one.allowed(clause)}
    assert {"format", "formats", "starts", "allowed", "highest"} <= beside
    assert beside - set(words.WORDS["parameter"]) == set()


def test_every_kind_of_value_has_its_words() -> None:
    assert {kind for kind in KINDS.values() if kind != "act"} <= set(words.WORDS)
    assert set(DELIMITERS.values()) == set(words.WORDS["delimiter"])
    assert {one.kind for one in FORMATS} <= set(words.WORDS["format"])
    fields = {name for layout in LAYOUTS.values() for name in (*layout.fields, *layout.checks)}
    assert fields - {"names"} <= set(words.WORDS["zone"])
    assert set(CATEGORIES) <= set(words.WORDS["data"])


@pytest.mark.parametrize("language", OTHERS)
def test_the_small_print_of_an_error_is_in_the_readers_language(language: str) -> None:
    refused = RefusedError("plan.purpose", "The clause does not permit this purpose.", allowed="arrest, locate")
    high = RefusedError("plan.handling", "The handling code is stricter.", highest="H1")
    unread = InputError("read.unknown", "The file has none.", formats="UN list, MRZ")
    for one in (refused, high, unread):
        plain = {str(value) for pair in errors.small_print(one) for value in pair}
        with override(language):
            shown = {str(value) for pair in errors.small_print(one) for value in pair}
        assert len(shown) == 2
        assert not shown & plain
        assert not shown & set(one.params) | shown & set(map(str, one.params.values()))


def test_a_value_that_the_sentence_says_is_not_said_twice() -> None:
    said = InputError("some.code", "The list holds {persons} persons.", persons=3, before=7, removed="")
    assert errors.small_print(said) == [("persons before", "7")]


@pytest.mark.parametrize("language", OTHERS)
def test_a_place_in_a_form_or_a_file_has_words(language: str) -> None:
    with override(language):
        for where in words.WORDS["field"]:
            assert words.place(where) != where
        assert not re.search(
            "line|column|offset|segment 3, o", words.place("line 3, column 4") + words.place("offset 9")
        )


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_kinds_of_documents_and_who_receives_have_words(language: str) -> None:
    with override(language):
        for code in ("P", "I", "ID", "V", "PD", "AC"):
            assert tags.document(code) not in {"", code}
        assert tags.document("P") == tags.document("PM")
        assert tags.document("X9") == '<bdi dir="ltr">X9</bdi>'
        shown = tags.recipients(("BE-POLICE/BORDER", LOCAL))
        assert LOCAL not in re.split(r"\W+", shown)
        assert '<bdi dir="ltr">BE-POLICE/BORDER</bdi>' in shown
        assert tags.recipients(()) == "–"


def test_every_warning_of_a_reader_has_an_outcome_and_no_outcome_is_left_over() -> None:
    codes = {
        code
        for one in constructed.in_source()
        if one.module.startswith("formats/") and one.kind in {"Warning", "_warn"}
        for code in one.codes
        if code
    }
    # The codes of trailers are put together from their tags.
    trailers = {f"edifact.{tag}{part}" for tag in ("unt", "une", "unz") for part in ("", ".count", ".reference")}
    assert codes | trailers == set(OF_CODE)
    node = {
        code
        for one in constructed.in_source()
        if one.module.startswith("node/border/") and one.kind == "Warning"
        for code in one.codes
        if code
    }
    assert node == set(OF_NODE)
    assert set(OF_NODE.values()) <= set(OUTCOMES)
    assert set(OF_CODE.values()) == set(OUTCOMES)


# Where codes of the same form stand that are none of a row: findings of the doctor, measures, pages and settings.
ELSEWHERE = ("node/doctor/", "node/metrics/", "node/config", "node/start", "node/console/words/")
CHANGES = {"changed", "changing"}
TOLD = re.compile(
    r"(refused:)?(console|accounts|wanted|border|lists|exchange|retention|oversight|api)\.[a-z][a-z.-]*[a-z]"
)


def told_by_rows() -> set[str]:
    """Every name in the source of what a row of the access log tells: a literal of that form which is no error's code,
    and what is changed on the own account."""
    codes = {code for one in constructed.in_source() for code in one.codes}
    found = set()
    for path in sorted(SRC.rglob("*.py")):
        if path.relative_to(SRC).as_posix().startswith(ELSEWHERE) or path.parent.name == "migrations":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and TOLD.fullmatch(node.value):
                found.add(node.value)
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in CHANGES:
                found |= {f"accounts.{one.value}" for one in node.args[1:2] if isinstance(one, ast.Constant)}
    return found - codes


def test_whatever_a_row_of_the_access_log_tells_has_a_word() -> None:
    found = told_by_rows()
    assert {"console.take", "console.undo", "accounts.password-changed", "wanted.notice", "api.search"} <= found
    # What an own system or a second person has done is told by the act.
    found |= {f"{door}.{one.word}" for door in ("api", "accounts") for one in REGISTRY.acts.values()}
    assert sorted(one for one in found if words.reading(one) == one.removeprefix("refused:")) == []
    with override("fr"):
        assert words.reading("refused:console.take") != "console.take"
