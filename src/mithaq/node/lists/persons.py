"""What the lists hold about a person, for whoever follows one person's data through every subject.

Rule: only entries of live lists and of versions that wait are kept; what is found is what the list says, and no more.
Design: architecture, "Layout" (person look-up).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from mithaq.node.acts.alike import alike
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.registry import Asked, Held, Target
from mithaq.node.lists.facts import LISTS
from mithaq.node.lists.models import ListEntry, ListVersion

ENTRY = "lists.ListEntry"


def find(asked: Asked, limit: int) -> Iterable[Held]:
    """Entries of lists that a question is about: by their reference (`UN/CDi.001`), or by a person."""
    listed = {key.removeprefix("list:") for key in asked.keys if key.startswith("list:")} | {asked.reference}
    names = {name for name in listed if name.partition("/")[0] in LISTS}
    if not names and not asked.name:
        return
    versions = {row.id: row for row in ListVersion.objects.filter(state__in=("live", "pending"))}
    by_list = {row.list: row.id for row in versions.values() if row.state == "live"}
    same = Q(pk__in=())
    for name in names:
        source, slash, reference = name.partition("/")
        if slash and source in by_list:
            same |= Q(of=by_list[source], reference=reference)
    rows = list(ListEntry.objects.filter(same)[:limit]) if by_list else []
    if asked.name:
        known = [asked.birth_date[:end] for end in (10, 7, 4)]
        near = ListEntry.objects.filter(of__in=list(versions), person__birth_dates__has_any_keys=known)
        people = list(near.order_by("-id")[:limit])
        spelt = [(*row.person["names"], *row.person.get("weak_names", ())) for row in people]
        rows += [people[place] for place in alike(asked.name, spelt)]
    for row in rows:
        yield _held(row, versions[row.of])


def named(keys: Collection[str]) -> Mapping[str, Target]:
    """What pages call versions of lists of these ids."""
    rows = ListVersion.objects.filter(pk__in=list(filter(is_uuid, keys))).values_list("id", "list")
    return {str(key): Target(name, f"/lists/{key}") for key, name in rows}


def _held(row: ListEntry, version: ListVersion) -> Held:
    reference = f"{version.list}/{row.reference}"
    return Held(
        model=ENTRY,
        record=reference,
        reference=reference,
        url=f"/lists/{version.id}",
        at=version.confirmed or version.at,
        state=version.state,
        names=tuple(row.person["names"]),
        birth_dates=tuple(row.person.get("birth_dates", ())),
        keys=frozenset({f"list:{reference}"}),
        shown=frozenset({str(version.id), reference}),
        leaves=frozenset({f"list/{version.list}"}),
        purpose="list",
    )
