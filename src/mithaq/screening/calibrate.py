"""From a false-alert rate to a threshold: histograms of best scores, intervals, and who bears the alerts. Pure.

Rules: a threshold is the least score at which at most the share asked for alerts, and is told only when enough
travellers were counted to tell it; a histogram holds counts and nothing of a person; a group is over when it bears more
than twice the rate of all. Implements design: screening, "Calibrated" and "Fair".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, isfinite, sqrt

from mithaq.errors import InputError
from mithaq.screening.evidence import nationality
from mithaq.screening.names import parse, tokens
from mithaq.screening.symbols import encode, fold, table

WIDTH = 0.25
"""Bits of a step: far finer than what two officers would call a different case."""
UNDER = -1
"""The step of who reaches no 0 bits, or is like nobody: no threshold lies there."""
LEAST_EXPECTED = 3
"""So many alerts must be expected before a rate can be told: with fewer, none at all is no surprise."""
MOST = 2.0
"""A group over so many times the rate of all needs a reason."""
ORIGINS = ("arabic-script", "arabic-latin", "other")

_ARABIC = table("arabic_words")
_JOINING = frozenset(_ARABIC["joining"])
_WORDS = frozenset(encode(word) for word in _ARABIC["words"])
_RECALL = {name: kinds for name, kinds in table("recall").items() if name != "about"}
_MOST_BITS = min(len(counted["found"]) for kinds in _RECALL.values() for counted in kinds.values()) - 1
Group = tuple[str, str]
"""The kind (`nationality`, `origin`) and which of it."""


def step_of(score: float) -> int:
    """The step of a score in bits; `UNDER` for less than 0, and for -inf (like nobody)."""
    return floor(score / WIDTH) if isfinite(score) and score >= 0 else UNDER


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many travellers had their best score in which step of `WIDTH` bits."""

    counts: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, scores: Iterable[float]) -> Histogram:
        """The histogram of best scores in bits."""
        counts: dict[int, int] = {}
        for score in scores:
            step = step_of(score)
            counts[step] = counts.get(step, 0) + 1
        return cls(counts)

    def __add__(self, other: Histogram) -> Histogram:
        counts = dict(self.counts)
        for step, number in other.counts.items():
            counts[step] = counts.get(step, 0) + number
        return Histogram(counts)

    @property
    def total(self) -> int:
        """How many travellers were counted."""
        return sum(self.counts.values())

    def at_least(self, bits: float) -> int:
        """How many reach a threshold; exact for a threshold at the edge of a step, else those of its step count."""
        return sum(number for step, number in self.counts.items() if step >= step_of(bits) and step != UNDER)


def needed(one_in: int) -> int:
    """How many travellers must be counted before a rate of one in so many can be told."""
    return LEAST_EXPECTED * one_in


def threshold(histogram: Histogram, one_in: int) -> float:
    """The least score in bits, at the edge of a step, at which at most one in `one_in` travellers alerts.

    Raises InputError `calibrate.rate` (one in less than one), `calibrate.few` when too few were counted to tell.
    """
    if one_in < 1:
        raise InputError("calibrate.rate", "A rate is one in so many travellers.", where="one_in")
    total = histogram.total
    if total < needed(one_in):
        raise InputError(
            "calibrate.few",
            "{counted} travellers are counted; to tell one false alert in {one_in}, {needed} are needed.",
            remedy="Choose a higher rate, or give a threshold in bits with a reason.",
            where="one_in",
            counted=total,
            one_in=one_in,
            needed=needed(one_in),
        )
    left, step = histogram.at_least(0), 0
    while left * one_in > total:
        left -= histogram.counts.get(step, 0)
        step += 1
    return step * WIDTH


def wilson(found: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of 95% of a share; all of it when nobody was counted."""
    if not of:
        return 0.0, 1.0
    share = found / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return (max(middle - half, 0.0) if found else 0.0), (min(middle + half, 1.0) if found < of else 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """The false alerts of a group at a threshold: their rate with the interval of 95%, and how many times the rate of
    all that is (0 when nobody alerts). `told`: the group is large enough to show twice the rate."""

    group: Group
    travellers: int
    alerts: int
    low: float
    high: float
    times: float
    told: bool

    @property
    def rate(self) -> float:
        return self.alerts / self.travellers if self.travellers else 0.0

    @property
    def over(self) -> bool:
        """Whether a threshold needs a reason for this group: over twice the rate of all, and not by one person."""
        return self.times > MOST and self.told


def share(group: Group, mine: Histogram, every: Histogram, bits: float) -> Share:
    """What a group bears at a threshold, beside all travellers."""
    alerts, people = mine.at_least(bits), mine.total
    rate = every.at_least(bits) / every.total if every.total else 0.0
    low, high = wilson(alerts, people)
    times = alerts / people / rate if people and rate else 0.0
    # A small group is told as well when even the low end of its interval is over, and it is more than one or two.
    surely = alerts >= LEAST_EXPECTED and low > MOST * rate
    return Share(group, people, alerts, low, high, times, is_told(people, rate) or surely)


def is_told(people: int, rate: float) -> bool:
    """Whether a group of so many is large enough to tell whether it bears twice a rate."""
    return people * rate >= LEAST_EXPECTED


def shares(groups: Mapping[Group, Histogram], every: Histogram, bits: float) -> tuple[Share, ...]:
    """What each group bears at a threshold, in the order of kind and group."""
    return tuple(share(group, groups[group], every, bits) for group in sorted(groups))


def groups_of(names: tuple[str, ...], nation: str | None) -> tuple[Group, Group]:
    """The groups of a traveller: nationality (`unknown` for none) and origin of the first name."""
    return ("nationality", nationality.code(nation) or "unknown"), ("origin", origin(names[0] if names else ""))


def origin(name: str) -> str:
    """What a name alone tells of its origin, one of `ORIGINS`: its script; or, in Latin letters, that most of its words
    are Arabic names, common ones or with a particle such as abd, ben or eddine."""
    parsed = parse(name)
    if parsed.script == "arabic":
        return "arabic-script"
    joined = sum(fold(token) in _JOINING for token in tokens(name))
    known = 0
    for unit in parsed.units:
        known |= unit.mask if unit.code in _WORDS else 0
    return "arabic-latin" if joined or 2 * known.bit_count() >= max(len(parsed.words), 1) else "other"


@dataclass(frozen=True, slots=True)
class Recall:
    """How many of the listed persons of a labelled list were found at a threshold, by script of the name seen."""

    name: str
    kind: str
    found: int
    of: int

    @property
    def rate(self) -> float:
        return self.found / self.of


def recall(bits: float) -> tuple[Recall, ...]:
    """What to expect of a threshold by the labelled lists (data/recall.json): at least so many were found there."""
    step = min(max(ceil(bits), 0), _MOST_BITS)
    return tuple(
        Recall(name, kind, counted["found"][step], counted["of"])
        for name, kinds in _RECALL.items()
        for kind, counted in kinds.items()
    )
