"""At most fifteen statements a page, and as many however many rows there are: every page, for whoever reads most.

What counts: `tests/node/statements.py`. One of the fifteen is set aside for the session's sign of life, which is
written once a minute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from mithaq.node.accounts import people_facts
from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.models import Delegation
from mithaq.node.accounts.requests import AddPerson, ChangeRole
from mithaq.node.acts import access, local, perform, search_index, sequence, store
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import uuid7
from mithaq.node.console import holds
from mithaq.node.oversight import unusual
from tests.node import acts_material as material
from tests.node import statements
from tests.node.api import systems
from tests.node.api.test_routes import operations
from tests.node.console.test_routes import PASSWORD, POSTS, QUERY, Client, places, proven, routes, signed_in
from tests.node.here import Here, rows
from tests.peers.partner import worker_keys

__all__ = ["places"]
MOST, SIGN_OF_LIFE = 15, 1
# No page but a file: the proofs of every reading and message of a person, with the keys and plans that they hang on.
EVIDENCE = 27
EVERY_ROLE = (
    "case-officer", "supervisor", "liaison-officer", "party-coordinator", "legal-reviewer", "analyst",
    "protocol-officer", "event-lead",
)  # fmt: skip
READERS = {
    "chief": ("BE-POLICE/BORDER", EVERY_ROLE),
    "desk": ("BE-POLICE/WANTED", EVERY_ROLE),
}
WATCHER, ADMINISTRATOR = "overseer", "administrator"
# Not pages of a person who has signed in: they end the session, or begin one.
NO_PAGE = {
    "sign-out", "account_login", "sign-in", "mfa_authenticate", "sign-in-passkey", "openid_connect_login",
    "openid_connect_callback", "account_inactive", "account_signup", "welcome",
}  # fmt: skip


@pytest.fixture
def reached(here: Here, places: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The places of every page, of one of everything, with what stands on home besides."""
    now = here.clock.now()
    for name, (unit, roles) in READERS.items():
        local.apply("person", add_person(AddPerson(name, name, unit, roles, PASSWORD), str(uuid7(now))), now)
    _lent(here, "officer-a", "chief")
    found = people_facts.named("officer-a")
    request = ChangeRole(found.id, found.version, found.unit, ("analyst",), (), "a reason")
    administrator = Actor(ADMINISTRATOR, "BE-POLICE/WANTED", frozenset({"administrator"}))
    proposal = str(perform.perform("change-role@1", request, administrator))
    # A message that the partner refused, and one that was put aside.
    statements.more(changed={"acts.Wish": {"message": None, "state": "refused", "ground": "line.suspended"}})
    statements.more(changed={"acts.Inbox": {"state": "poison"}})
    assert holds.take(material.OFFICER_A, now, 15)
    unusual.make(now)
    return places | {name: {"key": proposal} for name in ("person-proposal", "person-confirm", "person-refuse")}


def _lent(here: Here, giver: str, taker: str) -> None:
    now = here.clock.now()
    Delegation.objects.create(
        id=uuid7(now), giver=giver, taker=taker, unit="BE-POLICE/BORDER", roles=["case-officer"], starts=now,
        ends=now.replace(year=now.year + 1), by=giver, at=now,
    )  # fmt: skip


def grown(here: Here) -> None:
    """More of everything: apart, of one manifest, of one notice, of one list; more people, leaves and readings."""
    before = statements.more()
    for kept in (("border.Manifest",), ("wanted.Notice", "border.Hit"), ("lists.ListVersion",), ("border.Post",)):
        statements.more(kept)
    assert statements.more() > 5 * before
    now = here.clock.now()
    for number in range(3):
        request = AddPerson(f"more-{number}", "More", "BE-POLICE/BORDER", ("case-officer",), PASSWORD)
        local.apply("person", add_person(request, str(uuid7(now))), now)
        _lent(here, f"more-{number}", "chief")
        assert signed_in("chief")
    for number in range(40):
        store.queue_leaf("access", now, {"rows": str(number)}, b"more", str(number))
    for record in rows("wanted.Notice"):
        access.log(material.OFFICER_A, "wanted.notice", now, str(record.pk))
    sequence.sequence(worker_keys(here), now)
    search_index.rebuild(lambda _label, _done, _every: None)


