"""Acts are enumerated: a test fails when one lacks its plan word, page, command, document or translation."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import tomllib
from inspect import ismodule

import pytest
from django.urls import Resolver404, resolve

from mithaq.node.acts import document
from mithaq.node.acts.registry import REGISTRY
from tests import translations
from tests.docs import command_line, pages
from tests.node import here

here.configured()
DOCS = pages.ROOT / "docs"
ACTS = sorted(REGISTRY.acts)
PLANS = ("plan.toml", "domestic-MA-POLICE.toml", "domestic-BE-POLICE.toml")


def words_of(plan: str) -> set[str]:
    data = tomllib.loads(pages.text(f"examples/plan/{plan}"))
    return {act for line in data["lines"] for clause in line["clauses"] for act in clause["acts"]}


def test_the_pages_are_what_the_definitions_make() -> None:
    made = document.pages(REGISTRY.acts)
    kept = {one.relative_to(DOCS).as_posix(): one.read_text(encoding="utf8") for one in DOCS.glob("acts/*.md")}
    assert sorted(kept) == [f"acts/{name}.md" for name in ACTS]
    wrong = [name for name, text in made.items() if {**kept, "acts.md": pages.text("docs/acts.md")}[name] != text]
    assert not wrong, "run python -m mithaq.node.acts.document"


@pytest.mark.parametrize("name", ACTS)
def test_a_definition_tells_people_what_it_is(name: str) -> None:
    act = REGISTRY.acts[name]
    assert len(act.says) > 60
    assert act.says.endswith((".", ".)"))
    page = document.pages({name: act})[f"acts/{name}.md"]
    for field in dataclasses.fields(act.request):
        assert f"| `{field.name}` |" in page


@pytest.mark.parametrize("name", ACTS)
def test_an_act_has_a_command(name: str) -> None:
    command = REGISTRY.acts[name].command
    assert command_line.find(command.split()) is not None, f"no command: {command}"


@pytest.mark.parametrize("name", ACTS)
def test_an_act_has_a_page(name: str) -> None:
    page = REGISTRY.acts[name].page
    try:
        found = resolve(page.replace("KEY", "019a0000-0000-7000-8000-000000000000"), "mithaq.node.console.urls")
    except Resolver404:
        pytest.fail(f"no page: {page}")
    assert _performs(found.func.__module__, name), f"{page} does not perform {name}"


def _performs(module: str, name: str) -> bool:
    """Whether the views of a subject name the act, or a module of the subject that they import."""
    found = importlib.import_module(module)
    package = module.rpartition(".")[0]
    beside = [one for one in vars(found).values() if getattr(one, "__package__", "") == package and ismodule(one)]
    texts = (inspect.getsource(one) for one in (found, *beside) if not one.__name__.endswith("_acts"))
    return any(quoted in text for text in texts for quoted in (f'"{name}"', f"'{name}'"))


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_a_word_of_an_example_plan(name: str) -> None:
    act = REGISTRY.acts[name]
    joint, *domestic = PLANS
    assert name in words_of(joint) if act.exchanged else all(name in words_of(plan) for plan in domestic)


@pytest.mark.parametrize("name", ACTS)
def test_the_title_is_translated(name: str) -> None:
    title = str(REGISTRY.acts[name].title)
    for language in translations.languages():
        message = translations.read(language).get(title)
        assert message is not None, (language, title)
        assert message.string not in {"", title}, (language, title)
