"""The bodies that the API takes: the frozen requests of acts, without what the address gives.

Rule: nothing is defined here; `tests/node/api/test_shapes.py` compares every field with the request's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mithaq.node.api.shapes import model_of
from mithaq.node.border.requests import JudgeCandidate, ScreenTraveller
from mithaq.node.lists.requests import ConfirmList, DiscardList, ImportList
from mithaq.node.wanted.requests import DraftNotice, PublishNotice, WithdrawNotice

BODIES: dict[type[Any], frozenset[str]] = {
    ScreenTraveller: frozenset(),
    JudgeCandidate: frozenset({"candidate"}),
    DraftNotice: frozenset(),
    PublishNotice: frozenset({"notice"}),
    WithdrawNotice: frozenset({"notice"}),
    ImportList: frozenset(),
    ConfirmList: frozenset({"version"}),
    DiscardList: frozenset({"version"}),
}
"""The request of each body, and the fields that its address gives."""

if TYPE_CHECKING:
    from pydantic import BaseModel

    Traveller: TypeAlias = BaseModel
    Judgement: TypeAlias = BaseModel
    Draft: TypeAlias = BaseModel
    Publication: TypeAlias = BaseModel
    Withdrawal: TypeAlias = BaseModel
    Import: TypeAlias = BaseModel
    Confirmation: TypeAlias = BaseModel
    Discarding: TypeAlias = BaseModel
else:
    Traveller, Judgement, Draft, Publication, Withdrawal, Import, Confirmation, Discarding = (
        model_of(kind, leaving) for kind, leaving in BODIES.items()
    )
