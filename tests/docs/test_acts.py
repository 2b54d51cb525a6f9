"""Acts are enumerated: a test fails when one lacks its plan word, page, command, document or translation."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from typing import Any

import pytest
from django.urls import Resolver404, resolve

from mithaq.node.acts.registry import REGISTRY
from tests import translations
from tests.docs import command_line, pages
from tests.node import here

here.configured()
SECTIONS = pages.sections(pages.text("docs/acts.md"))
ACTS = sorted(REGISTRY.acts)
PLANS = ("plan.toml", "domestic-MA-POLICE.toml", "domestic-BE-POLICE.toml")


def said(name: str) -> dict[str, str]:
    return dict(re.findall(r"^- ([A-Z][a-z ]+): (.+)$", SECTIONS[name], re.MULTILINE))


def names(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def fields(kind: type[Any]) -> list[str]:
    return [one.name for one in dataclasses.fields(kind)]


def words_of(plan: str) -> set[str]:
    data = tomllib.loads(pages.text(f"examples/plan/{plan}"))
    return {act for line in data["lines"] for clause in line["clauses"] for act in clause["acts"]}


def test_there_are_acts_and_no_section_is_stale() -> None:
    assert len(ACTS) >= 9
    assert sorted(SECTIONS) == ACTS


@pytest.mark.parametrize("name", ACTS)
def test_a_section_says_what_the_definition_says(name: str) -> None:
    act, told = REGISTRY.acts[name], said(name)
    assert SECTIONS[name].strip().startswith(str(act.title))
    assert told["Who"].split(", ") == sorted(act.roles)
    assert names(told["Request"]) == fields(act.request)
    assert names(told["Leaves the node"]) == (fields(act.body_type) if act.body_type else [])
    assert ("line" in told["Under"]) == act.exchanged


@pytest.mark.parametrize("name", ACTS)
def test_an_act_has_a_command(name: str) -> None:
    (command,) = names(said(name)["Command"])
    program, *words = command.split()
    assert program == "mithaq"
    assert command_line.find(words) is not None, f"no command: {command}"


@pytest.mark.parametrize("name", ACTS)
def test_an_act_has_a_page(name: str) -> None:
    (page,) = names(said(name)["Page"])
    try:
        found = resolve(page.replace("KEY", "019a0000-0000-7000-8000-000000000000"), "mithaq.node.console.urls")
    except Resolver404:
        pytest.fail(f"no page: {page}")
    assert _performs(found.func.__module__, name), f"{page} does not perform {name}"


def _performs(module: str, name: str) -> bool:
    """Whether the views of a subject name the act."""
    path = pages.ROOT / "src" / f"{module.replace('.', '/')}.py"
    return f'"{name}"' in path.read_text(encoding="utf8").replace("'", '"')


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
