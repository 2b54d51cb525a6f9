"""Searching: one question, one statement, and only among what its person may read.

Rules: need to know is in the keys that the statement asks the index for, before rank, limit and count, so that a row
which is hidden is not met at all; a result of nothing and one of which all is hidden are the same, in bytes and in the
number of queries. At most `MOST` are counted. What is shown is read from the subjects when it is shown.
Design: architecture, "Layout" (search source); issue 4, part 5.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db import connection

from mithaq.errors import InputError
from mithaq.node.acts import search_keys
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Line
from mithaq.node.acts.search_keys import Term

MOST, PAGE = 1000, 25
_STATEMENT = """
WITH met AS MATERIALIZED (
  SELECT model, line, at, {rank} AS rank FROM acts_searchentry WHERE ({meets}) AND model = ANY(%s::text[])
)
SELECT model, line, at, rank, (SELECT count(*) FROM (SELECT 1 FROM met LIMIT %s) AS counted)
FROM met WHERE (rank, at, line COLLATE "C") < (%s::int, %s::timestamptz, %s::text)
ORDER BY rank DESC, at DESC, line COLLATE "C" DESC LIMIT %s
"""
_FIRST = "2147483647|9999-01-01T00:00:00+00:00|"


@dataclass(frozen=True, slots=True)
class Result:
    """A line that was found, the spelling of its names that meets the question best, and its kind."""

    kind: str
    line: Line
    name: str


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, best first; `total` counts all pages and no further than `MOST`, of which `more` tells;
    `following` begins the next page and is empty on the last."""

    found: tuple[Result, ...]
    total: int
    more: bool
    following: str


def kinds() -> tuple[str, ...]:
    """The words of the kinds of records that can be searched."""
    return tuple(source.kind for source in REGISTRY.search.values())


def search(who: Actor, words: str, kind: str = "", following: str = "", limit: int = PAGE) -> Results:
    """What `who` may read that meets the words, best first, the newest first of those that meet them as well.

    Raises InputError `search.cursor` for a page that does not follow from one, `search.kind` for a kind that is none.
    """
    labels = [label for label, source in REGISTRY.search.items() if kind in {"", source.kind}]
    if not labels:
        raise InputError("search.kind", "There are no records of this kind to search.", where="kind")
    after = _cursor(following or _FIRST)
    asked = search_keys.terms(words)
    if not asked:
        return Results((), 0, False, "")
    rows = _met(search_keys.readers_of(who), asked, labels, after, limit + 1)
    page = rows[:limit]
    total = rows[0][4] if rows else 0
    more = _text(page[-1]) if len(rows) > limit else ""
    return Results(_shown(page, asked), min(total, MOST), total > MOST, more)


Row = tuple[str, str, datetime, int, int]


def _met(
    readers: Sequence[str], asked: Sequence[Term], labels: Sequence[str], after: tuple[int, str, str], limit: int
) -> list[Row]:
    levels = [[(count, search_keys.hashed(readers, keys)) for count, keys in term.levels] for term in asked]
    rank = " + ".join(f"CASE {'WHEN keys && %s::bigint[] THEN %s::int ' * len(one)}ELSE 0 END" for one in levels)
    sets = _needed([[key for _, keys in one for key in keys] for one in levels], asked)
    meets = " OR ".join("(" + " AND ".join(["keys && %s::bigint[]"] * len(one)) + ")" for one in sets)
    ranked = [part for one in levels for count, keys in one for part in (keys, count)]
    params = [*ranked, *(keys for one in sets for keys in one), list(labels), MOST + 1, *after, limit]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(rank=rank, meets=meets), params)
        return list(cursor.fetchall())


def _needed(keys: list[list[int]], asked: Sequence[Term]) -> list[list[list[int]]]:
    """Which terms must be met together: all; of three words of a name or more, all but one."""
    whole = [one for one, term in zip(keys, asked, strict=True) if term.is_exact]
    words = [one for one, term in zip(keys, asked, strict=True) if not term.is_exact]
    if len(words) < 3:
        return [whole + words]
    return [[*whole, *some] for some in combinations(words, len(words) - 1)]


def _shown(rows: Sequence[Row], asked: Collection[Term]) -> tuple[Result, ...]:
    lines = {
        label: REGISTRY.search[label].lines([row[1] for row in rows if row[0] == label])
        for label in dict.fromkeys(row[0] for row in rows)
    }
    # What was erased between the two statements is left out.
    found = [(row[0], lines[row[0]].get(row[1])) for row in rows]
    return tuple(
        Result(REGISTRY.search[label].kind, line, search_keys.likest(line.names, asked))
        for label, line in found
        if line
    )


def _text(row: Row) -> str:
    # Nothing here counts rows: a number of the table's own would tell how many are hidden.
    return f"{row[3]}|{row[2].isoformat()}|{row[1]}"


def _cursor(text: str) -> tuple[int, str, str]:
    try:
        rank, at, line = text.split("|", 2)
        moment = datetime.fromisoformat(at)
        if len(text) > 500 or "\0" in line or moment.tzinfo is None or not 0 <= int(rank) < 2**31:
            raise ValueError
    except ValueError:
        raise InputError(
            "search.cursor", "This is no page of a search.", remedy="Begin at the first page.", where="following"
        ) from None
    return int(rank), moment.isoformat(), line
