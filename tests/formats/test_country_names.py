"""Names of states to codes, on names that the UN's list and others really write."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from lxml import etree

from mithaq.formats.country_names import country_code
from tests.shared_data import shared

WRITTEN = {
    "Democratic People's Republic of Korea": "PRK",
    "Democratic Republic of the Congo": "COD",
    "Congo": "COG",
    "United Kingdom of Great Britain and Northern Ireland": "GBR",
    "Iran (Islamic Republic of)": "IRN",
    "State of Palestine": "PSE",
    "Türkiye": "TUR",
    "TURKEY": "TUR",
    "Côte d’Ivoire": "CIV",
    "Cote d'Ivoire": "CIV",
    "Guinea": "GIN",
    "Guinea-Bissau": "GNB",
    "Niger": "NER",
    "Nigeria": "NGA",
    "The Netherlands": "NLD",
    "Sudan (the)": "SDN",
    "South Sudan": "SSD",
    "Germany": "DEU",
    "Morocco": "MAR",
    "Belgium": "BEL",
    "Korea, North": "PRK",
    "Congo, Democratic Republic of the": "COD",
    "Palestinian": "PSE",
}


@pytest.mark.parametrize(("name", "code"), WRITTEN.items())
def test_a_name_has_its_code(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["", "na", "former Soviet Union", "Yugoslavia", "the", "Moroc", "Congo or Gabon"])
def test_what_is_no_state_of_today_has_no_code(name: str) -> None:
    assert country_code(name) is None


def test_every_code_is_one_that_passports_carry() -> None:
    known = {line.split(",")[0] for line in shared("data/border/icao_state_codes.csv").read_text().splitlines()[1:]}
    held = json.loads((files("mithaq.formats") / "data/country_names.json").read_text(encoding="utf-8"))["names"]
    assert set(held.values()) <= known


def test_every_nationality_of_the_un_list_is_known_but_two() -> None:
    values = etree.parse(shared("data/lists/un_sc_consolidated.xml")).iterfind(".//INDIVIDUAL/NATIONALITY/VALUE")
    unknown = {value.text for value in values if value.text and country_code(value.text) is None}
    assert unknown == {"former Soviet Union", "na"}
