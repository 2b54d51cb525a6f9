"""What the border holds about a person, for whoever follows one person's data through every subject.

Rule: a candidate is about the traveller and about the listed person alike, and is found from both; but it leads on to
the other, and to the traveller's kept crossing, only once two officers have confirmed that they are one. Who asks by a
manifest is shown who stands on it. A silence names nobody and leads to nobody.
Design: architecture, "Layout" (person look-up); subjects, safeguards 4 and 12.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.near import MOST, alike, found
from mithaq.node.acts.registry import Asked, Found, Held, Target
from mithaq.node.border.candidates import CANDIDATE
from mithaq.node.border.hits import HIT
from mithaq.node.border.models import Candidate
from mithaq.node.border.silences import SILENCE

CROSSING = "border.Crossing"


# One statement a question, and one for names: each piece reads by its own indexes. `data` is who it is about as stored,
# `place` what it stands on: the manifest of a candidate, the candidate of a hit, the kept manifest of a crossing.
_CANDIDATES = """(SELECT 'candidate' AS kind, {near} AS is_near, id, manifest AS place, created AS at, state,
    traveller AS data, subject AS text, travel->>'flight' AS name, '' AS message FROM border_candidate
    WHERE {where} ORDER BY id DESC LIMIT %s)"""
_HITS = """(SELECT 'hit', false, id, candidate, at, state, report, reference, notice,
    CASE WHEN found_here THEN '' ELSE message END FROM border_hit
    WHERE id = ANY(%s::uuid[]) OR reference = ANY(%s::text[]) OR notice = ANY(%s::text[])
        OR candidate = ANY(%s::uuid[]) ORDER BY id DESC LIMIT %s)"""
_CROSSINGS = """(SELECT 'crossing', {near}, one.id, one.kept_id, kept.at, 'kept', one.traveller, '', '', ''
    FROM border_crossing AS one JOIN border_keptmanifest AS kept ON kept.id = one.kept_id
    WHERE {where} ORDER BY one.id DESC LIMIT %s)"""
# The crossing of a candidate is the same traveller on the same list.
_CROSSED = """(SELECT 'crossing', false, one.id, one.kept_id, kept.at, 'kept', one.traveller, '', '', ''
    FROM border_candidate AS candidate JOIN border_keptmanifest AS kept ON kept.id = candidate.manifest
    JOIN border_crossing AS one ON one.kept_id = kept.id AND one.traveller = candidate.traveller
    WHERE candidate.id = ANY(%s::uuid[]) AND candidate.state = 'confirmed' ORDER BY one.id DESC LIMIT %s)"""
_SILENCES = """(SELECT 'silence', false, id, candidate, at, state, '{}'::jsonb, reference, purpose,
    CASE WHEN found_here THEN '' ELSE message END FROM border_silence
    WHERE id = ANY(%s::uuid[]) OR candidate = ANY(%s::uuid[]) OR reference = ANY(%s::text[])
    ORDER BY id DESC LIMIT %s)"""
NAMED = """SELECT id, reference, '/hits/' || id FROM border_hit WHERE id = ANY(%(ids)s::uuid[])
UNION ALL SELECT id, coalesce(nullif(flight, ''), nullif(name, ''), id::text),
    CASE WHEN feed = 'traveller' THEN '/travellers/' ELSE '/manifests/' END || id
    FROM border_manifest WHERE id = ANY(%(ids)s::uuid[])
