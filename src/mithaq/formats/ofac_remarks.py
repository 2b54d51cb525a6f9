"""The remarks of an individual of OFAC's SDN list: birth dates, places, nationalities, documents, weak aliases.

Rules: the pieces stand between semicolons; one that begins with no known word is kept whole as a remark, and is never
read as something else. A name in quotes after `a.k.a.` is what OFAC calls a weak alias. Document: OFAC, "SDN data
formats" (field Remarks) and its guidance on weak aliases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mithaq.formats.country_names import country_code
from mithaq.formats.listed_person import MONTHS, Paper, about, day, span

# OFAC cuts remarks here; what follows stands in a file of its own.
MOST = 1000
_BIRTH = re.compile(r"^(?:\(.*)?(?:alt\. )?DOB:?\s+(?P<value>.+)$", re.IGNORECASE)
_PLACE = re.compile(r"^(?:alt\. )?POB:?\s+(?P<value>.+)$", re.IGNORECASE)
_STATE = re.compile(r"^(?:alt\. )?(?:nationality|citizen):? +(?P<value>.+)$", re.IGNORECASE)
_SEX = re.compile(r"^(?:Gender|Sex) +(?P<value>male|female)$", re.IGNORECASE)
_ALIAS = re.compile(r"^[afn]\.k\.a\. +'(?P<value>.+?)'?$", re.IGNORECASE)
_DAY = r"(?:(?P<d{0}>\d{{1,2}}) +)?(?:(?P<m{0}>[A-Z][a-z]{{2,8}})\.? +)?(?P<y{0}>\d{{4}})"
_DATES = re.compile(
    r"(?P<circa>circa +)?" + _DAY.format(1) + r"(?:(?: +to +| *- *)" + _DAY.format(2) + r")?", re.ASCII | re.IGNORECASE
)
# What a document is called, and how Doc 9303 begins its code. Numbers of firms, taxes of firms and coins are none.
_KINDS = (
    ("P", r"(?:(?:[A-Z][\w.]* ){0,3})Passport(?: Booklet| Laissez-Passer)?"),
    ("V", r"VisaNumberID"),
    ("I", r"(?:(?:[A-Z][\w.]* ){0,3})(?:Personal ID|National ID|ID)(?: Card)?"),
    ("I", r"Cedula(?: de Ciudadania| de Residencia)?|D\.N\.I\.|C\.U\.I\.?|C\.U\.R\.P\.|C\.U\.I\.P\."),
    ("I", r"N\.I\.E\.|I\.F\.E\."),
    ("I", r"(?:(?:[A-Z][\w.]* ){0,2})(?:Identification|Residency|Foreign ID|Numero de Identidad|LE)"),
    ("I", r"Citizen's Card|Credencial electoral|Electoral Registry|Numero de Identidad|Carnet de Identidad"),
    ("T", r"(?:[A-Z][\w.]* )?Travel Document|Seafarer's Identification Document"),
    ("", r"SSN|Driver's License|Birth Certificate|Italian Fiscal Code|R\.?F\.?C\.?|Tax ID|Immigration"),
    ("", r"Cartilla de Servicio Militar Nacional|Tarjeta (?:de Identidad|Profesional)|C\.U\.I\.T\.|RTN"),
    ("", r"Registration ID"),
)  # fmt: skip
_NUMBER = (
    # Brackets belong to a number when no blank stands before them: `13/KAMANA(N)000001 (Burma)`.
    r"(?: (?:No\b\.?|Number\b|#))?:? +(?!issued|expires)(?P<number>(?:[^\s();,]|\([^\s();,]{1,9}\)| (?!\()){4,60}?)"
    r"(?:,? (?:Diplomatic )?\((?P<state>[^()]{1,60})\)|, (?P<after>[A-Z][a-z]+))?"
    r"(?:[,; ]+(?:issued|expires|expired|issue date|expire date)\b.*)?$"
)
_PAPERS = tuple((kind, re.compile(rf"^(?:alt\. )?(?:{words}){_NUMBER}", re.IGNORECASE)) for kind, words in _KINDS)
_LAST_NAMES = {"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"}


@dataclass
class Remarks:
    """What the remarks say, in their order; `unread` counts birth dates that cannot be read."""

    births: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    sex: str = "unknown"
    unread: int = 0
    cut: bool = False


def read_remarks(text: str) -> Remarks:
    """Every piece of the remarks, each used once or kept whole. Never raises."""
    found = Remarks(cut=len(text) >= MOST)
    for piece in text.split(";"):
        _take(found, " ".join(piece.split()).removesuffix("."))
    return found


def _take(found: Remarks, piece: str) -> None:
    if birth := _BIRTH.match(piece):
        found.births.append(birth_date(birth["value"]))
        found.unread += not found.births[-1]
    elif place := _PLACE.match(piece):
        found.places.append(place["value"])
    elif state := _STATE.match(piece):
        found.states.append(state["value"])
    elif sex := _SEX.match(piece):
        found.sex = sex["value"].lower()
    elif alias := _ALIAS.match(piece):
        found.weak.append(turned(alias["value"]))
    elif paper := _paper(piece):
        found.papers.append(paper)
    elif piece:
        found.others.append(piece)


def birth_date(text: str) -> str:
    """`10 Dec 1948`, `Dec 1948`, `1948`, `circa 1948`, `1951 to 1953`, `01 Jan 1961 to 31 Dec 1962`; else empty."""
    whole = _DATES.fullmatch(text.strip(" .)"))
    if not whole:
        return ""
    first = _day(whole, 1)
    written = span(first, _day(whole, 2)) if whole["y2"] else first
    return about(written) if whole["circa"] else written


def _day(whole: re.Match[str], which: int) -> str:
    number, month = whole[f"d{which}"], (whole[f"m{which}"] or "").lower()[:3]
    if (month and month not in MONTHS) or (number and not month):
        return ""
    return day(int(whole[f"y{which}"]), MONTHS.index(month) + 1 if month else 0, int(number or 0))


def _paper(piece: str) -> Paper | None:
    for kind, words in _PAPERS:
        found = words.match(piece)
        if found and any(map(str.isdigit, found["number"])):
            return Paper(kind, found["number"].strip(), country_code(found["state"] or found["after"] or "") or "")
    return None


def turned(name: str) -> str:
    """`SURNAME, Given` as it is spoken, `Given SURNAME`; a name with other commas stays as it is."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3 and parts[2].lower() in _LAST_NAMES:
        return " ".join((parts[1], parts[0], parts[2]))
    if len(parts) == 2 and all(parts):
        return f"{parts[1]} {parts[0]}"
    return name
