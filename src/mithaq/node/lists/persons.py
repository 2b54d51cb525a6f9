"""What the lists hold about a person, for whoever follows one person's data through every subject.

Rule: only entries of live lists and of versions that wait are kept; what is found is what the list says, and no more.
Design: architecture, "Layout" (person look-up).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from mithaq.node.acts.near import MOST, alike, found
from mithaq.node.acts.registry import Asked, Found, Held, Target
from mithaq.node.lists.facts import LISTS

ENTRY = "lists.ListEntry"
NAMED = "SELECT id, list, '/lists/' || id FROM lists_listversion WHERE id = ANY(%(ids)s::uuid[])"


# What is asked by reference is an entry of a live list; who is asked by a birth date stands on one that waits, too.
_ASKED = """
SELECT entry.reference, entry.person, version.id, version.list, version.state, version.at, version.confirmed,
    (version.state = 'live' AND version.list || '/' || entry.reference = ANY(%s::text[])) AS is_named
FROM lists_listentry AS entry JOIN lists_listversion AS version ON version.id = entry.of
WHERE version.state IN ('live', 'pending') AND (
    (version.list = ANY(%s::text[]) AND entry.reference = ANY(%s::text[]))
    OR entry.person -> 'birth_dates' ?| %s::text[])
ORDER BY entry.id DESC LIMIT %s
"""


def find(asked: Asked, limit: int) -> Found:
    """Entries of lists that a question is about: by their reference (`UN/CDi.001`), or by a person."""
    listed = {key.removeprefix("list:") for key in asked.keys if key.startswith("list:")} | {asked.reference}
    names = sorted(name for name in listed - asked.known if name.partition("/")[0] in LISTS and "/" in name)
    if not names and not asked.name:
        return Found()
    known = [asked.birth_date[:end] for end in (10, 7, 4)] if asked.name else []
    lists, references = ([name.partition("/")[end] for name in names] for end in (0, 2))
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [names, lists, references, known, MOST + 1])
        rows = [_Row(row[0], json.loads(row[1]), *row[2:]) for row in cursor.fetchall()]
    near = [row for row in rows if not row.is_named]
    some, is_cut = alike(asked.name, near, _names) if asked.name else ([], False)
    held = map(_held, (*(row for row in rows if row.is_named), *some))
    return found(held, limit, [ENTRY] if is_cut else ())


class _Row(NamedTuple):
    """An entry with its version."""

    reference: str
    person: dict[str, Any]
    version: UUID
    list: str
    state: str
    at: datetime
    confirmed: datetime | None
    is_named: bool


def _names(row: _Row) -> tuple[str, ...]:
    return (*row.person["names"], *row.person.get("weak_names", ()))


def _held(row: _Row) -> Held:
    reference = f"{row.list}/{row.reference}"
    url = f"/lists/{row.version}"
    return Held(
        model=ENTRY,
        record=reference,
        reference=reference,
        url=url,
        at=row.confirmed or row.at,
        state=row.state,
        names=tuple(row.person["names"]),
        birth_dates=tuple(row.person.get("birth_dates", ())),
        keys=frozenset({f"list:{reference}"}),
        shown=frozenset({str(row.version), reference}),
        leaves=frozenset({f"list/{row.list}"}),
        purpose="list",
        places=((str(row.version), Target(row.list, url)),),
    )
