"""Births that lie in the future, in what people wrote themselves: JSON Lines and tables.

Rule: such a birth is kept as it stands and told with its line, since a slip of a year hides a person from screening.
Design: screening, "Files in and out" (the forms of a birth date).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mithaq.formats.reading import Reading, Warning, bounded


def told_of_unborn(reading: Reading, today: date) -> Reading:
    """The reading with a warning for each subject or traveller who is born after `today`."""
    found = tuple(_unborn(reading, today.isoformat()))
    return replace(reading, warnings=bounded([*reading.warnings, *found])) if found else reading


def _unborn(reading: Reading, today: str) -> Iterator[Warning]:
    for one in reading.records:
        if one.kind not in {"subject", "traveller"}:
            continue
        births = one.value.get("birth_dates") or [one.value.get("birth_date") or ""]
        if any(_is_after(birth.partition("/")[0], today) for birth in births):
            yield Warning("read.unborn", one.where, "A birth lies in the future; kept as it stands.")


def _is_after(birth: str, today: str) -> bool:
    """YYYY, YYYY-MM and YYYY-MM-DD: no part of what is known lies before the end of today."""
    return birth > today[: len(birth)]
