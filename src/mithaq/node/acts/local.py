"""Effects of the operator's setting-up (people, posts), which no plan decides on: written with a leaf like any act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mithaq.node.acts import access, store, wake
from mithaq.node.acts.definition import Actor, Effects
from mithaq.node.acts.ids import uuid7


def apply(kind: str, effects: Effects, now: datetime) -> None:
    """Write the effects and a leaf of `kind` in one transaction."""
    apply_all(kind, (effects,), now)


def apply_logged(effects: Effects, actor: Actor, what: str, record: str, now: datetime) -> None:
    """Write effects that touch no record of a subject (who works on what, a person's choices) with a row of the access
    log instead of a leaf. StateError when a row has changed or is there already."""

    def new_id() -> UUID:
        return uuid7(now)

    with transaction.atomic():
        store.apply(effects, now, new_id)
        with store.together():
            access.add(access.Reading(actor, what, record[:64]), now)
            wake.wake()


def apply_all(kind: str, several: Iterable[Effects], now: datetime) -> None:
    """The same for several at once: all of them or none."""

    def new_id() -> UUID:
        return uuid7(now)

    with transaction.atomic():
        for effects in several:
            store.apply(effects, now, new_id)
            store.queue_leaf(kind, now, effects.leaf, str(effects.answer).encode())
        wake.wake()
