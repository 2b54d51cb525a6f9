"""Machine readable zones: any bytes, what is written is read, and no single wrong digit goes unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.formats.mrz import Zone, read_mrz
from mithaq.formats.mrz_values import LAYOUTS, check_digit
from mithaq.formats.mrz_write import write_mrz

DAY = date(2026, 3, 1)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = LETTERS + "0123456789<"
WORD = st.text(LETTERS, min_size=1, max_size=8)
NAME = st.lists(WORD, min_size=1, max_size=2).map(" ".join)
STATE = st.sampled_from(["BEL", "MAR", "D", "XXA", "UNO", "XPO"])
NUMBER = st.text(LETTERS + "0123456789", min_size=1, max_size=9)
LONG = st.text(LETTERS + "0123456789", min_size=10, max_size=14)
DATES = st.dates(date(1927, 1, 1), date(2026, 3, 1)).map(str)
BIRTH = st.none() | DATES.flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
EXPIRES = st.none() | st.dates(date(1977, 1, 1), date(2075, 1, 1)).map(str)
CODE = {"TD1": "ID", "TD2": "I", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}


@st.composite
def zones(draw: st.DrawFn) -> Zone:
    form = draw(st.sampled_from(sorted(LAYOUTS)))
    number = draw(NUMBER | LONG if form == "TD1" else NUMBER)
    _, first, after = LAYOUTS[form].fields["optional"]
    room = after - first - (len(number) - 9 + 2 if len(number) > 9 else 0)
    return Zone(
        form=form,
        code=CODE[form],
        issuer=draw(STATE),
        number=number,
        primary=draw(NAME.filter(lambda name: len(name) < 16)),
        secondary=draw(st.just("") | WORD),
        nationality=draw(STATE),
        birth_date=draw(BIRTH),
        sex=draw(st.sampled_from(["male", "female", "unknown"])),
        expires=draw(EXPIRES),
        optional=draw(st.text(LETTERS + "0123456789", max_size=min(room, 6))),
        optional2=draw(st.text(LETTERS, max_size=5)) if form == "TD1" else "",
    )


@given(zones())
def test_what_is_written_is_read_again(zone: Zone) -> None:
    (found,) = read_mrz("\n".join(write_mrz(zone)).encode(), DAY).zones
    assert found.zone == zone
    assert found.warnings == ()
    assert all(check.holds for check in found.checks)
    assert write_mrz(found.zone) == found.lines


@given(st.text(LETTERS + " ", min_size=1, max_size=60), st.text(LETTERS + " ", max_size=60))
def test_long_names_are_cut_so_that_it_shows(primary: str, secondary: str) -> None:
    words = primary.split()
    if not words:
        return
    zone = Zone(
        "TD1", "ID", "BEL", "A1", " ".join(words), " ".join(secondary.split()), "BEL", "1980", "male", "2031-01-01"
    )
    (found,) = read_mrz("\n".join(write_mrz(zone)).encode(), DAY).zones
    whole = f"{zone.primary}  {zone.secondary}".strip()
    assert found.zone.cut == (len(whole) >= 30)
    if len(whole) <= 30:
        assert (found.zone.primary, found.zone.secondary) == (zone.primary, zone.secondary)
    else:
        assert bool(found.zone.secondary) == bool(zone.secondary)
        assert found.warnings == ()


@given(zones(), st.data())
def test_one_wrong_sign_where_a_check_digit_watches_is_seen(zone: Zone, data: st.DataObject) -> None:
    lines = list(write_mrz(zone))
    layout = LAYOUTS[zone.form]
    name = data.draw(st.sampled_from(["number", "birth_date", "expires"]))
    row, first, after = layout.fields[name]
    place = data.draw(st.integers(first, after - 1))
    sign = data.draw(st.sampled_from(SIGNS).filter(lambda sign: sign != lines[row][place]))
    before = lines[row][place]
    lines[row] = lines[row][:place] + sign + lines[row][place + 1 :]
    (found,) = read_mrz("\n".join(lines).encode(), DAY).zones
    same = check_digit(before) == check_digit(sign)  # 0, A, K, U and the filler weigh the same, and so on
    told = {warning.params.get("field") for warning in found.warnings}
    if name == "number":
        assert (name in told) == (not same)
    else:
        assert name in told
        # What is mended is what stood there.
        assert found.zone == zone or getattr(found.zone, name) is None or not all(one.holds for one in found.checks)


@given(zones(), st.data())
def test_a_wrong_digit_never_weighs_like_the_right_one(zone: Zone, data: st.DataObject) -> None:
    digits = "".join(one for line in write_mrz(zone) for one in line if one.isdigit())
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda one: one != digits[place]))
    assert check_digit(digits) != check_digit(digits[:place] + other + digits[place + 1 :])


def read(data: bytes) -> None:
    """Passes for a value or an InputError; whatever else is raised fails the test."""
    try:
        found = read_mrz(data, DAY)
    except InputError:
        return
    assert found.zones
    for one in found.zones:
        assert {len(line) for line in one.lines} == {LAYOUTS[one.zone.form].width}
        assert all(warning.detail and warning.where for warning in one.warnings)


@given(
    st.binary(max_size=300)
    | st.lists(st.text(SIGNS, max_size=95), max_size=5).map(lambda some: "\n".join(some).encode())
)
def test_any_bytes_give_a_value_or_an_input_error(data: bytes) -> None:
    read(data)


@given(st.sampled_from([30, 36, 44]).flatmap(lambda width: st.lists(
    st.text(SIGNS, min_size=width, max_size=width), min_size=3, max_size=3)))  # fmt: skip
def test_any_lines_of_a_width_give_a_value_or_an_input_error(lines: list[str]) -> None:
    read("\n".join(lines).encode())


@given(zones(), st.data())
def test_a_zone_with_bytes_changed_gives_a_value_or_an_input_error(zone: Zone, data: st.DataObject) -> None:
    whole = bytearray("\r\n".join(write_mrz(replace(zone, optional=""))).encode())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    read(bytes(whole))
