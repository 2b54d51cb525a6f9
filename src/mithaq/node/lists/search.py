"""How entries of live lists are found: by names, documents and reference; a list that waits or was replaced by none.

Rule: who reads content reads lists. A version that takes effect writes the entries of all its persons, and the one that
it replaces drops its own, in one transaction. Design: issue 3, "Lists as subjects"; subjects, safeguard 5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.registry import Entry, Line, SearchSource
from mithaq.node.acts.search_keys import EVERYONE
from mithaq.node.lists.models import ListEntry, ListVersion


def entries(rows: Sequence[ListVersion]) -> Iterable[tuple[str, Entry]]:
    """The entries of the persons of versions that are live."""
    for row in rows:
        if row.state != "live":
            continue
        people = ListEntry.objects.filter(of=row.pk).values_list("reference", "person")
        for reference, person in people.iterator(chunk_size=2000):
            documents = (one["number"] for one in person.get("documents", ()))
            found = Entry(f"{row.pk}/{reference}", (EVERYONE,), row.at, _names(person), (reference, *documents))
            yield str(row.pk), found


def lines(keys: Collection[str]) -> Mapping[str, Line]:
    """Persons of live lists as a page of search shows them."""
    asked: dict[str, list[str]] = {}
    for key in keys:
        of, _slash, reference = key.partition("/")
        asked.setdefault(of, []).append(reference)
    references = [one for several in asked.values() for one in several]
    live = ListVersion.objects.filter(pk=OuterRef("of"), state="live")
    rows = ListEntry.objects.filter(of__in=list(asked), reference__in=references).values_list(
        "of", "reference", "person", Subquery(live.values("list")), Subquery(live.values("at"))
    )
    return {
        f"{of}/{reference}": _line(str(of), reference, person, name, at)
        for of, reference, person, name, at in rows
        if name is not None and reference in asked[str(of)]
    }


def _line(version: str, reference: str, person: Mapping[str, Any], name: str, at: datetime) -> Line:
    shown, record = f"{name} {reference}", f"{name}/{reference}"
    return Line(shown, f"/lists/{version}", "live", name, at, _names(person), record=record)


def _names(person: Mapping[str, Any]) -> tuple[str, ...]:
    return (*person["names"], *person.get("weak_names", ()))


SOURCE = SearchSource("list-entry", _("Listed persons"), entries, lines)
