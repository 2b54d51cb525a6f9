"""What notices are about a person, for whoever follows one person's data through every subject.

Rule: the keys of a notice lead to its own hits and candidates, and to no other person's records.
Design: architecture, "Layout" (person look-up); subjects, safeguard 12.
"""

from __future__ import annotations

from django.db.models import Q

from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.near import MOST, alike, found
from mithaq.node.acts.registry import Asked, Found, Held
from mithaq.node.wanted.models import Notice
from mithaq.node.wanted.moves import NOTICE

NAMED = "SELECT id, reference, '/notices/' || id FROM wanted_notice WHERE id = ANY(%(ids)s::uuid[])"
_READ = ("id", "reference", "state", "created", "content", "message")


def find(asked: Asked, limit: int) -> Found:
    """The notices that a question is about."""
    named = {key.removeprefix("notice:") for key in asked.keys if key.startswith("notice:")} | {asked.reference}
    ids = [key for key in named - asked.known if is_uuid(key)]
    references = ({key for key in asked.keys if "/" in key and ":" not in key} | {asked.reference}) - asked.known - {""}
    rows = Notice.objects.only(*_READ).order_by("-id")
    by_key = rows.filter(Q(pk__in=ids) | Q(reference__in=references))[: limit + 1] if ids or references else ()
    # A notice may know no more than the year: what the birth date begins with counts, too.
    known = [asked.birth_date[:end] for end in (10, 7, 4)]
    born = rows.filter(content__person__birth_dates__has_any_keys=known)[: MOST + 1] if asked.name else ()
    near, is_cut = alike(asked.name, list(born), _names)
    return found(map(_held, (*by_key, *near)), limit, [NOTICE] if is_cut else ())


def _names(row: Notice) -> tuple[str, ...]:
    person = row.content["person"]
    return (*person["names"], *person.get("weak_names", ()))


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
