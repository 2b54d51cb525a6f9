"""The address of search: records of any subject, by what its system may read.

Rule: words stand in the body and in no address; a search changes nothing, so that it has no key to be repeated under.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from mithaq.errors import InputError
from mithaq.node.acts import searching
from mithaq.node.api import once
from mithaq.node.api.answers import search as answers
from mithaq.node.api.described import REASON, shown
from mithaq.node.api.door import client_of, reason_of
from mithaq.node.api.shapes import model_of, request_of
from mithaq.node.console import people


@dataclass(frozen=True, slots=True)
class SearchRecords:
    """Search records of one kind, or of any, for words; `cursor` is where the page before ended."""

    words: str
    kind: str = ""
    cursor: str = ""


if TYPE_CHECKING:
    from pydantic import BaseModel

    Asked: TypeAlias = BaseModel
else:
    Asked = model_of(SearchRecords)

router = Router(tags=["search"])


@router.post("/search", response=shown(answers.SearchPage), openapi_extra=REASON)
def search(request: HttpRequest, asked: Body[Asked]) -> HttpResponse:
    """Records that the words meet, best first, among those that the system's unit and roles may read."""
    question = request_of(SearchRecords, asked)
    who, asked_for = client_of(request).actor, f"{question.kind} {question.words}".strip()
    with people.looked(who, "api.search", reason=asked_for, why=reason_of(request)) as row:
        found = searching.search(who, question.words, question.kind, _plain(question.cursor))
        row.also = tuple(one.record for one in found.found)
    lines = tuple(answers.search_line(one) for one in found.found)
    return once.json(answers.SearchPage(lines, found.total, found.more, _cursor(found.following)))


def _cursor(following: str) -> str:
    return base64.urlsafe_b64encode(following.encode()).decode()


def _plain(cursor: str) -> str:
    try:
        return base64.b64decode(cursor.encode(), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise InputError(
            "search.cursor", "This is no page of a search.", remedy="Begin at the first page.", where="cursor"
        ) from None
