"""Shows the client's certificate to the application.

uvicorn does not pass the TLS peer to ASGI; this small subclass reads it from the transport once a connection. uvicorn
is pinned in pyproject.toml, and `tests/node/gateway/test_protocol.py` fails if an upgrade changes the hook.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mithaq.seal.canonical import encode_digest

STATE_KEY = "mithaq_certificate"


class CertificateProtocol(HttpToolsProtocol):
    """Puts the fingerprint of the client's certificate into the connection's own copy of `app_state`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        der = tls.getpeercert(binary_form=True) if tls else None
        state: dict[str, Any] = dict(self.app_state)
        state[STATE_KEY] = encode_digest(hashlib.sha256(der).digest()) if der else ""
        self.app_state = state
