"""The worker opens what the gateway accepted: unseal, check the unit's word, decide on the body, run the inbound act.

    1 the unit's key opens it and the sending unit signed it      2 act and version are known, the body fits the type
    3 the body's terms are those that the envelope stated         4 decide on the body's own terms
    5 the act's pure function -> Effects                          6 ONE transaction: rows, inbox, leaf, R2 (or RX)

Rules: a message is done once; poison gets RX, once, and the queue moves on; the sealed bytes are dropped after R2 or
RX, but those of poison stay until the message's own end, so that it can be tried again (`acts/aside.py`).
Design: exchange, "Receipts" and "Delivery".
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mithaq.errors import MithaqError, RefusedError, StateError
from mithaq.node.acts import arrive, aside, deliver, instruments, receipts, store, wire
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.definition import Act, Actor, Context, Effects
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.models import Alarm, Inbox, Receipt
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.start import Node
from mithaq.plan.decide import Permit, Refusal
from mithaq.seal import jws

LOG = logging.getLogger("mithaq.worker")
# So often is a message tried whose act fails in a way that nobody foresaw, before it is put aside with RX.
TRIES = 5


def open_waiting(custody: Custody, limit: int = 200) -> int:
    """Open up to `limit` accepted messages in the order of their arrival; returns how many were finished."""
    now = Node.clock.now()
    aside.open_again(now)
    waiting = Inbox.objects.filter(state="accepted").order_by("id")[:limit]
    return sum(_open(row, custody) for row in waiting if row.next_attempt is None or row.next_attempt <= now)


def _open(row: Inbox, custody: Custody) -> bool:
    with instruments.snapshot():
        return _attempt(row, custody)


def _attempt(row: Inbox, custody: Custody) -> bool:
    now = Node.clock.now()
    payload = jws.peek(bytes(row.envelope))  # verified by the gateway before it was stored
    try:
        with transaction.atomic():
            if not Inbox.objects.select_for_update(skip_locked=True).filter(pk=row.pk, state="accepted").exists():
                return False
            act, effects, permit = _effects(payload, bytes(row.content or b""), custody, now)
            store.apply(effects, now, lambda: uuid7(now))
            _deliver(row, payload, act, permit, effects, custody, now)
    except StateError as error:
        if error.code == "record.changed":
            return False
        return _reject(row, payload, error.code, custody, now)
    except MithaqError as error:
        return _reject(row, payload, error.code, custody, now)
    except Exception:
        LOG.exception("message %s could not be opened, attempt %d", row.message, row.attempts + 1)
        return _put_off(row, payload, custody, now)
    return True


def _effects(
    payload: Mapping[str, Any], content: bytes, custody: Custody, now: datetime
) -> tuple[Act, Effects, Permit]:
    here, there = payload["to"]["unit"], payload["from"]
    if here not in custody.sealing:
        raise RefusedError("unit.key", "This worker holds no key of the unit.")
    signer = instruments.keys_of(there["node"]).units.get(there["unit"])
    if signer is None:
        raise RefusedError("unit.unknown", "The partner's key list names no such unit.")
    body = envelopes.open_content(payload, content, custody.sealing[here], signer.signing)  # 1
    act = REGISTRY.act(payload["act"])  # 2
    if act.receive is None or act.load_received is None or act.body_type is None or act.body_terms is None:
        raise RefusedError("act.local", "This act is not exchanged.")
    request = wire.decode(act.body_type, body)
    permit = _permit(act, request, payload, now)  # 3, 4
    message = envelopes.incoming(payload)
    facts = act.load_received(request, message)
    actor = Actor(there["unit"], there["unit"])
    context = Context(now, actor, permit, lambda: uuid7(now), Node.config.authority, message)
    return act, act.receive(request, facts, context), permit  # 5


def _permit(act: Act, request: Any, payload: Mapping[str, Any], now: datetime) -> Permit:
    assert act.body_terms is not None
    stated, outside = act.body_terms(request), arrive.terms_of(payload)
    same = (stated.categories, stated.language, stated.handling, stated.purpose) == (
        outside.categories,
        outside.language,
        outside.handling,
        outside.purpose,
    )
    if not same or (act.states_urgency and stated.urgency != outside.urgency):
        raise RefusedError("envelope_terms.differ", "The content is not what the envelope states.")
    # The gateway counted this message against the quota when it took it.
    answer = instruments.decide_terms(act.word, act.version, outside, payload["from"]["unit"], now)
    if isinstance(answer, Refusal):
        raise instruments.refused(answer)
    return answer


def _deliver(
    row: Inbox, payload: Mapping[str, Any], act: Act, permit: Permit, effects: Effects, custody: Custody, now: datetime
) -> None:
    Inbox.objects.filter(pk=row.pk).update(state="delivered", content=None)
    unit = payload["to"]["unit"]
    token = receipts.make("R2", payload["id"], row.digest, Node.config.authority, unit, now, custody.signing[unit])
    _give(row, "R2", token, now)
    facts = {
        "message": payload["id"],
        "act": act.name,
        "plan": permit.plan,
        "line": permit.line,
        "clauses": " ".join(permit.clauses),
        **effects.leaf,
    }
    store.queue_leaf("delivered", now, facts, token, payload["id"])


def _reject(row: Inbox, payload: Mapping[str, Any], ground: str, custody: Custody, now: datetime) -> bool:
    token = receipts.make("RX", payload["id"], row.digest, Node.config.authority, None, now, custody.node, ground)
    after = {"state": aside.STATE} if ground == aside.GROUND else {"state": "rejected", "content": None}
    with transaction.atomic():
        if Inbox.objects.filter(pk=row.pk, state="accepted").update(**after):
            # What was tried again has its RX already, which stands as it was signed.
            if not Receipt.objects.filter(outgoing=True, message=row.message, kind="RX", partner=row.sender).exists():
                _give(row, "RX", token, now, ground)
            Alarm.objects.create(at=now, code=ground, partner=row.sender, message=row.message)
            facts = {"message": payload["id"], "act": payload["act"], "ground": ground}
            store.queue_leaf("rejected", now, facts, token, payload["id"])
    return True


def _put_off(row: Inbox, payload: Mapping[str, Any], custody: Custody, now: datetime) -> bool:
    if row.attempts + 1 >= TRIES:
        return _reject(row, payload, aside.GROUND, custody, now)
    Inbox.objects.filter(pk=row.pk).update(attempts=row.attempts + 1, next_attempt=now + deliver.pause(row.attempts))
    return False


def _give(row: Inbox, kind: str, token: bytes, now: datetime, ground: str = "") -> None:
    Receipt.objects.create(
        outgoing=True,
        partner=row.sender,
        message=row.message,
        kind=kind,
        token=token,
        at=now,
        ground=ground,
        next_attempt=now,
    )
