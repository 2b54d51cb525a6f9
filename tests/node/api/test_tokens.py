"""Who gets in: client credentials, tokens that end, revocation, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as DjangoClient
from ninja.operation import PathView

from mithaq.errors import InputError, StateError
from mithaq.node.acts import local
from mithaq.node.api import clients, facts
from mithaq.node.api.urls import api
from tests.node.api import systems
from tests.node.api.test_api import post, refused
from tests.node.here import Here, rows

__all__ = ["post"]


def operations() -> list[tuple[str, str]]:
    """(method, address) of everything that wants a token."""
    found = []
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            assert isinstance(view, PathView)
            for one in view.operations:
                if one.auth_param is not None:
                    found += [(method, one.path.replace("{key}", "x")) for method in one.methods]
    return found


def revoke(here: Here, name: str) -> None:
    found = facts.client(name)
    local.apply("client", clients.revoke(found, facts.tokens(found.id)), here.clock.now())


def test_there_are_operations() -> None:
    assert ("POST", "/travellers") in operations()
    assert len(operations()) > 9


def test_a_token_is_given_as_the_standard_has_it(post: Here) -> None:
    systems.add(post, "counters", "BE-POLICE/BORDER", "case-officer")
    answer = systems.ask_token("counters")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    told = answer.json()
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 900)
    (kept,) = rows("api.Token")
    assert told["access_token"] not in str(vars(kept))
    assert kept.expires == post.clock.now() + timedelta(minutes=15)
    (client,) = rows("api.Client")
    assert systems.SECRET.encode() not in bytes(client.secret)
    who = systems.System("counters", told["access_token"]).get("/client").json()
    assert (who["name"], who["unit"], who["roles"]) == ("counters", "BE-POLICE/BORDER", ["case-officer"])


@pytest.mark.parametrize(
    ("form", "name", "secret", "status", "error"),
    [
        ({"grant_type": "password"}, "counters", systems.SECRET, 400, "unsupported_grant_type"),
        ({}, "counters", "wrong", 401, "invalid_client"),
        ({}, "nobody", systems.SECRET, 401, "invalid_client"),
        ({}, "nobody%00", systems.SECRET, 401, "invalid_client"),
    ],
)
def test_what_gets_no_token(post: Here, form: dict[str, str], name: str, secret: str, status: int, error: str) -> None:
    systems.add(post, "counters", "BE-POLICE/BORDER", "case-officer")
    answer = systems.ask_token(name, secret, **form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert set(answer.json()) == {"error", "error_description", "code", "detail", "remedy", "where"}
    assert ("WWW-Authenticate" in answer) == (status == 401)
    assert rows("api.Token") == []


def test_guessing_is_slowed(post: Here) -> None:
    systems.add(post, "counters", "BE-POLICE/BORDER", "case-officer")
    answers = [systems.ask_token("counters", "wrong") for _ in range(5)]
    assert [one.status_code for one in answers] == [401] * 4 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    post.clock.forward(minutes=16)
    assert systems.ask_token("counters").status_code == 200


def test_nothing_is_done_without_a_token(post: Here) -> None:
    stranger = systems.System("nobody", "")
    wrong = systems.System("nobody", "x" * 43)
    for method, path in operations():
        for one in (stranger, wrong):
            answer = one.get(path) if method == "GET" else one.post(path, {})
            refused(answer, 401, "client.token")
            assert answer["WWW-Authenticate"].startswith("Bearer")
    assert rows("acts.Access") == []


def test_a_session_is_no_way_in(post: Here) -> None:
    browser = DjangoClient(headers={"host": "127.0.0.1"})
    signed = browser.post("/sign-in", {"name": "officer-a", "password": "correct horse 4am staple"})
    assert (signed.status_code, browser.get("/manifests").status_code) == (302, 200)
    refused(systems.System("nobody", "", browser).get("/notices"), 401, "client.token")
    assert browser.get("/manifests", headers={"Authorization": f"Bearer {systems.system(post).token}"}).status_code
    token = systems.System("x", "").browser.get("/manifests", headers={"Authorization": "Bearer x"})
    assert token.status_code == 302


def test_a_token_ends_and_so_does_a_revoked_system(post: Here) -> None:
    system = systems.system(post)
    post.clock.forward(minutes=14)
    assert system.get("/client").status_code == 200
    post.clock.forward(minutes=2)
    refused(system.get("/client"), 401, "client.token")
    system.token = systems.ask_token("counters").json()["access_token"]
    # What has expired went with the new one.
    assert len(rows("api.Token")) == 1
    assert system.get("/client").status_code == 200
    revoke(post, "counters")
    refused(system.get("/client"), 401, "client.token")
    assert systems.ask_token("counters").status_code == 401
    with pytest.raises(StateError):
        revoke(post, "counters")
    leaves = rows("acts.Leaf", kind="client")
    assert len(leaves) == 2


@pytest.mark.parametrize(
    ("name", "roles", "pace", "code"),
    [
        ("Counters", ("case-officer",), 100, "client.name"),
        ("a b", ("case-officer",), 100, "client.name"),
        ("counters", ("case-officer",), 100, "client.taken"),
        ("other", (), 100, "person.roles"),
        ("other", ("queen",), 100, "person.roles"),
        ("other", ("case-officer",), 0, "client.pace"),
    ],
)
def test_a_system_is_set_up_right(post: Here, name: str, roles: tuple[str, ...], pace: int, code: str) -> None:
    systems.add(post, "counters", "BE-POLICE/BORDER", "case-officer")
    with pytest.raises(InputError) as wrong:
        systems.add(post, name, "BE-POLICE/BORDER", *roles, pace=pace)
    assert wrong.value.code == code
