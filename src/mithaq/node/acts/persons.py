"""Every record about one person, found through the registry: from one to the next by keys that lead to the same person.

Rule: no subject is asked about another's tables; what leads on to a person is the subject's own answer.
Design: architecture, "Layout" (person look-up).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.registry import REGISTRY, Asked, Found, Held, Target

LIMIT = 200
_ROUNDS = 3


def held(asked: Asked) -> Found:
    """Every record about the person that is asked for, oldest first; of a kind the newest 200 of a step, and whether
    there are more."""
    found: dict[tuple[str, str], Held] = {}
    cut: set[str] = set()
    followed: frozenset[str] = frozenset()
    for _round in range(_ROUNDS):
        for persons in REGISTRY.persons:
            some = persons.find(asked, LIMIT)
            found.update({(one.model, one.record): one for one in some.held})
            cut |= some.cut
        keys = frozenset[str]().union(*(one.keys for one in found.values()))
        if keys <= followed:
            break
        # A key is followed once, and what it found is not looked up again.
        known = frozenset(name for one in found.values() for name in (one.record, one.reference))
        asked, followed = Asked(keys=keys - followed, known=known), keys
    return Found(tuple(sorted(found.values(), key=lambda one: (one.at, one.reference))), frozenset(cut))


def shown(reference: str) -> frozenset[str]:
    """The ids and references of a record and of those that are about the same person; the text itself is among them."""
    return frozenset({reference}).union(*(one.shown for one in held(Asked(reference=reference)).held))


def beside(record: str) -> frozenset[str]:
    """The ids of the records that the page of a record lays beside it to be compared."""
    return frozenset(key for persons in REGISTRY.persons for key in persons.beside(record))


def named(records: Iterable[str]) -> Mapping[str, Target]:
    """What pages call the records of these ids, by id."""
    ids = sorted(filter(is_uuid, set(records)))
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(persons.named for persons in REGISTRY.persons), {"ids": ids})
        return {str(key): Target(name, url) for key, name, url in cursor.fetchall()}
