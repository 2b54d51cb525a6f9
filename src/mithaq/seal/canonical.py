"""Canonical JSON (RFC 8785), digests and strict parsing.

Rule: `canonical(parse(data))` is defined for everything that `parse` returns, and two parties that hold the same value
hold the same bytes. To keep that easy to prove, numbers are whole and within ±(2^53 - 1): floats are refused in both
directions, as are duplicate names, lone surrogates and nesting deeper than 64. Documents: RFC 8785; RFC 7493 (I-JSON).
Design: architecture, "One idea".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from mithaq.errors import InputError

DEPTH = 64
SAFE_INTEGER = 2**53 - 1
# Without floats, RFC 8785 is JSON without space, names sorted by UTF-16, with no escape but the needed ones: what the
# standard library's encoder writes, in a third of the time of the `rfc8785` package, which the tests compare it with.
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of a value of mappings, lists, tuples, strings, whole numbers, booleans and None.

    Raises InputError `seal.canonical.float`, `.number`, `.text`, `.depth`, `.name` or `.type`.
    """
    return _ENCODER.encode(_plain(value, 0)).encode("utf-8")


def parse(data: bytes) -> Any:
    """The value of strict JSON in UTF-8. Raises InputError `seal.json`, or what `canonical` raises."""
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_distinct, parse_float=_no_float, parse_constant=_no_float
        )
    except UnicodeDecodeError as error:
        raise InputError("seal.json", "The text is not UTF-8.", where=f"offset {error.start}") from None
    except json.JSONDecodeError as error:
        raise InputError("seal.json", f"Not JSON: {error.msg}.", where=f"offset {error.pos}") from None
    except RecursionError:
        raise _depth() from None
    except ValueError:  # a whole number of more digits than Python converts
        raise _number() from None
    return _plain(value, 0)


def digest(data: bytes) -> str:
    """`sha256:` and the base64url of the SHA-256 of bytes, without padding."""
    return encode_digest(hashlib.sha256(data).digest())


def encode_digest(raw: bytes) -> str:
    """The same form from a SHA-256 that is already computed, 32 bytes."""
    return f"sha256:{base64url(raw)}"


def base64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str, where: str = "") -> bytes:
    """The bytes of unpadded base64url, in its one canonical spelling. Raises InputError `seal.base64`."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if base64url(data) != text:
        raise InputError("seal.base64", "Not canonical base64url without padding.", where=where)
    return data


def _plain(value: Any, depth: int) -> Any:
    """The value in JSON's own types, or the InputError that says why it has no canonical form."""
    if depth > DEPTH:
        raise _depth()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return value if -SAFE_INTEGER <= value <= SAFE_INTEGER else _raise(_number())
    if isinstance(value, Mapping):
        names = sorted(map(_name, value), key=_utf_16)
        return {name: _plain(value[name], depth + 1) for name in names}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, float):
        _no_float("")
    raise InputError("seal.canonical.type", f"A {type(value).__name__} has no canonical JSON form.")


def _text(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError("seal.canonical.text", "A text holds a lone surrogate.") from None
    return value


def _name(key: object) -> str:
    if not isinstance(key, str):
        raise InputError("seal.canonical.name", "A name in an object is not a text.")
    return _text(key)


def _utf_16(name: str) -> bytes:
    """What RFC 8785, section 3.2.3, sorts names by."""
    return name.encode("utf-16-be")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InputError("seal.json", "An object holds the same name twice.")
    return members


def _no_float(_: str) -> NoReturn:
    raise InputError(
        "seal.canonical.float", "Floating point numbers are not used here.", remedy="Use a whole number or a text."
    )


def _number() -> InputError:
    return InputError("seal.canonical.number", "A whole number lies outside ±(2^53 - 1).", remedy="Use a text.")


def _depth() -> InputError:
    return InputError("seal.canonical.depth", f"The value nests deeper than {DEPTH}.")


def _raise(error: InputError) -> NoReturn:
    raise error
