"""Machine readable zones: the specimens of Doc 9303, dirty input, and what a warning says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mithaq.errors import InputError
from mithaq.formats.mrz import MAX_BYTES, ZoneRead, read_mrz
from mithaq.formats.mrz_states import is_state_code
from mithaq.formats.mrz_values import LAYOUTS, Zone, check_digit
from mithaq.formats.mrz_write import write_mrz
from tests.shared_data import shared

DAY = date(2026, 3, 1)
PERSON = Zone("TD3", "P", "BEL", "EH123456", "VAN DEN ABBEELE", "JORIS", "BEL", "1975-10-11", "male", "2031-02-28")


def one(text: str) -> ZoneRead:
    found = read_mrz(text.encode(), DAY)
    assert found.not_understood == ()
    (zone,) = found.zones
    return zone


def codes(zone: ZoneRead) -> list[str]:
    return [warning.code for warning in zone.warnings]


def lines(**changes: object) -> list[str]:
    return list(write_mrz(replace(PERSON, **changes)))  # type: ignore[arg-type]


def placed(text: str, place: int, sign: str) -> str:
    return text[:place] + sign + text[place + 1 :]


# The specimens


def specimens() -> tuple[ZoneRead, ...]:
    found = read_mrz(shared("data/border/mrz_specimens.txt").read_bytes(), DAY)
    assert found.not_understood == ()
    return found.zones


def test_the_specimens_say_what_the_document_says() -> None:
    td3, td1, td2, visa_a, visa_b = (found.zone for found in specimens())
    assert td3 == Zone(
        "TD3",
        "P",
        "UTO",
        "L898902C3",
        "ERIKSSON",
        "ANNA MARIA",
        "UTO",
        "1974-08-12",
        "female",
        "2012-04-15",
        "ZE184226B",
    )
    card = replace(td3, form="TD1", code="I", number="D23145890", optional="")
    assert td1 == card
    assert td2 == replace(card, form="TD2")
    visa = replace(td3, code="V", number="L8988901C", nationality="XXX", birth_date="1940-09-07", expires="1996-12-10")
    assert visa_a == replace(visa, form="MRV-A", optional="6ZE184226B")
    assert visa_b == replace(visa, form="MRV-B", optional="")


def test_all_check_digits_of_the_specimens_hold_and_are_named() -> None:
    named = [[check.of for check in found.checks] for found in specimens()]
    three = ["number", "birth_date", "expires"]
    assert named == [[*three, "optional", "composite"], [*three, "composite"], [*three, "composite"], three, three]
    assert all(check.holds for found in specimens() for check in found.checks)
    assert all(found.warnings == () for found in specimens())


def test_the_specimens_are_written_as_they_stand() -> None:
    assert [write_mrz(found.zone) for found in specimens()] == [found.lines for found in specimens()]


def test_every_state_code_of_the_document_is_known() -> None:
    text = shared("data/border/icao_state_codes.csv").read_text(encoding="utf8")
    assert [line for line in text.splitlines()[1:] if not is_state_code(line.split(",")[0])] == []
    assert not any(map(is_state_code, ("", "XXZ", "DE", "d", "<<<")))


# Check digits


@pytest.mark.parametrize(("field", "row", "column"), [("number", 1, 9), ("birth_date", 1, 19), ("expires", 1, 27)])
def test_a_wrong_check_digit_is_told_with_its_place_and_what_was_expected(field: str, row: int, column: int) -> None:
    whole = lines()
    right = whole[row][column]
    wrong = "1" if right != "1" else "2"
    whole[row] = placed(whole[row], column, wrong)
    found = one("\n".join(whole))
    told = {warning.params["field"]: warning for warning in found.warnings}
    assert set(told) == {field, "composite"}
    assert told[field].where == f"line {row + 1}, column {column + 1}"
    assert told[field].detail == f"The check digit of {field} is {wrong} and should be {right}."
    assert found.zone.number == "EH123456"


def test_the_digit_of_empty_optional_data_may_be_a_filler_or_zero() -> None:
    first, second = lines()
    assert second[42] == "<"
    body = second[:42] + "0"
    body += check_digit(body[:10] + body[13:20] + body[21:43])
    assert one(f"{first}\n{body}").warnings == ()


def test_the_last_digit_covers_the_places_that_the_standard_says() -> None:
    # Positions of Doc 9303 parts 5, 6 and 4, "composite check digit", counted from 1 there.
    full = replace(PERSON, form="TD1", code="ID", optional="AB1", optional2="CD2")
    upper, middle, _names = write_mrz(full)
    assert middle[29] == check_digit(upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29])
    _names, lower = write_mrz(replace(PERSON, form="TD2", code="I", optional="AB1"))
    assert lower[35] == check_digit(lower[0:10] + lower[13:20] + lower[21:35])
    _names, lower = write_mrz(replace(PERSON, optional="AB1"))
    assert lower[43] == check_digit(lower[0:10] + lower[13:20] + lower[21:43])
    text = upper + middle.replace("CD2", "CD3") + "MAES".ljust(30, "<")
    assert [warning.params["field"] for warning in one(text).warnings] == ["composite"]


# Input as it comes


@pytest.mark.parametrize("form", sorted(LAYOUTS))
def test_one_line_spaces_line_ends_and_small_letters_change_nothing(form: str) -> None:
    code = {"TD3": "P", "MRV-A": "V", "MRV-B": "V"}.get(form, "ID")
    whole = write_mrz(replace(PERSON, form=form, code=code))
    expected = one("\n".join(whole)).zone
    assert expected.form == form
    spaced = [" ".join(line[place : place + 5] for place in range(0, len(line), 5)) for line in whole]
    joined = "".join(whole)
    ways = [
        "\r\n".join(whole), "\r".join(whole), joined, "\n".join(spaced), joined.lower(), "\ufeff" + "\n".join(whole),
        "\n".join(joined[place : place + 25] for place in range(0, len(joined), 25)) + "\n\n", "# remark\n" + joined,
        "\n".join(whole).replace("<", "‹"),
    ]  # fmt: skip
    for way in ways:
        assert one(way).zone == expected, way
    utf16 = read_mrz("\n".join(whole).encode("utf-16"), DAY)
    assert utf16.zones[0].zone == expected


@pytest.mark.parametrize("form", sorted(LAYOUTS))
def test_what_was_written_otherwise_is_told_with_its_line(form: str) -> None:
    code = {"TD3": "P", "MRV-A": "V", "MRV-B": "V"}.get(form, "ID")
    whole = write_mrz(replace(PERSON, form=form, code=code))
    assert one("\n".join(whole)).warnings == ()
    last = len(whole)
    for way in (whole[-1].lower(), f"{whole[-1][:7]} {whole[-1][7:]}", whole[-1].replace("<<", "«"), f"\t{whole[-1]} "):
        told = one("\n".join([*whole[:-1], way])).warnings
        bent = way.strip() != whole[-1]
        assert [(warning.code, warning.where) for warning in told] == [("mrz.written", f"line {last}")] * bent
    joined = one("".join(whole).lower()).warnings
    assert [(warning.code, warning.where) for warning in joined] == [("mrz.written", "line 1")]


@pytest.mark.parametrize("form", sorted(LAYOUTS))
def test_blanks_in_place_of_fillers_are_read_and_told(form: str) -> None:
    code = {"TD3": "P", "MRV-A": "V", "MRV-B": "V"}.get(form, "ID")
    whole = write_mrz(replace(PERSON, form=form, code=code, optional="A"))
    names = 2 if form == "TD1" else 0  # blanks at the end of any other line would be lost
    blank = [line.replace("<", " ").rstrip() if row == names else line for row, line in enumerate(whole)]
    found = one("\n".join(blank))
    assert found.zone == one("\n".join(whole)).zone
    blanks = [warning.where for warning in found.warnings if warning.code == "mrz.blanks"]
    assert blanks == [f"line {names + 1}"]


def test_lost_or_added_fillers_behind_the_names_are_told() -> None:
    first, second = lines()
    for names in (first.rstrip("<"), first + "<<<"):
        found = one(f"{names}\n{second}")
        assert codes(found) == ["mrz.filler"]
        assert found.zone == one(f"{first}\n{second}").zone
    card = write_mrz(replace(PERSON, form="TD1", code="ID"))
    assert codes(one("\n".join([*card[:2], card[2].rstrip("<")]))) == ["mrz.filler"]


def test_lines_that_are_no_zone_are_told_with_their_line() -> None:
    text = "\n".join(["Joris", *lines(), "", "P<BEL", *lines()[:1]])
    found = read_mrz(text.encode(), DAY)
    assert len(found.zones) == 1
    assert found.zones[0].line == 2
    assert [one.where for one in found.not_understood] == ["line 1", "line 5", "line 6"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"hello", b"P<BEL", b"\xff\xfe", b"# only remarks"])
def test_a_file_without_a_zone_is_an_error(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_mrz(data, DAY)
    assert caught.value.code == "mrz.none"


def test_a_large_file_is_refused_before_it_is_read_whole() -> None:
    class Endless:
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert 0 <= size <= MAX_BYTES + 1
            self.taken += size
            return b"P" * size

    stream = Endless()
    with pytest.raises(InputError) as caught:
        read_mrz(stream, DAY)  # type: ignore[arg-type]
    assert caught.value.code == "mrz.size"
    assert stream.taken == MAX_BYTES + 1


# Fields


@pytest.mark.parametrize("width", [("TD1", 30), ("TD2", 31), ("TD3", 39), ("MRV-A", 39), ("MRV-B", 31)])
def test_names_that_fill_their_field_are_said_to_be_cut(width: tuple[str, int]) -> None:
    form, size = width
    given = "JORIS MARIA EMMANUEL ALEXANDER LODEWIJK"
    zone = replace(PERSON, form=form, code={"T": "I", "M": "V"}[form[0]] if form != "TD3" else "P", secondary=given)
    found = one("\n".join(write_mrz(zone))).zone
    assert found.cut
    assert f"VAN DEN ABBEELE {given}".startswith(f"{found.primary} {found.secondary}")
    assert len(f"{found.primary}  {found.secondary}") == size
    assert not one("\n".join(write_mrz(replace(zone, secondary="JO")))).zone.cut


def test_a_long_primary_identifier_leaves_room_for_the_first_letter_of_the_other() -> None:
    zone = replace(PERSON, primary="BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", secondary="DINGO POTOROO")
    first, second = write_mrz(zone)
    found = one(f"{first}\n{second}").zone
    assert found.cut
    assert (found.primary, found.secondary) == ("BENNELONG WOOLOOMOOLOO WARRANDYTE WA", "D")


def test_a_cut_never_ends_in_a_filler() -> None:
    # The 39th place would be the filler between two names; the longest of them gives a letter up.
    zone = replace(PERSON, primary="A" * 10, secondary="B" * 26 + " CC")
    first, second = write_mrz(zone)
    assert first[5:] == "A" * 10 + "<<" + "B" * 25 + "<C"
    assert one(f"{first}\n{second}").zone.cut


def test_a_missing_secondary_identifier_is_no_fault() -> None:
    found = one("\n".join(lines(primary="SUHARTO", secondary="")))
    assert (found.zone.primary, found.zone.secondary, found.warnings) == ("SUHARTO", "", ())


def test_names_that_are_separated_otherwise_are_read_and_told() -> None:
    second = lines()[1]
    for names, expected in (
        ("P<BEL<ABBEELE<<JORIS", ("ABBEELE", "JORIS")),
        ("P<BELABBEELE<<JORIS<<PIET", ("ABBEELE", "JORIS PIET")),
        ("P<BEL<<JORIS", ("", "JORIS")),
        ("P<BEL", ("", "")),
    ):
        found = one(f"{names.ljust(44, '<')}\n{second}")
        assert (found.zone.primary, found.zone.secondary) == expected
        assert codes(found) == ["mrz.name"]


@pytest.mark.parametrize("form", ["TD1", "TD2"])
@pytest.mark.parametrize(("number", "optional"), [("600001795015", ""), ("AB12345678", "1"), ("A12345678901", "BX")])
def test_a_long_document_number_goes_on_in_the_optional_data(form: str, number: str, optional: str) -> None:
    zone = replace(PERSON, form=form, code="ID", number=number, optional=optional)
    if len(number) - 9 + 2 + len(optional) > 7 and form == "TD2":
        with pytest.raises(InputError):
            write_mrz(zone)
        return
    whole = list(write_mrz(zone))
    found = one("\n".join(whole))
    assert found.zone == zone
    assert found.warnings == ()
    row, digit = (0, 14) if form == "TD1" else (1, 9)
    assert whole[row][digit] == "<"
    place = digit + 1 if form == "TD1" else 28
    whole[row] = placed(whole[row], place, "9" if whole[row][place] != "9" else "8")
    told = one("\n".join(whole)).warnings
    assert {warning.params["field"] for warning in told} == {"number", "composite"}


def test_the_published_example_of_a_long_number_holds() -> None:
    # Belgium's card: twelve digits, the check digit after the last one.
    whole = write_mrz(replace(PERSON, form="TD1", code="ID", number="600001795015"))
    assert whole[0] == "IDBEL600001795<0152<<<<<<<<<<<"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("740812", "1974-08-12"), ("7408<<", "1974-08"), ("74<<<<", "1974"), ("<<<<<<", None), ("260301", "2026-03-01"),
     ("260302", "1926-03-02"), ("26<<<<", "2026"), ("27<<<<", "1927"), ("2604<<", "1926-04"), ("000229", "2000-02-29")],
)  # fmt: skip
def test_a_birth_is_as_exact_as_it_is_written_and_never_after_the_day_of_reading(
    written: str, expected: str | None
) -> None:
    found = one(with_birth(written))
    assert found.zone.birth_date == expected
    assert found.warnings == ()


def with_birth(written: str) -> str:
    first, second = lines()
    body = second[:13] + written + check_digit(written) + second[20:43]
    return f"{first}\n{body}{check_digit(body[:10] + body[13:20] + body[21:43])}"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("741301", None), ("740230", None), ("74<<12", "1974"), ("7408<2", None), ("740800", "1974-08"),
     ("740000", "1974"), ("7A0812", None)],
)  # fmt: skip
def test_a_date_that_is_none_is_told_and_what_is_certain_of_it_kept(written: str, kept: str | None) -> None:
    found = one(with_birth(written))
    assert found.zone.birth_date == kept
    assert codes(found) == ["mrz.date"]
    assert found.warnings[0].where == "line 2, column 14"


@pytest.mark.parametrize("written", ["<<0812", "<<08<<", "<<<<12"])
def test_a_month_or_day_without_its_year_is_not_kept_and_told(written: str) -> None:
    found = one(with_birth(written))
    assert found.zone.birth_date is None
    assert [(warning.code, warning.where) for warning in found.warnings] == [("mrz.year", "line 2, column 14")]


@pytest.mark.parametrize(("expires", "reference"), [("2031-02-28", 2026), ("1996-12-10", 2026), ("2001-01-01", 1999)])
def test_an_expiry_lies_within_fifty_years_of_the_day_of_reading(expires: str, reference: int) -> None:
    text = "\n".join(lines(expires=expires, birth_date=None))
    assert read_mrz(text.encode(), date(reference, 1, 1)).zones[0].zone.expires == expires


def test_sex_state_and_document_code_that_are_none_are_told() -> None:
    first, second = lines()
    second = placed(second, 20, "Q")
    found = one(f"{first}\n{second}")
    assert codes(found) == ["mrz.sex"]
    assert found.zone.sex == "unknown"
    assert one(f"{first}\n{placed(second, 20, 'X')}").zone.sex == "other"
    assert codes(one("\n".join(lines(nationality="QQQ", issuer="")))) == ["mrz.state", "mrz.state"]
    assert codes(one("\n".join(lines(code="Q")))) == ["mrz.code"]
    for state in ("D", "XXA", "UNO", "XPO"):
        assert one("\n".join(lines(nationality=state, issuer=state))).warnings == ()


# What a scanner mistakes


@pytest.mark.parametrize(("sign", "digit"), [("O", "0"), ("I", "1"), ("B", "8"), ("S", "5"), ("Z", "2")])
def test_a_letter_in_a_date_is_mended_where_the_check_digit_then_holds(sign: str, digit: str) -> None:
    born = f"1971-{digit:0>2}-11" if digit != "0" else "1971-10-11"
    first, second = lines(birth_date=born)
    place = 16 if digit != "0" else second.index("0", 15)
    assert second[place] == digit
    found = one(f"{first}\n{placed(second, place, sign)}")
    assert found.zone.birth_date == born
    assert codes(found) == ["mrz.mended"]
    assert found.lines[1] == second


def test_a_letter_in_a_date_stays_where_the_check_digit_does_not_hold() -> None:
    first, second = lines(birth_date="1971-10-11")
    wrong = placed(placed(second, 16, "O"), 19, "9" if second[19] != "9" else "8")
    found = one(f"{first}\n{wrong}")
    assert found.zone.birth_date is None
    assert set(codes(found)) == {"mrz.check", "mrz.date"}
    assert found.lines[1] == wrong


def test_a_letter_for_a_check_digit_is_mended() -> None:
    first, second = lines(number="EH1234560")
    number = next(f"EH12345{a}{b}" for a in "0123456789" for b in "0123456789" if check_digit(f"EH12345{a}{b}") == "0")
    first, second = lines(number=number)
    found = one(f"{first}\n{placed(second, 9, 'O')}")
    assert codes(found) == ["mrz.mended"]
    assert all(check.holds for check in found.checks)


def test_a_number_that_would_hold_with_a_sign_that_looks_alike_is_kept_and_the_sign_told() -> None:
    first, second = lines(number="EH123406")
    found = one(f"{first}\n{placed(second, 6, 'O')}")
    assert found.zone.number == "EH1234O6"
    likely = [warning for warning in found.warnings if warning.code == "mrz.likely"]
    assert [(warning.where, warning.params["stands"], warning.params["sign"]) for warning in likely] == [
        ("line 2, column 7", "O", "0")
    ]
    two = one(f"{first}\n{placed(placed(second, 9, str((int(second[9]) + 5) % 10)), 0, '0')}")
    assert "mrz.check" in codes(two)
    assert two.zone.number == "0H123406"


def test_digits_in_names_and_states_are_mended_only_where_all_check_digits_hold() -> None:
    first, second = lines()
    dirty = first.replace("JORIS", "J0R15").replace("BEL", "8EL")
    found = one(f"{dirty}\n{second}")
    assert (found.zone.primary, found.zone.secondary, found.zone.issuer) == ("VAN DEN ABBEELE", "JORIS", "BEL")
    assert codes(found) == ["mrz.mended", "mrz.mended"]
    kept = one(f"{dirty}\n{placed(second, 9, '9' if second[9] != '9' else '8')}")
    assert kept.zone.secondary == "J0R15"
    assert codes(kept).count("mrz.letters") == 2
    assert "mrz.mended" not in codes(kept)


# What cannot be written


@pytest.mark.parametrize(
    ("field", "changes"),
    [("form", {"form": "TD9"}), ("names", {"primary": ""}), ("names", {"primary": "李"}),
     ("number", {"number": "A" * 10}), ("number", {"number": "A-1"}), ("birth_date", {"birth_date": "74-01-01"}),
     ("issuer", {"issuer": "BELG"}),
     ("optional", {"optional": "A" * 15}), ("optional", {"optional": "é"}), ("optional2", {"optional2": "A"})],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_field(field: str, changes: dict[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        lines(**changes)
    assert (caught.value.code, caught.value.where) == ("mrz.write", field)
