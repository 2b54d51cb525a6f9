"""Letters to the A to Z of zones and back, on the examples of Doc 9303 part 3 section 6 and on invented names."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from mithaq.formats.mrz_letters import MAX_READINGS, from_mrz, to_mrz

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
    ],
)
def test_a_name_is_written_by_the_table(name: str, language: str, written: str) -> None:
    assert to_mrz(name, language) == (written, "")


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
