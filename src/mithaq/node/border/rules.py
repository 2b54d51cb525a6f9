"""The rules of candidates: who judges, what confirms, what closes. Pure.

Rules: confirmation takes two officers and an identifier beyond name and birth date; one officer's rejection closes this
crossing only; officers who disagree need a supervisor. Design: subjects, "Wanted persons" (Hit) and safeguard 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.border.requests import JudgeCandidate

OPEN = frozenset({"candidate", "verifying", "disputed"})


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer has said of a candidate."""

    officer: str
    verdict: str
    identifier: str


def check_unit(unit: str, officers_unit: str) -> None:
    """RefusedError `candidate.unit` when the officer is not of the unit whose post it is (need to know)."""
    if unit != officers_unit:
        raise RefusedError("candidate.unit", "This is for the officers of another unit.")


def judged(state: str, said: Sequence[Said], request: JudgeCandidate, officer: str, *, supervisor: bool) -> str:
    """The candidate's state after this judgement: verifying, disputed, confirmed or rejected.

    Raises StateError `candidate.closed`, RefusedError `candidate.second_person` or `candidate.supervisor`, InputError
    `candidate.identifier`.
    """
    if state not in OPEN:
        raise StateError(
            "candidate.closed", "This candidate is judged already: {state}.", remedy="Open it again.", state=state
        )
    if any(one.officer == officer for one in said):
        raise RefusedError(
            "candidate.second_person",
            "You have judged this candidate; the second judgement is another officer's.",
            remedy="Ask a colleague at the post.",
        )
    if state == "disputed" and not supervisor:
        raise RefusedError(
            "candidate.supervisor", "Two officers disagree on this candidate.", remedy="A supervisor decides."
        )
    if request.verdict == "no-match":
        return "disputed" if state == "verifying" else "rejected"
    if not request.identifier:
        raise InputError(
            "candidate.identifier",
            "A confirmation needs an identifier beyond name and birth date.",
            remedy="Say what you compared: document, portrait, fingerprints, marks or chip.",
            where="identifier",
        )
    return "verifying" if state == "candidate" else "confirmed"
