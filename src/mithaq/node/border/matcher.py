"""The screening index of this process, built anew when a source changes.

Rule: a screening runs against one index from beginning to end, and says of how many subjects.
Design: screening, "Shape" (one generation number).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from mithaq.node.acts.registry import REGISTRY
from mithaq.screening import Index, build


@dataclass(frozen=True, slots=True)
class Live:
    """An index and the generations of the sources that it was built from."""

    generation: tuple[str, ...]
    index: Index
    size: int


_LOCK = threading.Lock()
_LIVE: list[Live] = []


def live() -> Live:
    """The index over all sources as they are now."""
    generation = tuple(f"{name}={source.generation()}" for name, source in sorted(REGISTRY.sources.items()))
    with _LOCK:
        if not _LIVE or _LIVE[0].generation != generation:
            subjects = [subject for _, source in sorted(REGISTRY.sources.items()) for subject in source.subjects()]
            _LIVE[:] = [Live(generation, build(subjects), len(subjects))]
        return _LIVE[0]
