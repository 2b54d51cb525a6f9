"""Sealed content: every round trip works, and every change to the bytes is noticed."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError, TrustError
from mithaq.seal import age, header, passphrase, stream
from tests.seal.keyring import Trickle, flips, sealing

SIZES = (0, 1, stream.CHUNK - 1, stream.CHUNK, stream.CHUNK + 1, 2 * stream.CHUNK, 2 * stream.CHUNK + 1)
SEALED_CHUNK = stream.CHUNK + stream.TAG


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_round_trip(plain: bytes) -> None:
    assert age.unseal(age.seal(plain, [sealing("a").public]), sealing("a")) == plain


@pytest.mark.parametrize("size", SIZES)
def test_round_trip_around_the_borders_of_chunks(size: int) -> None:
    plain = bytes(index * 7 % 251 for index in range(size))
    sealed = age.seal(plain, [sealing("a").public])
    assert age.unseal(sealed, sealing("a")) == plain
    chunks = max(1, -(-size // stream.CHUNK))
    assert len(sealed) - _payload(sealed) == stream.NONCE + size + chunks * stream.TAG


def test_each_named_unit_opens_it_and_no_other() -> None:
    sealed = age.seal(b"for two units", [sealing("a").public, sealing("b").public])
    assert age.unseal(sealed, sealing("a")) == age.unseal(sealed, sealing("b")) == b"for two units"
    with pytest.raises(TrustError) as caught:
        age.unseal(sealed, sealing("c"))
    assert caught.value.code == "seal.age.recipient"
    assert caught.value.params == {"key": sealing("c").kid}


def test_sealing_twice_shares_no_bytes_worth_comparing() -> None:
    first, second = (age.seal(b"same", [sealing("a").public]) for _ in range(2))
    assert first[_payload(first) :] != second[_payload(second) :]
    assert first[:1700] != second[:1700]


def test_the_content_shows_nowhere() -> None:
    plain = b"NAME OF NOBODY" * 20
    sealed = age.seal(plain, [sealing("a").public])
    assert b"NOBODY" not in sealed
    assert sealing("a").kid.encode() not in sealed


def test_sealing_to_nobody_is_refused() -> None:
    with pytest.raises(InputError, match=r"seal\.age\.recipients"):
        age.seal(b"", [])


def test_every_changed_byte_is_noticed() -> None:
    for wrong in flips(age.seal(b"short", [sealing("a").public])):
        with pytest.raises((TrustError, InputError), match=r"\[seal\.age\."):
            age.unseal(wrong, sealing("a"))


def test_every_cut_is_noticed() -> None:
    sealed = age.seal(b"short", [sealing("a").public])
    for end in range(len(sealed)):
        with pytest.raises((TrustError, InputError), match=r"\[seal\.age\."):
            age.unseal(sealed[:end], sealing("a"))


def _swap(head: bytes, chunks: list[bytes]) -> bytes:
    return head + chunks[1] + chunks[0] + chunks[2]


def _drop(head: bytes, chunks: list[bytes]) -> bytes:
    return head + chunks[0] + chunks[2]


def _repeat(head: bytes, chunks: list[bytes]) -> bytes:
    return head + chunks[0] + chunks[0] + chunks[1] + chunks[2]


def _cut_at_border(head: bytes, chunks: list[bytes]) -> bytes:
    return head + chunks[0] + chunks[1]


def _add_byte(head: bytes, chunks: list[bytes]) -> bytes:
    return head + b"".join(chunks) + b"\0"


def _add_chunk(head: bytes, chunks: list[bytes]) -> bytes:
    return head + b"".join(chunks) + chunks[2]


def _only_nonce(head: bytes, _: list[bytes]) -> bytes:
    return head


@pytest.mark.parametrize("change", [_swap, _drop, _repeat, _cut_at_border, _add_byte, _add_chunk, _only_nonce])
def test_chunks_keep_their_places(change: Callable[[bytes, list[bytes]], bytes]) -> None:
    sealed = age.seal(bytes(2 * stream.CHUNK + 100), [sealing("a").public])
    start = _payload(sealed) + stream.NONCE
    chunks = [sealed[at : at + SEALED_CHUNK] for at in range(start, len(sealed), SEALED_CHUNK)]
    assert age.unseal(sealed[:start] + b"".join(chunks), sealing("a")) == bytes(2 * stream.CHUNK + 100)
    with pytest.raises(TrustError, match=r"seal\.age\.payload"):
        age.unseal(change(sealed[:start], chunks), sealing("a"))


def test_a_stanza_of_another_file_opens_nothing() -> None:
    mine, theirs = (age.seal(text, [sealing("a").public]) for text in (b"mine", b"theirs"))
    with pytest.raises(TrustError, match=r"seal\.age\.payload"):
        age.unseal(mine[: _payload(mine)] + theirs[_payload(theirs) :], sealing("a"))


def test_a_stripped_stanza_is_noticed() -> None:
    sealed = age.seal(b"for two", [sealing("a").public, sealing("b").public])
    read = header.read(BytesIO(sealed))
    stripped = header.VERSION + read.stanzas[0].lines() + sealed[sealed.index(b"--- ") :]
    with pytest.raises(TrustError, match=r"seal\.age\.mac"):
        age.unseal(stripped, sealing("a"))


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda rest: header.VERSION + b"-> " + rest))
def test_any_bytes_are_refused_with_an_error_of_the_tree(data: bytes) -> None:
    with pytest.raises((InputError, TrustError), match=r"\[seal\.age\."):
        age.unseal(data, sealing("a"))
    with pytest.raises((InputError, TrustError), match=r"\[seal\."):
        passphrase.unlock(data, b"words")


def test_a_header_without_end_is_refused_before_it_is_read() -> None:
    endless = _Endless(header.VERSION + b"-> x\n")
    with pytest.raises(InputError, match=r"seal\.age\.header"):
        age.unseal_stream(cast(BinaryIO, endless), BytesIO(), sealing("a"))
    assert endless.given <= header.LIMIT


def test_a_source_that_gives_little_at_a_time() -> None:
    plain = bytes(range(256)) * 1024
    sealed = BytesIO()
    age.seal_stream(cast(BinaryIO, Trickle(BytesIO(plain), 1000)), sealed, [sealing("a").public])
    opened = BytesIO()
    age.unseal_stream(cast(BinaryIO, Trickle(BytesIO(sealed.getvalue()), 777)), opened, sealing("a"))
    assert opened.getvalue() == plain


def test_memory_does_not_grow_with_the_content(tmp_path: Path) -> None:
    plain, cipher, back = tmp_path / "plain", tmp_path / "cipher", tmp_path / "back"
    with plain.open("wb") as file:
        file.truncate(32 << 20)
    tracemalloc.start()
    try:
        with plain.open("rb") as source, cipher.open("wb") as target:
            age.seal_stream(source, target, [sealing("a").public])
        with cipher.open("rb") as source, back.open("wb") as target:
            age.unseal_stream(source, target, sealing("a"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert back.stat().st_size == 32 << 20
    assert peak < 1 << 20


def test_passphrase_round_trip_and_wrong_words() -> None:
    locked = passphrase.lock(b"secret", b"right words", work=4)
    assert passphrase.unlock(locked, b"right words") == b"secret"
    with pytest.raises(TrustError, match=r"seal\.passphrase"):
        passphrase.unlock(locked, b"wrong words")
    with pytest.raises(InputError, match=r"seal\.passphrase\.empty"):
        passphrase.lock(b"secret", b"")
    for wrong in flips(locked):
        with pytest.raises((TrustError, InputError), match=r"\[seal\."):
            passphrase.unlock(wrong, b"right words")


class _Endless:
    """A source whose lines never end."""

    def __init__(self, begin: bytes) -> None:
        self._begin = BytesIO(begin)
        self.given = 0

    def readline(self, size: int = -1) -> bytes:
        line = self._begin.readline() or b"A" * 64 + b"\n"
        self.given += min(len(line), size)
        return line[:size]


def _payload(sealed: bytes) -> int:
    """Where the payload starts."""
    mark = sealed.index(b"\n--- ") + 1
    return sealed.index(b"\n", mark) + 1
