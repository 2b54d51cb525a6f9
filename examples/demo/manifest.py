"""The manifest: 300 passengers of an invented flight as a UN/EDIFACT PAXLST file, as a carrier would send it.

Rule: names are in capital letters without accents or apostrophes, as carriers' systems write them.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from examples.demo.people import Cast, Person

from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller
from mithaq.formats.paxlst_write import write_paxlst

FLIGHT, CARRIER = "XM0412", "XM"
LEG = Leg(FLIGHT, "CMN", "2026-05-04T01:10", "BRU", "2026-05-04T06:30")


def write(cast: Cast, path: Path) -> None:
    """Write the manifest of a run."""
    travellers = tuple(_traveller(person) for person in cast.travellers)
    moments = (LEG.departs, LEG.arrives)
    manifest = Manifest("1", "745", CARRIER, FLIGHT, LEG.departure, LEG.arrival, *moments, (LEG,), travellers)
    path.write_bytes(write_paxlst(manifest, sender="XMAIR", recipient="BEBORDER", reference=str(cast.seed)))


def _traveller(person: Person) -> Traveller:
    given, family = (_carrier(part) for part in person.spelling)
    document = TravelDocument("P", person.document, person.nationality, "2030-12-31")
    return Traveller(
        "passenger", family, given, person.sex, person.born.isoformat(), person.nationality, (document,), "CMN", "BRU"
    )


def _carrier(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalpha() or letter in " -")).upper()
