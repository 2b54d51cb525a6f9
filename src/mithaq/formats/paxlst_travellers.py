"""The NAD groups of a PAXLST message: one traveller each.

Rule: a segment belongs to the NAD that stands before it, a DTM 36 or 182 and a LOC 91 to the DOC that stands before
them, and to nothing else. Documents: as `paxlst`, segment groups 4 and 5 (NAD, ATT, DTM, LOC, NAT, RFF, DOC).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.edifact_dates import date_of
from mithaq.formats.paxlst_details import address, baggage, detail
from mithaq.formats.paxlst_values import ROLES, SEXES, TravelDocument, Traveller

# Places by their code (list 3227): boarding, leaving, clearance, residence, birth.
_PLACES = {"178": "embarkation", "179": "debarkation", "22": "clearance", "174": "residence", "180": "birth_place"}
# List 3499 of the guide, the code list of ISO 5218 and words, which other systems write.
_SEXES = SEXES | {"1": "male", "2": "female", "MALE": "male", "FEMALE": "female"}
# A party that references alone name: who is on board at the close of a flight.
_MENTIONED = "ZZZ"
# C080: five parts of a name, and then the code of their order.
_NAME_PARTS = 5


def travellers(
    segments: Sequence[Segment], reference: str, warnings: list[Warning]
) -> tuple[tuple[Traveller, ...], tuple[str, ...]]:
    """The travellers of the segments after a heading, and those whom references alone name.

    `reference` is the flight's date, YYYY-MM-DD, or empty.
    """
    found: list[Traveller] = []
    mentioned: list[str] = []
    for draft in _drafts(segments, reference, warnings):
        if draft.role == _MENTIONED and not any(_names(draft.segment)):
            mentioned.append(" ".join(filter(None, (draft.fields.get("reference"), draft.fields.get("identifier")))))
        else:
            found.append(_traveller(draft, warnings))
    return tuple(found), tuple(filter(None, mentioned))


@dataclass
class _Draft:
    """A traveller being read."""

    segment: Segment
    role: str
    fields: dict[str, Any] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)


def _drafts(segments: Sequence[Segment], reference: str, warnings: list[Warning]) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for one in segments:
        if one.tag == "NAD":
            if draft:
                yield draft
            code = one.get(0)
            role = code if code == _MENTIONED else ROLES.get(code, "")
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
        if code in _PLACES:
            # A place by its code; else the name that stands in the code's place (`LOC+180+:::NAME`).
            draft.fields[_PLACES[code]] = _birth_place(one) if code == "180" else one.get(1) or one.get(1, 3)
        elif code == "91" and draft.documents:
            draft.documents[-1]["issuer"] = one.get(1) or one.get(1, 3) or None
    elif tag == "DTM":
        if code == "329":
            draft.fields["birth"] = date_of(one, reference, warnings, past=True) or ""
        elif code in {"36", "182"} and draft.documents:
            end = "expires" if code == "36" else "issued"
            draft.documents[-1][end] = date_of(one, reference, warnings, past=False)
    elif tag == "ATT" and code == "2":
        # Some repeat it: `M*M`.
        said = (one.get(2) or one.get(1)).upper().partition("*")[0]
        draft.fields["sex"] = _SEXES.get(said, "unknown")
    elif tag == "DOC":
        # The code, or where that is missing the document's name: `P`, `P:110:111`, `:::P`.
        draft.documents.append({"kind": code or one.get(0, 3), "number": one.get(1)})
    elif tag == "NAT":
        # Without the qualifier the state stands in its place.
        draft.fields.setdefault("nationality", one.get(1) or (code if code.isalpha() else ""))
    else:
        detail(draft.fields, one)


def _birth_place(one: Segment) -> str:
    """The place, its region and the state's code."""
    return " ".join(filter(None, (one.get(1, 3), one.get(2, 3), one.get(1))))


def _traveller(draft: _Draft, warnings: list[Warning]) -> Traveller:
    family, given = _names(draft.segment)
    held = draft.fields
    if not family and not given:
        warnings.append(Warning("paxlst.name", draft.segment.offset, "A traveller has no name."))
    documents = tuple(TravelDocument(**one) for one in draft.documents if one["number"])
    if len(documents) < len(draft.documents):
        warnings.append(Warning("paxlst.document", draft.segment.offset, "A document has no number and was left out."))
    return Traveller(
        role=ROLES["FL"] if draft.role == _MENTIONED else draft.role,
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
        identifier=held.get("identifier"),
        seat=held.get("seat"),
        references=tuple(held.get("references", ())),
        bags=baggage(held),
        contacts=tuple(held.get("contacts", ())),
        address=address(draft.segment),
        duty=held.get("duty") or None,
        verified=held.get("verified"),
    )


def _names(segment: Segment) -> tuple[str, str]:
    """Family and given names: the fourth element as the guide says, or the free one before it; never the address."""
    for element in (3, 2):
        if element < len(segment.elements):
            family, *given = (part.strip() for part in segment.elements[element][:_NAME_PARTS])
            if family or any(given):
                return (family, " ".join(filter(None, given))) if any(given) else _parted(family)
    return "", ""


def _parted(name: str) -> tuple[str, str]:
    """A whole name in one part, as a reservation (`DOE/JOHN`) or a machine readable zone (`DOE<<JOHN`) writes it."""
    for mark in ("<<", "/"):
        family, found, given = name.partition(mark)
        if found and family and given.replace("<", "") and mark not in given:
            return family.replace("<", " ").strip(), given.replace("<", " ").strip()
    return name, ""
