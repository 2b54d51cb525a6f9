"""From a manifest's bytes to the travellers that screening compares. Pure.

Rule: nothing of a traveller is changed on the way; how names are read is screening's. Design: architecture, "The road".
"""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.errors import InputError
from mithaq.formats import paxlst
from mithaq.node.acts.nouns import Document
from mithaq.node.border.requests import Travel, TravellerData
from mithaq.screening import Traveller


@dataclass(frozen=True, slots=True)
class Reading:
    """A manifest as read: its journey, its travellers and what the reader warned of."""

    travel: Travel
    travellers: tuple[TravellerData, ...]
    warnings: tuple[dict[str, object], ...]

    @property
    def crew(self) -> int:
        return sum(one.role == "crew" for one in self.travellers)


def read(data: bytes, post: str) -> Reading:
    """Read a PAXLST interchange. InputError when it holds no manifest."""
    found = paxlst.read_paxlst(data)
    if not found.messages:
        raise InputError(
            "paxlst.empty", "The file holds no passenger list.", remedy="Check that the upload is complete."
        )
    first = found.messages[0]
    travel = Travel(
        flight=first.flight,
        departure=first.departure,
        arrival=first.arrival,
        departs=first.departs,
        arrives=first.arrives,
        post=post,
    )
    travellers = tuple(_traveller(one) for message in found.messages for one in message.travellers)
    warnings: tuple[dict[str, object], ...] = tuple(
        {"code": item.code, "offset": item.offset, "detail": item.sentence, "params": dict(item.params)}
        for item in found.warnings
    )
    return Reading(travel, travellers, warnings)


def _traveller(one: paxlst.Traveller) -> TravellerData:
    return TravellerData(
        names=(f"{one.given} {one.family}".strip(),),
        birth_date=one.birth_date or "",
        sex=one.sex,
        nationality=one.nationality or "",
        documents=tuple(Document(item.kind, item.number, item.issuer or "") for item in one.documents),
        role=one.role,
    )


def for_screening(position: int, one: TravellerData) -> Traveller:
    """A traveller in the shape of the screening engine, known by its position in the manifest."""
    return Traveller(
        id=str(position),
        names=one.names,
        birth_date=one.birth_date or None,
        nationality=one.nationality or None,
        document=one.documents[0].number if one.documents else None,
        sex=one.sex if one.sex in {"female", "male"} else None,
    )
