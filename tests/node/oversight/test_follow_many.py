"""One person's data where many share the day of birth or the name: nobody is missed, and what is cut is told."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.node.acts import local, persons
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.registry import Asked
from mithaq.node.border.models import Candidate
from mithaq.node.oversight import follow
from tests.node.border.crossings_material import keeping
from tests.node.here import Here, rows
from tests.node.lists.material import imported, un_list
from tests.node.oversight.material import prepared, sealed, signed_in

BORN = "1984-03-17"
ZOHAIR = Asked(name="Zohair Tafrasti", birth_date=BORN)


def candidates(here: Here, count: int, name: str, **changes: Any) -> list[str]:
    """Candidates of a traveller who was born that day, newer than all others."""
    now = here.clock.now()
    fields = {
        "manifest": uuid7(now), "post": "BEBRU", "unit": "BE-POLICE/BORDER", "subject": "notice:x", "score": 1.0,
        "traveller": {"names": [name], "birth_date": BORN, "documents": []}, "travel": {"flight": "XX123"},
        "evidence": [], "state": "candidate", "created": now, "expires": now,
    } | changes  # fmt: skip
    made = tuple(Row("border.Candidate", str(uuid7(now)), 0, fields) for _ in range(count))
    local.apply("test", Effects(rows=made), now)
    return [row.id for row in made]


def models(asked: Asked) -> list[str]:
    return sorted(one.model for one in persons.held(asked).held)


def test_who_shares_the_day_of_birth_with_very_many_newer_ones_is_found(here: Here) -> None:
    prepared(here)
    before = persons.held(ZOHAIR)
    here.clock.forward(minutes=1)
    candidates(here, persons.LIMIT + 50, "Somebody Else")
    # An own list, too: all of it is born in that year.
    imported("UN", un_list(CDi=("Zohair Tafrasti", "1984")))
    after = persons.held(ZOHAIR)
    assert {one.record for one in before.held} <= {one.record for one in after.held}
    assert (before.cut, after.cut) == (frozenset(), frozenset())


@pytest.mark.parametrize("name", ["Mohamed Ali", "Ahmed Hassan", "محمد علي"])
def test_a_name_that_very_many_bear_is_found(here: Here, name: str) -> None:
    (key,) = candidates(here, 1, name)
    assert [one.record for one in persons.held(Asked(name=name, birth_date=BORN)).held] == [key]
    assert models(Asked(name="Driss Bennani", birth_date=BORN)) == []


def test_of_more_records_than_are_told_the_newest_are_there_and_the_page_says_so(here: Here) -> None:
    place = prepared(here)
    here.clock.forward(minutes=1)
    newer = candidates(here, persons.LIMIT, "Zouhair Tafrasti")
    found = persons.held(ZOHAIR)
    assert found.cut == {"border.Candidate"}
    assert {one.record for one in found.held} >= set(newer)
    overseer = signed_in("overseer")
    answer = overseer.post("/oversight/person", {"name": ZOHAIR.name, "birth_date": BORN}).content.decode()
    assert "There is more than is shown" in answer
    alone = overseer.post("/oversight/person", {"reference": place.candidate}).content.decode()
    assert "There is more than is shown" not in alone


def test_of_more_entries_than_are_told_the_newest_are_there(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    place = prepared(here)
    sealed(here)
    whole = [one.leaf for one in follow.trail(Asked(reference=place.reference)).events if one.leaf is not None]
    monkeypatch.setattr(follow, "_LEAVES", len(whole) - 1)
    part = follow.trail(Asked(reference=place.reference))
    assert "acts" in part.cut
    assert max(whole) in [one.leaf for one in part.events]
    assert (
        "entries of the ledger"
        in signed_in("overseer").post("/oversight/person", {"reference": place.reference}).content.decode()
    )


def test_a_confirmed_candidate_leads_to_the_kept_crossing_and_no_other_does(here: Here) -> None:
    keeping(here, "crossings_retention_hours = 48")
    place = prepared(here)
    (kept,) = [one for one in rows("border.Crossing") if one.found and "Tafrasti" in str(one.traveller).title()]
    for reference in (place.notice, place.reference, place.candidate, place.hit):
        held = persons.held(Asked(reference=reference)).held
        assert str(kept.pk) in {one.record for one in held if one.model == "border.Crossing"}, reference
        assert len([one for one in held if one.model == "border.Crossing"]) == 1
    Candidate.objects.filter(pk=place.candidate).update(state="rejected")
    from mithaq.node.border.models import Hit

    Hit.objects.all().delete()
    assert "border.Crossing" not in models(Asked(reference=place.notice))
