"""Reads of silences, and the key that binds them; returns frozen values and no QuerySet.

Rule: the key is in no table (`keys.silences`); a node that has lost it silences nothing and says so in its log.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max, Sum

from mithaq.errors import ConfigError, StateError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.need_to_know import UnknownError, one
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY, Target
from mithaq.node.border import candidate_facts, known
from mithaq.node.border.candidate_facts import CandidateFacts
from mithaq.node.border.models import Silence, Silenced
from mithaq.node.border.requests import TravellerData
from mithaq.node.border.silence_rules import LEAST_KEY, Holding, holds, silencing
from mithaq.node.config import secret
from mithaq.node.start import Node
from mithaq.screening import Candidate

LOG = logging.getLogger("mithaq.border")
PAGE = 100


@dataclass(frozen=True, slots=True)
class SilenceFacts:
    """A silence with its row version. `record` says how the listed record was called; both hashes stay in the table."""

    id: str
    version: int
    found_here: bool
    candidate: str
    post: str
    unit: str
    subject: str
    reference: str
    owner: str
    owner_unit: str
    partner: str
    plan: str
    line: str
    message: str
    told: str
    purpose: str
    handling: str
    record: str
    ground: str
    reason: str
    state: str
    asked_by: str
    at: datetime
    decided_by: str
    decided_unit: str
    answer: str
    since: datetime | None
    until: datetime | None
    ended: str
    ended_by: str
    ended_why: str
    expires: datetime

    def standing(self, now: datetime) -> str:
        """Its state at `now`: what has reached its last moment has ended, whether or not a job has said so yet."""
        over = self.state == "in-force" and self.until is not None and self.until <= now
        return "ended" if over else self.state


_NAMES = tuple(
    name for name in SilenceFacts.__dataclass_fields__ if name not in {"id", "candidate"}
)  # fmt: skip


def key() -> bytes:
    """The secret that documents and records are hashed with. StateError `silence.key` when the node has none."""
    reference = Node.config.silences
    if reference:
        try:
            found = secret(reference, Node.config.directory, "keys.silences").encode()
        except ConfigError as error:
            LOG.error("keys.silences cannot be read: %s", error.code)
            found = b""
        if len(found) >= LEAST_KEY:
            return found
    raise StateError(
        "silence.key",
        "This node has no secret to bind a silence with, so nothing can be silenced.",
        remedy="Whoever runs the node sets keys.silences: 32 characters at least.",
    )


def silence(key: str, who: Actor | None = None) -> SilenceFacts:
    """One silence, of those that `who` may know of. UnknownError `silence.unknown`."""
    unknown = UnknownError("silence.unknown", "There is no such silence here; it may have been erased in time.")
    return _facts(one(Silence.objects.all(), known.silences(who), key, unknown))


def silences(who: Actor, state: str = "", limit: int = PAGE) -> tuple[SilenceFacts, ...]:
    """The latest silences that `who` may know of."""
    found = Silence.objects.filter(known.silences(who))
    rows = found.filter(state=state) if state else found
    return tuple(map(_facts, rows.order_by("-at", "-id")[:limit]))


def by_candidate(candidates: Collection[str], who: Actor) -> dict[str, SilenceFacts]:
    """The silences that were asked for on these candidates, the latest of each, of those that `who` may know of."""
    rows = Silence.objects.filter(known.silences(who), candidate__in=candidates).order_by("at", "id")
    return {str(row.candidate): _facts(row) for row in rows}


def of_notice(reference: str, who: Actor) -> tuple[SilenceFacts, ...]:
    """The silences against a notice that `who` may know of, the latest first."""
    return tuple(map(_facts, Silence.objects.filter(known.silences(who), reference=reference).order_by("-at")))


def targets(keys: Collection[str]) -> dict[str, Target]:
    """Silences by id, as another subject's page names them: by their records."""
    rows = Silence.objects.filter(pk__in=[one for one in keys if is_uuid(one)]).values_list("id", "reference")
    return {str(one): Target(reference, f"/silences/{one}") for one, reference in rows}


def is_known(document: str, subject: str) -> bool:
    """Whether a silence of this document and this record is asked for or in force."""
    rows = Silence.objects.filter(document=document, subject=subject, found_here=True)
    return rows.filter(state__in=("asked", "in-force")).exists()


