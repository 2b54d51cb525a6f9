"""One person's data through every subject, from the pages alone: who saw it, why, and was it allowed."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mithaq.errors import InputError
from mithaq.ledger import access_evidence
from mithaq.node.acts import access, dispatch, erase, persons
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.registry import Asked
from mithaq.node.oversight import evidence, follow
from mithaq.seal import canonical
from tests.node.here import Here, rows
from tests.node.lists.material import imported, un_list
from tests.node.oversight.material import Place, prepared, sealed, signed_in
from tests.peers.partner import worker_keys

ZOHAIR = Asked(name="Zohair Tafrasti", birth_date="1984-03-17")


def models(asked: Asked) -> list[str]:
    return sorted(one.model for one in persons.held(asked).held)


def looked_at(here: Here) -> Place:
    """The person of `prepared`, read by officers, refused to one, listed to another, and told to the partner."""
    place = prepared(here)
    for name, path, status in (
        ("officer-a", f"/notices/{place.notice}", 200),
        ("officer-b", "/notices?state=active", 200),
        ("officer-b", f"/manifests/{place.manifest}", 200),
        ("other", f"/hits/{place.hit}", 404),
        ("officer-a", "/hits", 200),
    ):
        assert signed_in(name).get(path).status_code == status
    dispatch.dispatch_open(worker_keys(here))
    return place


def test_every_record_is_found_from_each_of_them(here: Here) -> None:
    place = prepared(here)
    whole = ["border.Candidate", "border.Hit", "wanted.Notice"]
    for reference in (place.notice, place.reference, place.hit, place.candidate, rows("border.Hit")[0].reference):
        assert models(Asked(reference=reference)) == whole, reference
    assert models(ZOHAIR) == whole
    assert models(Asked(name="الزهير التفراستي", birth_date="1984-03-17")) == whole
    assert models(Asked(name="Somebody Else", birth_date="1984-03-17")) == []
    assert models(Asked(name="Zohair Tafrasti", birth_date="1950-01-01")) == []


def test_an_entry_of_a_list_is_found_and_a_candidate_of_nobody_confirmed_leads_to_nobody_else(here: Here) -> None:
    place = prepared(here)
    imported("UN", un_list(CDi=("Zohair Tafrasti", "1984")))
    assert "lists.ListEntry" in models(ZOHAIR)
    rows("border.Candidate", pk=place.candidate)
    from mithaq.node.border.models import Candidate, Hit

    Hit.objects.all().delete()
    Candidate.objects.filter(pk=place.candidate).update(state="rejected")
    assert models(Asked(reference=place.candidate)) == ["border.Candidate"]
    assert models(Asked(reference=place.notice)) == ["border.Candidate", "wanted.Notice"]


def test_the_trail_says_who_saw_it_why_and_whether_it_was_allowed(here: Here) -> None:
    place = looked_at(here)
    trail = follow.trail(Asked(reference=place.reference))
    reads = [(one.who, one.what, one.refused) for one in trail.events if one.kind == "read"]
    assert reads == [
        ("officer-a", "wanted.notice", False),
        ("officer-b", "wanted.list", False),
        ("officer-b", "border.manifest", False),
        ("other", "border.hit", True),
        ("officer-a", "border.hits", False),
    ]
    assert {(one.who, one.reads, one.refused) for one in trail.readers} == {
        ("officer-a", 2, 0), ("officer-b", 2, 0), ("other", 1, 1),
    }  # fmt: skip
    acts = {(one.what, one.who) for one in trail.events if one.kind == "act"}
    assert acts == {
        ("screen-manifest@1", "officer-a"), ("judge-candidate@1", "officer-a"), ("judge-candidate@1", "officer-b"),
    }  # fmt: skip
    assert all(one.clauses and one.plan for one in trail.events if one.kind == "act")
    assert {"received", "delivered"} <= {one.what for one in trail.events if one.kind == "message"}
    assert {"wished"} <= {one.what for one in trail.events}
    assert {"R2"} == {one.what for one in trail.events if one.kind == "receipt"}
    assert len(trail.messages) == 2


def test_what_was_erased_is_told_by_its_tombstone(here: Here) -> None:
    place = looked_at(here)
    from mithaq.node.border.models import Candidate

    Candidate.objects.filter(pk=place.candidate).update(state="candidate")
    here.clock.forward(days=400)
    assert erase.erase_expired(here.clock.now())
    trail = follow.trail(Asked(reference=place.candidate))
    assert "border.Candidate" not in {one.model for one in trail.held}
    assert [one.record for one in trail.events if one.kind == "erased"] == ["border.Candidate"]


def test_the_page_answers_and_leaves_a_row_with_whom_it_was_about(here: Here) -> None:
    place = looked_at(here)
    client = signed_in("overseer")
    # The first request of a session reads what later ones know.
    assert client.get("/oversight").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/oversight/person", {"name": "Zohair Tafrasti", "birth_date": "1984-03-17"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert len([one for one in asked if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]) <= 14
    for words in (place.reference, "officer-b", "refused", "a manifest with its candidates", "clauses"):
        assert words in text
    last = rows("acts.Access")[-1]
    assert (last.what, last.reason) == ("oversight.person", "Zohair Tafrasti 1984-03-17")
    assert place.notice in last.also
    assert client.get("/oversight/person", {"reference": place.reference}).status_code == 200
    assert client.post("/oversight/person", {"name": "Zohair Tafrasti"}).status_code == 400
    assert client.get("/oversight/person/evidence").status_code == 400


def test_many_readings_are_told_in_parts(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    place = looked_at(here)
    monkeypatch.setattr(follow, "LIMIT", 3)
    first = follow.trail(Asked(reference=place.reference))
    assert len([one for one in first.events if one.kind == "read"]) == 3
    rest = follow.trail(Asked(reference=place.reference), first.earlier)
    assert [one.who for one in rest.events if one.kind == "read"] == ["officer-a", "officer-b"]
    assert rest.earlier is None
    # A page lists fewer, and tells where it goes on.
    few = follow.trail(Asked(reference=place.reference), most=1)
    assert len([one for one in few.events if one.kind == "read"]) == 1
    assert few.earlier is not None
    # Who has seen it is told of all readings, on whatever part one stands.
    for part in (first, rest, few):
        assert {(one.who, one.reads) for one in part.readers} == {("officer-a", 2), ("officer-b", 2), ("other", 1)}


def test_whoever_read_first_is_named_and_every_reading_can_be_proved(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, reader = looked_at(here), Actor("officer-b", "BE-POLICE/BORDER", frozenset({"case-officer"}))
    first = rows("acts.Access", record=place.notice)[0]
    monkeypatch.setattr(follow, "LIMIT", 20)
    for _minute in range(22):
        here.clock.forward(minutes=1)
        access.log(reader, "wanted.notice", here.clock.now(), place.notice)
    sealed(here)
    access.log(reader, "wanted.notice", here.clock.now(), place.notice)
    # Beside it lie as many readings of others: none of them is counted.
    access.log(reader, "wanted.list", here.clock.now(), also=("nobody", str(uuid7(here.clock.now()))))
    overseer, before, proved = signed_in("overseer"), "", set[int]()
    said = []
    while True:
        page = overseer.post("/oversight/person", {"reference": place.notice, "before": before}).content.decode()
        seen = page[page.index("Who has seen it") : page.index("What was done with it")]
        assert re.findall(r"actor=([a-z-]+)", seen)[0] == "officer-b"
        assert {"officer-a", "other"} < set(re.findall(r"actor=([a-z-]+)", seen))
        form = page[page.index('action="/oversight/person/evidence"') :]
        said.append(re.findall(r"ask again in a minute:[^0-9]+([0-9]+)", form))
        own, *further = re.findall(r'name="before" value="([0-9]*)"', form)
        # The file is that of the page, though who looks has added rows.
        made = overseer.post("/oversight/person/evidence", {"reference": place.notice, "before": own})
        proved |= {row.number for row in access_evidence.verify(made.content).rows}
        if not further:
            break
        (before,) = further
    # All but what no head held: the last reading, and who looks now. What is left out is told before the file is made.
    keys = frozenset[str]().union(*(one.shown for one in persons.held(Asked(reference=place.notice)).held))
    (last,) = (row.rows for row in rows("acts.Leaf", kind="access")[-1:])
    told = {row.pk for row in rows("acts.Access") if row.pk <= last and (row.record in keys or keys & set(row.also))}
    assert first.pk in proved
    assert proved == told
    assert len(told) > follow.LIMIT
    assert (said[0], said[-1]) == (["1"], [])


def evidence_of(here: Here, place: Place) -> bytes:
    sealed(here)
    made = evidence.make(follow.trail(Asked(reference=place.reference)))
    assert made.left_out == 0
    return made.data


def test_the_evidence_proves_offline_and_tells_nothing_of_others(here: Here) -> None:
    place = looked_at(here)
    signed_in("officer-a").get("/notices?authority=somebody-quite-different")
    data = evidence_of(here, place)
    found = access_evidence.verify(data, {"BE": here.own.root.public, "MA": here.partner.root.public})
    assert found.ok, found.checks
    assert [row.actor for row in found.rows] == ["officer-a", "officer-b", "officer-b", "other", "officer-a"]
    assert len(found.messages) == 2
    assert found.on_trust == ""
    assert b"somebody-quite-different" not in data
    assert access_evidence.verify(data).on_trust == here.own.root.public.text


def test_evidence_that_was_changed_does_not_prove(here: Here) -> None:
    place = looked_at(here)
    whole = json.loads(evidence_of(here, place))
    roots = {"BE": here.own.root.public, "MA": here.partner.root.public}

    def result(value: object) -> list[str]:
        return [one.code for one in access_evidence.verify(canonical.canonical(value), roots).checks if one.code]

    steps = whole["segments"][0]["rows"]
    shown = next(number for number, step in enumerate(steps) if "row" in step)
    for change, code in (
        (lambda one: one["segments"][0]["rows"][shown]["row"].update(actor="officer-b"), "ledger.commitment"),
        (lambda one: one["segments"][0]["rows"][shown]["row"].update(number=9), "ledger.access.row"),
        (lambda one: one["segments"][0]["rows"].pop(), "ledger.access.row"),
        (lambda one: one["segments"][0].update(after=5), "ledger.access.row"),
        (lambda one: one["segments"][0]["seal"].update(index=0), "ledger.inclusion"),
        (lambda one: one.update(root=here.partner.root.public.text), "ledger.plan.root"),
        (lambda one: one["messages"][0].update(receipts=[]), ""),
    ):
        changed = json.loads(json.dumps(whole))
        change(changed)
        assert code in (result(changed) or [""]), code
    with pytest.raises(InputError):
        access_evidence.verify(b"{}")


def test_a_row_that_is_not_sealed_yet_is_left_out_and_counted(here: Here) -> None:
    place = looked_at(here)
    sealed(here)
    here.clock.forward(minutes=1)
    signed_in("officer-a").get(f"/notices/{place.notice}")
    made = evidence.make(follow.trail(Asked(reference=place.reference)))
    assert made.left_out == 1
    assert len(access_evidence.verify(made.data).rows) == 5
    assert here.clock.now() - timedelta(minutes=1) == rows("acts.Leaf", kind="access")[0].at
