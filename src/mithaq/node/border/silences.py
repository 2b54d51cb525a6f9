"""Silence for a pair of document and listed record: asked for, agreed to by another unit, ended. Pure but for `load_*`.

Rules: one officer's rejection closes a crossing only; until a second person of another unit agrees nothing is silenced;
the candidate is before the second person's eyes, or nobody agrees. The owner of a partner's notice is told when a
silence begins, and when it is ended by hand. Design: subjects, "Wanted persons" (Hit) and safeguards 8 and 11.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.errors import RefusedError, StateError
from mithaq.node.acts import instruments, second
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row, Sending, Terms
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import candidate_facts, rules, silence_facts, silence_rules
from mithaq.node.border.candidate_facts import CandidateFacts
from mithaq.node.border.candidates import domestic_terms
from mithaq.node.border.requests import AskSilence, DecideSilence, EndSilence
from mithaq.node.border.silence_facts import SilenceFacts
from mithaq.node.border.silence_rules import MOST_WORDS
from mithaq.node.border.silence_telling import recipients, telling

SILENCE = "border.Silence"
OFFICERS = frozenset({"case-officer", "supervisor"})


@dataclass(frozen=True, slots=True)
class AskFacts:
    """The candidate, what it is bound to (both hashes), and whether somebody has asked already."""

    domestic: str
    candidate: CandidateFacts
    document: str
    record: str
    is_known: bool


def load_ask(request: AskSilence, actor: Actor) -> AskFacts:
    """Reads the candidate and hashes its document. InputError `silence.document`, StateError `silence.key`,
    `notice.gone`."""
    found = candidate_facts.whole(request.candidate, actor)
    key, paper = silence_facts.key(), silence_rules.paper_of(found.traveller)
    if paper is None:
        raise silence_rules.without_document()
    document = silence_rules.document_hash(key, paper, found.traveller.birth_date)
    record = silence_rules.record_hash(key, _live(found.card))
    known = silence_facts.is_known(document, found.subject)
    return AskFacts(instruments.domestic_plan().id, found, document, record, known)


def _live(card: Card | None) -> Card:
    if card is None or not card.live:
        raise StateError(
            "silence.gone", "The listed record is no longer in force: there is nothing to silence.",
            remedy="Nobody is a candidate for it any more.",
        )  # fmt: skip
    return card


def ask(request: AskSilence, found: AskFacts, context: Context) -> Effects:
    """A silence that waits for the second person; nothing is silenced yet."""
    one, actor = found.candidate, context.actor
    rules.check_unit(one.unit, actor.unit)
    _check_version(one.version, request.version)
    silence_rules.check_asked(one.state, [each["why"] for each in one.evidence])
    if found.is_known:
        raise StateError(
            "silence.known", "A silence of this document for this record is asked for, or in force, already.",
            remedy="Look at the list of silences.",
        )  # fmt: skip
    card = one.card
    assert card is not None
    key = str(context.new_id())
    fields = {
        "found_here": True, "candidate": one.id, "post": one.travel.post, "unit": one.unit, "subject": one.subject,
        "reference": card.reference, "owner": card.owner, "owner_unit": card.owner_unit,
        "partner": card.owner if card.message else "", "plan": card.plan, "line": card.line, "message": card.message,
        "purpose": card.purpose, "handling": card.handling, "document": found.document, "record": found.record,
        "ground": request.ground, "reason": silence_rules.words(request.reason, "reason"), "state": "asked",
        "asked_by": actor.name, "at": context.now,
        # Nobody decides on what nobody can look at any more.
        "expires": one.expires,
    }  # fmt: skip
    leaf = {"record": f"silence/{key}", "state": "asked", "candidate": one.id}
    return Effects(rows=(Row(SILENCE, key, 0, fields),), answer=key, leaf=leaf)


@dataclass(frozen=True, slots=True)
class DecideFacts:
    """The silence, the record as it stands now with its hash, whether the candidate is still here, whom to tell."""

    domestic: str
    silence: SilenceFacts
    card: Card | None
    record: str
    seen: bool
    days: int
    kept_days: int
    recipients: tuple[str, ...]


def load_decide(request: DecideSilence | EndSilence, actor: Actor) -> DecideFacts:
    """Reads the silence, and its record as it is now."""
    found = silence_facts.silence(request.silence, actor)
    card = REGISTRY.cards([found.subject]).get(found.subject) if found.subject else None
    record = silence_rules.record_hash(silence_facts.key(), card) if card and found.state == "asked" else ""
    domestic = instruments.domestic_plan()
    settings = instruments.settings(domestic, "domestic", "decide-silence")
    return DecideFacts(
        domestic.id, found, card, record, _is_here(found.candidate), settings["silence_days"],
        settings["silence_kept_days"], recipients(found),
    )  # fmt: skip


def _is_here(candidate: str) -> bool:
    try:
        return candidate_facts.candidate(candidate).state == "rejected"
    except UnknownError:
        return False


def _terms(_request: Any, found: DecideFacts) -> Terms:
    return domestic_terms(found.domestic, found.silence.handling)


def decide(request: DecideSilence, found: DecideFacts, context: Context) -> Effects:
    """The second person agrees: the silence is in force from now on, and its owner is told; or declines."""
    one, actor = found.silence, context.actor
    _check_version(one.version, request.version)
    silence_rules.check_state(one.state, "asked")
    silence_rules.check_second(one.unit, one.asked_by, actor)
    fields: dict[str, Any] = {"decided_by": actor.name, "decided_unit": actor.unit}
    if request.verdict == "decline":
        fields |= {"state": "declined", "answer": silence_rules.words(request.reason, "reason")}
        fields["expires"] = context.now + timedelta(days=found.kept_days)
        return _changed(one, fields, "declined")
    second.check_present(actor)
    if not found.seen:
        raise StateError(
            "silence.candidate_gone", "The candidate that this was asked on is here no more: nobody can look at it.",
            remedy="Ask again when the traveller comes again.",
        )  # fmt: skip
    card = _live(found.card)
    if found.record != one.record:
        raise StateError(
            "silence.changed", "The listed record has changed since the silence was asked for.",
            remedy="Compare again: decline it, and ask again on a new candidate.",
        )  # fmt: skip
    until = silence_rules.last_moment(context.now, found.days, card.review)
    fields |= {"state": "in-force", "since": context.now, "until": until}
    fields |= {"answer": " ".join(request.reason.split())[:MOST_WORDS]}
    fields["expires"] = until + timedelta(days=found.kept_days)
    sendings = tuple(telling(one, unit) for unit in found.recipients)
    return _changed(one, fields, "in-force", sendings, until=until.date().isoformat())


def end(request: EndSilence, found: DecideFacts, context: Context) -> Effects:
    """A silence ends by hand: one person of a unit concerned is enough for it, and the owner is told."""
    one, actor = found.silence, context.actor
    _check_version(one.version, request.version)
    silence_rules.check_state(one.standing(context.now), "in-force")
    if not one.found_here:
        raise RefusedError(
            "silence.partner", "This silence is the partner's, who ends it.", remedy="Ask the partner by a message."
        )
    if actor.unit not in {one.unit, one.decided_unit, one.owner_unit}:
        raise RefusedError("candidate.unit", "This is for the officers of another unit.")
    fields = {
        "state": "ended", "until": context.now, "ended": "hand", "ended_by": actor.name,
        "ended_why": silence_rules.words(request.reason, "reason"),
        "expires": context.now + timedelta(days=found.kept_days),
    }  # fmt: skip
    return _changed(one, fields, "ended", tuple(telling(one, unit) for unit in found.recipients))


def _changed(
    one: SilenceFacts, fields: dict[str, Any], state: str, sendings: tuple[Sending, ...] = (), **more: str
) -> Effects:
    leaf = {"record": f"silence/{one.id}", "state": state, **more}
    return Effects(rows=(Row(SILENCE, one.id, one.version, fields),), sendings=sendings, answer=one.id, leaf=leaf)


def _check_version(stands: int, read: int) -> None:
    if stands != read:
        raise StateError(
            "record.stale",
            "Someone else has changed this record since you opened it.",
            remedy="Open it again and look at what changed.",
        )


ASK = Act(
    "ask-silence", 1, _("Ask for a silence"), AskSilence, OFFICERS,
    lambda _request, found: domestic_terms(found.domestic, found.candidate.card.handling), load_ask, ask,
    says=(
        "Ask, on a rejected candidate, that the same document makes no candidate for the same listed record any more. "
        "It is bound to a keyed hash of the document's number, issuing State and birth date, with a secret of the node "
        "that is not in the database. Until a second person of another unit agrees nothing is silenced. Whoever "
        "carries a listed document is never silenced."
    ),
    command="border silence ask", page="/candidates/KEY/silence",
)  # fmt: skip
DECIDE = Act(
    "decide-silence", 1, _("Agree to a silence or decline it"), DecideSilence, OFFICERS, _terms, load_decide, decide,
    says=(
        "Agree to a silence that another unit asks for, with the candidate before one's eyes, or decline it with a "
        "reason. From then on the pair makes no candidate, on manifests, at the counter, on re-screening and by the "
        "API; what was silenced is counted. It ends when either record changes, when the notice is extended, "
        "reviewed or withdrawn, at its last date (`silence_days`) and by hand. The owner of a partner's notice is told."
    ),
    command="border silence agree", page="/silences/KEY/decide",
)  # fmt: skip
END = Act(
    "end-silence", 1, _("End a silence"), EndSilence, OFFICERS, _terms, load_decide, end,
    says=(
        "End a silence before its time, with a reason: a person of the unit that asked, that agreed, or whose notice "
        "it is. The owner of a partner's notice is told."
    ),
    command="border silence end", page="/silences/KEY/end",
)  # fmt: skip
