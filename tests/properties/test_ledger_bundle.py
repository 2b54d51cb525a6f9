"""A changed bundle never proves anything else: it is unreadable, fails a check, or says the very same."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.ledger.bundle import verify
from mithaq.ledger.evidence import read_bundle
from mithaq.ledger.leaf import read_leaf
from mithaq.ledger.note import read_note
from mithaq.seal import canonical
from tests.ledger import example

GOOD = example.good()
HONEST = verify(GOOD)
WHOLE: dict[str, Any] = json.loads(GOOD)


def says_nothing_else(data: bytes) -> None:
    """The property itself."""
    try:
        report = verify(data)
    except InputError:
        return
    if report.ok:
        assert (report.facts, dict(report.on_trust)) == (HONEST.facts, dict(HONEST.on_trust))
    else:
        assert report.facts is None


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_any_byte(place: int, change: int) -> None:
    says_nothing_else(GOOD[:place] + bytes([GOOD[place] ^ change]) + GOOD[place + 1 :])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=40))
def test_any_splice(place: int, length: int, put: bytes) -> None:
    says_nothing_else(GOOD[:place] + put + GOOD[place + length :])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_an_input_error(data: bytes) -> None:
    for read in (
        lambda: read_bundle(data),
        lambda: read_leaf(data),
        lambda: read_note(data.decode("latin-1")),
    ):
        with suppress(InputError):
            read()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a JSON document, the document itself left out."""
    if path:
        yield path
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(inner, (*path, name))


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(document)
    owner = changed
    for step in path[:-1]:
        owner = owner[step]
    owner[path[-1]] = value
    return changed


PLACES = list(places(WHOLE))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_any_value_in_place_of_any_other(path: tuple[Any, ...], value: Any) -> None:
    says_nothing_else(json.dumps(put(WHOLE, path, value)).encode())


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_every_field(path: tuple[Any, ...]) -> None:
    found: Any = WHOLE
    for step in path:
        found = found[step]
    if isinstance(found, str):
        for place in {0, len(found) // 2, len(found) - 1} if found else ():
            other = "B" if found[place] == "A" else "A"
            says_nothing_else(json.dumps(put(WHOLE, path, found[:place] + other + found[place + 1 :])).encode())
    elif isinstance(found, int):
        says_nothing_else(json.dumps(put(WHOLE, path, found + 1)).encode())
    else:
        says_nothing_else(json.dumps(put(WHOLE, path, type(found)())).encode()) if path[-1] not in DROPPABLE else None


# Fewer receipts or leaves are less evidence, not other evidence.
DROPPABLE = {"receipts", "leaves"}

TOKENS: list[tuple[Any, ...]] = [
    ("envelope",),
    ("plan", "signatures", 0),
    ("key_lists", 0),
    ("receipts", 0),
    ("receipts", 1),
]


@pytest.mark.parametrize("path", TOKENS, ids=lambda path: ".".join(map(str, path)))
def test_every_field_inside_every_token_is_signed(path: tuple[Any, ...]) -> None:
    found: Any = WHOLE
    for step in path:
        found = found[step]
    token = json.loads(found)
    payload = json.loads(canonical.from_base64url(token["payload"]))
    for inner in places(payload):
        changed = {**token, "payload": canonical.base64url(canonical.canonical(put(payload, inner, "other")))}
        assert not verify(json.dumps(put(WHOLE, path, canonical.canonical(changed).decode())).encode()).ok


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_well_signed_envelope_of_any_shape_never_crashes(data: st.DataObject) -> None:
    plan = example.document()
    payload = json.loads(canonical.from_base64url(json.loads(WHOLE["envelope"])["payload"]))
    path = data.draw(st.sampled_from(list(places(payload))))
    value = data.draw(JSON.filter(_has_form))
    token = example.envelope(plan, lambda made: made.update(put(payload, path, value)))
    changed = {**WHOLE, "envelope": token}
    assert not verify(json.dumps(changed).encode()).ok or token == WHOLE["envelope"]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_well_signed_plan_of_any_shape_never_crashes(data: st.DataObject) -> None:
    plan = example.document()
    path = data.draw(st.sampled_from(list(places(plan))).filter(lambda path: path != ("id",)))
    value = data.draw(JSON.filter(_has_form))
    changed = put(plan, path, value)
    signatures = [example.sign_plan(changed, party) for party in ("BE", "MA")]
    bundle = {**WHOLE, "plan": {"document": changed, "signatures": signatures}}
    assert not verify(json.dumps(bundle).encode()).ok or changed == plan
    # With an envelope that names this very plan, the checks that read the plan's lines and clauses are reached.
    bundle["envelope"] = example.envelope(changed)
    assert verify(json.dumps(bundle).encode()).facts is None or changed == plan


def _has_form(value: Any) -> bool:
    try:
        canonical.canonical(value)
    except InputError:
        return False
    return True


@pytest.mark.long
def test_every_byte() -> None:
    for place in range(len(GOOD)):
        for bit in (1, 0x20):
            says_nothing_else(GOOD[:place] + bytes([GOOD[place] ^ bit]) + GOOD[place + 1 :])
