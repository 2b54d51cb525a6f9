"""From tables of a parsed document to checked values.

Rule: every key is read or reported as unknown; a value of the wrong kind is reported and replaced by an empty one, so
that reading goes on and finds the next problem. Floats and native TOML dates are refused: the digest of a plan may not
depend on how a machine writes a number or a date. Design: architecture, "One idea".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from mithaq.plan.locate import Path
from mithaq.plan.problems import Problems

ID = re.compile(r"[A-Za-z0-9]+(?:[-./][A-Za-z0-9]+)*\Z")
ACT = re.compile(r"[a-z]+(?:-[a-z]+)*@[1-9][0-9]{0,3}\Z")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
DURATION = re.compile(r"([1-9][0-9]{0,4})([hd])\Z")
LONGEST = 80
# Signs that no eye sees and that change what a signer believes to read: controls and directional overrides.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
MOST = 2**31 - 1
LONGEST_HOURS = 87_600  # ten years


class Table:
    """One table of the document at its path; `done` reports the keys that nobody asked for."""

    def __init__(self, data: Any, path: Path, problems: Problems) -> None:
        self.path, self.problems = path, problems
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        self.read: set[str] = set()
        if not isinstance(data, dict):
            self.wrong("", "must be a table")

    def wrong(self, key: str, text: str) -> None:
        """Note a problem of a key (of the table itself: "")."""
        self.problems.add((*self.path, key) if key else self.path, text)

    def take(self, key: str, kind: type, what: str, *, needed: bool = True) -> Any:
        """The value of a key if it is of that kind exactly, else None, with the problem noted."""
        self.read.add(key)
        value = self.data.get(key)
        if value is None:
            if needed:
                self.wrong(key, f"is missing: {what}")
            return None
        if type(value) is not kind:
            self.wrong(key, _instead(value, what))
            return None
        return value

    def text(self, key: str, pattern: re.Pattern[str] | None = None, what: str = "text", *, needed: bool = True) -> str:
        """A text, "" when it is missing or wrong; `pattern` must match the whole of it."""
        value: str = self.take(key, str, what, needed=needed) or ""
        if not value and key in self.data and type(self.data[key]) is str:
            self.wrong(key, f"is empty: {what}")
        elif value and (HIDDEN.search(value) or value != value.strip()):
            self.wrong(key, "holds signs that cannot be seen, or spaces at an end")
        elif value and pattern and not (pattern.match(value) and len(value) <= LONGEST):
            self.wrong(key, f"must be {what}")
        return value

    def id(self, key: str = "id") -> str:
        return self.text(key, ID, f"an id: letters, digits, and - . / between them, at most {LONGEST}")

    def choice(self, key: str, allowed: Collection[str], *, needed: bool = True) -> str:
        """One of the allowed words."""
        value = self.text(key, None, f"one of {', '.join(allowed)}", needed=needed)
        if value and value not in allowed:
            self.wrong(key, f"must be one of {', '.join(allowed)}")
        return value

    def number(self, key: str, *, needed: bool = True) -> int | None:
        """A whole number from 1."""
        value: int | None = self.take(key, int, "a whole number", needed=needed)
        if value is not None and not 0 < value <= MOST:
            self.wrong(key, f"must be a whole number from 1 to {MOST}")
            return None
        return value

    def moment(self, key: str) -> datetime:
        """A time in UTC, whole seconds."""
        value = self.text(key, TIME, 'a time in RFC 3339, in UTC: "2025-01-31T00:00:00Z"')
        try:
            return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        except ValueError:
            if TIME.match(value):
                self.wrong(key, "is not a time of the calendar")
            return datetime(1970, 1, 1, tzinfo=UTC)

    def duration(self, key: str) -> int:
        """Hours, from a text like "8h" or "3d"; 0 when it is wrong."""
        value = self.text(key, DURATION, 'a duration in hours or days: "8h", "3d"')
        found = DURATION.match(value)
        hours = int(found[1]) * (24 if found[2] == "d" else 1) if found else 0
        if hours > LONGEST_HOURS:
            self.wrong(key, f"is longer than {LONGEST_HOURS} hours")
        return hours

    def words(self, key: str, pattern: re.Pattern[str] | None = None, *, needed: bool = True) -> tuple[str, ...]:
        """A list of different texts, at least one."""
        values = self.take(key, list, "a list of texts", needed=needed)
        if values is None:
            return ()
        if not values:
            self.wrong(key, "is empty, and an empty list permits nothing: name what is meant")
        for index, value in enumerate(values):
            self._word((*self.path, key, index), value, pattern, values[:index])
        return tuple(value for value in values if type(value) is str)

    def _word(self, path: Path, value: Any, pattern: re.Pattern[str] | None, before: list[Any]) -> None:
        if type(value) is not str:
            self.problems.add(path, _instead(value, "a text"))
        elif (pattern or ID).match(value) is None or len(value) > LONGEST:
            self.problems.add(path, "is not written as an act: word@version" if pattern is ACT else "is not an id")
        elif value in before:
            self.problems.add(path, f"{value} stands here twice")

    def table(self, key: str, *, needed: bool = True) -> Table | None:
        """The table under a key, or None when there is none."""
        value = self.take(key, dict, "a table", needed=needed)
        return None if value is None else Table(value, (*self.path, key), self.problems)

    def tables(self, key: str, *, needed: bool = True) -> list[Table]:
        """The tables of an array of tables."""
        values = self.take(key, list, f"[[{key}]] tables", needed=needed)
        if values == [] and needed:
            self.wrong(key, "is empty")
        return [Table(value, (*self.path, key, index), self.problems) for index, value in enumerate(values or [])]

    def done(self) -> None:
        """Report the keys that were not read."""
        for key in self.data:
            if key not in self.read:
                self.wrong(key, "is not a key of a plan here; remove it or correct its spelling")


def _instead(value: Any, what: str) -> str:
    if isinstance(value, float):
        return f"is a number with a fraction, which a plan may not hold: write {what}"
    if isinstance(value, (datetime, date, time)):
        return 'is a bare date: write it as a text in RFC 3339, "2025-01-31T00:00:00Z"'
    return f"must be {what}"
