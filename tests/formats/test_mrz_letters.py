"""Letters to the A to Z of zones and back, on the examples of Doc 9303 part 3 section 6 and on invented names."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from mithaq.formats.mrz_letters import to_mrz
from mithaq.formats.mrz_letters_back import MAX_READINGS, from_mrz

TABLE = json.loads((files("mithaq.formats") / "data/mrz_letters.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "language", "written"),
    [
        ("Ümit Şahin", "", "UEMIT<SAHIN"),
        ("D’Arcy-Núñez", "", "DARCY<NUNEZ"),
        ("Groß, Jürgen", "", "GROSS<JUERGEN"),
        ("Þóra Ægisdóttir", "", "THORA<AEGISDOTTIR"),
        ("Nguyễn", "", "NGUYEN"),
        ("Щербаков Юрий", "", "SHCHERBAKOV<IURII"),
        ("Щербаков", "bg", "SHTERBAKOV"),
        ("Григорій Юрій", "uk", "HRYHORII<YURII"),
        ("Ђорђе Хаџић", "sr", "DORDE<HADZIC"),
        ("Ѓорѓи Ќосев", "mk", "GJORGJI<KJOSEV"),
        ("Глушица", "sr", "HLUSICA"),
        ("Міхась Ёлкін", "be", "MIKHAS<IOLKIN"),
        ("Ковальчук Олександр", "uk", "KOVALCHUK<OLEKSANDR"),
        ("محمد عبدالرحيم", "", "MXHMD<EBDALRXHYM"),
        ("فاطمة الزهراء", "", "FAXTTMXAH<ALZHRAXE"),
        ("فضّة", "", "FXDZXDZXAH"),
        ("زينتة", "", "ZYNTXAH"),
        ("فاطمةُ", "", "FAXTTMXAH"),
        ("مدينةـ", "", "MDYNXAH"),
        ("علی\u200cرضا", "", "ELXYARXDZA"),
        ("\u200fمحمد\u200e", "", "MXHMD"),
        ("ﻣﺤﻤﺪ ﻻﻣﻊ", "", "MXHMD<LAME"),
        ("Ki\u00adrk", "", "KIRK"),
    ],
)
def test_a_name_is_written_by_the_table(name: str, language: str, written: str) -> None:
    assert to_mrz(name, language) == (written, "")


def test_the_table_has_every_row_of_the_document() -> None:
    capitals = [chr(code) for code in range(0xC0, 0x17E) if chr(code).isupper()]
    # U+0178 to U+017D are in it; `ŉ`, `ĸ` and `ſ` have no capital of their own and no row.
    assert [one for one in capitals if one not in TABLE["latin"]] == []
    assert all(chr(code) in TABLE["cyrillic"] for code in range(0x410, 0x430))
    letters = [code for code in (*range(0x621, 0x63B), *range(0x640, 0x653)) if code not in {0x629, 0x651}]
    assert [hex(code) for code in letters if chr(code) not in TABLE["arabic"]] == []
    # Rows that drafts before the 7th edition had otherwise.
    assert {code: TABLE["arabic"][chr(code)] for code in (0x624, 0x625, 0x6CC, 0x6A9, 0x6D0)} == {
        0x624: "U", 0x625: "I", 0x6CC: "XYA", 0x6A9: "XKK", 0x6D0: "Y",
    }  # fmt: skip
    # Ъ, Ь and Щ, and where the standard lets a state choose: the first form is the one that is written.
    assert [TABLE["cyrillic"][one]["other"] for one in "ЪЬЩ"] == ["IE", "", "SHCH"]
    assert {one: TABLE["latin"][one] for one in "ÄÅÑÖÜ"} == {
        "Ä": ["AE", "A"], "Å": ["AA", "A"], "Ñ": ["N", "NXX"], "Ö": ["OE", "O"], "Ü": ["UE", "UXX", "U"],
    }  # fmt: skip


def test_letters_without_a_row_are_told() -> None:
    assert to_mrz("李 Anna 3") == ("ANNA", "李3")


@pytest.mark.parametrize("name", ["محمد عبدالرحيم", "فاطمة الزهراء", "فضّة", "گلزار", "ٹیپو", "آدم إبراهيم", "مرتضى"])
def test_arabic_comes_back_as_it_was(name: str) -> None:
    assert from_mrz(to_mrz(name)[0], "arabic")[0] == name


def test_two_letters_are_the_second_reading_of_a_doubled_one() -> None:
    assert from_mrz("MXHMMD", "arabic") == ("محمّد", "محممد")


def test_every_arabic_sequence_leads_back_to_one_letter() -> None:
    forms = [form for form in TABLE["arabic"].values() if form and form != "Y"]
    assert len(forms) == len(set(forms))
    for letter, form in TABLE["arabic"].items():
        if form:
            assert from_mrz(form, "arabic") == ("ي" if form == "Y" else letter,)


@pytest.mark.parametrize("name", ["ERIKSSON", "XQ", "X", "C", "V", "XHX"])
def test_what_is_no_arabic_has_no_reading(name: str) -> None:
    assert from_mrz(name, "arabic") == ()


def test_cyrillic_comes_back_in_one_reading() -> None:
    assert from_mrz("SHCHERBAKOV<IVAN", "cyrillic") == ("ЩЕРБАКОВ ИВАН",)
    assert from_mrz("SHTERBAKOV", "cyrillic", "bg") == ("ЩЕРБАКОВ",)
    assert from_mrz("JOVIC", "cyrillic", "sr") == ("ЈОВИЦ",)
    assert from_mrz("HADZIC", "cyrillic", "sr") == ("ХАЏИЦ",)
    assert from_mrz("GAJIC", "cyrillic", "sr") == ()
    assert from_mrz("WILLEM", "cyrillic") == ()


def test_latin_readings_begin_with_the_plain_letters_and_are_bounded() -> None:
    assert from_mrz("MUELLER<JOERG", "latin")[0] == "MUELLER JOERG"
    assert "MÜLLER JÖRG" in from_mrz("MUELLER<JOERG", "latin")
    assert from_mrz("NUNXXEZ", "latin") == ("NUÑEZ",)
    assert from_mrz("MUXXLLER", "latin") == ("MÜLLER",)
    assert len(from_mrz("AEOEUESSAATHIJ", "latin")) == MAX_READINGS