def told(partner: str, there: str) -> SilenceFacts | None:
    """A silence that a partner told of, by its id there."""
    row = Silence.objects.filter(found_here=False, partner=partner, told=there).first()
    return _facts(row) if row else None


def candidate_of(found: SilenceFacts, who: Actor) -> CandidateFacts | None:
    """The candidate that a silence was asked on, for its unit and for who decides while it waits; None when it was
    erased, or is not for `who`."""
    is_his = found.unit == who.unit or known.sees_all(who) or (found.state == "asked" and known.decides(who))
    if not (found.found_here and is_his and found.candidate):
        return None
    try:
        seen = candidate_facts.candidate(found.candidate)
    except UnknownError:
        return None
    if seen.card is None:
        return seen
    card = known.at_post(seen.card, seen.id, who)
    return replace(seen, card=replace(card, portrait_url=f"/silences/{found.id}/portrait" if card.portrait_url else ""))


@dataclass(frozen=True, slots=True)
class Use:
    """How often a silence kept a traveller from being a candidate, and when it last did."""

    number: int
    last: datetime | None


def uses(keys: Collection[str]) -> dict[str, Use]:
    """What silences did, by id; those that did nothing are left out."""
    rows = Silenced.objects.filter(silence__in=keys).values("silence").annotate(sum=Sum("number"), last=Max("at"))
    return {str(row["silence"]): Use(row["sum"], row["last"]) for row in rows.order_by("silence")}


def on_manifest(manifest: str, who: Actor) -> tuple[SilenceFacts, ...]:
    """The silences that a manifest's travellers met, of those that `who` may know of."""
    met = Silenced.objects.filter(manifest=manifest).values("silence")
    return tuple(map(_facts, Silence.objects.filter(known.silences(who), pk__in=met).order_by("at", "id")))


def met(manifests: Collection[str]) -> frozenset[tuple[str, str]]:
    """The (manifest, silence) that were counted already."""
    rows = Silenced.objects.filter(manifest__in=manifests).values_list("manifest", "silence")
    return frozenset((str(manifest), str(silence)) for manifest, silence in rows)


# what screening asks


def silent(
    found: Iterable[tuple[TravellerData, Candidate]], cards: Mapping[str, Card], now: datetime
) -> tuple[str, ...]:
    """For each match the silence by which it is no candidate, or nothing; asked of the database in one query."""
    matches = tuple(found)
    holding = _holding({one.subject for _, one in matches}) if matches else {}
    if not holding:
        return ("",) * len(matches)
    try:
        secret_key = key()
    except StateError:
        LOG.error("silences are not heeded: the node has no key for them")
        return ("",) * len(matches)
    return tuple(
        silencing(several, traveller, [each.why for each in one.evidence], cards[one.subject], secret_key, now)
        if (several := holding.get(one.subject))
        else ""
        for traveller, one in matches
    )


def _holding(subjects: Collection[str]) -> dict[str, list[Holding]]:
    names = ("id", "subject", "document", "record", "until")
    rows = Silence.objects.filter(state="in-force", found_here=True, subject__in=subjects).values_list(*names)
    found: dict[str, list[Holding]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(Holding(str(row[0]), *row[1:]))
    return found


def over(now: datetime) -> tuple[tuple[str, int, str], ...]:
    """(id, version, why) of silences that hold no more: their time is over (`time`), the record is gone or
    withdrawn (`gone`), or it has changed or was extended (`changed`)."""
    rows = list(Silence.objects.filter(state="in-force", found_here=True).order_by("until", "id"))
    cards = REGISTRY.cards(row.subject for row in rows)
    try:
        secret_key = key() if rows else b""
    except StateError:
        return ()
    found = []
    for row in rows:
        card, until = cards.get(row.subject), row.until or now
        held = Holding(str(row.pk), row.subject, row.document, row.record, until)
        if until <= now:
            found.append((held.id, row.version, "time"))
        elif card is None or not card.live:
            found.append((held.id, row.version, "gone"))
        elif not holds(held, card, secret_key, now):
            found.append((held.id, row.version, "changed"))
    return tuple(found)


def _facts(row: Silence) -> SilenceFacts:
    plain = {name: getattr(row, name) for name in _NAMES}
    return SilenceFacts(id=str(row.id), candidate=str(row.candidate or ""), **plain)
