"""One INDIVIDUAL of the UN list as a person.

Rules: a name is in its original script and order, without the list's remarks; several names in one field are several
names; a birth date is as exact as the list says and no more. Document: the schema sc-sanctions.xsd, type INDIVIDUAL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from mithaq.formats.country_names import country_code
from mithaq.formats.listed_person import MONTHS, ListedPerson, Paper, about, distinct, papers_of, span, without

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")[a-z]*\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
# A year of XML may carry a zone, which says nothing about a birth.
_ZONED = re.compile(r"(1[89]\d\d|20\d\d)(?:Z|[+-]\d\d:\d\d)?$", re.ASCII)
# `between 1973 and 1975`, `1973 to 1975`, `1973-1975`; no month stands between them.
_Y = r"\b(1[89]\d\d|20\d\d)"
_YEARS = re.compile(rf"\bbetween\s+{_Y}\s+and\s+{_Y}\b|{_Y}\s*(?:-|–|\bto\b)\s*{_Y}\b", re.IGNORECASE)
# `A; B`, `A b) B`: names that share a field. `A (金)`: the second one in its own script. `A, born 1953`: a remark.
_SEVERAL = re.compile(r";|\s[a-z]\)\s")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_REMARK = re.compile(r",?\s+born\b.*", re.IGNORECASE)
# `CAR diplomatic passport no. D00000898`, `Afghan passport number SE 012820`, `German travel document A 0139243`.
# Nothing is tried twice: these texts are as long as somebody likes.
_NUMBER = re.compile(
    r"(?:\bnumbers?\b|\bno\b\.?|n°|(?<![.:]):|\bpassport\b|\bdocument\b)[\s.:]*+"
    r"((?:[A-Z]{1,3} )?[^\s\d]*+\d\S*+)$",
    re.IGNORECASE,
)
# A longer text is no number with words before it, and is kept as it stands.
_LONGEST = 200
_ISSUER = re.compile(r",[^\d]*$")
# What stands at the ends of a name in a list of names and is no part of it.
_EDGES = ' ,()“”"'
_NOTHING = {"na", "n/a", "nil", "none", "-"}


def read_person(element: Any) -> tuple[ListedPerson, int]:
    """The person, and how many birth dates that the list gives could not be read."""
    whole = [_text(element, name) for name in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    names = [" ".join(part for part in whole if part), *_names(_text(element, "NAME_ORIGINAL_SCRIPT"))]
    weak: list[str] = []
    births: list[str] = []
    unread = 0
    for alias in element.iterfind("INDIVIDUAL_ALIAS"):
        (weak if _text(alias, "QUALITY").lower().startswith("low") else names).extend(
            _names(_text(alias, "ALIAS_NAME"))
        )
        births.append(_written(_text(alias, "DATE_OF_BIRTH")))
        unread += bool(_text(alias, "DATE_OF_BIRTH") and not births[-1])
    own: list[str] = []
    for one in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        own.append(_birth(one))
        unread += bool(not own[-1] and any(_text(one, name) for name in ("DATE", "YEAR", "FROM_YEAR", "NOTE")))
    states = distinct(_plain(one.text) for one in element.iterfind("NATIONALITY/VALUE"))
    papers = papers_of(map(_paper, element.iterfind("INDIVIDUAL_DOCUMENT")))
    person = ListedPerson(
        source="UN",
        reference=_text(element, "REFERENCE_NUMBER"),
        names=distinct(names),
        weak_names=without(weak, names),
        birth_dates=distinct([*own, *births]),
        nationalities=distinct(country_code(name) or "" for name in states),
        documents=tuple(paper.number for paper in papers),
        sex={"male": "male", "female": "female"}.get(_text(element, "GENDER").lower(), "unknown"),
        places=distinct(map(_place, element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"))),
        nationality_names=states,
        papers=papers,
        remarks=_remarks(element),
    )
    return person, unread


def _remarks(element: Any) -> tuple[str, ...]:
    """Titles and offices, and what the list says of the person in its own words."""
    said = [one.text for name in ("TITLE", "DESIGNATION") for one in element.iterfind(f"{name}/VALUE")]
    return distinct((*map(_plain, said), _text(element, "COMMENTS1")))


def _names(text: str) -> Iterator[str]:
    """The names of a field, which may hold several, and remarks in brackets."""
    plain = _REMARK.sub("", _BRACKETS.sub(" ", text))
    yield from (name.strip(_EDGES) for name in _SEVERAL.split(plain))
    # In brackets stands the name in its own script, or a remark in Latin letters.
    for inside in _BRACKETS.findall(text):
        if not any("a" <= letter.lower() <= "z" for letter in inside) and any(map(str.isalpha, inside)):
            yield inside.strip()


def _birth(element: Any) -> str:
    """The date as exact as it is: a day, a month, a year, or a range; one year either way when it is approximate."""
    written = _whole(_text(element, "DATE"))
    if not written:
        first, last = (_ZONED.match(_text(element, name)) for name in ("FROM_YEAR", "TO_YEAR"))
        written = span(first[1], last[1]) if first and last else ""
    if not written:
        written = _written(f"{_text(element, 'YEAR')} {_text(element, 'NOTE')}")
    return about(written) if _approximate(element) else written


def _approximate(element: Any) -> bool:
    return _text(element, "TYPE_OF_DATE").upper() == "APPROXIMATELY"


def _written(text: str) -> str:
    """A date in the list's free writing: a whole date, a range, a month with its year, or a year; else nothing."""
    if whole := _whole(text):
        return whole
    if years := _YEARS.search(text):
        return span(*years.groups()[:2]) if years[1] else span(*years.groups()[2:])
    said, months = set(_YEAR.findall(text)), _MONTH.findall(text)
    if len(said) != 1:
        return ""
    year = said.pop()
    return f"{year}-{MONTHS.index(months[0].lower()) + 1:02d}" if len(months) == 1 else year


def _whole(text: str) -> str:
    """The first YYYY-MM-DD in a text that is a day of the calendar; else nothing."""
    found = _DATE.search(text)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""


def _paper(element: Any) -> Paper:
    kind = _text(element, "TYPE_OF_DOCUMENT").lower()
    letter = "P" if "passport" in kind else "I" if "identification" in kind else ""
    state = country_code(_text(element, "ISSUING_COUNTRY") or _text(element, "COUNTRY_OF_ISSUE")) or ""
    return Paper(letter, _document(_text(element, "NUMBER")), state)


def _document(text: str) -> str:
    """The number alone, where words stand before it; else the text, without remarks in brackets."""
    plain = " ".join(_BRACKETS.sub(" ", text).split())
    if len(plain) > _LONGEST:
        return plain
    plain = _ISSUER.sub("", plain)
    found = _NUMBER.search(plain)
    return found[1] if found and len(found[1]) > 4 else plain


def _place(element: Any) -> str:
    return ", ".join(part for part in (_text(element, name) for name in ("CITY", "STATE_PROVINCE", "COUNTRY")) if part)


def _text(element: Any, name: str) -> str:
    return _plain(element.findtext(name))


def _plain(text: str | None) -> str:
    plain = " ".join((text or "").split())
    return "" if plain.lower() in _NOTHING else plain
