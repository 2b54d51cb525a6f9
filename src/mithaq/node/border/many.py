"""Several candidates rejected at once, for pages and the command line: what it would do, and what is planned.

Rule: each is one officer's judgement of its own, for the version that was shown; it waits half a minute and can be
undone until then (`console/planned.py`). Confirming is done one at a time. Design: issue 4, part 4; safeguard 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mithaq.errors import MithaqError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import rehearse
from mithaq.node.border.facts import CandidateFacts
from mithaq.node.border.requests import JudgeCandidate
from mithaq.node.console import planned
from mithaq.node.start import Node

ACT = "judge-candidate@1"
MOST = 100


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A chosen candidate, and the state that a rejection gives it now, or why it cannot be rejected."""

    candidate: CandidateFacts
    version: int
    state: str
    problem: MithaqError | None


def foreseen(chosen: Iterable[CandidateFacts], versions: Mapping[str, int], remark: str, who: Actor) -> list[Foreseen]:
    """What a rejection would make of each candidate, at the version that was shown of it."""
    return [_one(one, versions.get(one.id, one.version), remark, who) for one in chosen]


def _one(candidate: CandidateFacts, version: int, remark: str, who: Actor) -> Foreseen:
    try:
        answer = rehearse(ACT, JudgeCandidate(candidate.id, version, "no-match", "", remark), who)
    except MithaqError as error:
        return Foreseen(candidate, candidate.version, "", error)
    return Foreseen(candidate, version, answer["state"], None)


def reject_later(good: Iterable[Foreseen], remark: str, who: Actor) -> str:
    """Plan the rejections; the id of the batch."""
    return planned.plan(ACT, [_item(one, remark) for one in good], who, Node.clock.now())


def _item(one: Foreseen, remark: str) -> planned.Item:
    key, card = one.candidate.id, one.candidate.card
    request = JudgeCandidate(key, one.version, "no-match", "", remark)
    reference = card.reference if card else one.candidate.subject
    return planned.Item(request, f"candidate/{key}", reference, f"/manifests/{one.candidate.manifest}#{key}")
