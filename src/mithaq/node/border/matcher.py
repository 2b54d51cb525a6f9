"""The screening index of this process, built anew when a source changes.

Rule: a screening runs against one index from beginning to end, and says of how many subjects.
Design: screening, "Shape" (one generation number).
"""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass

from mithaq.node.acts.registry import REGISTRY, Edition
from mithaq.screening import Index, build


@dataclass(frozen=True, slots=True)
class Live:
    """An index, the generations of the sources that it was built from, and what these held then."""

    generation: tuple[str, ...]
    index: Index
    size: int
    editions: tuple[Edition, ...]

    @property
    def text(self) -> str:
        """The generation as text, for what is stored with it."""
        return text_of(self.generation)


_LOCK = threading.Lock()
_LIVE: list[Live] = []


def current() -> tuple[str, ...]:
    """The generations of the sources as they are now, without building anything."""
    return tuple(f"{name}={source.generation()}" for name, source in sorted(REGISTRY.sources.items()))


def text_of(generation: tuple[str, ...]) -> str:
    """A generation as text."""
    return " ".join(generation)


def changed(before: str, after: str) -> tuple[str, ...]:
    """The names of the sources whose generation differs between two such texts."""
    old, new = (dict(part.split("=", 1) for part in text.split(" ") if "=" in part) for text in (before, after))
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def live() -> Live:
    """The index over all sources as they are now."""
    generation = current()
    with _LOCK:
        if not _LIVE or _LIVE[0].generation != generation:
            subjects = [subject for _, source in sorted(REGISTRY.sources.items()) for subject in source.subjects()]
            editions = tuple(edition for source in REGISTRY.editions for edition in source())
            _LIVE[:] = [Live(generation, build(subjects), len(subjects), editions)]
            _settle()
        return _LIVE[0]


def _settle() -> None:
    """Take what stays out of what is searched for garbage: a search stopped all threads for 150 ms, of 10,000 subjects.

    An index that another replaces is freed all the same: it holds no cycle, and is not found by a search.
    """
    gc.collect()
    gc.freeze()
