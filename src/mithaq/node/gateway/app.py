"""The routes of the partner's door: `POST /messages`, `POST /receipts`, `GET /alive`.

Rule: bodies are cut off at their limit while they arrive; what a message gets back is a signed receipt, whatever
became of it. Design: exchange, "Receipts".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import close_old_connections
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mithaq.errors import MithaqError, TransportError, TrustError
from mithaq.node.acts import arrive, instruments
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.node.gateway.protocol import STATE_KEY
from mithaq.node.start import Node
from mithaq.seal import tls

T = TypeVar("T")
STATUS = {"accepted": 202, "rejected": 403, "conflict": 409, "bad": 400}
RECEIPT = "application/vnd.mithaq.receipt+json"
MAX_MESSAGE = envelopes.MAX_ENVELOPE + envelopes.MAX_CONTENT


def application(custody: Custody) -> Starlette:
    """The gateway's application with its signing key."""

    async def messages(request: Request) -> Response:
        data = await _body(request, MAX_MESSAGE)
        partner = _fingerprint(request)
        reply = await run_in_threadpool(_fresh, lambda: _accept(data, partner, custody))
        return Response(reply.token, STATUS[reply.outcome], media_type=RECEIPT)

    async def receipts(request: Request) -> Response:
        data = await _body(request, envelopes.MAX_ENVELOPE)
        partner = _fingerprint(request)
        await run_in_threadpool(_fresh, lambda: arrive.take_receipt(data, sender_of(partner), Node.clock.now()))
        return JSONResponse({"kept": True})

    async def alive(_request: Request) -> Response:
        return JSONResponse({"node": Node.config.authority})

    return Starlette(
        routes=[
            Route("/messages", messages, methods=["POST"]),
            Route("/receipts", receipts, methods=["POST"]),
            Route("/alive", alive),
        ],
        exception_handlers={MithaqError: _refused},
    )


def sender_of(fingerprint: str) -> str:
    """The partner whose key list holds the certificate with this fingerprint. TrustError `channel.certificate`."""
    for partner in instruments.partners():
        try:
            if tls.fingerprint(instruments.keys_of(partner).certificate.encode()) == fingerprint:
                return partner
        except TrustError:
            continue
    raise TrustError("channel.certificate", "No partner of an enacted plan has this certificate.")


def _accept(data: bytes, fingerprint: str, custody: Custody) -> arrive.Reply:
    with instruments.snapshot():
        return arrive.accept(data, sender_of(fingerprint), custody, Node.clock.now())


def _fresh(work: Callable[[], T]) -> T:
    # Threads of the pool keep a connection; one that the server has closed must not fail a partner's message.
    close_old_connections()
    return work()


async def _body(request: Request, limit: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise TransportError("message.size", f"The body is larger than {limit} bytes.")
        parts.append(part)
    return b"".join(parts)


def _fingerprint(request: Request) -> str:
    return str(getattr(request.state, STATE_KEY, ""))


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, MithaqError)
    status = 413 if error.code == "message.size" else 403 if isinstance(error, TrustError) else 400
    return JSONResponse({"code": error.code, "detail": error.detail}, status)
