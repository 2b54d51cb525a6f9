"""What a search answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mithaq.node.acts.searching import Result


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A record that a search found: `name` is the spelling that meets the words best, `url` its page at the node."""

    kind: str
    reference: str
    name: str
    state: str
    unit: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found, best first; `total` counts all pages and no further than 1,000, of which `more` tells;
    `next` is the cursor of the next page, empty on the last."""

    items: tuple[SearchLine, ...]
    total: int
    more: bool
    next: str


def search_line(one: Result) -> SearchLine:
    """A record as a search shows it."""
    line = one.line
    return SearchLine(one.kind, line.reference, one.name, line.state, line.unit, line.at, line.url)
