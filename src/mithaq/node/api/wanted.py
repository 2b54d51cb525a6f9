"""Addresses of notices: the listing, one, a draft, and what an officer does with it.

Rule: a system drafts by itself; publishing and withdrawing name the officer who decided. Approving is the second
person's, who signs in at the node (`acts/second.py`).
"""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from mithaq.node.acts.definition import Effects
from mithaq.node.api import cursor, once
from mithaq.node.api.answers import notices as answers
from mithaq.node.api.bodies import Draft, Publication, Withdrawal
from mithaq.node.api.described import OFFICER, POSTED, REASON, From, Limit, answered, shown
from mithaq.node.api.door import client_of, officer_of, reason_of
from mithaq.node.api.shapes import Text, request_of
from mithaq.node.console import people
from mithaq.node.wanted import facts
from mithaq.node.wanted.requests import DraftNotice, PublishNotice, WithdrawNotice

router = Router(tags=["wanted"])
NoticeState = Literal["", "draft", "approved", "active", "expired", "withdrawn"]


@router.get("/notices", response=shown(answers.NoticePage), openapi_extra=REASON)
def notices(
    request: HttpRequest,
    state: NoticeState = "",
    authority: Text = "",
    following: From = "",
    limit: Limit = cursor.LIMIT,
) -> HttpResponse:
    """Notices of this authority and of its partners, latest first."""
    who, asked = client_of(request).actor, f"{state} {authority}".strip()
    with people.looked(who, "api.notices", reason=asked, why=reason_of(request)) as row:
        found = facts.page(who, cursor.before(following), limit + 1, state, authority)
        page, rest = cursor.cut(found, limit)
        row.also = tuple(one.id for one in page)
    return once.json(answers.NoticePage(tuple(map(answers.notice_line, page)), rest))


@router.get("/notices/{key}", response=shown(answers.NoticeAnswer), openapi_extra=REASON)
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """One notice with its content; the portrait as JPEG."""
    who = client_of(request).actor
    found = people.read_of(who, "api.notice", key, lambda: facts.notice(key, who), why=reason_of(request))
    return once.json(answers.notice(found))


@router.post("/notices", response=answered(answers.MovedAnswer), openapi_extra=POSTED)
def draft_notice(request: HttpRequest, asked: Body[Draft]) -> HttpResponse:
    """Draft a notice; officers approve and publish it."""
    client = client_of(request)
    return once.run(request, client, client.actor, "draft-notice@1", request_of(DraftNotice, asked), _drafted)


@router.post("/notices/{key}/publication", response=answered(answers.MovedAnswer), openapi_extra=OFFICER)
def publish_notice(request: HttpRequest, key: str, asked: Body[Publication]) -> HttpResponse:
    """Publish an approved notice to the partner."""
    return _decided(request, "publish-notice@1", PublishNotice, key, asked)


@router.post("/notices/{key}/withdrawal", response=answered(answers.MovedAnswer), openapi_extra=OFFICER)
def withdraw_notice(request: HttpRequest, key: str, asked: Body[Withdrawal]) -> HttpResponse:
    """Withdraw a notice, here and wherever it was published."""
    return _decided(request, "withdraw-notice@1", WithdrawNotice, key, asked)


def _decided(request: HttpRequest, act: str, kind: type[Any], key: str, asked: Any) -> HttpResponse:
    officer = officer_of(request)
    people.read(client_of(request).actor, f"api.{act.partition('@')[0]}", key, f"for {officer.name}")
    return once.run(
        request, client_of(request), officer, act, request_of(kind, asked, notice=key), lambda _done: _moved(key)
    )


def _drafted(done: Effects) -> answers.MovedAnswer:
    return _moved(str(done.answer))


def _moved(key: str) -> answers.MovedAnswer:
    found = facts.notice(key)
    return answers.MovedAnswer(found.id, found.version, found.state)
