"""Material of the lists' tests: small lists of invented persons, imported and confirmed by people."""

from __future__ import annotations

import json
from typing import Any

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.lists.requests import ConfirmList, ImportList
from tests.node import acts_material as material


def un_list(**persons: tuple[str, ...]) -> bytes:
    """A UN list: reference=(name, year of birth)."""
    body = "".join(
        f"<INDIVIDUAL><FIRST_NAME>{name}</FIRST_NAME><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>"
        + "".join(f"<INDIVIDUAL_DATE_OF_BIRTH><YEAR>{year}</YEAR></INDIVIDUAL_DATE_OF_BIRTH>" for year in years)
        + "</INDIVIDUAL>"
        for reference, (name, *years) in persons.items()
    )
    text = (
        f"<CONSOLIDATED_LIST dateGenerated='2026-01-01T00:00:00Z'><INDIVIDUALS>{body}</INDIVIDUALS></CONSOLIDATED_LIST>"
    )
    return text.encode()


def own_list(*subjects: dict[str, Any]) -> bytes:
    """An authority's own list."""
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in subjects).encode()


def imported(name: Any, data: bytes, more: bytes = b"", actor: Actor = material.DRAFTER) -> dict[str, Any]:
    """The answer of an import."""
    answer: dict[str, Any] = perform("import-list@1", ImportList(name, "list", data, more), actor)
    return answer


def confirmed(version: str, reason: str = "", actor: Actor = material.DRAFTER) -> dict[str, Any]:
    """The answer of a confirmation."""
    answer: dict[str, Any] = perform("confirm-list@1", ConfirmList(version, reason), actor)
    return answer


def listed(name: Any, data: bytes, more: bytes = b"") -> dict[str, Any]:
    """A list that has taken effect."""
    answer = imported(name, data, more)
    return confirmed(answer["version"]) if answer["state"] == "pending" else answer
