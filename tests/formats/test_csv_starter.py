"""A mapping made of a table's headings: what it says, that it is read, and that it guesses nothing."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import FIELDS, read_mapping
from mithaq.formats.csv_people import read_csv
from mithaq.formats.csv_starter import _fields, _key, _words, starter
from mithaq.formats.reading import Reading

TABLES = {
    "en": "Case number,Surname,Given names,Aliases,Date of birth,Nationality,Passport No.,Sex,Place of birth\n"
    "1,Maes,Ada,Ad,1980-04-13,BEL,X1,F,Ghent\n",
    "fr": "N° de dossier;Nom;Prénom(s);Surnom;Né(e) le;Nationalité;N° passeport;Sexe;Lieu de naissance\n"
    "1;Maes;Ada;Ad;13/04/1980;BEL;X1;F;Gand\n",
    "nl": "Dossiernummer\tFamilienaam\tVoornamen\tBijnaam\tGeboortedatum\tNationaliteit\tPaspoortnummer\tGeslacht"
    "\tGeboorteplaats\n1\tMaes\tAda\tAd\t13-04-1980\tBEL\tX1\tV\tGent\n",
    "ar": "رقم الملف;الإسم العائلي;الاسم الشخصي;الكنية;تاريخ الازدياد;الجنسية;رقم جواز السفر;الجنس;مكان الازدياد\n"
    "1;Maes;Ada;Ad;13.04.1980;BEL;X1;أنثى;غنت\n",
}


def made(text: str | bytes) -> dict[str, Any]:
    return tomllib.loads(starter(text.encode() if isinstance(text, str) else text))


def read(text: str) -> Reading:
    return read_csv(text.encode(), read_mapping(starter(text.encode()).encode()))


@pytest.mark.parametrize("language", sorted(TABLES))
def test_usual_headings_are_known_and_what_is_made_reads_the_table(language: str) -> None:
    found = read(TABLES[language])
    (person,) = [one.value for one in found.records]
    places = {"en": "Ghent", "fr": "Gand", "nl": "Gent", "ar": "غنت"}
    assert person == {
        "id": "1", "names": ["Ada Maes"], "weak_names": ["Ad"], "birth_dates": ["1980-04-13"], "nationalities": ["BEL"],
        "documents": ["X1"], "sex": "female", "places": [places[language]],
    }  # fmt: skip
    assert (found.warnings, found.not_understood) == ((), ())


def test_what_no_word_says_stands_in_a_remark_and_no_cell_does() -> None:
    text = starter(b'Ref;Shoe "size";Full name\n1;SECRET;Ada Maes\n')
    assert tomllib.loads(text)["columns"] == {"id": "Ref", "names": "Full name"}
    assert '# not used: "Shoe \\"size\\""' in text
    assert "SECRET" not in text
    assert "Maes" not in text


def test_without_a_column_of_names_the_mapping_says_what_is_missing_and_is_refused() -> None:
    text = starter(b"a,b\n1,2\n")
    assert "# names = " in text
    with pytest.raises(InputError) as caught:
        read_mapping(text.encode())
    assert (caught.value.code, caught.value.where) == ("mapping.key", "columns.names")


@pytest.mark.parametrize(
    ("cells", "forms", "remark"),
    [
        (["13/04/1980", "05/06/1981"], ["DD/MM/YYYY"], ""),
        (["04/13/1980", "05/06/1981"], ["MM/DD/YYYY"], ""),
        (["05/06/1981"], ["DD/MM/YYYY"], "# no cell decides: DD/MM/YYYY or MM/DD/YYYY"),
        (["13.04.1980", "1981", "04/1982"], ["DD.MM.YYYY", "MM/YYYY", "YYYY"], ""),
        (["19800413", "13 April 1980"], ["YYYYMMDD", "DD MMM YYYY"], ""),
        (["13/04/1980", "13/04/80"], ["DD/MM/YYYY"], "# 1 of 2 different cells are in none of these forms"),
    ],
)
def test_date_forms_are_those_that_the_cells_have(cells: list[str], forms: list[str], remark: str) -> None:
    text = "Name;DOB\n" + "".join(f"A;{cell}\n" for cell in cells)
    assert made(text)["dates"]["formats"] == forms
    assert remark in starter(text.encode())
    assert ("no cell decides" in starter(text.encode())) == ("no cell" in remark)


def test_no_form_at_all_is_left_to_the_reader() -> None:
    assert "# formats = " in starter(b"Name;DOB\nA;unknown\n")


def test_name_beside_first_name_is_the_family_name() -> None:
    assert made("Name,First name\nMaes,Ada\n")["columns"]["names"] == [["First name", "Name"]]
    assert made("Nom\nMaes\n")["columns"]["names"] == "Nom"
    assert made("Nom complet,Nom,Prénom\na,b,c\n")["columns"]["names"] == ["Nom complet", ["Prénom", "Nom"]]


def test_a_title_above_the_headings_is_passed_over_and_told() -> None:
    text = "Passengers of flight XY 42\n\nSurname;First name;DOB\nMaes;Ada;1980\n"
    found = read(text)
    assert [one.value["names"] for one in found.records] == [["Ada Maes"]]
    assert [(one.code, one.where) for one in found.warnings if one.code == "csv.before"] == [("csv.before", "line 1")]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "windows-1256"])
def test_an_encoding_that_was_found_is_written(encoding: str) -> None:
    name = "طارق الزموري وفاطمة" if encoding == "windows-1256" else "Zoë Brüls"
    data = f"id;name\n1;{name}\n".encode(encoding)
    assert made(data)["encoding"] == {"utf-16": "utf-16-le"}.get(encoding, encoding)
    found = read_csv(data, read_mapping(starter(data).encode()))
    assert [one.value["names"] for one in found.records] == [[name]]


def test_signs_that_toml_does_not_take_as_they_are_do_not_break_it() -> None:
    text = 'a"\\\x7f\x01b,Name\n1,A\n'
    assert made(text)["columns"] == {"names": "Name"}


def test_every_field_that_is_guessed_is_one_of_a_mapping() -> None:
    assert set(_fields().values()) - {"family", "given"} <= set(FIELDS["subject"])
    assert all(word == word.casefold() and word.strip() for word in _fields())


def test_no_word_heads_two_fields() -> None:
    words = [one for each in _words()["fields"].values() for one in {_key(word) for word in each}]
    assert len(words) == len(_fields())
