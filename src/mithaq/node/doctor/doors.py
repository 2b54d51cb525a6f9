"""Checks of what answers: worker, gateway, console, and the partners' gateways.

Rule: what is asked of a partner is `GET /alive` and carries nothing; a certificate is compared with the key list,
as the worker does. Design: exchange, "Transport".
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

import httpx2
from django.db import connection

from mithaq.errors import MithaqError
from mithaq.node import database
from mithaq.node.acts import instruments
from mithaq.node.config import Config, Door
from mithaq.node.doctor.findings import Finding, found
from mithaq.node.gateway import tls

TIMEOUT = 5.0
SKEW = 30.0  # seconds; the Date of an answer is in whole seconds, and the answer takes a while
_LISTENS = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND datname = current_database()"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104  where a server listens, not us


def worker(config: Config) -> Iterator[Finding]:
    """Whether a worker is connected to the database: it always is, to be woken."""
    user = unquote(urlsplit(database.url_of(config, "worker")).username or "")
    with connection.cursor() as cursor:
        cursor.execute(_LISTENS, [user])
        (count,) = cursor.fetchone()
    yield found("worker" if count else "worker.silent")


def gateway(config: Config) -> Iterator[Finding]:
    """Whether the gateway shows this node's certificate, and lets nobody in who shows none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(cadata=(config.keys / "gateway" / "tls.pem").read_text(encoding="ascii"))
    address = config.gateway.address
    try:
        with socket.create_connection(_place(config.gateway), timeout=TIMEOUT) as plain:
            yield found("gateway.open" if _lets_in(context, plain) else "gateway", address=address)
    except ssl.SSLCertVerificationError:
        yield found("gateway.certificate", address=address)
    except OSError as error:
        yield found("gateway.silent", address=address, error=type(error).__name__)


def _lets_in(context: ssl.SSLContext, plain: socket.socket) -> bool:
    with context.wrap_socket(plain) as secured:
        try:
            secured.sendall(b"GET /alive HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n")
            return bool(secured.recv(1))
        except (ssl.SSLError, ConnectionError):
            return False  # TLS 1.3 refuses a client without a certificate after the handshake


def console(config: Config) -> Iterator[Finding]:
    """Whether the console answers a browser."""
    host, port = _place(config.console)
    url = f"http://[{host}]:{port}/sign-in" if ":" in host else f"http://{host}:{port}/sign-in"
    try:
        status = httpx2.get(url, timeout=TIMEOUT, trust_env=False).status_code
    except httpx2.HTTPError as error:
        yield found("console.silent", address=config.console.address, error=type(error).__name__)
        return
    fine = status < 500
    yield found("console") if fine else found("console.silent", address=config.console.address, error=str(status))


def partners(config: Config) -> Iterator[Finding]:
    """Whether each partner of the plans answers, with the certificate that its key list holds."""
    for partner in instruments.partners():
        if partner not in config.partners:
            yield found("partner.address", partner=partner)
            continue
        try:
            context = tls.client_context(config, "worker", instruments.keys_of(partner).certificate)
        except (MithaqError, OSError):
            continue  # told by the checks of keys and key lists
        yield from _asked(partner, config.partners[partner], context)


def _asked(partner: str, url: str, context: ssl.SSLContext) -> Iterator[Finding]:
    try:
        with httpx2.Client(base_url=url, verify=context, timeout=TIMEOUT, trust_env=False) as client:
            answer = client.get("/alive")
    except (httpx2.HTTPError, OSError) as error:
        yield _unreached(partner, error)
        return
    name = _name(answer)
    yield found("partner", partner=partner) if name == partner else found("partner.other", partner=partner, name=name)
    if (seconds := _skew(answer)) > SKEW:
        yield found("partner.clock", partner=partner, seconds=round(seconds))


def _unreached(partner: str, error: BaseException) -> Finding:
    chain, each = [], error
    while each is not None and each not in chain:
        chain.append(each)
        each = each.__cause__ or each.__context__  # type: ignore[assignment]
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in chain):
        return found("partner.certificate", partner=partner)
    refused = next((one for one in chain if isinstance(one, ssl.SSLError) and "ALERT" in str(one).upper()), None)
    if refused is not None:
        return found("partner.refuses", partner=partner, error=str(refused.reason or type(refused).__name__))
    return found("partner.silent", partner=partner, error=type(error).__name__)


def _name(answer: httpx2.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return "?"
    return str(body.get("node", "?"))[:60] if isinstance(body, dict) else "?"


def _skew(answer: httpx2.Response) -> float:
    try:
        told = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return 0.0
    return abs((datetime.now(UTC) - told).total_seconds()) if told.tzinfo else 0.0


def _place(door: Door) -> tuple[str, int]:
    return _EVERYWHERE.get(door.host, door.host), door.port
