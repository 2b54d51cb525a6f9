"""One person of the EU's list of financial sanctions: a `sanctionEntity` whose subject type is a person.

Rules: names in every script, as the list writes them; a birth date is as exact as the list says and no more, and none
of another calendar is converted. Document: the Commission's "Financial Sanctions Files", schema version 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mithaq.formats.country_names import code_of_two, country_code
from mithaq.formats.listed_person import ListedPerson, Paper, about, day, distinct, papers_of, span, without

_SEXES = {"m": "male", "f": "female"}
_KINDS = {"passport": "P", "id": "I", "visa": "V"}
_ZONE = re.compile(r"(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})$")
# The list writes this where it does not know the country.
_NOWHERE = {"", "00", "unknown"}


def read_person(element: Any) -> tuple[ListedPerson, int, int]:
    """The person, how many of the birth dates could not be read, and how many nationalities have no code."""
    aliases = list(children(element, "nameAlias"))
    # `strong` is yes when nothing is said: the schema's own default, and so the names of older records.
    strong = distinct(_name(alias) for alias in aliases if not _says(alias, "strong", "false"))
    weak = distinct(_name(alias) for alias in aliases if _says(alias, "strong", "false"))
    births = [(one, _birth(one)) for one in children(element, "birthdate")]
    citizenships = [_country(one) for one in children(element, "citizenship")]
    papers = papers_of(map(_paper, children(element, "identification")))
    sexes = distinct(_SEXES.get(_plain(alias.get("gender")).lower(), "") for alias in aliases)
    person = ListedPerson(
        source="EU",
        reference=_plain(element.get("euReferenceNumber")) or _plain(element.get("logicalId")),
        # Who has weak names alone is found by these.
        names=strong or weak,
        weak_names=without(weak, strong) if strong else (),
        birth_dates=distinct(written for _, written in births),
        nationalities=distinct(code for _, code in citizenships),
        documents=tuple(paper.number for paper in papers),
        sex=sexes[0] if len(sexes) == 1 else "unknown",
        places=distinct(_place(one) for one, _ in births),
        nationality_names=distinct(name for name, _ in citizenships),
        papers=papers,
        remarks=distinct((*(_plain(one.text) for one in children(element, "remark")), *map(_function, aliases))),
    )
    unread = sum(not written and _states_date(one) for one, written in births)
    return person, unread, sum(bool(name) and not code for name, code in citizenships)


def _name(alias: Any) -> str:
    parts = (alias.get(name) for name in ("firstName", "middleName", "lastName"))
    return _plain(alias.get("wholeName")) or " ".join(part for part in map(_plain, parts) if part)


def _birth(one: Any) -> str:
    """A day, month, year or range; one year either way when it is about right; nothing of another calendar."""
    if _plain(one.get("calendarType")).upper() not in {"", "GREGORIAN"}:
        return ""
    written = _written(one) or span(day(_number(one, "yearRangeFrom")), day(_number(one, "yearRangeTo")))
    return about(written) if _says(one, "circa", "true") else written


def _written(one: Any) -> str:
    # A date of XML may carry a zone, which says nothing about a birth.
    parts, whole = _ZONE.sub("", _plain(one.get("birthdate"))).split("-"), ""
    if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        whole = day(*map(int, parts))
    year, month, number = (_number(one, name) for name in ("year", "monthOfYear", "dayOfMonth"))
    return whole or day(year, month, number) or day(year)


def _states_date(one: Any) -> bool:
    return any(_plain(one.get(name)) for name in ("birthdate", "year", "yearRangeFrom", "yearRangeTo"))


def _number(one: Any, name: str) -> int:
    text = _plain(one.get(name))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _paper(one: Any) -> Paper:
    kind = _KINDS.get(_plain(one.get("identificationTypeCode")).lower(), "")
    return Paper(kind, _plain(one.get("number")) or _plain(one.get("latinNumber")), _country(one)[1])


def _country(one: Any) -> tuple[str, str]:
    """The country's name as written, and its code of three letters; both empty where the list does not know it."""
    letters, name = _plain(one.get("countryIso2Code")), _plain(one.get("countryDescription"))
    if letters.lower() in _NOWHERE and name.lower() in _NOWHERE:
        return "", ""
    return name or letters, code_of_two(letters) or country_code(name) or ""


def _place(one: Any) -> str:
    parts = (_plain(one.get(name)) for name in ("place", "city", "region"))
    return ", ".join(distinct((*parts, _country(one)[0])))


def _function(alias: Any) -> str:
    return _plain(alias.get("function"))


def children(element: Any, name: str) -> Iterator[Any]:
    """The children with a local name, in whatever namespace."""
    return (one for one in element if local(one) == name)


def local(element: Any) -> str:
    """The tag without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _says(one: Any, name: str, value: str) -> bool:
    return _plain(one.get(name)).lower() == value


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
