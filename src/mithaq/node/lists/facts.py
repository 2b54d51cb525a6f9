"""Reads of this subject; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.node.acts import wire
from mithaq.node.acts.nouns import Card, Person
from mithaq.node.acts.subjects import subject
from mithaq.node.lists.models import ListEntry, ListImport
from mithaq.screening import Subject


def generation() -> str:
    """Changes whenever a list is imported."""
    return str(ListImport.objects.order_by("-id").values_list("id", flat=True).first())


def subjects() -> Iterable[Subject]:
    """Entries of imported lists as subjects of screening."""
    for key, person in ListEntry.objects.order_by("id").values_list("id", "person").iterator(chunk_size=2000):
        yield subject(f"list:{key}", wire.decode(Person, person))


def card(key: str) -> Card | None:
    """The card of a list entry."""
    row = ListEntry.objects.filter(pk=key).first()
    if row is None:
        return None
    person = wire.decode(Person, row.person)
    return Card(
        row.reference, row.list, "", person, "suspect", "list", "", "", "", "", "", "", "", live=True, source=row.list
    )


def imports() -> tuple[ListImport, ...]:
    """The imports of lists, latest first."""
    return tuple(ListImport.objects.order_by("-at")[:20])


def entry_ids(name: str) -> frozenset[str]:
    """The ids of all entries of a list."""
    return frozenset(ListEntry.objects.filter(list=name).values_list("id", flat=True))
