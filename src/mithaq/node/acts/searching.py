"""Searching: a question in one statement, seldom in a few, and only among what its person may read.

Rules: need to know is in the keys that each statement asks for, before rank, limit and count: a row that is hidden has
none of them; a result of nothing and one of which all is hidden are the same, in bytes and in the number of queries. At
most `MOST` are counted. What is shown is read from the subjects when it is shown.
Design: architecture, "Layout" (search source); issue 4, part 5.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db import connection, transaction

from mithaq.errors import InputError
from mithaq.node.acts import search_keys
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.moments import moment
from mithaq.node.acts.registry import REGISTRY, Line
from mithaq.node.acts.search_keys import Term

MOST, PAGE = 1000, 25
# So many are ranked. Where more meet the words, those that sound like them are; where they are more, too, the newest
# come first.
RANKED = 2 * MOST
_STATEMENT = """
WITH met AS MATERIALIZED (
  SELECT model, line, at, {rank} AS rank FROM acts_searchentry
  WHERE ({meets}) AND model || '' = ANY(%s::text[]) LIMIT %s
)
SELECT counted.total, page.* FROM (SELECT count(*) AS total FROM met) AS counted LEFT JOIN (
  SELECT * FROM met WHERE (rank, at, line) < (%s::int, %s::timestamptz, %s::text)
  ORDER BY rank DESC, at DESC, line DESC LIMIT %s
) AS page ON true ORDER BY rank DESC, at DESC, line DESC
"""
_LATEST = """
SELECT model, line, at, 0 FROM acts_searchentry WHERE ({meets}) AND model || '' = ANY(%s::text[])
AND (at, line) < (%s::timestamptz, %s::text) ORDER BY at DESC, line DESC LIMIT %s
"""
_FIRST = "2147483647|9999-01-01T00:00:00+00:00|"


@dataclass(frozen=True, slots=True)
class Result:
    """A line that was found, the spelling of its names that meets the question best, and its kind; `record` is how
    the access log tells of it."""

    kind: str
    line: Line
    name: str
    record: str


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
    question = _Question(search_keys.readers_of(who), asked, labels, after, limit + 1)
    total, rows = _met(question)
    page = rows[:limit]
    return Results(_shown(page, asked), min(total, MOST), total > MOST, _text(page[-1]) if len(rows) > limit else "")


Row = tuple[str, str, datetime, int]  # model, line, moment, rank


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked: by which readers, for what, of which models, after which row, and how many rows."""

    readers: tuple[str, ...]
    asked: tuple[Term, ...]
    labels: list[str]
    after: tuple[int, str, str]
    limit: int

    def levels(self, least: int) -> list[list[tuple[int, list[int]]]]:
        """The hashes of each term that count `least` or more, the best first."""
        return [
            [(count, search_keys.hashed(self.readers, keys)) for count, keys in term.levels if count >= least]
            for term in self.asked
        ]


def _met(question: _Question) -> tuple[int, list[Row]]:
    """How many rows meet the question, and those of its page. How many statements it takes depends on these alone."""
    most = 0
    before: list[list[tuple[int, list[int]]]] = []
    with _asking() as ask:
        for least in (1, 2, 3):
            levels = question.levels(least)
            if levels == before:
                continue
            total, rows = _ranked(ask, question, levels)
            if before and not total:
                # Many sound alike and none is closer: the newest of the many, rather than an empty page.
                return most, _latest(ask, question, before)
            if total <= RANKED:
                return max(most, total), rows
            most, before = total, levels
        return most, _latest(ask, question, before)


_Ask = Callable[[frozenset[str], str, Sequence[Any]], list[Any]]
# Ways that are barred. What meets is found by the index of keys, the only one that is read as a bitmap here (`model ||
# ''` is in none): a look at every row would take time for what is hidden, too. The newest are by the index of moments.
_BY_KEYS, _BY_MOMENT = frozenset({"seqscan", "indexscan", "indexonlyscan"}), frozenset({"seqscan", "bitmapscan"})


@contextmanager
def _asking() -> Iterator[_Ask]:
    """Asks statements that the database may answer in some ways alone; the ways are told when they change."""
    barred: frozenset[str] = frozenset()

    def bar(ways: frozenset[str]) -> None:
        nonlocal barred
        changed = [f"SET LOCAL enable_{way} = {'off' if way in ways else 'on'}" for way in sorted(ways ^ barred)]
        if changed:
            cursor.execute("; ".join(changed))
        barred = ways

    def ask(ways: frozenset[str], statement: str, params: Sequence[Any]) -> list[Any]:
        bar(ways)
        cursor.execute(statement, params)
        return list(cursor.fetchall())

    is_within = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        yield ask
        # It ends with the transaction, where that is its own.
        if is_within:
            bar(frozenset())


def _ranked(ask: _Ask, question: _Question, levels: list[list[tuple[int, list[int]]]]) -> tuple[int, list[Row]]:
    # What is a class apart counts nothing: to look for so many keys in each row would take long.
    counted = [[(count, keys) for count, keys in one if count > 1] for one in levels]
    rank = " + ".join(f"CASE {'WHEN keys && %s::bigint[] THEN %s::int ' * len(one)}ELSE 0 END" for one in counted)
    meets, params = _condition(question, levels)
    params = [
        *(part for one in counted for count, keys in one for part in (keys, count)),
        *params, RANKED + 1, *question.after, question.limit,
    ]  # fmt: skip
    rows = ask(_BY_KEYS, _STATEMENT.format(rank=rank, meets=meets), params)
    return rows[0][0], [row[1:] for row in rows if row[1] is not None]


def _latest(ask: _Ask, question: _Question, levels: list[list[tuple[int, list[int]]]]) -> list[Row]:
    """The newest of many, from the newest back, as far as a page needs."""
    meets, params = _condition(question, levels)
    params += [*question.after[1:], question.limit]
    return ask(_BY_MOMENT, _LATEST.format(meets=meets), params)


def _condition(question: _Question, levels: list[list[tuple[int, list[int]]]]) -> tuple[str, list[Any]]:
    sets = _needed([[key for _, keys in one for key in keys] for one in levels], question.asked)
    meets = " OR ".join("(" + " AND ".join(["keys && %s::bigint[]"] * len(one)) + ")" for one in sets)
    return meets, [*(keys for one in sets for keys in one), question.labels]


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
    found = [(row[0], row[1], lines[row[0]].get(row[1])) for row in rows]
    return tuple(
        Result(REGISTRY.search[label].kind, line, search_keys.likest(line.names, asked), line.record or key)
        for label, key, line in found
        if line
    )


def _text(row: Row) -> str:
    # Nothing here counts rows: a number of the table's own would tell how many are hidden.
    return f"{row[3]}|{row[2].isoformat()}|{row[1]}"


def _cursor(text: str) -> tuple[int, str, str]:
    try:
        rank, at, line = text.split("|", 2)
        found = moment(at)
        if len(text) > 500 or "\0" in line or not 0 <= int(rank) < 2**31:
            raise ValueError
    except ValueError:
        raise InputError(
            "search.cursor", "This is no page of a search.", remedy="Begin at the first page.", where="following"
        ) from None
    return int(rank), found.isoformat(), line
