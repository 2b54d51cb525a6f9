"""What is told of lists and their versions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from mithaq.node.lists.facts import VersionFacts


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a list: `elements` of the file are those used and those reported; against the version that was live
    then, so many entries are added, changed and removed. `older` says in what it seems older than that one: `date` (by
    its own date), `seen` (the file was replaced or discarded before) or nothing."""

    id: str
    list: str
    state: str
    file: str
    digest: str
    generated: str
    at: datetime
    imported_by: str
    elements: int
    used: int
    reported: int
    added: int
    changed: int
    removed: int
    older: str
    confirmed: datetime | None
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list, with the version that is live and the one that waits; null where there is none."""

    list: str
    live: VersionLine | None
    pending: VersionLine | None


@dataclass(frozen=True, slots=True)
class ListsAnswer:
    """Every list that the node knows."""

    items: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Versions of a list, latest first; `next` is the cursor of the next page, empty on the last."""

    items: tuple[VersionLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class VersionMoved:
    """A version that was made or moved, and its state."""

    version: str
    state: str


def version_line(one: VersionFacts) -> VersionLine:
    """A version of a list as the API shows it."""
    return VersionLine(**{part.name: getattr(one, part.name) for part in fields(VersionLine)})


def list_line(name: str, live: VersionFacts | None, pending: VersionFacts | None) -> ListLine:
    """A list with its two versions."""
    return ListLine(name, version_line(live) if live else None, version_line(pending) if pending else None)
