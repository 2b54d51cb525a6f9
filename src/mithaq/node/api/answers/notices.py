"""What is told of notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.requests import NoticeContent


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a listing."""

    id: str
    version: int
    reference: str
    authority: str
    unit: str
    state: str
    category: str
    purpose: str
    names: tuple[str, ...]
    birth_dates: tuple[str, ...]
    changed: datetime


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Notices, latest first; `next` is the cursor of the next page, empty on the last."""

    items: tuple[NoticeLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class NoticeAnswer:
    """One notice with its content."""

    id: str
    version: int
    authority: str
    unit: str
    plan: str
    line: str
    state: str
    content: NoticeContent
    created: datetime
    changed: datetime
    review: datetime


@dataclass(frozen=True, slots=True)
class MovedAnswer:
    """A record that was made or moved: its id, its version now, its state."""

    id: str
    version: int
    state: str


def notice_line(one: NoticeFacts) -> NoticeLine:
    """A notice as a listing shows it."""
    person, content = one.content.person, one.content
    return NoticeLine(
        one.id, one.version, one.reference, one.authority, one.unit, one.state, content.category, content.purpose,
        person.names, person.birth_dates, one.changed,
    )  # fmt: skip


def notice(one: NoticeFacts) -> NoticeAnswer:
    """A notice with its content."""
    return NoticeAnswer(
        one.id, one.version, one.authority, one.unit, one.plan, one.line, one.state, one.content, one.created,
        one.changed, one.review,
    )  # fmt: skip
