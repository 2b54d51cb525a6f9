"""The lists that subjects fill at start and that home, search, oversight and the road read.

Rule: no subject imports another; what one needs of another it asks here. Design: architecture, "Layout".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from mithaq.errors import InputError
from mithaq.node.acts.definition import Act, Actor, Effects, SubjectsChanged
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


@dataclass
class Registry:
    """Filled by each subject's `AppConfig.ready`.

    `every_minute` runs in the worker, between two rounds; it must be quick, as deliveries wait for it.

    `on_subjects_changed` is told of every act that changes who is looked for (a list takes effect, a notice is
    published or withdrawn, here or by the partner): once for each `SubjectsChanged` of the act's effects, after its
    rows are written and in its transaction, with the moment and a source of fresh ids. It returns effects of its own,
    whose rows and erasures are written in that transaction; their leaf, answer and `subjects` are left aside. It must
    be quick, as an act waits for it: what takes long (screening kept crossings again) is a row that the worker finds.
    The generations of `sources` have changed when it is called.
    """

    acts: dict[str, Act] = field(default_factory=dict)
    needs: list[Callable[[Actor, datetime], Iterable[Need]]] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    by_reference: dict[str, Callable[[str], Card | None]] = field(default_factory=dict)
    on_subjects_changed: list[Callable[[SubjectsChanged, datetime, Callable[[], UUID]], Effects]] = field(
        default_factory=list
    )
    related: list[Callable[[str], Iterable[Need]]] = field(default_factory=list)
    every_minute: list[Callable[[datetime], None]] = field(default_factory=list)
    retention: list[Callable[[datetime], Iterable[tuple[str, str]]]] = field(default_factory=list)

    def add(self, *acts: Act) -> None:
        """Register acts; a word and version is defined once."""
        for act in acts:
            if act.name in self.acts:
                raise InputError("act.twice", f"The act {act.name} is defined twice.")
            self.acts[act.name] = act

    def card(self, subject: str) -> Card | None:
        """The card of a subject of any source, or None when it is gone."""
        name, _, key = subject.partition(":")
        source = self.sources.get(name)
        return source.card(key) if source else None

    def act(self, name: str) -> Act:
        """The act of that name and version, or InputError `act.unknown`."""
        if name not in self.acts:
            raise InputError("act.unknown", f"This node does not know the act {name[:80]}.", remedy="Upgrade the node.")
        return self.acts[name]


REGISTRY = Registry()
