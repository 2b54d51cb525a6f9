"""A person of a published list, and the writing habits that the lists share.

Rules: names stay in their script; a birth date is as exact as the list says and no more; what has no place among the
fields is kept as a remark. Documents: sc-sanctions.xsd of the UN, "SDN data formats" of OFAC, FSF 1.1 of the EU.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# One year either way, when a list says `circa` or `approximately`.
CIRCA = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: kind as Doc 9303 begins it (P passport, I identity, V visa), number, State in three letters."""

    kind: str
    number: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of a list. Birth dates are YYYY, YYYY-MM, YYYY-MM-DD or YYYY/YYYY; the rest is as the list writes it.

    `nationalities` are codes of three letters, of the `nationality_names` that have one. `documents` are the numbers of
    `papers`. `remarks` is what the list says beside, in its own words.
    """

    source: str
    reference: str
    names: tuple[str, ...]
    weak_names: tuple[str, ...]
    birth_dates: tuple[str, ...]
    nationalities: tuple[str, ...]
    documents: tuple[str, ...]
    sex: str
    places: tuple[str, ...]
    nationality_names: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    remarks: tuple[str, ...] = ()


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


def without(values: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The distinct values that are none of the others; a file may have a hundred thousand of each."""
    known = set(others)
    return tuple(value for value in distinct(values) if value not in known)


def papers_of(found: Iterable[Paper]) -> tuple[Paper, ...]:
    """One paper a number, the first with a State where one has it."""
    kept: dict[str, Paper] = {}
    for paper in found:
        if paper.number and (paper.number not in kept or (paper.state and not kept[paper.number].state)):
            kept[paper.number] = paper
    return tuple(kept.values())


def day(year: int, month: int = 0, number: int = 0) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty when it is no day of the calendar, or no year of a living person."""
    if not 1800 <= year <= 2100:
        return ""
    try:
        whole = date(year, month or 1, number or 1).isoformat()
    except ValueError:
        return ""
    return whole[: 10 if number and month else 7 if month else 4]


def span(first: str, last: str) -> str:
    """From one to the other, as exact as both are: the same month, the same year, or `YYYY/YYYY`; empty when turned."""
    if not first or not last or first[: len(last)] > last[: len(first)]:
        return ""
    for length in (10, 7, 4):
        if len(first) >= length <= len(last) and first[:length] == last[:length]:
            return first[:length]
    return f"{first[:4]}/{last[:4]}"


def about(written: str) -> str:
    """A date that is only about right: one year either way; a range stays one."""
    if not written or "/" in written:
        return written
    year = int(written[:4])
    return f"{year - CIRCA}/{year + CIRCA}"