UNION ALL SELECT id, reference, '/silences/' || id FROM border_silence WHERE id = ANY(%(ids)s::uuid[])
UNION ALL SELECT id, 'candidate/' || right(id::text, 6), '/manifests/' || manifest || '#' || id
    FROM border_candidate WHERE id = ANY(%(ids)s::uuid[])"""


class _Row(NamedTuple):
    """A row of any of the pieces."""

    kind: str
    is_near: bool
    id: UUID
    place: UUID | None
    at: datetime
    state: str
    data: dict[str, Any]
    text: str
    name: str
    message: str


def find(asked: Asked, limit: int) -> Found:
    """Candidates, hits, kept crossings and silences that a question is about."""
    pieces = [*_candidates(asked, limit), *_hits(asked, limit), *_crossings(asked, limit), *_silences(asked, limit)]
    if not pieces:
        return Found()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(text for text, _ in pieces), [one for _, params in pieces for one in params])
        rows = [_Row._make((*row[:6], json.loads(row[6]), *row[7:])) for row in cursor.fetchall()]
    held = [_HELD[row.kind](row) for row in rows if not row.is_near]
    cut = []
    for kind, model in _MODELS.items():
        near = [row for row in rows if row.is_near and row.kind == kind]
        some, more = alike(asked.name, near, lambda row: row.data["names"])
        held += map(_HELD[kind], some)
        cut += [model] if more else []
    return found(held, limit, cut)


Piece = tuple[str, Sequence[Any]]
# One more than are told tells that there are more.
_NEAR = MOST + 1


def beside(manifest: str) -> Collection[str]:
    """The listed persons with whom the travellers of a manifest are compared on its page."""
    rows = Candidate.objects.filter(manifest=manifest) if is_uuid(manifest) else Candidate.objects.none()
    return [subject.partition(":")[2] for subject in rows.values_list("subject", flat=True)]


def _ids(asked: Asked, kind: str) -> list[str]:
    keys = {key.removeprefix(f"{kind}:") for key in asked.keys if key.startswith(f"{kind}:")}
    return list(filter(is_uuid, keys | {asked.reference}))


def _candidates(asked: Asked, limit: int) -> Iterable[Piece]:
    listed = [key for key in asked.keys if key.partition(":")[0] in {"notice", "list"}]
    ids = [key for key in _ids(asked, "candidate") if key not in asked.known]
    on = [asked.reference] if is_uuid(asked.reference) else []
    if listed or ids or on:
        where = "id = ANY(%s::uuid[]) OR subject = ANY(%s::text[]) OR manifest = ANY(%s::uuid[])"
        yield _CANDIDATES.format(near="false", where=where), [ids, listed, on, limit + 1]
    if asked.name:
        yield _CANDIDATES.format(near="true", where="traveller ->> 'birth_date' = %s"), [asked.birth_date, _NEAR]


def _hits(asked: Asked, limit: int) -> Iterable[Piece]:
    references = _references(asked)
    ids, origins = _ids(asked, "hit"), _ids(asked, "candidate")
    own = [key for key in references if key not in asked.known]
    if ids or references or origins:
        yield _HITS, [[key for key in ids if key not in asked.known], own, references, origins, limit + 1]


def _crossings(asked: Asked, limit: int) -> Iterable[Piece]:
    if ids := [key for key in _ids(asked, "crossing") if key not in asked.known]:
        yield _CROSSINGS.format(near="false", where="one.id = ANY(%s::uuid[])"), [ids, limit + 1]
    if origins := _ids(asked, "candidate"):
        yield _CROSSED, [origins, limit + 1]
    if asked.name:
        yield _CROSSINGS.format(near="true", where="one.traveller ->> 'birth_date' = %s"), [asked.birth_date, _NEAR]


def _silences(asked: Asked, limit: int) -> Iterable[Piece]:
    references = [*_references(asked), *(key.removeprefix("list:") for key in asked.keys if key.startswith("list:"))]
    ids, origins = _ids(asked, "silence"), _ids(asked, "candidate")
    if ids or references or origins:
        yield _SILENCES, [[key for key in ids if key not in asked.known], origins, references, limit + 1]


def _references(asked: Asked) -> list[str]:
    references = [key for key in asked.keys if "/" in key and ":" not in key]
    return [*references, asked.reference] if asked.reference else references


def _candidate(row: _Row) -> Held:
    key, manifest = str(row.id), str(row.place)
    return Held(
        model=CANDIDATE,
        record=key,
        reference=f"candidate/{key[-6:]}",
        url=f"/manifests/{manifest}#{key}",
        at=row.at,
        state=row.state,
        names=tuple(row.data["names"]),
        birth_dates=tuple(filter(None, (row.data.get("birth_date", ""),))),
        keys=frozenset({f"candidate:{key}", *((row.text,) if row.state == "confirmed" else ())}),
        shown=frozenset({key, manifest}),
        leaves=frozenset({f"candidate/{key}", f"manifest/{manifest}", f"traveller/{manifest}"}),
        places=((manifest, Target(row.name, f"/manifests/{manifest}")),) if row.name else (),
    )


def _hit(row: _Row) -> Held:
    key, traveller = str(row.id), row.data.get("traveller", {})
    origin = {f"candidate:{row.place}"} if row.place else set()
    return Held(
        model=HIT,
        record=key,
        reference=row.text,
        url=f"/hits/{key}",
        at=row.at,
        state=row.state,
        names=tuple(traveller.get("names", ())),
        birth_dates=tuple(filter(None, (traveller.get("birth_date", ""),))),
        keys=frozenset({f"hit:{key}", row.text, row.name, *origin}),
        shown=frozenset({key, row.text}),
        leaves=frozenset({row.text, *(one.replace(":", "/") for one in origin)}),
        messages=(row.message,) if row.message else (),
        purpose=row.data.get("purpose", ""),
    )


def _crossing(row: _Row) -> Held:
    key, kept = str(row.id), str(row.place)
    return Held(
        model=CROSSING,
        record=key,
        reference=f"crossing/{key[-6:]}",
        url=f"/manifests/{kept}",
        at=row.at,
        state=row.state,
        names=tuple(row.data["names"]),
        birth_dates=tuple(filter(None, (row.data.get("birth_date", ""),))),
        keys=frozenset({f"crossing:{key}"}),
        # A manifest's page shows its candidates and not who else stood on it.
        shown=frozenset({key}),
        leaves=frozenset({f"manifest/{kept}", f"traveller/{kept}"}),
    )


def _silence(row: _Row) -> Held:
    key = str(row.id)
    return Held(
        model=SILENCE,
        record=key,
        reference=f"silence/{key[-6:]}",
        url=f"/silences/{key}",
        at=row.at,
        state=row.state,
        names=(),
        keys=frozenset({f"silence:{key}"}),
        shown=frozenset({key}),
        leaves=frozenset({f"silence/{key}"}),
        messages=(row.message,) if row.message else (),
        purpose=row.name,
    )


_HELD: Mapping[str, Callable[[_Row], Held]] = {
    "candidate": _candidate, "hit": _hit, "crossing": _crossing, "silence": _silence,
}  # fmt: skip
# Those who are found by name, too.
_MODELS = {"candidate": CANDIDATE, "crossing": CROSSING}
