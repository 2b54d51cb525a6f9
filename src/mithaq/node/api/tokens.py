"""Access tokens by client credentials: asking for one, and whose it is.

Rule: a token is opaque, random, good for fifteen minutes and kept as a hash; a wrong name and a wrong secret get the
same answer, and guessing is slowed as it is for people. Document: RFC 6749, sections 2.3.1, 4.4 and 5.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from datetime import datetime, timedelta
from urllib.parse import unquote_plus

from mithaq.errors import RefusedError
from mithaq.node.accounts import throttle
from mithaq.node.acts import expiry
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.api import clients, facts

LIFE = timedelta(minutes=15)
TOKEN, ANSWER = "api.Token", "api.Answer"
_NOBODY = clients.digest(secrets.token_urlsafe(32))


def issue(authorization: str, address: str, now: datetime) -> str:
    """A new token for the client of a Basic authorization; what has expired of anyone's is dropped with it.

    Raises RefusedError `client.credentials`, or `client.wait` after many failures.
    """
    name, secret = _basic(authorization)
    made = throttle.Attempt(f"client {name}", address, door="api")
    if wait := throttle.left(made, now):
        raise RefusedError(
            "client.wait", "Too many wrong secrets.", remedy="Try again in {seconds} seconds.", seconds=wait
        )
    found = facts.client_or_none(name)
    held = found.secret if found and found.is_active else _NOBODY
    if not hmac.compare_digest(held, clients.digest(secret)) or found is None:
        throttle.count(made, now)
        raise _wrong()
    throttle.passed(made, counted=False)
    token = secrets.token_urlsafe(32)
    row = Row(TOKEN, clients.digest(token).hex(), 0, {"client_id": found.id, "expires": now + LIFE})
    expiry.replace_expired(Effects(rows=(row,)), (TOKEN, ANSWER), now)
    return token


def _basic(authorization: str) -> tuple[str, str]:
    kind, _, rest = authorization.partition(" ")
    try:
        name, colon, secret = base64.b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise _wrong() from None
    # Section 2.3.1: both parts are form-encoded before they are put together.
    name, secret = unquote_plus(name), unquote_plus(secret)
    if kind.lower() != "basic" or not colon or "\0" in name:
        raise _wrong()
    return name, secret


def _wrong() -> RefusedError:
    return RefusedError(
        "client.credentials", "The system's name or its secret is not right.", remedy="Ask the node's operator."
    )
