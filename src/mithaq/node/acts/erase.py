"""Erases what has reached the end of its time, by the rules that the subjects registered, with a tombstone and a leaf.

Rules: a record, what goes with it, its tombstone and the leaf are one transaction, so that nothing is half erased; a
record whose end was put off meanwhile stays. What is left holds hashes of the record's id and reference under salts,
and nothing else of it.
Design: subjects, safeguard 6.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, transaction

from mithaq.ledger.leaf import SALT_BYTES, commit
from mithaq.node.acts import search_index, store
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.models import Tombstone
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.acts.retention import RetentionRule
from mithaq.seal import canonical

LOG = logging.getLogger("mithaq.worker")
# A turn erases so many of a kind at most: deliveries wait for it, and the next turn is a minute away.
BATCH = 1000


def tombstone(key: str) -> str:
    """What the leaf of an erasure is found by: the hash of the record's id, which nobody guesses."""
    return canonical.digest(key.encode())


def erase_expired(now: datetime) -> int:
    """Erase what the retention rules name at `now`; returns how many records, without those that went with them."""
    return sum(_erase_kind(rule, now) for rule in REGISTRY.retention)


def _erase_kind(rule: RetentionRule, now: datetime) -> int:
    keys, done = list(rule.until(now).values_list("pk", flat=True)[:BATCH]), 0
    for key in keys:
        try:
            done += _erase(rule, key, now)
        except DatabaseError:
            raise  # the worker connects again
        except Exception:
            # One record that does not go keeps no other: it stays on the page of what is overdue.
            LOG.exception("a record of the rule %s was not erased", rule.name)
    return done


def _erase(rule: RetentionRule, key: Any, now: datetime) -> int:
    with transaction.atomic():
        held = rule.until(now).filter(pk=key).select_for_update().values(*rule.fields()).first()
        if held is None:
            return 0
        deleted = 0
        for one in rule.takes:
            if held[one.of] is not None:
                deleted += _delete(one.model, {one.field: held[one.of]})
        deleted += _delete(rule.model, {"pk": key})
        bury(rule, held, deleted, now)
    return 1


def _delete(label: str, which: Mapping[str, Any]) -> int:
    found = apps.get_model(label)._default_manager.filter(**which)
    if label in REGISTRY.search:
        search_index.forget(label, [str(key) for key in found.values_list("pk", flat=True)])
    return int(found.delete()[0])


def bury(
    rule: RetentionRule, held: Mapping[str, Any], records: int, now: datetime, more: Mapping[str, str] | None = None
) -> UUID:
    """The tombstone of a record and its leaf, which tells `more` beside; in the caller's transaction. Its id."""
    key, reference = str(held["pk"]), str(held.get(rule.reference, ""))
    stone, salt, opening = uuid7(now), _salt(now), secrets.token_bytes(SALT_BYTES)
    Tombstone.objects.create(
        id=stone,
        leaf=tombstone(key),
        rule=rule.name,
        model=rule.model,
        source=rule.source,
        unit=str(held.get(rule.unit, "")),
        line=str(held.get(rule.line, "")),
        salt=salt,
        record=commit(salt, key.encode()),
        reference=commit(salt, reference.encode()) if reference else "",
        opening=opening,
        ended=held[rule.moment],
        at=now,
        records=records,
    )
    facts = {"model": rule.model, "rule": rule.name, "clause": rule.source, "records": str(records)}
    hashes = {"id_hash": commit(opening, key.encode())}
    if reference:
        hashes["reference_hash"] = commit(opening, reference.encode())
    store.queue_leaf("erased", now, facts | hashes | dict(more or {}), str(stone).encode(), tombstone(key))
    return stone


def _salt(now: datetime) -> bytes:
    """The salt of this month's tombstones: a question about a record hashes it once a month that is kept, not once a
    tombstone. What a proof gives away is another salt (`opening`), of one tombstone alone."""
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    known = Tombstone.objects.filter(at__gte=month).order_by("-at").values_list("salt", flat=True).first()
    return bytes(known) if known is not None else secrets.token_bytes(SALT_BYTES)
