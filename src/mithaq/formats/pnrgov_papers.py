"""Texts of DOCS, PSPT and DOCO as documents, with the persons whom they name.

Rule: fields are found by what they are, a birth date, a kind of visa, a number, not by counting slashes alone, for
systems write them with and without the leading one, leave some out, and name the traveller again at the end.
Documents: AIRIMP, special services DOCS, PSPT and DOCO; PNRGOV implementation guide, segment SSR.
"""

from __future__ import annotations

import re

from mithaq.formats.pnrgov_dates import is_year_first, looks_like_date, service_date
from mithaq.formats.pnrgov_services import fields
from mithaq.formats.pnrgov_values import SEXES, Document

_WORDS = {"MALE", "FEMALE"}
_INFANTS = {"MI", "FI", "XI", "UI"}
# After the names: the holder of a document of several persons, the number of a traveller.
_NO_NAME = re.compile(r"H|P\d{1,2}")
_VISA = {"V", "K", "R"}
# Kinds of documents that no state has for its code.
_KINDS = {"P", "I", "V", "A", "C", "F", "T", "M", "N", "S", "AC", "IP"}
_OF = re.compile(r"(?:-\d{1,2}(?=[A-Z./ ]|$)|[- ]\d{1,2}\.\d{1,2}).*", re.DOTALL)


def docs(text: str, reference: str) -> tuple[Document, bool]:
    """A DOCS text, and whether its sex says that it is an infant's."""
    # An agent's own line has dashes in place of the slashes.
    parts = fields(text.replace("-", "/") if "/" not in text else text)
    # Its place is the sixth, after a leading slash; the other places are those of texts that lack or double one.
    birth = next((place for place in (5, 4, 6, 3, 2, 1) if _birth(parts, place)), 5 if parts[0] == "" else 4)
    before = ([""] * 4 + parts[:birth])[-4:] if birth < 4 else parts[birth - 4 : birth]
    kind, issuer, number, nationality = _placed(before)
    born, sex = [*parts[birth:], "", ""][:2]
    rest = [*parts[birth + 2 :], "", "", "", ""]
    if rest[0] and not any(map(str.isdigit, rest[0])):
        rest.insert(0, "")  # no expiry, nor a slash for it
    expires, family, given, second = rest[:4]
    given, selected = _selected(given)
    second = "" if selected or _NO_NAME.fullmatch(second) else _selected(second)[0]
    sex = sex[:1] if sex.upper() in _WORDS else sex
    year_first = is_year_first(born, reference)
    return Document(
        "DOCS",
        kind,
        number,
        issuer,
        nationality,
        service_date(expires, reference, past=False, year_first=year_first) if expires else None,
        family,
        f"{given} {second}".strip(),
        SEXES.get(sex.upper(), "unknown"),
        service_date(born, reference, past=True) if born else None,
    ), sex.upper() in _INFANTS


def _placed(before: list[str]) -> list[str]:
    """Kind, issuer, number and nationality where one of them was left out with its slash: a number has digits."""
    kind, issuer, number, nationality = before
    if any(map(str.isdigit, nationality)):
        kind, issuer, number, nationality = issuer or kind, number, nationality, ""
    if issuer.upper() in _KINDS and not kind:
        kind, issuer = issuer, ""
    return [kind, issuer, number, nationality]


def _selected(given: str) -> tuple[str, str]:
    """A given name, and the traveller whom the reservation's line names after it: `NORA-1VERADI`, `NORA 1.1`."""
    found = _OF.search(given)
    return (given[: found.start()].strip(), found[0]) if found else (given, "")


def _birth(parts: list[str], place: int) -> bool:
    """A date is the birth when a sex follows, or when it stands in its place without one."""
    if place >= len(parts) or not parts[place][:1].isdigit():
        return False
    sex = parts[place + 1].upper() if place + 1 < len(parts) else ""
    told = sex in SEXES or sex in {"U", "UI", *_WORDS} or (sex == "" and place in {4, 5})
    return told and looks_like_date(parts[place].upper())


def pspt(text: str, reference: str) -> tuple[Document, bool]:
    """A PSPT text, which was before DOCS: number, state, birth, names, sex; and whether it is an infant's."""
    number, state, born, family, given, sex = ([part.strip() for part in text.strip(" /").split("/")] + [""] * 6)[:6]
    birth = service_date(born, reference, past=True) if born else None
    named = SEXES.get(sex.upper(), "unknown")
    return Document("PSPT", "P", number, state, state, None, family, given, named, birth), sex.upper() in _INFANTS


def doco(text: str, reference: str) -> Document:
    """A DOCO text: birth place, kind, number, place and day of issue, the state that it is for."""
    parts = fields(text)
    kind = next((place for place, part in enumerate(parts[:4]) if part in _VISA), 2 if parts[0] == "" else 1)
    rest = parts[kind:] + [""] * 5
    place = parts[kind - 1] if 0 < kind <= len(parts) else ""
    issued = service_date(rest[3], reference, past=True) if rest[3] else None
    return Document("DOCO", rest[0], rest[1], rest[2], birth_place=place, issued=issued, applies_to=rest[4])
