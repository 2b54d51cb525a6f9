"""Ed25519 keys: the RFCs' vectors, and public keys that must not be relied on."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError, TrustError
from mithaq.seal.canonical import base64url, from_base64url
from mithaq.seal.keys import SigningKey, VerifyKey
from mithaq.seal.signing import _SMALL_ORDER
from tests.seal.keyring import flips, signing

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")


def test_rfc_8032_test_1_and_rfc_8037_appendix_a() -> None:
    key = SigningKey(SEED)
    assert key.public.raw.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    assert key.public.text == "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert key.kid == key.public.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    assert base64url(key.sign(signed)) == signature
    key.public.verify(from_base64url(signature), signed)


def test_new_keys_differ_and_show_no_secret() -> None:
    first, second = SigningKey.generate(), SigningKey.generate()
    assert first.public != second.public
    assert first.seed.hex() not in repr(first)
    assert base64url(first.seed) not in repr(first)


@given(st.binary(max_size=100))
def test_a_signature_verifies_and_no_other_key_takes_it(data: bytes) -> None:
    signature = signing("a").sign(data)
    assert signature == signing("a").sign(data)
    signing("a").public.verify(signature, data)
    with pytest.raises(TrustError, match=r"seal\.signature"):
        signing("b").public.verify(signature, data)


def test_every_changed_byte_of_a_signature_is_noticed() -> None:
    for wrong in [*flips(signing("a").sign(b"text")), b"", bytes(64), bytes(65)]:
        with pytest.raises(TrustError, match=r"seal\.signature"):
            signing("a").public.verify(wrong, b"text")


@given(st.binary(min_size=32, max_size=32))
def test_any_32_bytes_are_a_key_that_verifies_nothing_or_an_input_error(raw: bytes) -> None:
    try:
        key = VerifyKey(raw)
    except InputError:
        return
    assert VerifyKey.parse(key.text) == key
    with pytest.raises(TrustError):
        key.verify(bytes(64), b"text")


@given(st.text(max_size=60) | st.text(max_size=60).map(lambda rest: f"ed25519:{rest}"))
def test_any_text_is_a_key_or_an_input_error(drawn: str) -> None:
    try:
        key = VerifyKey.parse(drawn)
    except InputError:
        return
    assert key.text == drawn


@pytest.mark.parametrize("y", sorted(_SMALL_ORDER))
@pytest.mark.parametrize("sign", [0, 1])
def test_keys_of_small_order_are_refused(y: int, sign: int) -> None:
    with pytest.raises(InputError, match=r"seal\.key"):
        VerifyKey((y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize("y", sorted(_SMALL_ORDER))
def test_under_those_keys_one_signature_fits_many_messages(y: int) -> None:
    # Why they are refused: the signature (identity, 0) needs no private key at all.
    forged = (1).to_bytes(32, "little") + bytes(32)
    assert sum(_accepts(y.to_bytes(32, "little"), forged, bytes([number])) for number in range(200)) > 1


def test_a_second_spelling_of_a_point_is_refused() -> None:
    p = 2**255 - 19
    for y in range(p, 2**255):
        with pytest.raises(InputError, match=r"seal\.key"):
            VerifyKey(y.to_bytes(32, "little"))


def test_seeds_of_another_size_are_refused() -> None:
    for size in (0, 31, 33, 64):
        with pytest.raises(InputError, match=r"seal\.key"):
            SigningKey(bytes(size))


def _accepts(raw: bytes, signature: bytes, data: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, data)
    except InvalidSignature:
        return False
    return True
