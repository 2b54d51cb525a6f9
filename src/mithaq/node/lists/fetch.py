"""Fetches a list from a file or from an https address of the authority's own mirror.

Rules: bytes, time and redirects are bounded; a redirect to another host is refused, and so is an answer in another
coding than plain; the server's certificate is always verified, by the mirror's own CA where one is named. What goes
wrong is a TransportError with a code, and is tried again. Design: issue 3, "Lists as subjects".
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import httpx2

from mithaq.errors import TransportError
from mithaq.formats.csv_mapping import MAX_BYTES as MAPPING_BYTES
from mithaq.node.list_sources import ListSource
from mithaq.node.lists.reading import MOST_BYTES

TIMEOUT = httpx2.Timeout(20.0, connect=5.0)
# However slowly it comes, after so many seconds the list is left for the next time.
PATIENCE = 300.0
REDIRECTS = 3
_MOVED = {301, 302, 303, 307, 308}


def fetch(source: ListSource, now: Callable[[], float] = time.monotonic) -> tuple[bytes, ...]:
    """The bytes of the list's file or files.

    Raises TransportError `list.unreachable`, `list.redirect`, `list.large`.
    """
    end = now() + PATIENCE
    if source.is_url:
        return tuple(_url(source, place, end, now) for place in source.places)
    return tuple(_file(source, place) for place in source.places)


def _file(source: ListSource, place: str) -> bytes:
    try:
        with (source.directory / place).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise _unreachable("The file of the list cannot be read.") from None
    _check_size(len(data))
    return data


def mapping_of(source: ListSource) -> bytes:
    """The bytes of the source's mapping; empty when it has none. Raises TransportError `list.unreachable`."""
    if source.mapping is None:
        return b""
    try:
        with source.mapping.open("rb") as file:
            return file.read(MAPPING_BYTES + 1)
    except OSError:
        detail = "The mapping of the list cannot be read."
        raise TransportError("list.unreachable", detail, remedy="It is tried again by itself.") from None


def _url(source: ListSource, place: str, end: float, now: Callable[[], float]) -> bytes:
    try:
        with httpx2.Client(verify=_context(source), timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client:
            for _turn in range(REDIRECTS + 1):
                answer = _answer(client, place, end, now)
                if isinstance(answer, bytes):
                    return answer
                place = _next(place, answer)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError):
        raise _unreachable("The mirror of the list cannot be reached.") from None
    raise _redirect("The mirror sends the list from one address to the next.")


def _answer(client: httpx2.Client, place: str, end: float, now: Callable[[], float]) -> bytes | str:
    """The bytes at an address, or the address that it sends to."""
    with client.stream("GET", place, headers={"Accept-Encoding": "identity"}) as answer:
        if answer.status_code in _MOVED:
            return str(answer.headers.get("Location", ""))
        if answer.status_code != 200:
            raise _unreachable("The mirror of the list answers with an error.")
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise _unreachable("The mirror sends the list in a coding that was not asked for.")
        data = bytearray()
        for chunk in answer.iter_raw():
            data += chunk
            _check_size(len(data))
            if now() > end:
                raise _unreachable("The mirror sends the list too slowly.")
    return bytes(data)


def _next(place: str, location: str) -> str:
    target = urljoin(place, location)
    before, after = urlsplit(place), urlsplit(target)
    if (after.scheme, after.netloc) != (before.scheme, before.netloc):
        raise _redirect("The mirror sends the list to another host.")
    return target


def _context(source: ListSource) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(source.ca) if source.ca else None)


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise TransportError("list.large", "The list is larger than any list.", remedy="Look at what the mirror holds.")


def _unreachable(detail: str) -> TransportError:
    return TransportError("list.unreachable", detail, remedy="It is tried again by itself.")


def _redirect(detail: str) -> TransportError:
    return TransportError("list.redirect", detail, remedy="Name the address where the list is in node.toml.")
