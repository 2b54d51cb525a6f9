"""The address of a browser behind proxies: believed from those that are named, never from a browser itself."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from mithaq.node.console.forwarded import origin

PROXIES = tuple(map(ip_network, ("127.0.0.1", "10.0.0.0/8", "::1")))


@pytest.mark.parametrize(
    ("peer", "hops", "seen"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("127.0.0.1", "10.1.2.3, 10.1.2.4", "10.1.2.3"),
        ("::1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:127.0.0.1", "203.0.113.9:1234", "203.0.113.9"),
        # From who is no proxy of ours, the header is a word like any other.
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
        # What is no address says nothing, and nothing before it does.
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7, <script>, 10.1.2.3", "10.1.2.3"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_last_hop_that_is_no_proxy_of_ours(peer: str, hops: str, seen: str) -> None:
    assert origin(peer, hops, PROXIES) == seen
    assert origin(peer, hops, ()) == peer
