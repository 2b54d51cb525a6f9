"""Reads of own systems, their tokens and kept answers; returns frozen values and no QuerySet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from mithaq.errors import InputError
from mithaq.node.accounts.facts import name_taken
from mithaq.node.acts.definition import Actor
from mithaq.node.api.models import Client, Token


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """An own system with its row version; `secret` is the hash of its secret, `lines` those of plans that it is for
    (None: all of its unit)."""

    id: str
    version: int
    name: str
    unit: str
    roles: frozenset[str]
    secret: bytes
    pace: int
    is_active: bool
    lines: frozenset[str] | None = None

    @property
    def actor(self) -> Actor:
        """Who acts when the system asks: never mistaken for a person, whose name has no such beginning."""
        return Actor(actor_name(self.name), self.unit, self.roles, lines=self.lines)


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """An answer that is kept for a request that is repeated."""

    asked: bytes
    status: int
    body: bytes
    expires: datetime


def actor_name(name: str) -> str:
    """A system's name as an actor's."""
    return f"system/{name}"


def client(name: str) -> ClientFacts:
    """One client by name. InputError `client.unknown`."""
    found = client_or_none(name)
    if found is None:
        raise InputError("client.unknown", "There is no such system here.", remedy="Add it first.", where="name")
    return found


def client_or_none(name: str) -> ClientFacts | None:
    """One client by name, or None."""
    row = Client.objects.filter(name=name).first()
    return _client(row) if row else None


def is_taken(name: str) -> bool:
    """Whether a client, or a person who would be taken for one, has this name."""
    return Client.objects.filter(name=name).exists() or name_taken(actor_name(name))


def tokens(client_id: str) -> tuple[str, ...]:
    """The tokens of a client, by their hashes."""
    return tuple(Token.objects.filter(client__id=client_id).values_list("id", flat=True))


def answer(key: str) -> AnswerFacts | None:
    """The kept answer of that key, whether or not its time has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT asked, status, body, expires FROM api_answer WHERE id = %s", (key,))
        row = cursor.fetchone()
    return AnswerFacts(bytes(row[0]), row[1], bytes(row[2]), row[3]) if row else None


def _client(row: Client) -> ClientFacts:
    return ClientFacts(
        str(row.id),
        row.version,
        row.name,
        row.unit,
        frozenset(row.roles),
        bytes(row.secret),
        row.pace,
        row.is_active,
        frozenset(row.lines) if row.lines is not None else None,
    )