def pages(place: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, Callable[[Client], Any]]]:
    """(Reader, route, request) of every page: each for whom its unit and roles show most."""
    for name in routes():
        if name in NO_PAGE:
            continue
        for reader in (*READERS, WATCHER, ADMINISTRATOR):
            path, query = reverse(name, kwargs=place.get(name, {})), QUERY.get(name)
            yield reader, name, partial(_get, path=path, query=query)
    for kind in ("candidate", "waiting", "expiring"):
        yield "chief", f"needs {kind}", partial(_get, path=f"/needs/{kind}")
    yield "desk", "retention of notices", partial(_get, path="/retention", query={"kind": "notice"})
    yield "chief", "search for a name", lambda client: client.post("/search", {"words": "Tafrasti"})
    for page in ("person", "person/evidence"):
        named = {"name": "Zohair Tafrasti", "birth_date": "1984-03-17"}
        yield WATCHER, page, lambda client, page=page, named=named: client.post(f"/oversight/{page}", named)
        for known in ("MA-POLICE/2026/WP/00001", place["manifest"]["key"]):
            path = f"/oversight/{page}"
            yield WATCHER, f"{page} {known}", partial(_get, path=path, query={"reference": known})
    yield WATCHER, "log", partial(_get, path="/oversight/log", query={"record": "MA-POLICE/2026/WP/00001"})


def most(name: str) -> int:
    """So many statements may a page send."""
    return EVIDENCE if "evidence" in name else MOST


def _get(client: Client, path: str, query: dict[str, str] | None = None) -> Any:
    return client.get(path, query)


def test_a_page_costs_fifteen_statements_at_most_however_many_rows_there_are(
    here: Here, reached: dict[str, dict[str, str]]
) -> None:
    people = {name: proven(name) for name in (*READERS, WATCHER, ADMINISTRATOR)}
    asked = [(reader, name, partial(ask, people[reader])) for reader, name, ask in pages(reached)]
    wrong, read, few = [], [], {}
    for reader, name, ask in asked:
        # With what a session or a process asks once.
        answer, found = statements.sent(ask)
        assert answer.status_code in {200, 302, 403, 404, 405}, (name, answer.status_code)
        if len(found) > most(name):
            wrong.append("\n".join((f"{reader}, {name}, the first time: {len(found)}", *found)))
        if answer.status_code == 200:
            read.append((reader, name, ask))
    assert {name for _reader, name, _ask in read} >= set(routes()) - NO_PAGE - POSTS
    for reader, name, ask in read:
        few[reader, name] = len(statements.sent(ask)[1])
        if few[reader, name] + SIGN_OF_LIFE > most(name):
            wrong.append(f"{reader}, {name}: {few[reader, name]}")
    grown(here)
    for reader, name, ask in read:
        answer, found = statements.sent(ask)
        assert answer.status_code == 200, name
        # A page that is full may name fewer kinds of records than before; it never asks more.
        if len(found) > few[reader, name]:
            wrong.append("\n".join((f"{reader}, {name}: {few[reader, name]}, with more rows {len(found)}", *found)))
    assert not wrong, "\n\n".join(wrong)


def test_an_own_systems_page_costs_fifteen_at_most_however_many_rows_there_are(
    here: Here, reached: dict[str, dict[str, str]]
) -> None:
    candidate = str(rows("border.Candidate", state="candidate")[0].pk)
    keys = {
        "notices": reached["notice"]["key"], "manifests": reached["manifest"]["key"], "candidates": candidate,
        "versions": reached["list-version"]["key"],
    }  # fmt: skip
    system, few = systems.system(here, "counters", "BE-POLICE/BORDER", *EVERY_ROLE), {}
    for after in (False, True):
        for method, path in sorted(operations()):
            if method == "get":
                kind = path.split("/")[1]
                asked = re.sub(r"\{(\w+)\}", lambda found, kind=kind: "UN" if found[1] == "name" else keys[kind], path)
                statements.sent(partial(system.get, asked))
                answer, found = statements.sent(partial(system.get, asked))
                assert answer.status_code == 200, path
                assert len(found) <= MOST, (path, found)
                assert few.setdefault(path, len(found)) == len(found), (path, found)
        if not after:
            grown(here)
    assert len(few) > 6
