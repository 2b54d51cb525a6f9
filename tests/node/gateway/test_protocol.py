"""uvicorn's hook that shows the client's certificate, over a real handshake: an upgrade that changes it fails here."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mithaq.node.gateway import tls as door
from mithaq.node.gateway.protocol import STATE_KEY, CertificateProtocol
from mithaq.seal import tls
from tests.node import here as place
from tests.node.authorities import PASSPHRASE, Authority, world


async def _who(request: Request) -> PlainTextResponse:
    return PlainTextResponse(getattr(request.state, STATE_KEY, "no such state"))


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None) -> Iterator[str]:
    """A server with the gateway's protocol that answers whose certificate it saw; its host and port."""
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        settings = uvicorn.Config(
            Starlette(routes=[Route("/who", _who)]),
            http=CertificateProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            ssl_context_factory=(lambda _config, _default: context) if context else None,  # type: ignore[arg-type,return-value]
        )
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [ear]})
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"127.0.0.1:{ear.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def client(folder: Path, authority: Authority) -> httpx2.Client:
    (folder / "c.pem").write_bytes(authority.certificate[0])
    (folder / "c.key").write_bytes(authority.certificate[1])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(cadata=world().be.certificate[0].decode())
    context.load_cert_chain(folder / "c.pem", folder / "c.key", password=PASSPHRASE)
    return httpx2.Client(verify=context, trust_env=False)


def test_the_application_sees_the_certificate_of_its_own_connection(tmp_path: Path) -> None:
    found = world()
    trusted = [one.certificate[0].decode() for one in (found.ma, found.be)]
    (tmp_path / "ma").mkdir()
    (tmp_path / "be").mkdir()
    with (
        serving(door.server_context(place.configured(), trusted)) as address,
        client(tmp_path / "ma", found.ma) as one,
        client(tmp_path / "be", found.be) as other,
    ):
        for _ in range(2):  # both stay open: neither takes the other's name
            assert one.get(f"https://{address}/who").text == tls.fingerprint(found.ma.certificate[0])
            assert other.get(f"https://{address}/who").text == tls.fingerprint(found.be.certificate[0])
    assert tls.fingerprint(found.ma.certificate[0]) != tls.fingerprint(found.be.certificate[0])


def test_without_tls_nobody_is_shown() -> None:
    with serving(None) as address:
        assert httpx2.get(f"http://{address}/who", trust_env=False).text == ""
