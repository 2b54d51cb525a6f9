"""How hits, candidates and manifests are found: by traveller, document, reference and flight.

Rules: each is found by who may read its page (`known.py`): the units concerned, and oversight. The register
of crossings is not searched: who crossed without being a candidate is asked for with a reason and between two days, and
the register says what is not kept (`kept.ask`), where a search would say nothing.
Design: subjects, "Border posts" (crossing query), safeguards 1 and 5; architecture, "Border: two stores".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.registry import Entry, Line, SearchSource
from mithaq.node.acts.search_keys import OVERSIGHT, of_unit, on_line
from mithaq.node.border import post_facts
from mithaq.node.border.models import Candidate, Hit, Manifest


def hits(rows: Sequence[Hit]) -> Iterable[tuple[str, Entry]]:
    """The entry of each hit: for the unit that found it and the one whose notice it is on, there for its line."""
    for row in rows:
        units = dict.fromkeys((row.unit, row.owner_unit))
        readers = (*(one for unit in units for one in on_line(row.line, unit)), OVERSIGHT)
        traveller = row.report["traveller"]
        texts = (row.reference, row.notice, row.report["travel"]["flight"], *_documents(traveller))
        yield str(row.pk), Entry(str(row.pk), readers, row.at, tuple(traveller["names"]), texts)


def candidates(rows: Sequence[Candidate]) -> Iterable[tuple[str, Entry]]:
    """The entry of each candidate: for the unit of the post."""
    for row in rows:
        readers = (of_unit(row.unit), OVERSIGHT)
        texts = (row.travel["flight"], *_documents(row.traveller))
        yield str(row.pk), Entry(str(row.pk), readers, row.created, tuple(row.traveller["names"]), texts)


def manifests(rows: Sequence[Manifest]) -> Iterable[tuple[str, Entry]]:
    """The entry of each manifest: for the unit of the post, by flight and file; one traveller alone is no manifest."""
    units = post_facts.units() if rows else {}
    for row in rows:
        readers = (of_unit(units.get(row.post, "")), OVERSIGHT)
        if row.feed != "traveller":
            yield str(row.pk), Entry(str(row.pk), readers, row.at, texts=(row.flight, row.name))


def _documents(traveller: Mapping[str, Any]) -> Iterable[str]:
    return (one["number"] for one in traveller.get("documents", ()))


def hit_lines(keys: Collection[str]) -> Mapping[str, Line]:
    """Hits as a page of search shows them."""
    rows = Hit.objects.filter(pk__in=list(keys))
    return {
        str(row.pk): Line(
            row.reference,
            f"/hits/{row.pk}",
            row.state,
            row.unit,
            row.at,
            tuple(row.report["traveller"]["names"]),
            row.report.get("handling", "H1"),
        )
        for row in rows
    }


def candidate_lines(keys: Collection[str]) -> Mapping[str, Line]:
    """Candidates as a page of search shows them, by the flight on which they came."""
    rows = Candidate.objects.filter(pk__in=list(keys)).defer("evidence", "rescreened")
    return {
        str(row.pk): Line(
            row.travel["flight"] or row.post,
            f"/manifests/{row.manifest}#{row.pk}",
            row.state,
            row.unit,
            row.created,
            tuple(row.traveller["names"]),
        )
        for row in rows
    }


def manifest_lines(keys: Collection[str]) -> Mapping[str, Line]:
    """Manifests as a page of search shows them, by flight and departure."""
    rows = Manifest.objects.filter(pk__in=list(keys)).values_list("id", "flight", "name", "post", "at")
    units = post_facts.units()
    return {
        str(key): Line(flight or name, f"/manifests/{key}", "", units.get(post, ""), at)
        for key, flight, name, post, at in rows
    }


HITS = SearchSource("hit", _("Hits"), hits, hit_lines)
CANDIDATES = SearchSource("candidate", _("Candidates"), candidates, candidate_lines)
MANIFESTS = SearchSource("manifest", _("Manifests"), manifests, manifest_lines)
