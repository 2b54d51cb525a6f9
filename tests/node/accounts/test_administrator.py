"""The administrator sees no content: every page and every operation of the API is tried, by every method.

The command line is tried in tests/cli/test_administrator.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from mithaq.node.start import SUBJECTS
from tests.node.accounts import material
from tests.node.accounts.material import add_app, signed_in
from tests.node.acts.test_road import drafted
from tests.node.api import systems
from tests.node.api.test_tokens import operations
from tests.node.console.test_routes import Client, places, routes, url
from tests.node.console.test_routes import signed_in as signed_in_there
from tests.node.here import Here, rows

__all__ = ["places"]

WORDS = ("Tafrasti", "TAFRASTI", "التفراستي", "ZX4417702", "1984-03-17")
# What a form of any page asks for, so that no refusal is for a field that is missing.
GIVEN = {
    "version": 1, "reason": "for no reason at all", "verdict": "match", "identifier": "document", "sure": "yes",
    "post": "BEBRU", "name": "Zohair", "birth_date": "1984", "list": "UN", "plan": "MA-BE/2025-2026",
    "line": "wanted-persons", "language": "en", "back": "/", "finding": "mistaken", "words": "nothing to see here",
    "since": "2026-05-01", "until": "2026-06-01",
}  # fmt: skip


def content() -> dict[str, list[Any]]:
    """Everything that subjects hold, but people."""
    models = [model for model in apps.get_models() if model._meta.app_label in set(SUBJECTS) - {"accounts"}]
    assert len(models) > 10
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def test_no_page_shows_or_changes_content(here: Here, places: dict[str, dict[str, str]]) -> None:
    client, before, seen = signed_in_there("administrator"), content(), 0
    for name in routes():
        if name in {"sign-out"}:
            continue
        for method in ("get", "head", "post", "put"):
            address = url(name, places)
            given = {**GIVEN, "notice": places["notice"]["key"]} if method == "post" else {}
            answer = getattr(client, method)(address, given) if given else getattr(client, method)(address)
            body = answer.content.decode(errors="replace")
            # What was sent in a form may stand in the form again; what the node holds may not.
            found = [word for word in WORDS if word in body]
            assert not found, (method, name, found)
            seen += 1
    assert seen > 100
    assert content() == before
    assert client.get("/").status_code == 200


def test_home_shows_who_works_on_what_to_readers_alone(here: Here, places: dict[str, dict[str, str]]) -> None:
    """What a colleague of the unit has in hand names its record, and so does the row of who is shown it."""
    material.person(here, "drafter", "case-officer", unit="BE-POLICE/WANTED")
    drafted()
    chief, administrator = signed_in_there("approver"), signed_in_there("administrator")
    assert chief.post("/take-next").status_code == 302
    (hold,) = rows("console.Hold")
    assert hold.id.partition("/")[0] in {"notice", "silence"}
    for client, shown in ((administrator, False), (chief, True)):
        body = client.get("/").content.decode()
        assert (hold.reference in body or hold.url in body) is shown
        last = rows("acts.Access")[-1]
        assert (last.what, hold.reference in last.also) == ("console.home", shown)


def test_no_operation_of_the_api_answers_an_administrator(here: Here, places: dict[str, dict[str, str]]) -> None:
    client, before = signed_in_there("administrator"), content()
    system = systems.system(here)
    for method, path in operations():
        address = f"/api/v1{path}"
        answer = client.get(address) if method == "GET" else client.post(address, {}, content_type="application/json")
        assert answer.status_code == 401, path
        if method == "POST":
            sent = system.post(path, {"version": 1, "verdict": "no-match"}, officer="administrator")
            assert sent.status_code in {400, 403, 404, 422}, (path, sent.content)
        assert not [word for word in WORDS if word in answer.content.decode()]
    assert content() == before


def test_the_way_to_content_is_a_second_person(here: Here) -> None:
    """He has the passwords of nobody, and gives himself nothing: what he could set is not his to see."""
    key = material.person(here, "ada", "administrator", unit="BE-POLICE/WANTED")
    material.person(here, "lotte")
    add_app(signed_in("lotte"))
    ada = signed_in("ada")
    for path, given in (
        (f"/people/{key}/change", {"change-version": 1, "change-unit": "BE-POLICE/WANTED", "change-roles": "analyst",
                                   "change-reason": "for the week-end"}),
        (f"/people/{rows('accounts.User', name='lotte')[0].pk}/reset", {"reset-version": 1, "reset-reason": "lost"}),
    ):  # fmt: skip
        proposal = ada.post(path, given)["Location"]
        assert ada.post(f"{proposal}/confirm", {"version": 1}).status_code == 403
    assert ada.is_in()
    assert ada.get("/notices").status_code == 403
    assert len(rows("mfa.Authenticator")) == 2
    page = ada.get(f"/people/{rows('accounts.User', name='lotte')[0].pk}").content.decode()
    assert "$argon2" not in page
    assert [row.code for row in rows("acts.Alarm")] == ["person.for_himself"]


@pytest.mark.parametrize("role", ["analyst", "case-officer"])
def test_an_officer_reads_what_the_administrator_does_not(
    here: Here, places: dict[str, dict[str, str]], role: str
) -> None:
    """The words that are looked for are on pages: the test above would find them."""
    material.person(here, "reader", role)
    client = Client()
    assert client.post("/sign-in", {"name": "reader", "password": material.PASSWORD}).status_code == 302
    page = client.get(url("notice", places)).content.decode()
    assert "Tafrasti" in page
    assert "ZX4417702" in page
