"""From what an officer scans or types of one document to the traveller that screening compares. Pure.

Rule: what the officer writes counts over what a scanner read; a date that is none is refused, never guessed.
Document: ICAO Doc 9303 (the zone, by `formats.mrz`). Design: screening (one traveller).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from mithaq.errors import InputError
from mithaq.formats import mrz
from mithaq.node.acts.nouns import Document
from mithaq.node.border.reading import Warnings, day_of
from mithaq.node.border.requests import ScreenTraveller, TravellerData

_WRITTEN = re.compile(r"(\d{1,2})[./ ](\d{1,2})[./ ](\d{4})")
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_STATE = re.compile(r"[A-Z]{2,3}")


def one_traveller(asked: ScreenTraveller, today: date) -> tuple[TravellerData, Warnings]:
    """The traveller that an officer asks for, and what was warned of: the zone's fields, under the officer's words.

    Raises InputError `traveller.empty`, `.birth_date`, `.nationality`, or what the reader of zones raises.
    """
    zone, warnings = read_zone(asked.mrz, today) if asked.mrz.strip() else (TravellerData(()), ())
    name, document = " ".join(asked.name.split()), asked.document.strip()
    one = replace(
        zone,
        names=(name[:200],) if name else zone.names,
        birth_date=_birth_date(asked.birth_date) or zone.birth_date,
        nationality=_nationality(asked.nationality) or zone.nationality,
        documents=(Document("", document[:40]),) if document else zone.documents,
    )
    if not one.names and not one.documents:
        raise InputError(
            "traveller.empty",
            "There is nobody to compare: neither a name nor a document.",
            remedy="Scan or type the lines at the foot of the document, or give a name.",
            where="mrz",
        )
    born = day_of(one.birth_date)
    if born is not None and born > today:
        future = {
            "code": "manifest.unborn",
            "offset": 0,
            "detail": "A birth date lies in the future.",
        }
        warnings = (*warnings, future)
    return one, warnings


def _birth_date(text: str) -> str:
    """A date as officers write it (1984-03-17, 17.03.1984, 17/3/1984, 1984-03, 1984) as ISO 8601, or nothing."""
    plain = text.strip()
    if not plain:
        return ""
    if found := _WRITTEN.fullmatch(plain):
        plain = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    year, month, day = (*plain.split("-"), "01", "01")[:3]
    if not _ISO.fullmatch(plain) or day_of(f"{year}-{month}-{day}") is None:
        raise InputError(
            "traveller.birth_date",
            "This is no date of birth.",
            remedy="Write year, month and day (1984-03-17), or what is known of them (1984-03, 1984).",
            where="birth_date",
        )
    return plain


def _nationality(text: str) -> str:
    plain = text.strip().upper()
    if plain and not _STATE.fullmatch(plain):
        raise InputError(
            "traveller.nationality",
            "A nationality is a code of two or three letters.",
            remedy="Take it from the document.",
            where="nationality",
        )
    return plain


def read_zone(text: str, today: date) -> tuple[TravellerData, Warnings]:
    """The traveller of a machine-readable zone, and what its reader tolerated (a check digit that does not hold).

    Raises InputError `traveller.zones` when there are several, and as `formats.mrz.read_mrz`.
    """
    found = mrz.read_mrz(text.encode(), today).zones
    if len(found) > 1:
        raise InputError(
            "traveller.zones",
            "The lines are those of more than one document.",
            remedy="Compare one traveller after the other.",
            where="mrz",
        )
    zone = found[0].zone
    one = TravellerData(
        names=(f"{zone.secondary} {zone.primary}".strip(),),
        birth_date=zone.birth_date or "",
        sex=zone.sex,
        nationality=zone.nationality,
        documents=(Document(zone.code, zone.number, zone.issuer),) if zone.number else (),
    )
    told: Warnings = tuple(
        {"code": one.code, "offset": one.where, "detail": one.sentence, "params": dict(one.params)}
        for one in found[0].warnings
    )
    return one, told
