"""Silence for a pair of document and listed record: who asks, who agrees, what it silences, what ends it, who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.formats.paxlst import TravelDocument, Traveller
from mithaq.node.acts import erase, local, perform
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.border import facts, silence_ends, silence_facts
from mithaq.node.border.requests import (
    AskSilence,
    DecideSilence,
    EndSilence,
    ScreenTraveller,
)
from tests.node import acts_material as material
from tests.node.border.test_border import OTHER, WANTED, judge, notice, post, screen, traveller
from tests.node.here import Here, rows, waits

__all__ = ["post"]
NUMBER = "AB1234567"
# Named and born as the listed person, with a passport that is not the listed one.
ALIKE = traveller("ZOHAIR", "TAFRASTI", "1984-03-17", NUMBER)
SECOND = replace(material.DRAFTER, name="second")


def rejected(*travellers: Traveller) -> facts.CandidateFacts:
    """A candidate on a new list that an officer has rejected."""
    (found,) = screen(*(travellers or (ALIKE, OTHER)))
    judge(found, material.OFFICER_A, "no-match")
    return facts.candidate(found.id)


def ask(found: facts.CandidateFacts, actor: Any = material.OFFICER_A, **fields: Any) -> str:
    request = AskSilence(found.id, found.version, "biometrics", "The fingerprints differ.")
    key: str = perform.perform("ask-silence@1", replace(request, **fields), actor)
    return key


def decide(key: str, actor: Any = SECOND, verdict: Any = "agree", reason: str = "") -> Any:
    version = silence_facts.silence(key).version
    return perform.perform("decide-silence@1", DecideSilence(key, version, verdict, reason), actor)


def end(key: str, actor: Any = material.OFFICER_B, reason: str = "He was mistaken for another.") -> Any:
    return perform.perform("end-silence@1", EndSilence(key, silence_facts.silence(key).version, reason), actor)


def agreed(post: Here) -> str:
    """A silence in force, of ALIKE against MA's notice."""
    notice(post)
    key = ask(rejected())
    decide(key)
    return key


def again(*travellers: Traveller, day: int = 5) -> tuple[facts.CandidateFacts, ...]:
    """The candidates of another flight."""
    from tests.node.border.test_border import manifest

    return screen(data=manifest(*travellers).replace(b"XX123", b"XX7%02d" % day))


def test_one_rejection_closes_this_crossing_only(post: Here) -> None:
    notice(post)
    rejected()
    assert [one.state for one in again(ALIKE)] == ["candidate"]


def test_nothing_is_silenced_until_another_unit_agrees_and_then_this_pair_alone_is(post: Here) -> None:
    notice(post)
    key = ask(rejected())
    assert silence_facts.silence(key).state == "asked"
    assert len(again(ALIKE, day=1)) == 1, "nobody has agreed"
    for actor, code in (
        (material.OFFICER_A, "silence.second_person"),
        (material.OFFICER_B, "silence.second_person"),
        (material.CHIEF, "silence.second_person"),
        (replace(SECOND, via="own-system"), "officer.second"),
    ):
        with pytest.raises(RefusedError) as refused:
            decide(key, actor)
        assert refused.value.code in {code, "act.sender"}, actor
    (need,) = (one for one in waits(SECOND, post.clock.now()) if one.kind == "silence")
    assert need.url == f"/silences/{key}"
    decide(key)
    assert not [one for one in waits(SECOND, post.clock.now()) if one.kind == "silence"]
    # The same document on a manifest, among others: counted and told, with a row and in the leaf.
    assert again(ALIKE, OTHER, day=2) == ()
    (row,) = rows("border.Manifest", flight="XX702")
    assert (row.candidates, row.silenced) == (0, 1)
    (leaf,) = (one for one in rows("acts.Leaf", kind="act") if one.subject == f"manifest/{row.pk}")
    assert b"silenced" in bytes(leaf.leaf)
    (met,) = rows("border.Silenced")
    assert (str(met.silence), met.manifest, met.number) == (key, row.pk, 1)
    # At the counter, read from the document.
    zone = (
        "P<MARTAFRASTI<<ZOHAIR<<<<<<<<<<<<<<<<<<<<<<<\nAB1234567"
    )
    del zone
    alone = perform.perform(
        "screen-traveller@1", ScreenTraveller("BEBRU", name="Zohair Tafrasti", birth_date="1984-03-17"),
        material.OFFICER_A,
    )
    assert len(facts.candidates(alone)) == 1, "without the document it is not the same pair"
    # Another document of the same name, and the listed document itself, are candidates.
    (other,) = again(replace(ALIKE, documents=(TravelDocument("P", "AB1234568", "MAR"),)), day=3)
    assert other.state == "candidate"
    assert len(again(replace(ALIKE, documents=(TravelDocument("P", NUMBER, "FRA"),)), day=4)) == 1
    assert len(again(replace(ALIKE, born="1984-03-18"), day=5)) == 1
    both = replace(ALIKE, documents=(TravelDocument("P", NUMBER, "MAR"), TravelDocument("I", "ZX4417702", "MAR")))
    (listed,) = again(both, day=6)
    assert listed.documented
