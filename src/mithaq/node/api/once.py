"""A request that is repeated is done once: the answer is written with the effect, in its transaction.

    1 the same key and the same request: the kept answer, byte for byte    2 the same key, another request: StateError
    3 else the act runs; its answer is a row of the same transaction, so that a crash leaves both or neither
    4 of two that run at once the second finds the row, has done nothing, and gets the first one's answer

Rules: an error did nothing and is not kept: the request may be repeated under its key. A kept answer holds no person.
The key is kept as a hash and the request as a keyed hash under it: the digest of one traveller would tell who it was.
Document: draft-ietf-httpapi-idempotency-key-header; issue 3, point 4.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from json import dumps
from typing import Any

from django.http import HttpRequest, HttpResponse

from mithaq.errors import InputError, StateError
from mithaq.node.acts import wire
from mithaq.node.acts.access import Reading
from mithaq.node.acts.definition import Actor, Effects, Row
from mithaq.node.acts.perform import perform
from mithaq.node.api import facts
from mithaq.node.api.errors import JSON
from mithaq.node.api.facts import AnswerFacts, ClientFacts
from mithaq.node.start import Node

HEADER = "Idempotency-Key"
LEAST, MOST = 16, 128
KEPT = timedelta(hours=24)
REPEATED = "Mithaq-Repeated"
ANSWER = "api.Answer"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is known again: by whom, the hash that stands for the key, the keyed hash of the rest."""

    client: ClientFacts
    key: str
    content: bytes


def asked_of(request: HttpRequest, client: ClientFacts) -> Asked:
    """What a POST asks. InputError `idempotency.key` when its key is none."""
    key = request.headers.get(HEADER, "")
    if not (LEAST <= len(key) <= MOST and key.isascii() and key.isprintable()):
        raise InputError(
            "idempotency.key",
            "A POST carries a key of its own, of {least} to {most} characters.",
            remedy="Make a random one, such as a UUID, for each request, and keep it when you repeat it.",
            where=HEADER,
            least=LEAST,
            most=MOST,
        )
    content = hmac.new(key.encode(), digestmod=hashlib.sha256)
    for part in (request.get_full_path().encode(), request.headers.get("Mithaq-Officer", "").encode(), request.body):
        content.update(len(part).to_bytes(8, "big") + part)
    name = hashlib.sha256(f"{client.id} {key}".encode()).hexdigest()
    return Asked(client, name, content.digest())


def run(
    request: HttpRequest,
    client: ClientFacts,
    who: Actor,
    act: str,
    made: Any,
    answer: Callable[[Effects], Any],
    reading: Reading | None = None,
) -> HttpResponse:
    """Perform the act for `who` unless this request took effect before; `answer` makes the API's answer of what the act
    did, and the row of the access log for `reading` is written with it.

    Raises what the act raises, InputError `idempotency.key`, StateError `idempotency.reused`.
    """
    asked, told = asked_of(request, client), list[bytes]()
    kept = facts.answer(asked.key)
    if kept is not None and kept.expires > Node.clock.now():
        return _repeated(asked, kept)
    # An answer whose time has ended makes room: its key is a new one.
    gone = () if kept is None else ((ANSWER, asked.key),)

    def beside(found: Effects) -> Effects:
        told[:] = [bytes_of(answer(found))]
        fields = {"client_id": client.id, "asked": asked.content, "status": 201, "body": told[0]}
        row = Row(ANSWER, asked.key, 0, {**fields, "expires": Node.clock.now() + KEPT})
        return Effects(rows=(row,), erase=gone)

    try:
        perform(act, made, who, beside, reading)
    except StateError as error:
        kept = facts.answer(asked.key) if error.code == "record.exists" else None
        if kept is None:
            raise
        return _repeated(asked, kept)
    return HttpResponse(told[0], status=201, content_type=JSON)


def _repeated(asked: Asked, kept: AnswerFacts) -> HttpResponse:
    if not hmac.compare_digest(kept.asked, asked.content):
        raise StateError(
            "idempotency.reused",
            "This key came with another request before.",
            remedy="Take a new key for a new request.",
            where=HEADER,
        )
    response = HttpResponse(kept.body, status=kept.status, content_type=JSON)
    response[REPEATED] = "true"
    return response


def bytes_of(value: Any) -> bytes:
    """A frozen answer as the bytes that leave."""
    return dumps(wire.encode(value), ensure_ascii=False, separators=(",", ":")).encode()


def json(value: Any) -> HttpResponse:
    """The response to a read."""
    return HttpResponse(bytes_of(value), content_type=JSON)
