"""HTTPS to partners' gateways, with client certificates and pinned servers.

Rule: any failure to get an answer is a TransportError, and never says more than that. Design: exchange, "Transport".
"""

from __future__ import annotations

import httpx2

from mithaq.errors import TransportError
from mithaq.node.acts import instruments
from mithaq.node.acts.deliver import Answer
from mithaq.node.config import Config
from mithaq.node.gateway import tls

TIMEOUT = httpx2.Timeout(20.0, connect=5.0)


class HttpsLink:
    """Connections to partners, one client a partner and certificate, kept open."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._clients: dict[tuple[str, str], httpx2.Client] = {}

    def post(self, partner: str, path: str, data: bytes) -> Answer:
        """POST bytes to a partner's gateway. Raises TransportError `partner.unreachable` or `partner.unknown`."""
        try:
            answer = self._client(partner).post(path, content=data)
            return Answer(answer.status_code, answer.content)
        except (httpx2.HTTPError, OSError) as error:
            raise TransportError(
                "partner.unreachable",
                f"The gateway of {partner} cannot be reached ({type(error).__name__}).",
                remedy="The message waits and is sent again by itself.",
            ) from None

    def _client(self, partner: str) -> httpx2.Client:
        if partner not in self._config.partners:
            raise TransportError("partner.unknown", f"[partners] names no address of {partner}.")
        certificate = instruments.keys_of(partner).certificate
        key = (partner, certificate)
        if key not in self._clients:
            context = tls.client_context(self._config, "worker", certificate)
            self._clients[key] = httpx2.Client(
                base_url=self._config.partners[partner], verify=context, timeout=TIMEOUT, trust_env=False
            )
        return self._clients[key]

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()
