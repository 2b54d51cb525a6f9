"""Sealing keys and their Bech32 strings."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.seal import bech32
from mithaq.seal.keys import SealingKey, SealingRecipient
from tests.seal.keyring import flips, sealing

# The identity of C2SP age, "The MLKEM768-X25519 hybrid recipient type", and the SHA-256 of the recipient beside it.
IDENTITY = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
RECIPIENT_BEGINS = "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrqtzdxz95paef6caq5aapdmwjjqpjfdyx"
RECIPIENT_ENDS = "dkmhh6gjtqmwze9pyyzk3tlhl53k2ykx3qheyty7saeq0d3fzv49zc0k"


def test_the_identity_and_recipient_of_the_specification() -> None:
    key = SealingKey.parse(IDENTITY)
    assert key.identity == IDENTITY
    assert key.public.text.startswith(RECIPIENT_BEGINS)
    assert key.public.text.endswith(RECIPIENT_ENDS)
    assert SealingRecipient.parse(key.public.text) == key.public
    assert hash(SealingRecipient.parse(key.public.text)) == hash(key.public)


def test_a_wrapped_file_key_comes_out_of_its_key_only() -> None:
    encapsulation, body = sealing("a").public.wrap(b"0123456789abcdef")
    assert (len(encapsulation), len(body)) == (1120, 32)
    assert sealing("a").unwrap(encapsulation, body) == b"0123456789abcdef"
    assert sealing("b").unwrap(encapsulation, body) is None
    for wrong in flips(body):
        assert sealing("a").unwrap(encapsulation, wrong) is None


def test_wrapping_twice_gives_nothing_to_compare() -> None:
    assert sealing("a").public.wrap(bytes(16)) != sealing("a").public.wrap(bytes(16))


def test_keys_are_named_and_show_no_secret() -> None:
    key = SealingKey.generate()
    assert key.kid == key.public.kid != sealing("a").kid
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", key.kid)
    assert key.identity not in repr(key)
    assert key.seed.hex() not in repr(key)


@pytest.mark.parametrize("raw", [b"", bytes(1216), bytes(1215), b"\xff" * 1216, bytes(2000)])
def test_bytes_that_are_no_recipient_are_refused(raw: bytes) -> None:
    # All zeros is a valid ML-KEM key with an X25519 share of small order; all ones breaks ML-KEM's modulus check.
    with pytest.raises(InputError, match=r"seal\.recipient"):
        SealingRecipient(raw)


def test_a_recipient_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match=r"seal\.recipient"):
        SealingRecipient.parse("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj")
    with pytest.raises(InputError, match=r"seal\.key"):
        SealingKey.parse("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    with pytest.raises(InputError, match=r"seal\.key"):
        SealingKey(bytes(31))


@given(st.text("abcdefghijklmnopqrstuvwxyz-1", min_size=1, max_size=12), st.binary(max_size=80))
def test_bech32_round_trip_in_either_case(prefix: str, data: bytes) -> None:
    text = bech32.encode(prefix, data)
    assert bech32.decode(text) == bech32.decode(text.upper()) == (prefix, data)


@given(st.data())
def test_bech32_notices_a_changed_character(draw: st.DataObject) -> None:
    text = bech32.encode("age", draw.draw(st.binary(min_size=1, max_size=40)))
    at = draw.draw(st.integers(4, len(text) - 1))
    letter = draw.draw(st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l").filter(lambda other: other != text[at]))
    with pytest.raises(InputError, match=r"seal\.bech32"):
        bech32.decode(text[:at] + letter + text[at + 1 :])


@given(st.text(max_size=40))
def test_bech32_of_any_text_is_a_value_or_an_input_error(text: str) -> None:
    try:
        prefix, data = bech32.decode(text)
    except InputError:
        return
    assert bech32.encode(prefix, data) == text.lower()


@pytest.mark.parametrize(
    "valid",
    ["A12UEL5L", "a12uel5l", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "?1ezyfcl"],
)
def test_valid_strings_of_bip_173(valid: str) -> None:
    prefix, data = bech32.decode(valid)
    assert bech32.encode(prefix, data) == valid.lower()


@pytest.mark.parametrize(
    "wrong", ["", "1", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "a12UEL5L"]
)
def test_invalid_strings_of_bip_173(wrong: str) -> None:
    with pytest.raises(InputError, match=r"seal\.bech32"):
        bech32.decode(wrong)


def test_the_seed_is_stretched_as_x_wing_says() -> None:
    # X25519 public keys are cheap to check on their own: the scalar is the last third of SHAKE256 of the seed.
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    scalar = hashlib.shake_256(sealing("a").seed).digest(96)[64:]
    share = X25519PrivateKey.from_private_bytes(scalar).public_key().public_bytes_raw()
    assert sealing("a").public.raw[-32:] == share


@pytest.mark.parametrize("stray", ["q", "p"])
def test_bech32_with_stray_bits_at_its_end_is_refused(stray: str) -> None:
    # One more five-bit group than the bytes need (q: zero bits), or a last group whose spare bits are set (p).
    body = [0, 0, 0] if stray == "q" else [0, 1]
    check = bech32._polymod([*bech32._expand("age"), *body, *[0] * 6]) ^ 1
    values = [*body, *(check >> 5 * (5 - place) & 31 for place in range(6))]
    with pytest.raises(InputError, match=r"stray bits.*\[seal\.bech32\]"):
        bech32.decode("age1" + "".join(bech32._ALPHABET[value] for value in values))
