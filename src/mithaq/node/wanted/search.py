"""How notices are found: by the names of who is looked for, documents and the reference.

Rules: a notice is found by who may read its page (`known.py`): every reader who works on its line. Who is a victim or a
witness is never found by name or document, as never by matching; by the reference alone, and by the unit whose notice
it is.
Design: subjects, safeguards 2 and 5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.nouns import MATCHED
from mithaq.node.acts.registry import Entry, Line, SearchSource
from mithaq.node.acts.search_keys import OVERSIGHT, on_line
from mithaq.node.wanted.models import Notice


def entries(rows: Sequence[Notice]) -> Iterable[tuple[str, Entry]]:
    """The entry of each notice."""
    for row in rows:
        key, person = str(row.pk), row.content["person"]
        if row.category not in MATCHED:
            yield key, Entry(key, (*on_line(row.line, row.unit), OVERSIGHT), row.created, texts=(row.reference,))
            continue
        documents = (one["number"] for one in person.get("documents", ()))
        yield key, Entry(key, on_line(row.line), row.created, names(person), (row.reference, *documents))


def names(person: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Every spelling of a stored person's name."""
    return (*person["names"], *person.get("weak_names", ()))


def lines(keys: Collection[str]) -> Mapping[str, Line]:
    """Notices as a page of search shows them; of a victim or a witness, no name."""
    fields = ("id", "reference", "state", "unit", "created", "category", "handling", "content__person")
    rows = Notice.objects.filter(pk__in=list(keys)).values_list(*fields)
    return {
        str(key): Line(
            reference, f"/notices/{key}", state, unit, created, names(person) if category in MATCHED else (), handling
        )
        for key, reference, state, unit, created, category, handling, person in rows
    }


SOURCE = SearchSource("notice", _("Notices"), entries, lines)
