"""Machine readable zones of travel documents, TD1, TD2, TD3, MRV-A and MRV-B, as scanners and people give them.

Rules: a wrong check digit is a warning that says where and what was expected, and the field is kept as it stands; what
is mended is told; dates are read against a date that is given. More than 2 MiB or 100,000 lines are refused.
Documents: as `mrz_values`; the lines are found by `mrz_lines`, the fields read by `mrz_fields`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.formats.mrz_fields import checks_of, date_of, has_digits, mend_digits, mend_letters, names_of, part
from mithaq.formats.mrz_lines import Found, zones_of
from mithaq.formats.mrz_told import tell_checks, tell_likely, tell_mends, tell_states, where
from mithaq.formats.mrz_values import (
    FILLER,
    LAYOUTS,
    LONG_NUMBERS,
    Check,
    Layout,
    Zone,
    ZoneRead,
    check_digit,
    form_of,
)
from mithaq.formats.reading import Warning
from mithaq.formats.text import decode

__all__ = ["Check", "Zone", "ZoneRead", "Zones", "read_mrz", "read_zone"]

MAX_BYTES = 2 * 1024 * 1024
MAX_LINES = 100_000
_SEXES = {"M": "male", "F": "female", FILLER: "unknown", "X": "other"}
# Doc 9303 parts 4 to 7: P a passport; A, C and I identity and crew cards; V a visa.
_CODES = {"TD1": "ACI", "TD2": "ACI", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}


@dataclass(frozen=True, slots=True)
class Zones:
    """All zones of a file, and the lines that belong to none."""

    zones: tuple[ZoneRead, ...]
    not_understood: tuple[Warning, ...]


def read_mrz(data: bytes | BinaryIO, reference: date) -> Zones:
    """The zones of a file. A stream is read no further than one byte past the limit; `reference` is the day of reading.

    Raises InputError `mrz.size` (over 2 MiB or 100,000 lines) and `mrz.none` (no line of the file belongs to a zone).
    """
    held = data if isinstance(data, bytes) else data.read(MAX_BYTES + 1)
    if len(held) > MAX_BYTES or held.count(b"\n") + held.count(b"\r") > MAX_LINES:
        raise InputError(
            "mrz.size", "The file is larger than 2 MiB or has more than 100,000 lines.", remedy="Split it."
        )
    found, left = zones_of(decode(held).characters)
    if not found:
        detail = "No machine readable zone was found."
        raise InputError("mrz.none", detail, remedy="Give all its lines, from the first letter on.", where="line 1")
    return Zones(tuple(read_zone(one, reference) for one in found), left)


def read_zone(found: Found, reference: date) -> ZoneRead:
    """One zone of lines that have their form's width."""
    lines = list(found.lines)
    layout = LAYOUTS[form_of(lines[0], len(lines[0]))]
    warnings = list(found.warnings)
    digits = mend_digits(layout, lines)
    checks, number, optional = _number(layout, lines, found.line)
    letters = mend_letters(layout, lines) if all(one.holds for one in checks) else []
    tell_mends(layout, found.line, digits + letters, has_digits(layout, lines), warnings)
    tell_checks(checks, warnings)
    tell_likely(layout, lines, [one for one in checks if not one.holds], found.line, warnings)
    zone = replace(_zone(layout, lines, reference, found.line, warnings), number=number, optional=optional)
    tell_states(zone, layout, found.line, warnings)
    return ZoneRead(zone, checks, tuple(warnings), tuple(lines), found.line)


def _zone(layout: Layout, lines: list[str], reference: date, line: int, warnings: list[Warning]) -> Zone:
    def text(name: str) -> str:
        return part(lines, layout.fields[name]).rstrip(FILLER) if name in layout.fields else ""

    names = part(lines, layout.fields["names"])
    primary, secondary, right = names_of(names)
    if not right:
        warnings.append(
            Warning("mrz.name", where(layout, "names", line), "The names are not separated as the standard says.")
        )

    def day(name: str) -> str | None:
        written = part(lines, layout.fields[name])
        found, right = date_of(written, reference, past=name == "birth_date")
        if not right and written.startswith(FILLER * 2):
            detail = "The year of a date is not known; a month and a day alone are not kept."
            warnings.append(Warning("mrz.year", where(layout, name, line), detail, {"field": name}))
        elif not right:
            detail = "A date is not as the standard says; what is certain of it is kept."
            warnings.append(Warning("mrz.date", where(layout, name, line), detail, {"field": name}))
        return found

    sex = part(lines, layout.fields["sex"])
    if sex not in _SEXES:
        warnings.append(Warning("mrz.sex", where(layout, "sex", line), "The sex is none of M, F and the filler."))
    if lines[0][0] not in _CODES[layout.form]:
        detail = "The document's first letter is not one of its form."
        warnings.append(Warning("mrz.code", where(layout, "code", line), detail))
    return Zone(
        form=layout.form,
        code=text("code"),
        issuer=text("issuer"),
        number="",
        primary=primary,
        secondary=secondary,
        nationality=text("nationality"),
        sex=_SEXES.get(sex, "unknown"),
        optional2=text("optional2"),
        cut=not names.endswith(FILLER),
        birth_date=day("birth_date"),
        expires=day("expires"),
    )


def _number(layout: Layout, lines: list[str], line: int) -> tuple[tuple[Check, ...], str, str]:
    """The check digits, the whole document number and what is left of the optional data.

    A long number has a filler for its check digit and goes on in the optional data, up to its digit and a filler.
    """
    checks = checks_of(layout, lines, line)
    number = part(lines, layout.fields["number"])
    optional = part(lines, layout.fields["optional"])
    digit = part(lines, layout.checks["number"])
    rest, mark, after = optional.partition(FILLER)
    if layout.form not in LONG_NUMBERS or digit != FILLER or number.endswith(FILLER) or len(rest) < 2:
        return checks, number.rstrip(FILLER), optional.rstrip(FILLER)
    if not mark and layout.form == "TD2":
        return checks, number.rstrip(FILLER), optional.rstrip(FILLER)
    whole = number + rest[:-1]
    row, first, _ = layout.fields["optional"]
    long = Check("number", rest[-1], check_digit(whole), line + row, first + len(rest))
    return tuple(long if one.of == "number" else one for one in checks), whole, after.rstrip(FILLER)
