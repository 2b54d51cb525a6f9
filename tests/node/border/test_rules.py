"""Who judges, what confirms, what closes: pure rules (safeguard 4)."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.border.requests import JudgeCandidate
from mithaq.node.border.rules import Said, judged

YES = JudgeCandidate("c", 1, "match", "document")
NO = JudgeCandidate("c", 1, "no-match")
FIRST = (Said("a", "match", "document"),)


def test_one_rejection_closes_and_one_confirmation_does_not() -> None:
    assert judged("candidate", (), NO, "a", supervisor=False) == "rejected"
    assert judged("candidate", (), YES, "a", supervisor=False) == "verifying"
    assert judged("verifying", FIRST, YES, "b", supervisor=False) == "confirmed"


def test_nobody_judges_twice() -> None:
    for request in (YES, NO):
        with pytest.raises(RefusedError) as refused:
            judged("verifying", FIRST, request, "a", supervisor=True)
        assert refused.value.code == "candidate.second_person"


def test_officers_who_disagree_need_a_supervisor() -> None:
    assert judged("verifying", FIRST, NO, "b", supervisor=False) == "disputed"
    said = (*FIRST, Said("b", "no-match", ""))
    with pytest.raises(RefusedError) as refused:
        judged("disputed", said, YES, "c", supervisor=False)
    assert refused.value.code == "candidate.supervisor"
    assert judged("disputed", said, YES, "c", supervisor=True) == "confirmed"
    assert judged("disputed", said, NO, "c", supervisor=True) == "rejected"


def test_a_name_and_a_birth_date_confirm_nobody() -> None:
    for state, said in (("candidate", ()), ("verifying", FIRST)):
        with pytest.raises(InputError) as wrong:
            judged(state, said, JudgeCandidate("c", 1, "match"), "b", supervisor=False)
        assert wrong.value.code == "candidate.identifier"


@pytest.mark.parametrize("state", ["confirmed", "rejected", "erased"])
def test_what_is_closed_stays_closed(state: str) -> None:
    with pytest.raises(StateError):
        judged(state, (), NO, "a", supervisor=True)
