"""Signed statements: JWS in general JSON serialisation, Ed25519, over canonical JSON.

Rule: for one payload, set of keys and type there is one token, byte for byte, and a token of another spelling is
refused, so that its digest can stand for it. For the same reason a signature by a key that the verifier does not know
refuses the token: passed over, it could be added by anyone. (One can still be taken away: ask for as many as must be
there.) The checks, in order:

    1 strict JSON, in canonical form, with `payload` and `signatures` and nothing else
    2 each protected header: strict JSON, alg EdDSA, this type, no `crit`, one signature a key
    3 the payload is an object in canonical form
    4 each signature is of a known key, and as many have signed as the threshold asks
    5 each signature verifies

Documents: RFC 7515; RFC 8037 (EdDSA); RFC 8785. Design: exchange, "Envelope".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mithaq.errors import InputError, TrustError
from mithaq.seal.canonical import base64url, canonical, from_base64url, parse
from mithaq.seal.signing import SigningKey, VerifyKey

ALGORITHM = "EdDSA"
SIGNERS = 16  # at most; a plan has fewer parties, and each signature costs the verifier work


@dataclass(frozen=True, slots=True)
class _Signature:
    protected: str
    kid: str
    typ: str
    signature: bytes


def sign(payload: Mapping[str, Any], keys: Sequence[SigningKey], typ: str) -> bytes:
    """The token: canonical JSON on one line. Raises InputError `seal.token` without keys or with one twice."""
    if not 0 < len({key.kid for key in keys}) == len(keys) <= SIGNERS:
        raise _malformed("It takes one signature of each of 1 to 16 keys.")
    body = base64url(canonical(payload))
    signatures = [_signature(body, key, typ) for key in sorted(keys, key=lambda key: key.kid)]
    return canonical({"payload": body, "signatures": signatures})


def verify(token: bytes, keys: Mapping[str, VerifyKey], typ: str, threshold: int = 1) -> dict[str, Any]:
    """The payload of a token that at least `threshold` of `keys` (by key id), and nobody else, have signed.

    Raises InputError `seal.token`; TrustError `seal.signature`, `seal.signer.unknown` or `seal.signer.missing`.
    """
    if threshold < 1:
        raise ValueError("a threshold below one would accept anything")
    body, signatures = _read(token)
    if any(signature.typ != typ for signature in signatures):
        raise _malformed(f"It is not of type {typ}.")
    payload = _payload(body)
    unknown = [signature.kid for signature in signatures if signature.kid not in keys]
    if unknown:
        raise TrustError("seal.signer.unknown", "It is signed with a key that is not known here.", key=unknown[0])
    if len(signatures) < threshold:
        raise TrustError("seal.signer.missing", f"{len(signatures)} of {threshold} signatures are there.")
    for signature in signatures:
        keys[signature.kid].verify(signature.signature, f"{signature.protected}.{body}".encode())
    return payload


def peek(token: bytes) -> dict[str, Any]:
    """The payload of a token whose signatures are NOT checked: to find out whose keys to check it with."""
    return _payload(_read(token)[0])


def signers(token: bytes) -> tuple[str, ...]:
    """The key ids that a token claims; NOT checked."""
    return tuple(signature.kid for signature in _read(token)[1])


def _signature(body: str, key: SigningKey, typ: str) -> dict[str, str]:
    protected = base64url(canonical({"alg": ALGORITHM, "kid": key.kid, "typ": typ}))
    return {"protected": protected, "signature": base64url(key.sign(f"{protected}.{body}".encode()))}


def _read(token: bytes) -> tuple[str, list[_Signature]]:
    """Checks 1 and 2: the encoded payload and the signatures."""
    members = _object(token, {"payload", "signatures"}, "The token")
    body, entries = members["payload"], members["signatures"]
    if not isinstance(body, str) or not isinstance(entries, list) or not 0 < len(entries) <= SIGNERS:
        raise _malformed("It has no payload, no signatures, or too many.")
    signatures = [_entry(entry) for entry in entries]
    kids = [signature.kid for signature in signatures]
    if sorted(set(kids)) != kids:
        raise _malformed("Its signatures are not in the order of their key ids, one each.")
    return body, signatures


def _entry(entry: object) -> _Signature:
    if not isinstance(entry, dict) or set(entry) != {"protected", "signature"}:
        raise _malformed("A signature has members other than protected and signature.")
    protected, signature = _bytes(entry["protected"]), _bytes(entry["signature"])
    header = _object(protected, None, "A protected header")
    if header.get("alg") != ALGORITHM or "crit" in header:
        raise _malformed(f"A signature is not plain {ALGORITHM}.")
    kid, typ = header.get("kid"), header.get("typ")
    if not isinstance(kid, str) or not isinstance(typ, str):
        raise _malformed("A signature names no key or no type.")
    return _Signature(entry["protected"], kid, typ, signature)


def _payload(body: str) -> dict[str, Any]:
    return _object(_bytes(body), None, "The payload")


def _object(data: bytes, names: set[str] | None, what: str) -> dict[str, Any]:
    try:
        value = parse(data)
    except InputError as error:
        raise _malformed(f"{what}: {error.detail}") from None
    if not isinstance(value, dict) or (names is not None and set(value) != names):
        raise _malformed(f"{what} is not the object that it must be.")
    if canonical(value) != data:
        raise _malformed(f"{what} is not in canonical form.")
    return value


def _bytes(text: object) -> bytes:
    try:
        return from_base64url(text) if isinstance(text, str) else b""
    except InputError:
        raise _malformed("It holds text that is not canonical base64url.") from None


def _malformed(detail: str) -> InputError:
    return InputError("seal.token", f"The signed statement cannot be read. {detail}")
