"""TLS between nodes: version 1.3, each side shows a certificate, and each is pinned through the partner's key list.

Rule: no certificate authority is trusted; a certificate is trusted because a root that the plan pins has signed the key
list that holds it. Design: exchange, "Transport".
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable

from mithaq.node.config import Config


def server_context(config: Config, trusted: Iterable[str]) -> ssl.SSLContext:
    """The gateway's context: demands a client certificate that is one of `trusted` (PEM texts)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    _load_own(context, config, "gateway")
    trust(context, trusted)
    return context


def client_context(config: Config, role: str, partner_certificate: str) -> ssl.SSLContext:
    """The worker's context towards one partner: only that partner's certificate is trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    # The certificate itself is pinned, so that its name adds nothing; addresses may change, the pin does not.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    _load_own(context, config, role)
    trust(context, [partner_certificate])
    return context


def trust(context: ssl.SSLContext, certificates: Iterable[str]) -> None:
    """Add certificates that the other side may show; a context in use takes them for new connections."""
    for pem in certificates:
        context.load_verify_locations(cadata=pem)


def _load_own(context: ssl.SSLContext, config: Config, role: str) -> None:
    folder = config.keys / role
    context.load_cert_chain(folder / "tls.pem", folder / "tls.key", password=config.passphrase(role))
