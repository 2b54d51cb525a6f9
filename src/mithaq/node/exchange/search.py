"""How refused files are found: by their names, by the officers of their unit.

Rule: a file that was refused may hold travellers, so its letter is for case officers and supervisors of its unit
(`known.py`). A message that came to nothing is found by the record that it was to bring.
Design: exchange, "Delivery"; subjects, safeguard 6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.registry import Entry, Line, SearchSource
from mithaq.node.acts.search_keys import of_officers
from mithaq.node.exchange.models import RefusedFile


def entries(rows: Sequence[RefusedFile]) -> Iterable[tuple[str, Entry]]:
    """The entry of each refused file."""
    for row in rows:
        yield str(row.pk), Entry(str(row.pk), (of_officers(row.unit),), row.at, texts=(row.name,))


def lines(keys: Collection[str]) -> Mapping[str, Line]:
    """Refused files as a page of search shows them."""
    rows = RefusedFile.objects.filter(pk__in=list(keys)).values_list("id", "name", "unit", "at")
    return {str(key): Line(name, f"/dead-letters/{key}", "", unit, at) for key, name, unit, at in rows}


SOURCE = SearchSource("letter", _("Refused files"), entries, lines)
