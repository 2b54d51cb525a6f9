"""Special service texts as values: documents (DOCS, DOCO), addresses (DOCA), seats, tickets, infants.

Rule: fields are found by what they are, a birth date, a kind of visa, not by counting slashes alone, for systems write
them with and without the leading one, and with an `HK1` before it. Documents: AIRIMP, special services DOCS, DOCA,
DOCO, INFT, TKNE and seats; PNRGOV implementation guide, segment SSR.
"""

from __future__ import annotations

import re

from mithaq.formats.pnrgov_dates import looks_like_date, service_date
from mithaq.formats.pnrgov_values import SEXES, Address, Document

SEATS = frozenset(["SEAT", "RQST", "NSST", "NSSA", "NSSW", "NSSB", "NSSR", "SMST", "SMSA", "SMSW", "SMSB"])
TICKETS = frozenset(["TKNE", "TKNA", "TKNM", "TKNO", "TKTL"])
_STATUS = re.compile(r"[A-Z]{2}\d{0,3}")
_INFANTS = {"MI", "FI", "XI", "UI"}
_VISA = {"V", "K", "R"}
# Kinds of documents that no state has for its code.
_KINDS = {"P", "I", "V", "A", "C", "F", "T", "M", "N", "S", "AC", "IP"}
_OF = re.compile(r"(?:-\d{1,2}(?=[A-Z./ ]|$)|[- ]\d{1,2}\.\d{1,2}).*", re.DOTALL)
_TICKET = re.compile(r"(?:INF|TKT NBR )?\.?(\d{13,14})(?:C(\d{1,4}))?")
_SEAT = re.compile(r"0*(\d{1,3}[A-Z])")
_SELECTED = re.compile(r"-\d{1,2}(?:\.\d{1,2})?(?=[A-Z/.\s]|$)")
_PLAIN_SEAT = re.compile(r"0*(\d{1,3}[A-Z]{1,2})")
_INFANT = re.compile(r"([^/]+)/([^/]+?)[ /](\d{1,2}[A-Z]{3}\d{2,4})\b.*")


def fields(text: str) -> list[str]:
    """The fields between slashes, the first one empty or a place, as the leading slash says; an `HK1` is left out."""
    parts = [part.strip() for part in text.split("/", 40)] + [""] * 6
    if parts and _STATUS.fullmatch(parts[0]) and len(parts[0]) > 2:
        parts[0] = ""
    return parts


def docs(text: str, reference: str) -> tuple[Document, bool]:
    """A DOCS text, and whether its sex says that it is an infant's."""
    parts = fields(text)
    # Its place is the sixth, after a leading slash; the other places are those of texts that lack or double one.
    birth = next((place for place in (5, 4, 6, 3, 2, 1) if _birth(parts, place)), 5 if parts[0] == "" else 4)
    before = ([""] * 4 + parts[:birth])[-4:] if birth < 4 else parts[birth - 4 : birth]
    kind, issuer, number, nationality = _placed(before)
    born, sex, expires, family, given, second = [*parts[birth:], "", "", "", "", "", ""][:6]
    given, selected = _selected(given)
    second = "" if selected or second == "H" else _selected(second)[0]
    return Document(
        "DOCS",
        kind,
        number,
        issuer,
        nationality,
        service_date(expires, reference, past=False) if expires else None,
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
    told = sex in SEXES or sex in {"U", "UI"} or (sex == "" and place in {4, 5})
    return told and looks_like_date(parts[place].upper())


def doco(text: str, reference: str) -> Document:
    """A DOCO text: birth place, kind, number, place and day of issue, the state that it is for."""
    parts = fields(text)
    kind = next((place for place, part in enumerate(parts[:4]) if part in _VISA), 2 if parts[0] == "" else 1)
    rest = parts[kind:] + [""] * 5
    place = parts[kind - 1] if 0 < kind <= len(parts) else ""
    issued = service_date(rest[3], reference, past=True) if rest[3] else None
    return Document("DOCO", rest[0], rest[1], rest[2], birth_place=place, issued=issued, applies_to=rest[4])


def doca(text: str) -> Address:
    """A DOCA text: D destination or R residence, country, street, city, state, postcode."""
    parts = fields(text)
    if parts[0] == "":
        del parts[0]
    kind, country, street, city, state, postcode = (parts + [""] * 6)[:6]
    named = {"D": "destination", "R": "residence"}.get(kind.upper(), "other")
    return Address(named, street, city, state, country, postcode)


def ticket(text: str) -> tuple[str, str]:
    """Ticket number and coupon of a TKNE text; empty when there is none."""
    found = _TICKET.match(text.strip())
    return (found[1], found[2] or "") if found else ("", "")


def seats(text: str) -> list[str]:
    """Seats of a text such as `.03BN03AN`."""
    return _SEAT.findall(text[:200]) if text.startswith(".") else []


def seat(text: str) -> str:
    """A seat without leading zeros; empty when it is none, such as XXX."""
    found = _PLAIN_SEAT.fullmatch(text.strip().upper())
    return found[1] if found else ""


def infant(text: str, reference: str) -> tuple[str, str, str | None]:
    """Family name, given name and birth date of an INFT text; empty when it is none."""
    found = _INFANT.fullmatch(text.strip())
    if found is None:
        return "", "", None
    return found[1].strip(), found[2].strip(), service_date(found[3], reference, past=True)


def unselected(text: str) -> str:
    """A contact text without the name selection at its end: `447911123456-1SMITH/J`, `A.B//C.ORG-1.1`."""
    return _SELECTED.sub(" ", text[:2000])
