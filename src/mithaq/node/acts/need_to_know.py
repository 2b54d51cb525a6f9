"""Need to know: what of a table a person may know of, as part of each query; and the answer about all the rest.

Rules: a subject has one predicate a model (its `known.py`), which stands inside every query, before rank, limit and
count, for pages, API, command line, search and acts alike. A record that is there and not for the person is answered as
one that is not there: the same code, the same bytes, as many statements; the access log alone tells the two apart.
Design: subjects, safeguard 1; issue 4, parts 1 and 5; decision 19.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from mithaq.errors import InputError, RefusedError
from mithaq.node.acts.definition import OPEN_LINES, Actor
from mithaq.node.acts.ids import is_uuid

# An act names a record, and there is none for the person.
NAMED = "acts.named"


class UnknownError(InputError):
    """There is no such record for whoever asks; `is_hidden` when there is one for others (for the access log only)."""

    is_hidden = False


def of_lines(who: Actor | None, field: str = "line") -> Q:
    """The rows whose line of a plan the person works on, or that are of no line; of all, for the software itself."""
    if who is None or who.bound_to is None:
        return Q()
    return Q(**{f"{field}__in": sorted(who.bound_to | OPEN_LINES)})


def one(rows: QuerySet[Any], known: Q, key: str, unknown: UnknownError) -> Any:
    """The row of an id among those that the person may know of.

    Raises `unknown`. What is not shown is looked for once more, there or not: both take as many statements.
    """
    if not is_uuid(key):
        raise unknown
    found = rows.filter(known, pk=key).first()
    if found is None:
        unknown.is_hidden = rows.model._default_manager.filter(pk=key).exists()
        raise unknown
    return found


def check_line(who: Actor, line: str) -> None:
    """RefusedError `read.line` when the person does not work on a line that the request itself names."""
    if not who.knows(line):
        raise RefusedError(
            "read.line",
            "This belongs to the line {line}, on which you do not work.",
            remedy="Ask a colleague of that line.",
            line=line,
        )
