"""Setting up own systems: done by the operator at the node, as people are. Pure.

Rule: a secret is made by the node, shown once and kept as a hash: of 256 random bits no slow one is needed.
"""

from __future__ import annotations

import hashlib
import re

from mithaq.errors import InputError, StateError
from mithaq.node.accounts.facts import ROLES
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.api.facts import ClientFacts
from mithaq.node.api.requests import AddClient

CLIENT = "api.Client"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
LEAST_PACE, MOST_PACE = 1, 100_000


def digest(secret: str) -> bytes:
    """What is kept of a secret or a token."""
    return hashlib.sha256(secret.encode()).digest()


def add(request: AddClient, taken: bool, key: str, secret: str) -> Effects:
    """A new client. InputError that names the field."""
    if not _NAME.fullmatch(request.name):
        raise InputError(
            "client.name", "The name of a system is made of small letters, digits and hyphens.", where="name"
        )
    if taken:
        raise InputError("client.taken", "There is a system of this name already.", where="name")
    unknown = sorted(set(request.roles) - set(ROLES))
    if unknown or not request.roles:
        raise InputError("person.roles", "Unknown roles: {unknown}.", where="roles", unknown=" ".join(unknown))
    if not LEAST_PACE <= request.pace <= MOST_PACE:
        raise InputError(
            "client.pace",
            "A pace lies between {least} and {most} requests in ten seconds.",
            where="pace",
            least=LEAST_PACE,
            most=MOST_PACE,
        )
    fields = {
        "name": request.name,
        "unit": request.unit,
        "roles": list(request.roles),
        "secret": digest(secret),
        "pace": request.pace,
        "lines": sorted(set(request.lines)) or None,
        "is_active": True,
    }
    leaf = {"client": request.name, "unit": request.unit, "roles": " ".join(request.roles)}
    return Effects(rows=(Row(CLIENT, key, 0, fields),), answer=key, leaf=leaf)


def revoke(found: ClientFacts, tokens: tuple[str, ...]) -> Effects:
    """The client asks no more, from its next request on. StateError when that is so already."""
    if not found.is_active:
        raise StateError("client.revoked", "This system has been revoked already.")
    return Effects(
        rows=(Row(CLIENT, found.id, found.version, {"is_active": False}),),
        erase=tuple(("api.Token", token) for token in tokens),
        answer=found.id,
        leaf={"client": found.name, "state": "revoked"},
    )
