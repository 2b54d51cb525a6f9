"""What notices are about a person, for whoever follows one person's data through every subject.

Rule: the keys of a notice lead to its own hits and candidates, and to no other person's records.
Design: architecture, "Layout" (person look-up); subjects, safeguard 12.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from mithaq.node.acts.alike import alike
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.registry import Asked, Held
from mithaq.node.wanted.models import Notice
from mithaq.node.wanted.moves import NOTICE

NAMED = "SELECT id, reference, '/notices/' || id FROM wanted_notice WHERE id = ANY(%(ids)s::uuid[])"
_READ = ("id", "reference", "state", "created", "content", "message")


def find(asked: Asked, limit: int) -> Iterable[Held]:
    """The notices that a question is about."""
    named = {key.removeprefix("notice:") for key in asked.keys if key.startswith("notice:")} | {asked.reference}
    ids = [key for key in named - asked.known if is_uuid(key)]
    references = ({key for key in asked.keys if "/" in key and ":" not in key} | {asked.reference}) - asked.known - {""}
    if ids or references:
        rows = Notice.objects.filter(Q(pk__in=ids) | Q(reference__in=references))
        yield from map(_held, rows.only(*_READ)[:limit])
    if asked.name:
        yield from (_held(row) for row in _alike(asked, Notice.objects.only(*_READ), limit))


def _alike(asked: Asked, rows: QuerySet[Notice], limit: int) -> Iterable[Notice]:
    # A notice may know no more than the year: what the birth date begins with counts, too.
    known = [asked.birth_date[:end] for end in (10, 7, 4)]
    near = list(rows.filter(content__person__birth_dates__has_any_keys=known).order_by("-id")[:limit])
    people = [row.content["person"] for row in near]
    names = [(*person["names"], *person.get("weak_names", ())) for person in people]
    return [near[place] for place in alike(asked.name, names)]


def _held(row: Notice) -> Held:
    content, key = row.content, str(row.id)
    return Held(
        model=NOTICE,
        record=key,
        reference=row.reference,
        url=f"/notices/{key}",
        at=row.created,
        state=row.state,
        names=tuple(content["person"]["names"]),
        birth_dates=tuple(content["person"].get("birth_dates", ())),
        keys=frozenset({f"notice:{key}", row.reference}),
        shown=frozenset({key, row.reference}),
        leaves=frozenset({row.reference}),
        messages=(row.message,) if row.message else (),
        purpose=content.get("purpose", ""),
        basis=content.get("basis", {}).get("offence", ""),
    )
