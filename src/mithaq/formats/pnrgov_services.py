"""Special service texts as values: addresses (DOCA), seats, tickets, infants and children.

Rule: a text that is none of these gives nothing, and is kept as it is by who asked. Documents: AIRIMP, special services
DOCA, INFT, CHLD, TKNE and seats; PNRGOV implementation guide, segment SSR. Documents of persons: `pnrgov_papers`.
"""

from __future__ import annotations

import re

from mithaq.formats.pnrgov_dates import service_date
from mithaq.formats.pnrgov_values import Address

SEATS = frozenset(["SEAT", "RQST", "NSST", "NSSA", "NSSW", "NSSB", "NSSR", "SMST", "SMSA", "SMSW", "SMSB"])
TICKETS = frozenset(["TKNE", "TKNA", "TKNM", "TKNO", "TKTL"])
_STATUS = re.compile(r"[A-Z]{2}\d{0,3}")
_TICKET = re.compile(r"(?:INF|TKT NBR )?\.?(\d{13,14})(?:C(\d{1,4}))?")
_SEAT = re.compile(r"0*(\d{1,3}[A-Z])")
_SELECTED = re.compile(r"-\d{1,2}(?:\.\d{1,2})?(?=[A-Z/.\s]|$)")
_PLAIN_SEAT = re.compile(r"0*(\d{1,3}[A-Z]{1,2})")
_DATE = re.compile(r"\d{1,2}[A-Z]{3}\d{2,4}")
_BORN = re.compile(r"(\d{1,2}[A-Z]{3}\d{2,4})[ /]([^/]+)/([^/]+)")
_INFANT = re.compile(r"([^/]+)/([^/]+?)[ /](\d{1,2}[A-Z]{3}\d{2,4})\b.*")


def fields(text: str) -> list[str]:
    """The fields between slashes, the first one empty or a place, as the leading slash says; an `HK1` is left out."""
    parts = [part.strip() for part in text.split("/", 40)] + [""] * 6
    if parts and _STATUS.fullmatch(parts[0]) and len(parts[0]) > 2:
        parts[0] = ""
    return parts


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
    text = text.strip().lstrip("/")
    found = _INFANT.fullmatch(text)
    if found is not None:
        return found[1].strip(), found[2].strip(), service_date(found[3], reference, past=True)
    first = _BORN.fullmatch(text)
    if first is not None:
        return first[2].strip(), first[3].strip(), service_date(first[1], reference, past=True)
    return "", "", None


def born(text: str, reference: str) -> str | None:
    """The birth date of a CHLD text; None when it is none."""
    found = _DATE.search(text[:100])
    return service_date(found[0], reference, past=True) if found else None


def unselected(text: str) -> str:
    """A contact text without the name selection at its end: `447911123456-1SMITH/J`, `A.B//C.ORG-1.1`."""
    return _SELECTED.sub(" ", text[:2000])
