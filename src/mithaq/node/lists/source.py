"""The entries of live lists as a source of screening: subjects, cards, editions, and the generation that they are of.

Rule: only what is live is looked for; a version that takes effect changes the generation, which is how who must compare
again sees it. Design: screening, "Shape"; issue 3, "Lists as subjects".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q

from mithaq.node.acts import wire
from mithaq.node.acts.nouns import Card, Person
from mithaq.node.acts.registry import Edition
from mithaq.node.acts.subjects import subject
from mithaq.node.lists.models import ListEntry, ListVersion
from mithaq.screening import Subject
from mithaq.seal import canonical


def generation() -> str:
    """Changes whenever a version of any list takes effect."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT list, id FROM lists_listversion WHERE state = 'live' ORDER BY list")
        return ";".join(f"{name}={key}" for name, key in cursor.fetchall())


def subjects() -> Iterable[Subject]:
    """Entries of live lists as subjects of screening."""
    for name, key in ListVersion.objects.filter(state="live").order_by("list").values_list("list", "id"):
        rows = ListEntry.objects.filter(of=key).order_by("reference").values_list("reference", "person", "more")
        for reference, person, more in rows.iterator(chunk_size=2000):
            human = f"list:{name}/{more['human']}" if more["human"] else ""
            yield subject(f"list:{name}/{reference}", wire.decode(Person, person), human, tuple(more["places"]))


def cards(keys: Collection[str]) -> dict[str, Card]:
    """The cards of entries of live lists, such as `UN/CDi.001`; those that are gone are left out."""
    wanted: dict[str, list[str]] = {}
    for key in keys:
        name, _, reference = key.partition("/")
        wanted.setdefault(name, []).append(reference)
    live = ListVersion.objects.filter(state="live", list__in=sorted(wanted)).values_list("id", "list")
    names = dict(live) if wanted else {}
    if not names:
        return {}
    asked = reduce(or_, (Q(of=of, reference__in=wanted[name]) for of, name in names.items()))
    rows = ListEntry.objects.filter(asked).values_list("of", "reference", "person", "more")
    return {f"{names[of]}/{entry}": _card(names[of], entry, person, more) for of, entry, person, more in rows}


def _card(name: str, reference: str, stored: dict[str, Any], more: dict[str, Any]) -> Card:
    person = wire.decode(Person, stored)
    edition = canonical.digest(canonical.canonical(more))
    return Card(
        reference, name, "", person, "suspect", "list", "", "", "", "", "", "", "", live=True, source=name,
        edition=edition,
    )  # fmt: skip


def editions() -> Iterable[Edition]:
    """Each live list as screening holds it now, for an answer that says what it compared with."""
    for row in ListVersion.objects.filter(state="live").order_by("list"):
        yield Edition(row.list, row.confirmed or row.at, row.used)
