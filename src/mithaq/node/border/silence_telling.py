"""Telling the owner of a notice of a silence against it, and one that the partner tells us of. Pure but for the loads.

Rule: what is told is the notice, since when, until when and on which ground; nothing of the traveller. A second telling
of the same silence says its end. Design: subjects, "Wanted persons" (Hit) and safeguard 11.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, StateError
from mithaq.node.acts import envelope, instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Incoming, Row, Sending, Terms
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import rules, silence_facts
from mithaq.node.border.requests import TellSilence, ToldSilence
from mithaq.node.border.silence_facts import SilenceFacts

SILENCE = "border.Silence"
WORD = "tell-silence"
# A notice is told by its reference alone.
TOLD = frozenset({"identity"})
# What the partner has told of is kept so long after its end where its clause says nothing.
DAYS = 365


def recipients(found: SilenceFacts) -> tuple[str, ...]:
    """The units of the owner that the line lets hear of a silence; empty for a record of no partner."""
    if not found.partner:
        return ()
    allowed = instruments.recipients(found.plan, found.line, WORD, found.unit)
    return tuple(unit for unit in allowed if unit == found.owner_unit)


def telling(found: SilenceFacts, recipient: str) -> Sending:
    """The wish to tell a unit of a silence as it stands when the message is made."""
    return Sending(
        f"{WORD}@1", found.plan, found.line, found.unit, recipient, SILENCE, found.id, in_reply_to=UUID(found.message)
    )


@dataclass(frozen=True, slots=True)
class TellFacts:
    """The silence, and the units that the plan lets hear of it."""

    silence: SilenceFacts
    recipients: tuple[str, ...]


def load_tell(request: TellSilence, actor: Actor) -> TellFacts:
    """Reads the silence and who may be told."""
    found = silence_facts.silence(request.silence, actor)
    return TellFacts(found, recipients(found))


def tell_terms(_request: TellSilence, found: TellFacts) -> Terms:
    """What the plan decides on when a silence is told again."""
    one = found.silence
    recipient = found.recipients[0] if found.recipients else None
    return Terms(one.plan, one.line, TOLD, one.purpose, "en", one.handling, recipient=recipient)


def tell(request: TellSilence, found: TellFacts, context: Context) -> Effects:
    """Tell the owner (again): a new wish, for a silence whose telling was refused."""
    one = found.silence
    if not one.found_here or one.version != request.version:
        raise StateError("record.stale", "Someone else has changed this record since you opened it.")
    rules.check_unit(one.unit, context.actor.unit)
    if one.since is None:
        raise StateError("silence.state", "This silence is in another state: {state}.", state=one.state)
    row = Row(SILENCE, one.id, one.version, {"state": one.state})
    sendings = tuple(telling(one, unit) for unit in found.recipients)
    return Effects(rows=(row,), sendings=sendings, answer=one.id, leaf={"record": f"silence/{one.id}"})


def body(key: str) -> ToldSilence | None:
    """The content of `tell-silence@1`; None when the silence was never in force."""
    one = silence_facts.silence(key)
    if one.since is None or one.until is None:
        return None
    return ToldSilence(
        one.id, one.reference, envelope.text_of(one.since), envelope.text_of(one.until), one.ground,  # type: ignore[arg-type]
        one.purpose, one.handling,  # type: ignore[arg-type]
    )  # fmt: skip


def body_terms(told: ToldSilence) -> Terms:
    """The terms of a silence's telling: those of its notice."""
    return Terms("", "", TOLD, told.purpose, told.language, told.handling)


# what the partner's worker runs


@dataclass(frozen=True, slots=True)
class ReceivedFacts:
    """The notice of ours that the partner names, and what it told of this silence before."""

    card: Card | None
    before: SilenceFacts | None


def load_received(told: ToldSilence, message: Incoming) -> ReceivedFacts:
    """The notice that is named, and what is here of the silence."""
    return ReceivedFacts(REGISTRY.by_reference["notice"](told.notice), silence_facts.told(message.sender, told.silence))


def receive(told: ToldSilence, found: ReceivedFacts, context: Context) -> Effects:
    """A partner's silence against a notice of ours, or its end. InputError `silence.notice`, `silence.terms`,
    `silence.times`."""
    message, card, before = context.message, found.card, found.before
    assert message is not None
    if card is None or card.owner != context.authority or not is_uuid(told.silence):
        raise InputError("silence.notice", "The silence names no notice of this authority.", where="notice")
    if before is not None and before.reference != told.notice:
        raise InputError("silence.notice", "The silence names another notice than before.", where="notice")
    if (told.purpose, told.handling) != (card.purpose, card.handling):
        raise InputError(
            "silence.terms", "The silence states another purpose or handling code than its notice.", where="silence"
        )
    since, until = _times(told)
    days = timedelta(days=message.retention_days or DAYS)
    fields: dict[str, Any] = {"since": since, "until": until, "ground": told.ground, "expires": until + days}
    if before is not None:
        row = Row(SILENCE, before.id, before.version, fields)
        return Effects(rows=(row,), leaf={"record": f"silence/{before.id}", "until": told.until})
    fields |= {
        "found_here": False, "unit": message.recipient_unit, "reference": told.notice, "owner": context.authority,
        "owner_unit": card.owner_unit, "partner": message.sender, "plan": message.plan, "line": message.line,
        "message": str(message.id), "told": told.silence, "purpose": told.purpose, "handling": told.handling,
        "state": "in-force", "at": context.now,
    }  # fmt: skip
    key = str(context.new_id())
    return Effects(rows=(Row(SILENCE, key, 0, fields),), leaf={"record": f"silence/{key}", "until": told.until})


def _times(told: ToldSilence) -> tuple[datetime, datetime]:
    with contextlib.suppress(ValueError):
        since, until = envelope.time_of(told.since), envelope.time_of(told.until)
        if since <= until:
            return since, until
    raise InputError("silence.times", "The silence has no time at which it holds.", where="until")


TELL = Act(
    WORD, 1, _("Tell of a silence"), TellSilence, frozenset({"case-officer", "supervisor"}),
    tell_terms, load_tell, tell,
    body=body, body_type=ToldSilence, body_terms=body_terms, load_received=load_received, receive=receive,
    says=(
        "Tell the owner of a notice that a document makes no candidate for it here: since when, until when, on which "
        "ground, and nothing of the traveller. By itself when a silence is agreed to or ended by hand, and by an "
        "officer again after the plan refused it once."
    ),
    command="border silence tell", page="/silences/KEY/tell",
)  # fmt: skip
