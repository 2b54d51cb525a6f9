"""The rules of lists: what one version changes, when it may take effect. Pure.

Rules: a version takes effect over the version that it was compared with, and over no other; when half or more of the
entries would vanish it takes a second person and a reason, because that is a broken file before it is news; what seems
older than the live version takes a reason, because a mirror that went back would free who was listed since.
Design: issue 3, "Lists as subjects".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mithaq.errors import RefusedError, StateError
from mithaq.node.lists.reading import Entry

Stored = tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that a version adds, changes or removes; `fields` are those that differ."""

    kind: str
    reference: str
    fields: tuple[str, ...] = ()


def changes(before: Mapping[str, Stored], after: Iterable[Entry]) -> tuple[Change, ...]:
    """What turns `before` into `after`: changed and added in the order of the list, then removed."""
    found: list[Change] = []
    seen: set[str] = set()
    for entry in after:
        seen.add(entry.reference)
        old = before.get(entry.reference)
        if old is None:
            found.append(Change("added", entry.reference))
        elif fields := differing(old, (entry.person, entry.more)):
            found.append(Change("changed", entry.reference, fields))
    found += (Change("removed", reference) for reference in before if reference not in seen)
    return tuple(found)


def differing(old: Stored, new: Stored) -> tuple[str, ...]:
    """The names of the fields that are not the same."""
    return tuple(
        name
        for was, now in zip(old, new, strict=True)
        for name in dict.fromkeys((*was, *now))
        if was.get(name) != now.get(name)
    )


def vanishes(removed: int, before: int) -> bool:
    """Whether half or more of the entries vanish."""
    return before > 0 and removed * 2 >= before


def older(live: str, generated: str, was_here: bool) -> str:
    """In what a list seems older than the live one: `date` when the list itself says an earlier moment, `seen` when
    this file was replaced or discarded before; else empty. `live` and `generated` are moments as lists write them."""
    before, after = _moment(live), _moment(generated)
    if before is not None and after is not None and after < before:
        return "date"
    return "seen" if was_here else ""


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def check_pending(state: str) -> None:
    """StateError `list.state` when the version waits for nobody any more."""
    if state != "pending":
        detail = "This version of the list does not wait any more."
        raise StateError("list.state", detail, remedy="Look at the lists again.", where="version")


def check_base(base: str, live: str) -> None:
    """StateError `list.base` when another version took effect after this one was compared."""
    if base != live:
        detail = "Another version of the list took effect since this one was imported."
        raise StateError("list.base", detail, remedy="Import the file again.", where="version")


def check_vanished(removed: int, before: int, imported_by: str, actor: str, reason: str) -> None:
    """RefusedError `list.vanished` when half or more vanish and no second person gives a reason."""
    if vanishes(removed, before) and (actor == imported_by or not reason.strip()):
        raise RefusedError(
            "list.vanished",
            "Half or more of the entries would vanish.",
            remedy="Check that the file is complete; a second person may confirm it, with a reason.",
            where="reason",
            removed=removed,
            before=before,
        )


def check_older(older: str, reason: str) -> None:
    """RefusedError `list.older` when a version seems older than the live one and nobody gives a reason."""
    if older and not reason.strip():
        raise RefusedError(
            "list.older",
            "This version of the list is older than the live one, or was here before.",
            remedy="Look at where the file comes from; a person may confirm it with a reason.",
            where="reason",
        )


def check_another(imported_by: str, actor: str) -> None:
    """RefusedError `list.second` when the person who imported the version confirms it alone."""
    if actor == imported_by:
        raise RefusedError(
            "list.second",
            "The domestic instrument asks that another person than its importer confirms a list.",
            remedy="Ask a colleague to look at it and confirm it.",
        )
