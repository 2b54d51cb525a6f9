"""Signed notes and checkpoints against published ones and against what must be refused."""

from __future__ import annotations

import base64

import pytest

from mithaq.errors import InputError, TrustError
from mithaq.ledger.checkpoint import Checkpoint, origin_of, read_checkpoint, sign_checkpoint
from mithaq.ledger.note import MAX_SIGNATURES, key_id, read_note, sign_note, verify_note
from mithaq.ledger.tree import leaf_hash
from mithaq.seal.keys import SigningKey, VerifyKey
from tests.ledger import published

KEY = SigningKey(bytes(range(32)))
ROOT = leaf_hash(b"root")


def published_key(text: str) -> tuple[str, bytes, VerifyKey]:
    name, number, blob = text.split("+", 2)
    data = base64.b64decode(blob)
    assert data[0] == 1
    return name, bytes.fromhex(number), VerifyKey(data[1:])


@pytest.mark.parametrize("text", published.KEYS)
def test_published_key_ids(text: str) -> None:
    name, number, key = published_key(text)
    assert key_id(name, key) == number


def test_published_note() -> None:
    name, number, key = published_key(published.NOTE_KEY)
    note = read_note(published.NOTE)
    assert verify_note(note, name, key) == published.NOTE.partition("\n\n")[0] + "\n"
    assert [(each.name, each.key_id) for each in note.signatures] == [(name, number)]
    with pytest.raises(TrustError, match=r"seal\.signature"):
        verify_note(read_note(published.NOTE.replace("answer", "anwser")), name, key)
    with pytest.raises(TrustError, match=r"ledger\.note\.unsigned"):
        verify_note(note, name, KEY.public)
    with pytest.raises(TrustError, match=r"ledger\.note\.unsigned"):
        verify_note(note, "other", key)


def test_c2sp_examples_are_read() -> None:
    note = read_note(published.C2SP_NOTE)
    assert note.text.endswith("\n\ned \u00e8 subito sera.\n")
    assert [each.name for each in note.signatures] == ["quasimodo.example/salvatore"]
    head = read_note(published.C2SP_CHECKPOINT)
    assert head.text.splitlines()[:2] == ["example.com/behind-the-sofa", "20852163"]
    assert head.signatures[0].key_id.hex() == "033de0ae"


def test_a_note_is_signed_and_read_again() -> None:
    note = sign_note("one\n\ntwo\n", "example.org/log", KEY)
    assert verify_note(read_note(note), "example.org/log", KEY.public) == "one\n\ntwo\n"
    assert note == sign_note("one\n\ntwo\n", "example.org/log", KEY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("no end", "log"),
        ("", "log"),
        ("a\n", ""),
        ("a\n", "two words"),
        ("a\n", "two\u00a0words"),
        ("a\n", "a+b"),
        ("a\tb\n", "log"),
        ("a\n" * 200_000, "log"),
    ],
)
def test_what_cannot_be_a_note_is_not_signed(text: str, name: str) -> None:
    with pytest.raises(InputError, match=r"ledger\.note"):
        sign_note(text, name, KEY)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note[:-1],
        lambda note: note + "\n",
        lambda note: note.replace("\u2014", "-"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("\u2014 log ", "\u2014 log"),
        lambda note: note[:-5] + "!!!!\n",
        lambda note: "a\n\n\u2014 log AAAAAA==\n",
        lambda note: "a\n\n" + note.partition("\n\n")[2] * (MAX_SIGNATURES + 1),
        lambda note: "\n\n" + note.partition("\n\n")[2],
        lambda note: "",
    ],
)
def test_what_is_not_a_note_is_an_input_error(change: object) -> None:
    assert callable(change)
    with pytest.raises(InputError, match=r"ledger\.note"):
        read_note(change(sign_note("a\n", "log", KEY)))


def test_a_base64_of_a_second_spelling_is_refused() -> None:
    note = sign_note("a\n", "log", KEY)
    assert note.endswith("=\n")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    # 68 bytes leave two spare bits in the last character: this one decodes to the same bytes.
    changed = note[:-3] + alphabet[alphabet.index(note[-3]) + 1] + "=\n"
    blobs = [base64.b64decode(text.split(" ")[-1].strip()) for text in (note, changed)]
    assert blobs[0] == blobs[1]
    with pytest.raises(InputError, match=r"ledger\.note"):
        read_note(changed)


def test_a_checkpoint_is_signed_and_read_again() -> None:
    origin = origin_of("MA-POLICE")
    note = sign_checkpoint(origin, 12, ROOT, KEY)
    assert note.splitlines()[:3] == ["mithaq/MA-POLICE", "12", base64.b64encode(ROOT).decode()]
    assert read_checkpoint(note, origin, KEY.public) == Checkpoint(origin, 12, ROOT)


def test_cosignatures_are_kept_and_one_bad_signature_of_the_log_refuses_all() -> None:
    origin = origin_of("MA-POLICE")
    note = sign_checkpoint(origin, 12, ROOT, KEY)
    text, _, _ = note.partition("\n\n")
    witness = sign_note(text + "\n", "BE-POLICE/witness", SigningKey(bytes(32))).partition("\n\n")[2]
    found = read_checkpoint(note + witness, origin, KEY.public)
    assert [each.name for each in found.cosignatures] == ["BE-POLICE/witness"]
    bad = sign_note("other\n", origin, KEY).partition("\n\n")[2]
    with pytest.raises(TrustError, match=r"seal\.signature"):
        read_checkpoint(note + bad, origin, KEY.public)


def test_another_log_or_key_is_refused() -> None:
    note = sign_checkpoint("mithaq/MA-POLICE", 12, ROOT, KEY)
    with pytest.raises(TrustError, match=r"ledger\.note\.unsigned"):
        read_checkpoint(note, "mithaq/BE-POLICE", KEY.public)
    body = "mithaq/MA-POLICE\n12\n" + base64.b64encode(ROOT).decode() + "\n"
    with pytest.raises(TrustError, match=r"ledger\.origin"):
        read_checkpoint(sign_note(body, "mithaq/BE-POLICE", KEY), "mithaq/BE-POLICE", KEY.public)


@pytest.mark.parametrize(
    "body",
    [
        "log\n012\n" + base64.b64encode(ROOT).decode() + "\n",
        "log\n-1\n" + base64.b64encode(ROOT).decode() + "\n",
        "log\n1\n" + base64.b64encode(ROOT[:31]).decode() + "\n",
        "log\n1\n" + base64.b64encode(ROOT).decode() + "\nmore\n",
        "log\n\u0661\n" + base64.b64encode(ROOT).decode() + "\n",
        "log\n1\n!\n",
        "log\n1\n",
        "\n1\n" + base64.b64encode(ROOT).decode() + "\n",
    ],
)
def test_a_head_of_another_form_is_refused(body: str) -> None:
    with pytest.raises(InputError, match=r"ledger\.checkpoint"):
        read_checkpoint(sign_note(body, "log", KEY), "log", KEY.public)


@pytest.mark.parametrize(
    ("origin", "size", "root"), [("log", -1, ROOT), ("log", 1, b""), ("", 1, ROOT), ("a\nb", 1, ROOT)]
)
def test_what_is_no_head_is_not_signed(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(InputError):
        sign_checkpoint(origin, size, root, KEY)
