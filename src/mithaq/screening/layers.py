"""A list that changes: a base that stays as it is, the few records that changed since, and who is left out of the base.

Rule: layers are immutable and have one generation: whoever asks sees the list before a change or after it, never half
of it. A change takes time by what has changed, not by how long the list is. How rare names are is frozen by the base
until `merged`; base and delta together answer as one index built with that rarity, to the last bit. A person stands in
one of them: whose record changes moves from the base with all records. Implements design: screening, "Shape" (`index`:
a base segment, a small delta and tombstones under one generation number; rarity frozen per base).
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from mithaq.errors import InputError, StateError
from mithaq.screening.building import build
from mithaq.screening.columns import Texts
from mithaq.screening.index import Index
from mithaq.screening.merging import Asked, find, merge
from mithaq.screening.names import read
from mithaq.screening.rarity import Rarity
from mithaq.screening.readback import records
from mithaq.screening.records import Result, Subject, Traveller
from mithaq.screening.score import FLOOR

GROWN = 10_000
"""Records of a delta from which on `merged` is worth its while: a change builds all of the delta again."""
# A name of the delta is read once, and not again at every change.
_read = lru_cache(maxsize=4 * GROWN)(read)


class Layers:
    """A list at one generation. `base`: the index that stays, without those who changed since; `delta`: the index of
    the records of those (None: nobody); `changed`: these records by id."""

    def __init__(self, base: Index, generation: int = 0) -> None:
        """Layers of a base that nothing has changed of."""
        self.base, self.generation = base, generation
        self.delta: Index | None = None
        self.changed: Mapping[str, Subject] = MappingProxyType({})

    def __contains__(self, subject: object) -> bool:
        return isinstance(subject, str) and (subject in self.changed or _live(self.base, subject) is not None)

    def __len__(self) -> int:
        """How many records the list has."""
        gone = 0 if self.base.gone is None else int(np.count_nonzero(self.base.gone[self.base.person_of]))
        return len(self.base.ids) - gone + len(self.changed)

    @property
    def is_grown(self) -> bool:
        """Whether the delta is so long that `merged` is worth its while."""
        return len(self.changed) >= GROWN

    @property
    def unsearchable(self) -> tuple[str, ...]:
        """The ids of records without a readable name, in order."""
        return tuple(sorted((*self.base.unsearchable, *(self.delta.unsearchable if self.delta else ()))))

    def subjects(self) -> Iterator[Subject]:
        """All records of the list, as they are screened (`readback`)."""
        base = self.base
        here = np.ones(len(base.ids), bool) if base.gone is None else ~base.gone[base.person_of]
        yield from records(base, np.flatnonzero(here))
        yield from self.changed.values()

    def with_changes(self, added: Iterable[Subject] = (), removed: Iterable[str] = ()) -> Layers:
        """The next generation: without the records `removed` (ids), and with those `added`, in place of the ones that
        have their ids. A record may be in both.

        InputError `screening.subject.twice` when an id is added twice, `screening.subject.unknown` when an id is
        removed that the list does not have; then nothing has changed.
        """
        fresh = _by_id(added)
        dropped = dict.fromkeys(removed)
        for subject in dropped:
            if subject not in self:
                raise InputError(
                    "screening.subject.unknown",
                    "A record is to be removed that the list does not have.",
                    remedy="Take it from the change, or compare the change with the generation that it was made for.",
                    where=f"subject {subject}",
                )
        replaced = fresh.keys() | dropped.keys()
        base, moved = self._moved(fresh.values(), replaced)
        changed = {key: one for key, one in {**self.changed, **moved}.items() if key not in replaced} | fresh
        return self._next(base, changed)

    def merged(self, rarity: Rarity | None = None) -> Layers:
        """The next generation: the same list as one base, as long a work as `build`. How rare names are is counted
        anew, unless the base is a part of a list or has a rarity of another: then it stays, or is `rarity`."""
        if rarity is None and self.base.vocabulary.rarity is not self.base.vocabulary:
            rarity = self.base.rarity
        return Layers(build(self.subjects(), rarity), self.generation + 1)

    def onto(self, merged: Layers, since: Layers) -> Layers:
        """The list as it is here, on the base that was merged from `since`, of which this came by changes."""
        added = [one for key, one in self.changed.items() if since.changed.get(key) != one]
        # Who is left out of the base and stands in no delta was removed.
        before = {*since.changed, *_moved_ids(since.base, self.base)}
        later = merged.with_changes(added, before - self.changed.keys())
        later.generation = max(self.generation, merged.generation) + 1
        return later

    def screen(
        self,
        travellers: Sequence[Traveller],
        limit: int = 5,
        floor: float = FLOOR,
        *,
        evidence: bool = True,
        documented: bool = False,
        told_from: float | None = None,
    ) -> list[Result]:
        """As `score.screen` against one index of the list with the rarity of the base."""
        asked = Asked(limit, floor, evidence, documented, told_from)
        layers = [self.base] if self.delta is None else [self.base, self.delta]
        return merge([find(index, travellers, asked) for index in layers], limit)

    def _moved(self, fresh: Iterable[Subject], replaced: Iterable[str]) -> tuple[Index, dict[str, Subject]]:
        """The base without the persons whom the records belong to, or will; and the records that they had in it."""
        base = self.base
        touched = {who for one in fresh if (who := _place(base.persons, one.person)) is not None}
        touched |= {int(base.person_of[at]) for one in replaced if (at := _live(base, one)) is not None}
        new = [who for who in touched if base.gone is None or not base.gone[who]]
        if not new:
            return base, {}
        gone = _nobody(base) if base.gone is None else base.gone.copy()
        gone[new] = True
        moving = _nobody(base)
        moving[new] = True
        numbers = np.flatnonzero(moving[base.person_of])
        return base.without(gone), {one.id: one for one in records(base, numbers)}

    def _next(self, base: Index, changed: dict[str, Subject]) -> Layers:
        later = Layers(base, self.generation + 1)
        later.changed = MappingProxyType(changed)
        later.delta = build(changed.values(), base.rarity, _read) if changed else None
        return later


class Held:
    """The layers of now, for whoever screens while they change: `now` is read once for a question and used throughout
    it. One change at a time; no question waits for it."""

    def __init__(self, layers: Layers) -> None:
        self.now = layers
        self._changing = threading.Lock()
        self._merging = threading.Lock()

    def change(self, added: Iterable[Subject] = (), removed: Iterable[str] = ()) -> Layers:
        """Make a change live (`Layers.with_changes`); the layers that have it."""
        with self._changing:
            self.now = self.now.with_changes(added, removed)
            return self.now

    def merge(self, rarity: Rarity | None = None) -> Layers:
        """Merge the delta into a new base: long, and nothing waits for it; changes that come meanwhile stay. StateError
        `screening.merging` when another merge is under way."""
        if not self._merging.acquire(blocking=False):
            raise StateError("screening.merging", "The list is being merged already.", remedy="Wait for that merge.")
        try:
            since = self.now
            merged = since.merged(rarity)
            with self._changing:
                self.now = merged if self.now is since else self.now.onto(merged, since)
                return self.now
        finally:
            self._merging.release()


def _by_id(subjects: Iterable[Subject]) -> dict[str, Subject]:
    out: dict[str, Subject] = {}
    for one in subjects:
        if one.id in out:
            raise InputError(
                "screening.subject.twice",
                "Two subjects of the list have the same id.",
                remedy="Give each record an id of its own; records of one human share `person`.",
                where=f"subject {one.id}",
            )
        out[one.id] = one
    return out


def _place(texts: Texts, text: str) -> int | None:
    """Where a text stands among some in order."""
    at = bisect_left(texts, text)
    return at if at < len(texts) and texts[at] == text else None


def _live(base: Index, subject: str) -> int | None:
    """The number of a record that is not left out."""
    at = _place(base.ids, subject)
    return None if at is None or (base.gone is not None and base.gone[base.person_of[at]]) else at


def _moved_ids(before: Index, after: Index) -> Iterator[str]:
    """The records of a base that are left out of its later state, and were not before."""
    then, now = (_nobody(base) if base.gone is None else base.gone for base in (before, after))
    return (before.ids[number] for number in np.flatnonzero((now & ~then)[before.person_of]).tolist())


def _nobody(base: Index) -> NDArray[np.bool_]:
    return np.zeros(len(base.persons), np.bool_)
