"""The lists that subjects fill at start and that home, search, oversight and the road read.

Rule: no subject imports another; what one needs of another it asks here. Design: architecture, "Layout".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mithaq.errors import InputError
from mithaq.node.acts.definition import Act, Actor, Effects
from mithaq.node.acts.nouns import Card
from mithaq.screening import Subject


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for a person: `text` is translated, `due` shown as countdown."""

    kind: str
    text: Any
    record: str
    url: str
    since: datetime
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source of subjects for screening: a generation that changes when they do, the subjects, and a card of one.

    Ids of subjects begin with the source's name and a colon: `notice:...`, `list:UN/...`.
    """

    name: str
    generation: Callable[[], str]
    subjects: Callable[[], Iterable[Subject]]
    card: Callable[[str], Card | None]


@dataclass(frozen=True, slots=True)
class Target:
    """A record as a page of another subject may name it: its reference, and the page where it is mended."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class RefusedUpload:
    """A file that an act refused whole, as the road hands it to the subject that keeps such files."""

    act: str
    unit: str
    by: str
    name: str
    data: bytes
    code: str
    sentence: str
    where: str
    params: Mapping[str, str | int]
    bytes_hours: int
    days: int


@dataclass
class Registry:
    """Filled by each subject's `AppConfig.ready`. `targets` find a record by its model and id; `refused` makes the
    records of a file that was refused, and `mended` those of its link to a later good one."""

    acts: dict[str, Act] = field(default_factory=dict)
    needs: list[Callable[[Actor, datetime], Iterable[Need]]] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    by_reference: dict[str, Callable[[str], Card | None]] = field(default_factory=dict)
    targets: dict[str, Callable[[str], Target | None]] = field(default_factory=dict)
    refused: Callable[[RefusedUpload, datetime], Effects] | None = None
    mended: Callable[[str, str, str, str, tuple[str, str]], Effects] | None = None
    related: list[Callable[[str], Iterable[Need]]] = field(default_factory=list)
    retention: list[Callable[[datetime], Iterable[tuple[str, str]]]] = field(default_factory=list)

    def add(self, *acts: Act) -> None:
        """Register acts; a word and version is defined once."""
        for act in acts:
            if act.name in self.acts:
                raise InputError("act.twice", "The act {act} is defined twice.", act=act.name)
            self.acts[act.name] = act

    def card(self, subject: str) -> Card | None:
        """The card of a subject of any source, or None when it is gone."""
        name, _, key = subject.partition(":")
        source = self.sources.get(name)
        return source.card(key) if source else None

    def target(self, model: str, record: str) -> Target | None:
        """A record of any subject, or None when it is gone or no subject has a page for it."""
        find = self.targets.get(model)
        return find(record) if find else None

    def act(self, name: str) -> Act:
        """The act of that name and version, or InputError `act.unknown`."""
        if name not in self.acts:
            raise InputError(
                "act.unknown", "This node does not know the act {act}.", remedy="Upgrade the node.", act=name[:80]
            )
        return self.acts[name]


REGISTRY = Registry()
