"""What a PAXLST message says of a traveller beside who it is: bags, references, contacts, address.

Rule: a text is as sent; what has no value is left out. Documents: as `paxlst`, segment group 4 (NAD, MEA, GEI, FTX,
COM, EMP, RFF).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mithaq.formats.edifact import Segment
from mithaq.formats.paxlst_values import Baggage

_UNITS = {"KGM": "kg", "LBR": "lb"}
_BAGS = {"pieces", "weight", "tags"}
_NO_BAGS = Baggage()
_FIELDS = {"AVF": "reference", "ABO": "identifier", "SEA": "seat"}


def detail(fields: dict[str, Any], one: Segment) -> None:
    """Put what such a segment says into the fields of the traveller being read."""
    tag, code = one.tag, one.get(0)
    if tag == "RFF":
        value = one.get(0, 1)
        if value and code in _FIELDS:
            fields.setdefault(_FIELDS[code], value)
        elif value:
            fields.setdefault("references", []).append(f"{code} {value}")
    elif tag == "MEA" and code in {"CT", "WT"}:
        unit = _UNITS.get(one.get(2), "")
        value = one.get(2, 1) or one.get(2)
        fields.setdefault("pieces" if code == "CT" else "weight", f"{value} {unit}".strip())
    elif tag == "FTX" and code == "BAG":
        fields.setdefault("tags", []).extend(_tags(one))
    elif tag == "COM":
        fields.setdefault("contacts", []).extend(_contacts(one))
    elif tag == "EMP":
        fields.setdefault("duty", one.get(1) or one.get(2))
    elif tag == "GEI" and one.get(1) in {"173", "174"}:
        fields["verified"] = one.get(1) == "173"


def baggage(fields: dict[str, Any]) -> Baggage:
    """The bags that the fields name."""
    if not (fields.keys() & _BAGS):
        return _NO_BAGS
    return Baggage(fields.get("pieces", ""), fields.get("weight", ""), tuple(fields.get("tags", ())))


def address(nad: Segment) -> str | None:
    """Street, city, region, postcode and state of a NAD in one line."""
    if len(nad.elements) < 5:
        return None
    lines = (" ".join(filter(None, map(str.strip, parts))) for parts in nad.elements[4:9])
    return ", ".join(filter(None, lines)) or None


def _tags(one: Segment) -> Iterator[str]:
    """`UA987654:3` is three bags with numbers in a row."""
    for parts in one.elements[3:]:
        said = [part.strip() for part in parts if part.strip()]
        if said:
            yield ":".join(said)


def _contacts(one: Segment) -> Iterator[str]:
    for parts in one.elements:
        value, kind = (*map(str.strip, parts), "", "")[:2]
        if value:
            yield f"{kind} {value}".strip()
