"""From where a request comes, when a proxy stands before the console.

Rule: `X-Forwarded-For` is believed from the proxies that the configuration names and from nobody else, and of it the
last hop that is none of them: what a browser wrote there itself stands further left. This is the one place where it is
read; everything else asks for `REMOTE_ADDR`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.http import HttpRequest, HttpResponse

from mithaq.node.config import Network
from mithaq.node.start import Node

PEER, HOPS = "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR"


class Forwarded:
    """Puts the browser's own address where the proxy's was."""

    def __init__(self, get: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        proxies = Node.config.console_proxies
        request.META[PEER] = origin(request.META.get(PEER, ""), request.META.get(HOPS, ""), proxies)
        return self.get(request)


def origin(peer: str, hops: str, proxies: Sequence[Network]) -> str:
    """The address that a request comes from: the peer's, or the last hop's that is not a proxy of ours.

    A hop that is no address ends the search: what stands before it is not known to be true.
    """
    found = peer
    for hop in (*reversed(hops.split(",")), ""):
        seen = _address(found)
        if seen is None or not any(seen in one for one in proxies) or (further := _address(hop)) is None:
            return found
        found = str(further)
    return found


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port, as proxies write it; None for any other text."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
