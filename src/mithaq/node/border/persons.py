"""What the border holds about a person, for whoever follows one person's data through every subject.

Rule: a candidate is about the traveller and about the listed person alike, and is found from both; but it leads on to
the other only once two officers have confirmed that they are one. Who asks by a manifest is shown who stands on it.
Design: architecture, "Layout" (person look-up); subjects, safeguards 4 and 12.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q

from mithaq.node.acts.alike import alike
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.registry import Asked, Held, Target
from mithaq.node.border.candidates import CANDIDATE
from mithaq.node.border.facts import TRAVELLER
from mithaq.node.border.hits import HIT
from mithaq.node.border.models import Candidate, Crossing, Hit, Manifest

CROSSING = "border.Crossing"


def find(asked: Asked, limit: int) -> Iterable[Held]:
    """Candidates, hits and kept crossings that a question is about."""
    yield from _candidates(asked, limit)
    yield from _hits(asked, limit)
    yield from _crossings(asked, limit)


def named(keys: Collection[str]) -> Mapping[str, Target]:
    """What pages call hits, manifests and candidates of these ids."""
    ids = list(filter(is_uuid, keys))
    found = {
        str(key): Target(reference, f"/hits/{key}")
        for key, reference in Hit.objects.filter(pk__in=ids).values_list("id", "reference")
    }
    # Most rows are of one kind: the next is asked for what the one before does not know.
    if left := [key for key in ids if key not in found]:
        manifests = Manifest.objects.filter(pk__in=left).values_list("id", "name", "flight", "feed")
        for key, name, flight, feed in manifests:
            page = "travellers" if feed == TRAVELLER else "manifests"
            found[str(key)] = Target(flight or name or str(key), f"/{page}/{key}")
    if left := [key for key in ids if key not in found]:
        for key, manifest in Candidate.objects.filter(pk__in=left).values_list("id", "manifest"):
            found[str(key)] = Target(f"candidate/{str(key)[-6:]}", f"/manifests/{manifest}#{key}")
    return found


def beside(manifest: str) -> Collection[str]:
    """The listed persons with whom the travellers of a manifest are compared on its page."""
    rows = Candidate.objects.filter(manifest=manifest) if is_uuid(manifest) else Candidate.objects.none()
    return [subject.partition(":")[2] for subject in rows.values_list("subject", flat=True)]


def _ids(asked: Asked, kind: str) -> list[str]:
    keys = {key.removeprefix(f"{kind}:") for key in asked.keys if key.startswith(f"{kind}:")}
    return list(filter(is_uuid, keys | {asked.reference}))


def _near(asked: Asked, rows: Any, limit: int) -> list[Any]:
    near = list(rows.filter(traveller__birth_date=asked.birth_date).order_by("-id")[:limit])
    return [near[place] for place in alike(asked.name, [row.traveller["names"] for row in near])]


def _candidates(asked: Asked, limit: int) -> Iterable[Held]:
    listed = [key for key in asked.keys if key.partition(":")[0] in {"notice", "list"}]
    same = Q(pk__in=_ids(asked, "candidate")) | Q(subject__in=listed)
    if is_uuid(asked.reference):
        same |= Q(manifest=asked.reference)
    rows = list(Candidate.objects.filter(same).order_by("-id")[:limit])
    rows += _near(asked, Candidate.objects.all(), limit) if asked.name else []
    for row in rows:
        key, confirmed = str(row.id), row.state == "confirmed"
        yield Held(
            model=CANDIDATE,
            record=key,
            reference=f"candidate/{key[-6:]}",
            url=f"/manifests/{row.manifest}#{key}",
            at=row.created,
            state=row.state,
            names=tuple(row.traveller["names"]),
            birth_dates=tuple(filter(None, (row.traveller.get("birth_date", ""),))),
            keys=frozenset({f"candidate:{key}", *((row.subject,) if confirmed else ())}),
            shown=frozenset({key, str(row.manifest)}),
            leaves=frozenset({f"candidate/{key}", f"manifest/{row.manifest}", f"traveller/{row.manifest}"}),
        )


def _hits(asked: Asked, limit: int) -> Iterable[Held]:
    references = {key for key in asked.keys if "/" in key and ":" not in key} | ({asked.reference} - {""})
    same = Q(pk__in=_ids(asked, "hit")) | Q(reference__in=references) | Q(notice__in=references)
    same |= Q(candidate__in=_ids(asked, "candidate"))
    for row in Hit.objects.filter(same).order_by("-id")[:limit]:
        key, traveller = str(row.id), row.report.get("traveller", {})
        origin = {f"candidate:{row.candidate}"} if row.candidate else set()
        yield Held(
            model=HIT,
            record=key,
            reference=row.reference,
            url=f"/hits/{key}",
            at=row.at,
            state=row.state,
            names=tuple(traveller.get("names", ())),
            birth_dates=tuple(filter(None, (traveller.get("birth_date", ""),))),
            keys=frozenset({f"hit:{key}", row.reference, row.notice, *origin}),
            shown=frozenset({key, row.reference}),
            leaves=frozenset({row.reference, *(one.replace(":", "/") for one in origin)}),
            messages=() if row.found_here else (row.message,),
            purpose=row.report.get("purpose", ""),
        )


def _crossings(asked: Asked, limit: int) -> Iterable[Held]:
    rows = list(Crossing.objects.filter(pk__in=_ids(asked, "crossing")).select_related("kept"))
    rows += _near(asked, Crossing.objects.select_related("kept"), limit) if asked.name else []
    for row in rows:
        key, kept = str(row.id), str(row.kept_id)
        yield Held(
            model=CROSSING,
            record=key,
            reference=f"crossing/{key[-6:]}",
            url=f"/manifests/{kept}",
            at=row.kept.at,
            state="kept",
            names=tuple(row.traveller["names"]),
            birth_dates=tuple(filter(None, (row.traveller.get("birth_date", ""),))),
            keys=frozenset({f"crossing:{key}"}),
            # A manifest's page shows its candidates and not who else stood on it.
            shown=frozenset({key}),
            leaves=frozenset({f"manifest/{kept}", f"traveller/{kept}"}),
        )
