"""Signed statements: one spelling, every changed byte noticed, an independent implementation agrees."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws as other
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey

from mithaq.errors import InputError, TrustError
from mithaq.seal import jws
from mithaq.seal.canonical import base64url, canonical, from_base64url, parse
from mithaq.seal.keys import SigningKey, VerifyKey
from tests.seal.keyring import flips, signing
from tests.seal.test_canonical import text, values

TYP = "mithaq-test+jws"
PAYLOAD = {"act": "publish-notice", "version": 1, "to": ["BE-POLICE/WANTED"]}


def known(*names: str) -> dict[str, VerifyKey]:
    return {signing(name).kid: signing(name).public for name in names}


@given(st.dictionaries(text, values, max_size=4))
def test_round_trip(payload: dict[str, Any]) -> None:
    token = jws.sign(payload, [signing("a")], TYP)
    assert jws.verify(token, known("a", "b"), TYP) == payload == jws.peek(token)
    assert canonical(parse(token)) == token
    assert b"\n" not in token


def test_the_same_keys_in_any_order_give_the_same_bytes() -> None:
    keys = [signing(name) for name in "abc"]
    assert jws.sign(PAYLOAD, keys, TYP) == jws.sign(PAYLOAD, keys[::-1], TYP)
    assert set(jws.signers(jws.sign(PAYLOAD, keys, TYP))) == {key.kid for key in keys}


def test_another_implementation_verifies_what_we_sign() -> None:
    token = json.loads(jws.sign(PAYLOAD, [signing("a"), signing("b")], TYP))
    for entry in token["signatures"]:
        header = json.loads(_decode(entry["protected"]))
        name = "a" if header["kid"] == signing("a").kid else "b"
        jwk = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": base64url(signing(name).public.raw)})
        assert jwk.thumbprint() == header["kid"]
        single = {"payload": token["payload"], **entry}
        registry = other.JWSRegistry(algorithms=["EdDSA"])
        with pytest.warns(SecurityWarning, match="RFC 9864"):  # it would name the algorithm Ed25519, as that RFC does
            read = other.deserialize_json(single, jwk, registry=registry)
        assert json.loads(read.payload) == PAYLOAD


def test_every_changed_byte_is_noticed() -> None:
    for wrong in flips(jws.sign(PAYLOAD, [signing("a")], TYP)):
        with pytest.raises((TrustError, InputError), match=r"\[seal\.(token|signature|signer\.unknown)\]"):
            jws.verify(wrong, known("a"), TYP)


@settings(max_examples=200)
@given(st.data())
def test_no_edit_of_a_token_verifies(draw: st.DataObject) -> None:
    token = jws.sign(PAYLOAD, [signing("a"), signing("b")], TYP)
    start = draw.draw(st.integers(0, len(token)))
    end = draw.draw(st.integers(start, min(start + 40, len(token))))
    edited = token[:start] + draw.draw(st.binary(max_size=8)) + token[end:]
    if edited == token:
        return
    with pytest.raises((TrustError, InputError)):
        jws.verify(edited, known("a", "b"), TYP, threshold=2)


def test_edits_of_a_key_id_do_not_turn_a_signature_into_one_to_pass_over() -> None:
    token = parse(jws.sign(PAYLOAD, [signing("a"), signing("b")], TYP))
    for entry in token["signatures"]:
        header = parse(_decode(entry["protected"]))
        entry["protected"] = base64url(canonical({**header, "kid": header["kid"][:-1] + "_"}))
        with pytest.raises(TrustError, match=r"\[seal\.signer\.unknown\]"):
            jws.verify(canonical(token), known("a", "b"), TYP)


def test_threshold() -> None:
    token = jws.sign(PAYLOAD, [signing("a"), signing("b")], TYP)
    assert jws.verify(token, known("a", "b"), TYP, threshold=2) == PAYLOAD
    assert jws.verify(token, known("a", "b", "c"), TYP, threshold=1) == PAYLOAD
    with pytest.raises(TrustError, match=r"\[seal\.signer\.missing\]"):
        jws.verify(token, known("a", "b", "c"), TYP, threshold=3)
    for keys in (known("a"), known("c"), {}):  # a signature that anyone could have added is not passed over
        with pytest.raises(TrustError, match=r"\[seal\.signer\.unknown\]"):
            jws.verify(token, keys, TYP)
    with pytest.raises(ValueError, match="threshold"):
        jws.verify(token, known("a"), TYP, threshold=0)


def test_one_wrong_signature_spoils_a_token_whatever_the_threshold() -> None:
    token = json.loads(jws.sign(PAYLOAD, [signing("a"), signing("b")], TYP))
    token["signatures"][1]["signature"] = token["signatures"][0]["signature"]
    with pytest.raises(TrustError, match=r"\[seal\.signature\]"):
        jws.verify(canonical(token), known("a", "b"), TYP)


def test_a_signature_does_not_move_to_another_type_or_payload() -> None:
    token = jws.sign(PAYLOAD, [signing("a")], TYP)
    with pytest.raises(InputError, match=r"\[seal\.token\]"):
        jws.verify(token, known("a"), "mithaq-other+jws")
    moved = {**parse(token), "payload": base64url(canonical({**PAYLOAD, "version": 2}))}
    with pytest.raises(TrustError, match=r"\[seal\.signature\]"):
        jws.verify(canonical(moved), known("a"), TYP)


def test_a_key_under_a_name_that_is_not_its_own_verifies_nothing() -> None:
    token = jws.sign(PAYLOAD, [signing("a")], TYP)
    with pytest.raises(TrustError, match=r"\[seal\.signature\]"):
        jws.verify(token, {signing("a").kid: signing("b").public}, TYP)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"\[seal\.token\]"):
        jws.verify(data, known("a"), TYP)
    with pytest.raises(InputError, match=r"\[seal\.token\]"):
        jws.peek(data)


def _token(protecting: dict[str, Any], key: SigningKey, body: bytes = b'{"a":1}', **more: Any) -> bytes:
    """A token that is signed correctly, with whatever header and members."""
    protected, payload = base64url(json.dumps(protecting, separators=(",", ":")).encode()), base64url(body)
    signature = base64url(key.sign(f"{protected}.{payload}".encode()))
    return canonical({"payload": payload, "signatures": [{"protected": protected, "signature": signature}], **more})


def _header(**changes: Any) -> dict[str, Any]:
    return {"alg": "EdDSA", "kid": signing("a").kid, "typ": TYP, **changes}


def test_the_hand_made_token_verifies_when_nothing_is_wrong() -> None:
    assert jws.verify(_token(_header(), signing("a")), known("a"), TYP) == {"a": 1}


@pytest.mark.parametrize(
    "token",
    [
        _token(_header(alg="none"), signing("a")),
        _token(_header(alg="HS256"), signing("a")),
        _token(_header(alg="ES256"), signing("a")),
        _token({"kid": signing("a").kid, "typ": TYP}, signing("a")),
        _token(_header(crit=["exp"]), signing("a")),
        _token(_header(crit=[]), signing("a")),
        _token(_header(kid=1), signing("a")),
        _token(_header(typ=None), signing("a")),
        _token(_header(), signing("a"), body=b'{"a": 1}'),
        _token(_header(), signing("a"), body=b'{"a":1,"a":1}'),
        _token(_header(), signing("a"), body=b'{"a":1.5}'),
        _token(_header(), signing("a"), body=b"[1]"),
        _token(_header(), signing("a"), body=b""),
        _token(_header(), signing("a"), header={"kid": "x"}),
        _token(_header(), signing("a"), signatures=[]),
        _token(_header(), signing("a"), signatures={}),
        _token(_header(), signing("a"), signatures=[1]),
        _token(_header(), signing("a"), payload=1),
        _token(_header(), signing("a")) + b"\n",
        b" " + _token(_header(), signing("a")),
        _token(_header(), signing("a")).replace(b'{"payload"', b'{"payload":"","payload"'),
        b"[]",
        b"null",
    ],
)
def test_tokens_of_another_shape_are_refused_although_signed(token: bytes) -> None:
    with pytest.raises(InputError, match=r"\[seal\.token\]"):
        jws.verify(token, known("a"), TYP)


def test_one_key_does_not_count_twice() -> None:
    token = parse(jws.sign(PAYLOAD, [signing("a")], TYP))
    token["signatures"] *= 2
    with pytest.raises(InputError, match=r"\[seal\.token\]"):
        jws.verify(canonical(token), known("a"), TYP, threshold=2)
    for keys in ([], [signing("a"), signing("a")], [SigningKey.generate() for _ in range(17)]):
        with pytest.raises(InputError, match=r"\[seal\.token\]"):
            jws.sign(PAYLOAD, keys, TYP)


def test_signatures_out_of_order_are_a_second_spelling_and_refused() -> None:
    token = parse(jws.sign(PAYLOAD, [signing("a"), signing("b")], TYP))
    token["signatures"].reverse()
    with pytest.raises(InputError, match=r"\[seal\.token\]"):
        jws.verify(canonical(token), known("a", "b"), TYP)


def _decode(text: str) -> bytes:
    return from_base64url(text)
