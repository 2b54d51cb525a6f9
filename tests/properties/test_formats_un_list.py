"""Whatever the XML, a value whose parts add up, or an InputError."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.formats.un_list import UnList, read_un_list

TAGS = ["INDIVIDUAL", "ENTITY", "FIRST_NAME", "REFERENCE_NUMBER", "CONSOLIDATED_LIST", "NATIONALITY", "VALUE", "x"]
TAGS += ["INDIVIDUAL_ALIAS", "ALIAS_NAME", "QUALITY", "INDIVIDUAL_DOCUMENT", "NUMBER", "DATE_OF_BIRTH", "NOTE", "DATE"]
TAGS += ["INDIVIDUAL_DATE_OF_BIRTH", "YEAR", "FROM_YEAR", "TO_YEAR", "TYPE_OF_DATE"]
WRITTEN = ["", "A", "1984", "1984-03-17", "1984-02-30", "9999", "Low", "APPROXIMATELY", "Sep. 1958", "no. 12", "(金)"]
LETTERS = st.characters(min_codepoint=32, exclude_characters="<&", exclude_categories=["Cs", "Cn", "Co"])
TEXT = st.sampled_from(WRITTEN) | st.text(LETTERS, max_size=9)
PERSON = st.builds(
    lambda reference, rest: (
        f"<INDIVIDUAL><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>{rest}</INDIVIDUAL>"
    ),
    st.sampled_from("XYZ"),
    st.deferred(lambda: XML),
)


def read(data: bytes) -> UnList | None:
    try:
        return read_un_list(data)
    except InputError:
        return None


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=6)
    )


XML = st.recursive(TEXT, nested, max_leaves=40)


@given(st.lists(XML | PERSON, max_size=8))
def test_used_and_reported_add_up(parts: list[str]) -> None:
    found = read(f"<CONSOLIDATED_LIST>{''.join(parts)}</CONSOLIDATED_LIST>".encode())
    if found:
        assert len(found.persons) + len(found.reported) == found.source_elements
        assert all(person.names and person.reference for person in found.persons)


@given(st.binary(max_size=200), st.lists(XML, max_size=3), st.integers(0, 400))
def test_any_bytes_give_a_value_or_an_input_error(data: bytes, parts: list[str], cut: int) -> None:
    read(data)
    whole = f"<CONSOLIDATED_LIST>{''.join(parts)}</CONSOLIDATED_LIST>".encode()
    read(whole[:cut] + data + whole[cut:])
    read(whole[:cut])
