"""Those of a day of birth whose name is a spelling of the one that is asked about.

Rule: everyone who was born that day is compared, so that no record is missed because newer ones share the day; where
they are more than `MOST` it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from mithaq.node.acts.registry import Found, Held
from mithaq.screening.likeness import Likeness

MOST = 20_000
"""So many of a model are compared: a question may take a second, and not a minute because a list gives all one day."""

R = TypeVar("R")


def alike(name: str, rows: Sequence[R], names: Callable[[R], Sequence[str]]) -> tuple[list[R], bool]:
    """(rows one of whose names is a spelling of `name`, whether there are rows beyond the first `MOST`)."""
    if not rows:
        return [], False
    some = rows[:MOST]
    return [some[place] for place in Likeness(name).among(list(map(names, some)))], len(rows) > MOST


def found(held: Iterable[Held], limit: int, cut: Iterable[str] = ()) -> Found:
    """At most `limit` records of a model, the newest, each once; `cut` are models that are known to be cut."""
    by_model: dict[str, dict[str, Held]] = {}
    for one in held:
        by_model.setdefault(one.model, {})[one.record] = one
    more = {model for model, some in by_model.items() if len(some) > limit}
    newest = (sorted(some.values(), key=lambda one: one.at, reverse=True)[:limit] for some in by_model.values())
    return Found(tuple(one for some in newest for one in some), frozenset((*more, *cut)))
