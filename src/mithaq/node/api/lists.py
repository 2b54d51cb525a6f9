"""Addresses of lists: what is live and what waits, the versions of a list, a new one, and what an officer does with it.

Rule: an import changes nobody who is looked for: it makes a version that waits until an officer confirms it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from mithaq.node.acts.definition import Effects
from mithaq.node.api import cursor, once
from mithaq.node.api.answers import lists as answers
from mithaq.node.api.bodies import Confirmation, Discarding, Import
from mithaq.node.api.described import OFFICER, POSTED, From, Limit, answered, shown
from mithaq.node.api.door import client_of, officer_of
from mithaq.node.api.shapes import request_of
from mithaq.node.console import people
from mithaq.node.lists import facts
from mithaq.node.lists.requests import ConfirmList, DiscardList, ImportList, ListName

router = Router(tags=["lists"])


@router.get("/lists", response=shown(answers.ListsAnswer))
def lists(request: HttpRequest) -> HttpResponse:
    """Every list, with the version that is live and the one that waits."""
    people.read(client_of(request).actor, "api.lists")
    found = ((name, facts.in_state(name, "live"), facts.in_state(name, "pending")) for name in facts.LISTS)
    return once.json(answers.ListsAnswer(tuple(answers.list_line(*one) for one in found)))


@router.get("/lists/{name}/versions", response=shown(answers.VersionPage))
def versions(request: HttpRequest, name: ListName, following: From = "", limit: Limit = cursor.LIMIT) -> HttpResponse:
    """The versions of a list, latest first."""
    people.read(client_of(request).actor, "api.versions", name)
    page, rest = cursor.cut(facts.versions_page(name, cursor.before(following), limit + 1), limit)
    return once.json(answers.VersionPage(tuple(map(answers.version_line, page)), rest))


@router.get("/versions/{key}", response=shown(answers.VersionLine))
def version(request: HttpRequest, key: str) -> HttpResponse:
    """One version of a list: where it comes from, how much of it is used, and how much it changes."""
    people.read(client_of(request).actor, "api.version", key)
    return once.json(answers.version_line(facts.version(key)))


@router.post("/lists", response=answered(answers.VersionMoved), openapi_extra=POSTED)
def import_list(request: HttpRequest, asked: Body[Import]) -> HttpResponse:
    """Read a list; it waits until an officer confirms it, unless it holds what is live already (`unchanged`)."""
    client = client_of(request)
    return once.run(request, client, client.actor, "import-list@1", request_of(ImportList, asked), _moved)


@router.post("/versions/{key}/confirmation", response=answered(answers.VersionMoved), openapi_extra=OFFICER)
def confirm_list(request: HttpRequest, key: str, asked: Body[Confirmation]) -> HttpResponse:
    """Let a version that waits take effect."""
    return _decided(request, "confirm-list@1", request_of(ConfirmList, asked, version=key), key)


@router.post("/versions/{key}/discarding", response=answered(answers.VersionMoved), openapi_extra=OFFICER)
def discard_list(request: HttpRequest, key: str, asked: Body[Discarding]) -> HttpResponse:
    """Drop a version that waits."""
    return _decided(request, "discard-list@1", request_of(DiscardList, asked, version=key), key)


def _decided(request: HttpRequest, act: str, made: Any, key: str) -> HttpResponse:
    officer = officer_of(request)
    people.read(client_of(request).actor, f"api.{act.partition('@')[0]}", key, f"for {officer.name}")
    return once.run(request, client_of(request), officer, act, made, _moved)


def _moved(done: Effects) -> answers.VersionMoved:
    return answers.VersionMoved(done.answer["version"], done.answer["state"])
