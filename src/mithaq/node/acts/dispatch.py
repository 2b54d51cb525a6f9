"""The worker turns a wish into a message: decide again, load and seal the record, sign, one transaction.

    5 decide again -> a refusal closes the wish      6 load the record, seal it to the unit
    7 ONE transaction: lock the channel, assign sequence and previous digest, sign the envelope, write outbox and leaf,
      close the wish

Rule: a Permit is not a promise. Design: architecture, "The road"; exchange, "Envelope".
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts import instruments, store, wire
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.definition import Act, Terms
from mithaq.node.acts.envelope import Head
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.models import Channel, Outbox, Refusal, Wish
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.start import Node
from mithaq.plan.decide import Permit
from mithaq.plan.decide import Refusal as PlanRefusal
from mithaq.seal import canonical

# So many times at most has one record been sent again that its thread is still followed to its beginning.
CHAIN = 1000


def dispatch_open(custody: Custody, limit: int = 200) -> int:
    """Turn up to `limit` open wishes into messages, oldest first; returns how many were closed."""
    wishes = list(Wish.objects.filter(state="open").order_by("created")[:limit])
    for wish in wishes:
        with instruments.snapshot():
            _dispatch(wish, custody, Node.clock.now())
    return len(wishes)


def _dispatch(wish: Wish, custody: Custody, now: datetime) -> None:
    act = REGISTRY.act(wish.act)
    body = act.body(wish.record) if act.body else None
    about = _about(wish)
    if body is None or (wish.follows and about is None):
        # What was to be sent is no longer so (a notice withdrawn before it left), or what it follows never left.
        _close(wish, "record.gone", now)
        return
    terms = _terms(wish, act, body, about)
    count = instruments.sent_before(wish.created)
    answer = instruments.decide_terms(act.word, act.version, terms, wish.sender, now, count=count)
    if isinstance(answer, PlanRefusal):
        _close(wish, answer.ground, now)
        return
    head = _head(wish, act, terms, answer, about, now)
    content = envelopes.seal_content(
        head,
        wire.encode(body),
        custody.signing[wish.sender],
        instruments.keys_of(head.to_node).units[wish.recipient].sealing,
    )
    _commit(wish, head, content, custody, now)


def _about(wish: Wish) -> Outbox | None:
    """The message of the wish that this one follows, once it has one."""
    message = message_of(wish.follows) if wish.follows else None
    return Outbox.objects.filter(message=message).first() if message else None


def _terms(wish: Wish, act: Act, body: object, about: Outbox | None) -> Terms:
    return stated_terms(wish, act, body, str(about.message) if about else None)


def stated_terms(wish: Wish, act: Act, body: object, duty_for: str | None) -> Terms:
    """The terms of a wish's message: what its body states, under the wish's line, for its recipient."""
    assert act.body_terms is not None
    stated = act.body_terms(body)
    return Terms(
        plan=wish.plan,
        line=wish.line,
        categories=stated.categories,
        purpose=stated.purpose,
        language=stated.language,
        handling=stated.handling,
        urgency=wish.urgency,
        recipient=wish.recipient,
        duty_for=duty_for,
    )


def _head(wish: Wish, act: Act, terms: Terms, permit: Permit, about: Outbox | None, now: datetime) -> Head:
    here, there = Node.config.authority, instruments.authority_of(wish.recipient)
    theirs, ours = instruments.keys_of(there).units[wish.recipient], instruments.keys_of(here).units[wish.sender]
    first, superseded = _before(wish)
    return Head(
        id=uuid7(now),
        plan=wish.plan,
        plan_digest=permit.digest,
        line=wish.line,
        act=act.name,
        clauses=permit.clauses,
        from_node=here,
        from_unit=wish.sender,
        from_key=ours.signing.kid,
        to_node=there,
        to_unit=wish.recipient,
        to_key=theirs.sealing.kid,
        thread=first.follows or first.in_reply_to or first.id,
        in_reply_to=about.message if about else wish.in_reply_to,
        created=now,
        expires=now + envelopes.LIFETIME,
        urgency=wish.urgency,
        due=permit.obligations.due,
        handling=terms.handling,
        purposes=(terms.purpose,),
        retention_days=permit.obligations.retention_days or 0,
        categories=tuple(sorted(terms.categories)),
        language=terms.language,
        supersedes=superseded,
    )


def _before(wish: Wish) -> tuple[Wish, UUID | None]:
    """The wish that this one takes up again in the end, and the latest message that came of those between."""
    first, superseded = wish, None
    for _ in range(CHAIN):
        earlier = Wish.objects.filter(pk=first.supersedes).first() if first.supersedes else None
        if earlier is None:
            break
        first, superseded = earlier, superseded or earlier.message
    return first, superseded


def _commit(wish: Wish, head: Head, content: bytes, custody: Custody, now: datetime) -> None:
    with transaction.atomic():
        channel, _ = Channel.objects.select_for_update().get_or_create(partner=head.to_node, outgoing=True)
        # A second worker may have closed this wish meanwhile: the channel lock makes the look safe.
        if not Wish.objects.filter(pk=wish.pk, state="open").update(state="sent", message=head.id):
            return
        token = envelopes.sign_envelope(head, content, channel.sequence + 1, channel.previous, custody.node)
        digest = canonical.digest(token)
        Channel.objects.filter(pk=channel.pk).update(sequence=channel.sequence + 1, previous=digest)
        Outbox.objects.create(
            message=head.id,
            partner=head.to_node,
            plan=head.plan,
            line=head.line,
            act=head.act,
            sequence=channel.sequence + 1,
            envelope=token,
            content=content,
            digest=digest,
            created=now,
            expires=head.expires,
            due=head.due,
            next_attempt=now,
        )
        facts = {"message": str(head.id), "act": head.act, "plan": head.plan, "line": head.line}
        store.queue_leaf("sent", now, {**facts, "clauses": " ".join(head.clauses)}, token, str(head.id))


def _close(wish: Wish, ground: str, now: datetime) -> None:
    with transaction.atomic():
        if Wish.objects.filter(pk=wish.pk, state="open").update(state="refused", ground=ground):
            Refusal.objects.create(
                id=uuid7(now), at=now, act=wish.act, plan=wish.plan, line=wish.line, actor=wish.sender, ground=ground
            )
            facts = {"act": wish.act, "plan": wish.plan, "line": wish.line, "ground": ground}
            store.queue_leaf("refusal", now, facts, wish.record.encode(), wish.record)


def message_of(wish: UUID) -> UUID | None:
    """The message that a wish became, if it has."""
    return Wish.objects.filter(pk=wish).values_list("message", flat=True).first()
