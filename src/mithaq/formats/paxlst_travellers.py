"""The NAD groups of a PAXLST message: one traveller each.

Rule: a segment belongs to the NAD that stands before it, a DTM 36 and a LOC 91 to the DOC that stands before them, and
to nothing else. Documents: as `paxlst`, segment groups 4 and 5 (NAD, ATT, DTM, LOC, NAT, RFF, DOC).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.edifact_dates import date_of
from mithaq.formats.paxlst_values import ROLES, SEXES, TravelDocument, Traveller

# Places by their code (list 3227): boarding, leaving, clearance, residence, birth.
_PLACES = {"178": "embarkation", "179": "debarkation", "22": "clearance", "174": "residence", "180": "birth_place"}


def travellers(segments: Sequence[Segment], reference: str, warnings: list[Warning]) -> tuple[Traveller, ...]:
    """The travellers of the segments after a heading; `reference` is the flight's date, YYYY-MM-DD, or empty."""
    return tuple(_traveller(draft, warnings) for draft in _drafts(segments, reference, warnings))


@dataclass
class _Draft:
    """A traveller being read."""

    segment: Segment
    role: str
    fields: dict[str, str] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)


def _drafts(segments: Sequence[Segment], reference: str, warnings: list[Warning]) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for one in segments:
        if one.tag == "NAD":
            if draft:
                yield draft
            role = ROLES.get(one.get(0), "")
            draft = _Draft(one, role) if role else None
            if not role:
                warnings.append(Warning("paxlst.role", one.offset, "A party that is no traveller was left out."))
        elif draft:
            _take(draft, one, reference, warnings)
    if draft:
        yield draft


def _take(draft: _Draft, one: Segment, reference: str, warnings: list[Warning]) -> None:
    """One branch a segment kind, so that the group can be read beside the guide; the most frequent one first."""
    tag, code = one.tag, one.get(0)
    if tag == "LOC":
        # A place by its code; else the name that stands in the code's place (`LOC+180+:::NAME`).
        place = one.get(1) or one.get(1, 3)
        if code in _PLACES:
            draft.fields[_PLACES[code]] = place
        elif code == "91" and draft.documents:
            draft.documents[-1]["issuer"] = place or None
    elif tag == "DTM":
        if code == "329":
            draft.fields["birth"] = date_of(one, reference, warnings, past=True) or ""
        elif code == "36" and draft.documents:
            draft.documents[-1]["expires"] = date_of(one, reference, warnings, past=False)
    elif tag == "ATT" and code == "2":
        draft.fields["sex"] = SEXES.get(one.get(2).upper(), "unknown")
    elif tag == "DOC":
        # The code, or where that is missing the document's name: `P`, `P:110:111`, `:::P`.
        draft.documents.append({"kind": code or one.get(0, 3), "number": one.get(1)})
    elif tag == "NAT":
        draft.fields.setdefault("nationality", one.get(1))
    elif tag == "RFF" and code == "AVF":
        draft.fields["reference"] = one.get(0, 1)


def _traveller(draft: _Draft, warnings: list[Warning]) -> Traveller:
    family, given = _names(draft.segment)
    held = draft.fields
    if not family and not given:
        warnings.append(Warning("paxlst.name", draft.segment.offset, "A traveller has no name."))
    documents = tuple(TravelDocument(**one) for one in draft.documents if one["number"])
    if len(documents) < len(draft.documents):
        warnings.append(Warning("paxlst.document", draft.segment.offset, "A document has no number and was left out."))
    return Traveller(
        role=draft.role,
        family=family,
        given=given,
        sex=held.get("sex", "unknown"),
        birth_date=held.get("birth") or None,
        nationality=held.get("nationality") or None,
        documents=documents,
        embarkation=held.get("embarkation") or None,
        debarkation=held.get("debarkation") or None,
        reference=held.get("reference") or None,
        clearance=held.get("clearance") or None,
        residence=held.get("residence") or None,
        birth_place=held.get("birth_place") or None,
    )


def _names(segment: Segment) -> tuple[str, str]:
    """Family and given names: the fourth element as the guide says, or the free one before it; never the address."""
    for element in (3, 2):
        if element < len(segment.elements):
            family, *given = (part.strip() for part in segment.elements[element])
            if family or any(given):
                return family, " ".join(filter(None, given))
    return "", ""
