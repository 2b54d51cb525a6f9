"""Canonical JSON: the RFC's examples, its order of names, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.seal.canonical import base64url, canonical, digest, encode_digest, from_base64url, parse

whole = st.integers(-(2**53) + 1, 2**53 - 1)
text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=20,
)


def test_names_are_sorted_by_utf_16_as_rfc_8785_section_3_2_3_shows() -> None:
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    order = [member.partition(":")[0] for member in canonical(value).decode()[1:-1].split('",')]
    assert order == ['"\\r"', '"1"', '"\u0080"', '"ö"', '"€"', '"\U0001f600"', '"\ufb33"']


def test_strings_are_escaped_as_rfc_8785_section_3_2_2_shows() -> None:
    value = {
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
        "literals": [None, True, False],
    }
    expected = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(value) == expected.encode()


def test_digest_of_nothing_is_the_known_one() -> None:
    assert digest(b"") == "sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    assert encode_digest(bytes(32)) == "sha256:" + "A" * 43


@given(values)
def test_parse_gives_back_what_canonical_wrote(value: Any) -> None:
    data = canonical(value)
    assert parse(data) == value
    assert canonical(parse(data)) == data


@given(st.dictionaries(text, values, max_size=5))
def test_the_order_of_members_does_not_matter(value: dict[str, Any]) -> None:
    turned = dict(reversed(list(value.items())))
    assert canonical(turned) == canonical(value) == canonical(MappingProxyType(value))


@given(values)
def test_another_implementation_writes_the_same_bytes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda drawn: drawn.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_value_or_an_input_error(data: bytes) -> None:
    try:
        value = parse(data)
    except InputError:
        return
    assert parse(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.5, "seal.canonical.float"),
        ([1, {"a": 2.0}], "seal.canonical.float"),
        (float("nan"), "seal.canonical.float"),
        (2**53, "seal.canonical.number"),
        (-(2**53), "seal.canonical.number"),
        ("\ud800", "seal.canonical.text"),
        ({"\udc00": 1}, "seal.canonical.text"),
        ({1: 1}, "seal.canonical.name"),
        (b"bytes", "seal.canonical.type"),
        ({1, 2}, "seal.canonical.type"),
    ],
)
def test_values_without_a_canonical_form_are_refused(value: object, code: str) -> None:
    with pytest.raises(InputError) as caught:
        canonical(value)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "seal.json"),
        (b"{", "seal.json"),
        (b'{"a":1,"a":1}', "seal.json"),
        (b'{"a":1,"\\u0061":1}', "seal.json"),
        (b"\xff", "seal.json"),
        (b"\xef\xbb\xbf{}", "seal.json"),
        (b"1 2", "seal.json"),
        (b"1.0", "seal.canonical.float"),
        (b"1e3", "seal.canonical.float"),
        (b"NaN", "seal.canonical.float"),
        (b"-Infinity", "seal.canonical.float"),
        (b"9" * 20, "seal.canonical.number"),
        (b"9" * 5000, "seal.canonical.number"),
        (b'"\\ud800"', "seal.canonical.text"),
        (b"[" * 66 + b"]" * 66, "seal.canonical.depth"),
        (b"[" * 100_000, "seal.canonical.depth"),
    ],
)
def test_json_that_two_readers_could_read_in_two_ways_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(data)
    assert caught.value.code == code


def test_deepest_nesting_that_is_allowed() -> None:
    data = b"[" * 65 + b"]" * 65
    assert canonical(parse(data)) == data


@given(st.binary(max_size=50))
def test_base64url_round_trip(data: bytes) -> None:
    assert from_base64url(base64url(data)) == data


@given(st.text(max_size=12))
def test_base64url_has_one_spelling(drawn: str) -> None:
    try:
        data = from_base64url(drawn)
    except InputError:
        return
    assert base64url(data) == drawn


@pytest.mark.parametrize("wrong", ["AA==", "A", "AB", "a+b/", "AA\n", " AA", "é"])
def test_base64url_refuses(wrong: str) -> None:
    with pytest.raises(InputError, match=r"seal\.base64"):
        from_base64url(wrong)


def test_a_mapping_that_is_no_dict_is_read_as_one() -> None:
    class Fields(Mapping[str, int]):
        def __getitem__(self, key: str) -> int:
            return 1

        def __iter__(self) -> Any:
            return iter(["a"])

        def __len__(self) -> int:
            return 1

    assert canonical(Fields()) == b'{"a":1}'
