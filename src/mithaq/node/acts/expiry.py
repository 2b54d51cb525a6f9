"""Drops what is of no use after its end and was never a record: tokens, and answers kept for repeated requests.

Rule: records that are erased by a retention rule leave a leaf (`erase`); what is dropped here holds no person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db import transaction

from mithaq.node.acts import store
from mithaq.node.acts.definition import Effects
from mithaq.node.acts.ids import uuid7


def replace_expired(effects: Effects, labels: Iterable[str], now: datetime) -> None:
    """Write `effects`, and drop the rows of the models `labels` whose `expires` has come; one transaction."""
    with transaction.atomic():
        for label in labels:
            apps.get_model(label)._default_manager.filter(expires__lte=now).delete()
        store.apply(effects, now, lambda: uuid7(now))
