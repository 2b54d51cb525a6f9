"""The values that screening takes and gives: subjects, travellers, results, evidence.

Rule: frozen, and exactly the shapes of the exchange files; a missing value is an empty tuple or None, never a guess.
Implements design: screening, "Files in and out".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class Subject:
    """One listed record. `person` is shared by the records of one human (default: the record's own id)."""

    id: str
    names: tuple[str, ...]
    person: str = ""
    weak_names: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sex: str | None = None
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.person:
            object.__setattr__(self, "person", self.id)


@dataclass(frozen=True, slots=True)
class Traveller:
    """One person to look for. Dates are `YYYY-MM-DD` or their beginning; country codes have two or three letters."""

    id: str
    names: tuple[str, ...]
    birth_date: str | None = None
    nationality: str | None = None
    document: str | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against, in bits. `why` is a stable code that doors translate with `params`."""

    kind: str
    weight: float
    left: str
    right: str
    why: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One listed human. `score` is the exact sum of the weights of `evidence` when the evidence was asked for."""

    subject: str
    person: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The candidates for one traveller, best first, one a human; ties in the order of subject ids. `best` is the best
    score of anyone, under the floor as well (-inf: like nobody)."""

    traveller: str
    candidates: tuple[Candidate, ...]
    best: float = -inf
