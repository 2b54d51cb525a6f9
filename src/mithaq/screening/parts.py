"""A list cut in parts, each screened by a process of its own: the answers are those of one process, to the last bit.

Rule: a person stands in one part with all records; parts are built with the rarity of the whole, which is counted over
them first. How a list is cut hangs on the persons alone, so that a change knows its part. Implements design: screening,
"Batch-independent" (any number of workers) and "Cost".
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import reduce
from hashlib import blake2b
from operator import add
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from mithaq.errors import InputError, StateError
from mithaq.screening.building import Taken
from mithaq.screening.index import Index
from mithaq.screening.merging import Asked, Found, find, merge
from mithaq.screening.rarity import Census, Rarity
from mithaq.screening.records import Result, Subject, Traveller
from mithaq.screening.score import FLOOR
from mithaq.screening.store import load, save

_CHUNK = 400
_T = TypeVar("_T")


def part_of(person: str, count: int) -> int:
    """The part of `count` in which a person stands: the same on every machine and in every year."""
    digest = blake2b(person.encode("utf8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % count


def cut(subjects: Iterable[Subject], count: int) -> list[list[Subject]]:
    """A list in `count` parts, persons whole. InputError `screening.subject.twice` when two have one id."""
    parts: list[list[Subject]] = [[] for _ in range(count)]
    known: set[str] = set()
    for one in subjects:
        if one.id in known:
            raise InputError(
                "screening.subject.twice",
                "Two subjects of the list have the same id.",
                remedy="Give each record an id of its own; records of one human share `person`.",
                where=f"subject {one.id}",
            )
        known.add(one.id)
        parts[part_of(one.person, count)].append(one)
    return parts


class Parts:
    """The processes that screen the parts of a list, one each: a context that ends them."""

    def __init__(self, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._processes = [ProcessPoolExecutor(1, context) for _ in range(count)]

    @classmethod
    def of(cls, parts: Sequence[Sequence[Subject]], folder: Path | None = None) -> Parts:
        """Processes that have taken the parts of a list (`cut`); `folder`: where each writes its index, `0.index` and
        so on, for `mapped`."""
        self = cls(len(parts))
        try:
            counted = self._all([process.submit(_take, part) for process, part in self._each(parts)])
            rarity = Rarity.of(reduce(add, counted, Census.nothing()))
            paths = [folder and folder / f"{number}.index" for number in range(len(parts))]
            self._all([process.submit(_freeze, rarity, path) for process, path in self._each(paths)])
        except BaseException:
            self.close()
            raise
        return self

    @classmethod
    def mapped(cls, paths: Sequence[Path]) -> Parts:
        """Processes that map the indices of the parts of a list, which `of` wrote together."""
        self = cls(len(paths))
        try:
            self._all([process.submit(_map, path) for process, path in self._each(paths)])
        except BaseException:
            self.close()
            raise
        return self

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
        """As `score.screen` against one index of the whole list. StateError `screening.part` when a process ended."""
        asked = Asked(limit, floor, evidence, documented, told_from)
        out: list[Result] = []
        for start in range(0, len(travellers), _CHUNK):
            chunk = travellers[start : start + _CHUNK]
            found = self._all([process.submit(_find, chunk, asked) for process in self._processes])
            out.extend(merge(found, limit))
        return out

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.shutdown(cancel_futures=True)

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _each(self, several: Sequence[_T]) -> Iterator[tuple[ProcessPoolExecutor, _T]]:
        return zip(self._processes, several, strict=True)

    @staticmethod
    def _all(waiting: Sequence[Future[_T]]) -> list[_T]:
        try:
            return [one.result() for one in waiting]
        except BrokenProcessPool as error:
            raise StateError(
                "screening.part", "A process that screens a part of a list has ended.",
                remedy="Start the parts again; if it happens again, give the machine more memory.",
            ) from error  # fmt: skip


# What a process of a part holds for its life.
_taken: list[Taken] = []
_index: list[Index] = []


def _take(part: Sequence[Subject]) -> Census:
    _taken[:] = [Taken(part)]
    return Census.of(_taken[0].index())


def _freeze(rarity: Rarity, path: Path | None) -> None:
    _index[:] = [_taken.pop().index(rarity)]
    if path is not None:
        save(_index[0], path)


def _map(path: Path) -> None:
    _index[:] = [load(path)]


def _find(travellers: Sequence[Traveller], asked: Asked) -> list[Found]:
    return find(_index[0], travellers, asked)
