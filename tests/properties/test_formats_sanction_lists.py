"""Whatever the file, the OFAC and EU readers give a value whose parts add up, or an InputError."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.formats.eu_list import read_eu_list
from mithaq.formats.ofac_list import read_ofac_list

PIECES = [
    "DOB 1 Jan 1950",
    "DOB circa 1951",
    "DOB 9 Foo 1",
    "a.k.a. 'X'",
    "Passport 1 (Egypt)",
    "nationality Iraq",
    ";",
]
CELL = st.sampled_from(["1", "2", "-0- ", "individual", "vessel", "", "DOE, Jane", *PIECES]) | st.text(max_size=9)
LINE = st.lists(CELL, max_size=13).map(lambda cells: ",".join('"' + one.replace('"', '""') + '"' for one in cells))
PERSON = st.tuples(st.sampled_from("12"), st.lists(st.sampled_from(PIECES), max_size=5)).map(
    lambda one: f'{one[0]},"DOE, Jane","individual",{",".join(["-0- "] * 8)},"{"; ".join(one[1])}"'
)
NAMES = ["nameAlias", "birthdate", "citizenship", "identification", "subjectType", "remark", "x"]
ATTRIBUTES = [
    "wholeName",
    "strong",
    "year",
    "monthOfYear",
    "birthdate",
    "circa",
    "yearRangeFrom",
    "yearRangeTo",
    "code",
]
ATTRIBUTES += ["countryIso2Code", "number", "calendarType", "gender"]
VALUES = ["", "A", "true", "false", "1950", "13", "1950-02-30", "person", "enterprise", "MA", "HIJRI", "M"]
CHILD = st.builds(
    lambda name, given: "<{} {}/>".format(name, " ".join(f"{key}='{value}'" for key, value in given.items())),
    st.sampled_from(NAMES),
    st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=5),
)
RECORD = st.builds(
    lambda reference, inside: f'<sanctionEntity euReferenceNumber="{reference}">{"".join(inside)}</sanctionEntity>',
    st.sampled_from(["", "X", "Y"]),
    st.lists(CHILD, max_size=6),
)


@given(st.lists(LINE | PERSON, max_size=6), st.lists(LINE, max_size=6))
def test_every_record_and_alias_of_ofac_is_used_or_reported(rows: list[str], aliases: list[str]) -> None:
    try:
        found = read_ofac_list("\r\n".join(rows).encode(), "\r\n".join(aliases).encode())
    except InputError:
        return
    assert len(found.persons) + len(found.reported) == found.source_elements
    assert found.aliases_used + len(found.aliases_reported) == found.alias_elements
    assert all(person.names and person.reference for person in found.persons)


@given(st.lists(RECORD | CHILD, max_size=6))
def test_every_record_of_the_eu_is_used_or_reported(records: list[str]) -> None:
    try:
        found = read_eu_list(f"<export>{''.join(records)}</export>".encode())
    except InputError:
        return
    assert len(found.persons) + len(found.reported) == found.source_elements
    assert all(person.names and person.reference for person in found.persons)


@given(st.binary(max_size=200), st.lists(PERSON, max_size=3), st.lists(RECORD, max_size=3), st.integers(0, 300))
def test_any_bytes_give_a_value_or_an_input_error(data: bytes, rows: list[str], records: list[str], cut: int) -> None:
    csv, xml = "\r\n".join(rows).encode(), f"<export>{''.join(records)}</export>".encode()
    for read, whole in ((read_ofac_list, csv), (read_eu_list, xml)):
        for broken in (data, whole[:cut], whole[:cut] + data + whole[cut:]):
            try:
                read(broken)
            except InputError:
                continue
