"""The lists that subjects fill at start and that home, search, oversight and the road read.

Rule: no subject imports another; what one needs of another it asks here. Design: architecture, "Layout".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mithaq.errors import InputError
from mithaq.node.acts.definition import Act, Actor, Effects
from mithaq.node.acts.needs import Few, Need, Queue
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.retention import RetentionRule
from mithaq.screening import Subject

__all__ = ["REGISTRY", "Edition", "MendedUpload", "Need", "RefusedUpload", "Registry", "Source", "Target"]


@dataclass(frozen=True, slots=True)
class Source:
    """A source of subjects for screening: a generation that changes when they do, the subjects, and the cards
    of some (by id without the source's name; those that are gone are left out), looked up together; the portrait of
    one.

    Ids of subjects begin with the source's name and a colon: `notice:...`, `list:UN/...`.
    """

    name: str
    generation: Callable[[], str]
    subjects: Callable[[], Iterable[Subject]]
    cards: Callable[[Collection[str]], Mapping[str, Card]]
    portrait: Callable[[str], bytes | None] = lambda _key: None


@dataclass(frozen=True, slots=True)
class Edition:
    """What a source holds now, for an answer that says what it was compared with: a list or the notices, the moment of
    its last change, and how many subjects of it are live."""

    name: str
    at: datetime | None
    subjects: int


@dataclass(frozen=True, slots=True)
class Target:
    """A record as a page of another subject may name it: its reference, and the page where it is mended.

    `advice` says what is done with a record that cannot be mended as it stands, `anew` where its successor is made.
    """

    reference: str
    url: str
    advice: Any = ""
    anew: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked for: a reference or an id, or a name with a birth date (YYYY-MM-DD), or `keys` of records that are
    known already. `known` are ids and references of records that need not be found once more."""

    reference: str = ""
    name: str = ""
    birth_date: str = ""
    keys: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """A record about a person, as whoever follows a person's data through every subject needs it.

    `keys` lead to the other records about the same person, and to nobody else's: `Asked.keys` of the next question.
    `shown` are the ids and references by which rows of the access log tell that it was shown, `leaves` what its ledger
    leaves are found by, `messages` those that brought it here; `purpose` and `basis` say what it is held for, as far as
    the record does; `places` are what pages call other ids of `shown`, as far as the record tells.
    """

    model: str
    record: str
    reference: str
    url: str
    at: datetime
    state: str
    names: tuple[str, ...]
    birth_dates: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    messages: tuple[str, ...] = ()
    purpose: str = ""
    basis: str = ""
    places: tuple[tuple[str, Target], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Records about a person; of the models in `cut` there are more, and the newest are here."""

    held: tuple[Held, ...] = ()
    cut: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Persons:
    """What a subject answers about its records of persons: those that a question is about (at most `limit` of a model).

    `named` is the query for (id, name, address) of its records among `%(ids)s`: put together with those of the other
    subjects it is one statement; records that are gone are left out. `beside` gives the ids of the records that the
    page of a record lays beside it to be compared."""

    find: Callable[[Asked, int], Found]
    named: str
    beside: Callable[[str], Collection[str]] = lambda _record: ()


@dataclass(frozen=True, slots=True)
class RefusedUpload:
    """A file that an act refused whole, as the road hands it to the subject that keeps such files.

    `asked` is what the request said beside its files; `mends` the id of the file that this one was to take the place
    of, empty for one that came by itself.
    """

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
    asked: Mapping[str, str] = field(default_factory=dict)
    mends: str = ""


@dataclass(frozen=True, slots=True)
class MendedUpload:
    """A good file of an act that takes files: the record that it `made` (model and id; None when it made none), and
    the id of the refused file that it `mends`, empty for one that came by itself."""

    act: str
    unit: str
    by: str
    name: str
    digest: str
    made: tuple[str, str] | None
    mends: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a search may find of a record: the `line` (the id under which it is shown), who may read it (readers of
    `acts/search_keys.py`), its moment, its names in any script, and its references, numbers and flights as `texts`.

    Sensitive fields are in none of these, and never found.
    """

    line: str
    readers: tuple[str, ...]
    at: datetime
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A record as a page of search shows it, read when it is shown; `names` are the spellings to choose from, and
    `record` is how the access log tells of it, where that is not its id."""

    reference: str
    url: str
    state: str
    unit: str
    at: datetime
    names: tuple[str, ...] = ()
    handling: str = "H1"
    record: str = ""


@dataclass(frozen=True, slots=True)
class SearchSource:
    """How records of a model are found: the word of their kind, the entries of some (rows of the model), and the
    lines of some by id, looked up together; those that are gone are left out."""

    kind: str
    title: Any
    entries: Callable[[Sequence[Any]], Iterable[tuple[str, Entry]]]
    lines: Callable[[Collection[str]], Mapping[str, Line]]


@dataclass
class Registry:
    """Filled by each subject's `AppConfig.ready`.

    `editions` say what screening compares with. `every_minute` runs in the worker, after erasure and between two
    rounds: each does what has become due, nothing twice; deliveries wait for it. `every_round` runs before each round,
    once a second at least, and takes up what a person waits for: one look at a small table when there is nothing.

    An act that changes who is looked for (a list takes effect, a notice is published or withdrawn, here or by the
    partner) changes the generation of its source: who must compare again compares generations, in the worker's turn.

    `retention` are the rules by which records end; `kept` names the models that none of them ends, each with its
    reason.
    `persons` follow one person's data through every subject (person look-up).

    `queues` are what waits, read a page at a time; `few` what is few by its nature and reckoned (a feed of a post).
    Both are read in one statement: `acts/queue.py`.

    `targets` find records by their model and ids, together; those that are gone are left out. `refused` makes the
    records of a file that an act refused whole, and `mended` those that name a later good one beside it, and close the
    one that it mends.

    `keeps` name the first row of the access log that has to stay, whatever its age (None: no row), before rows end.

    `reasons` are the settings by which an instrument has a page ask why it is read.

    `search` says by model how its records are found: the road keeps the index in the transaction that writes them.
    """

    acts: dict[str, Act] = field(default_factory=dict)
    few: list[Few] = field(default_factory=list)
    queues: dict[str, Queue] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    by_reference: dict[str, Callable[[str], Card | None]] = field(default_factory=dict)
    targets: dict[str, Callable[[Collection[str]], Mapping[str, Target]]] = field(default_factory=dict)
    persons: list[Persons] = field(default_factory=list)
    refused: Callable[[RefusedUpload, datetime], Effects] | None = None
    mended: Callable[[MendedUpload, datetime], Effects] | None = None
    search: dict[str, SearchSource] = field(default_factory=dict)
    related: list[Callable[[str, Actor], Iterable[Need]]] = field(default_factory=list)
    editions: list[Callable[[], Iterable[Edition]]] = field(default_factory=list)
    every_minute: list[Callable[[datetime], object]] = field(default_factory=list)
    every_round: list[Callable[[datetime], object]] = field(default_factory=list)
    retention: list[RetentionRule] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    keeps: list[Callable[[datetime], int | None]] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)

    def add(self, *acts: Act) -> None:
        """Register acts; a word and version is defined once."""
        for act in acts:
            if act.name in self.acts:
                raise InputError("act.twice", "The act {act} is defined twice.", act=act.name)
            self.acts[act.name] = act

    def cards(self, subjects: Iterable[str]) -> dict[str, Card]:
        """The cards of subjects of any source, one look-up a source; those that are gone are left out."""
        asked: dict[str, list[str]] = {}
        for subject in dict.fromkeys(subjects):
            name, _, key = subject.partition(":")
            asked.setdefault(name, []).append(key)
        return {
            f"{name}:{key}": card
            for name, keys in asked.items()
            if name in self.sources
            for key, card in self.sources[name].cards(keys).items()
        }

    def portrait(self, subject: str) -> bytes | None:
        """The portrait of a subject of any source, as JPEG; None when there is none."""
        name, _, key = subject.partition(":")
        return self.sources[name].portrait(key) if name in self.sources else None

    def target(self, model: str, record: str) -> Target | None:
        """A record of any subject, or None when it is gone or no subject has a page for it."""
        return self.targets_of([(model, record)]).get((model, record))

    def targets_of(self, records: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Target]:
        """Several records by model and id, one look-up a model; what is gone is left out."""
        asked: dict[str, list[str]] = {}
        for model, record in dict.fromkeys(records):
            asked.setdefault(model, []).append(record)
        return {
            (model, key): target
            for model, keys in asked.items()
            if model in self.targets
            for key, target in self.targets[model](keys).items()
        }

    def add_queues(self, *queues: Queue) -> None:
        """Register queues; the road knows each by its name."""
        self.queues.update({queue.name: queue for queue in queues})

    def act(self, name: str) -> Act:
        """The act of that name and version, or InputError `act.unknown`."""
        if name not in self.acts:
            raise InputError(
                "act.unknown", "This node does not know the act {act}.", remedy="Upgrade the node.", act=name[:80]
            )
        return self.acts[name]


REGISTRY = Registry()
