"""Erases what has reached the end of its time, by the rules that the subjects registered, with a leaf each.

Rule: an erasure leaves the record's kind, the hash of its id and how many records went with it in the ledger, and
nothing else.
Design: subjects, safeguard 6 (the retention pages and proofs of erasure come with oversight).
"""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.db import transaction

from mithaq.node.acts import search_index, store
from mithaq.node.acts.registry import REGISTRY
from mithaq.seal import canonical


def tombstone(key: str) -> str:
    """What an erasure is found by: the hash of the record's id."""
    return canonical.digest(key.encode())


def erase_expired(now: datetime) -> int:
    """Erase what the retention rules name at `now`; returns how many records."""
    done = 0
    for rule in REGISTRY.retention:
        for label, key in rule(now):
            with transaction.atomic():
                deleted, _ = apps.get_model(label).objects.filter(pk=key).delete()
                search_index.forget(label, [key])
                if deleted:
                    facts = {"model": label, "records": str(deleted)}
                    store.queue_leaf("erased", now, facts, key.encode(), tombstone(key))
                    done += 1
    return done
