"""Runs the gateway process: uvicorn over mutual TLS, watching for newly enacted partners.

Rule: it opens the gateway's key files and no others. Design: architecture, "Three processes".
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl

import uvicorn
from starlette.concurrency import run_in_threadpool

from mithaq.errors import TrustError
from mithaq.node.acts import instruments
from mithaq.node.acts.custody import open_gateway
from mithaq.node.config import Config
from mithaq.node.gateway import tls
from mithaq.node.gateway.app import application
from mithaq.node.gateway.protocol import CertificateProtocol

WATCH = 2.0


def run(config: Config) -> None:
    """Serve until SIGTERM or SIGINT."""
    custody = open_gateway(config)
    context = tls.server_context(config, certificates())
    server = uvicorn.Server(
        uvicorn.Config(
            application(custody),
            host=config.gateway.host,
            port=config.gateway.port,
            http=CertificateProtocol,
            ws="none",
            lifespan="off",
            loop="uvloop",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
            ssl_context_factory=lambda _config, _default: context,
        )
    )

    async def serve() -> None:
        watching = asyncio.create_task(_watch(context))
        await server.serve()
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching

    asyncio.run(serve())


def certificates() -> list[str]:
    """The certificates of all partners of the plans in force."""
    found = []
    for partner in instruments.partners():
        with contextlib.suppress(TrustError):
            found.append(instruments.keys_of(partner).certificate)
    return found


async def _watch(context: ssl.SSLContext) -> None:
    seen = await run_in_threadpool(instruments.generation)
    while True:
        await asyncio.sleep(WATCH)
        now = await run_in_threadpool(instruments.generation)
        if now != seen:
            tls.trust(context, await run_in_threadpool(certificates))
            seen = now
