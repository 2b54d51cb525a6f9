"""Silence for a pair of document and listed record: who asks and agrees, what it silences, its ends, who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.formats.mrz import Zone
from mithaq.formats.mrz_write import write_mrz
from mithaq.formats.paxlst import TravelDocument, Traveller
from mithaq.node.acts import arrive, deliver, dispatch, erase, opening, perform, persons
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.acts.nouns import Document, Person
from mithaq.node.acts.registry import Asked
from mithaq.node.api.answers import screening
from mithaq.node.border import crossings, facts, silence_ends, silence_facts, silence_rules
from mithaq.node.border.requests import AskSilence, DecideSilence, EndSilence, ScreenTraveller, TravellerData
from mithaq.node.start import Node
from tests.node import acts_material as material
from tests.node.acts.test_road import published
from tests.node.border.crossings_material import keeping
from tests.node.border.test_border import OTHER, judge, manifest, notice, post, screen, traveller
from tests.node.border.test_pages import text
from tests.node.console.test_routes import places, signed_in
from tests.node.here import Here, rows, waits
from tests.node.lists.material import listed, un_list
from tests.node.retention.test_extended import receive, received
from tests.peers.partner import Partner, worker_keys

__all__ = ["places", "post"]
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
    return screen(data=manifest(*travellers).replace(b"XX123", b"XX7%02d" % day))


def codes(error: Any) -> str:
    return str(error.value.code)


def test_one_rejection_closes_this_crossing_only(post: Here) -> None:
    notice(post)
    rejected()
    assert [one.state for one in again(ALIKE)] == ["candidate"]


def test_nothing_is_silenced_until_another_unit_agrees_and_then_this_pair_alone_is(post: Here) -> None:
    notice(post)
    key = ask(rejected())
    assert len(again(ALIKE, day=1)) == 1, "nobody has agreed"
    with pytest.raises(RefusedError) as refused:
        decide(key, replace(SECOND, via="own-system"))
    assert codes(refused) == "officer.second"
    with pytest.raises(RefusedError) as refused:
        decide(key, material.CHIEF)
    assert codes(refused) == "plan.sender"
    (need,) = (one for one in waits(SECOND, post.clock.now()) if one.kind == "silence")
    assert (need.url, need.record) == (f"/silences/{key}", silence_facts.silence(key).reference)
    decide(key)
    assert not [one for one in waits(SECOND, post.clock.now()) if one.kind == "silence"]
    # The same document on a manifest, among others: counted and told, with a row and in the leaf.
    assert again(ALIKE, OTHER, day=2) == ()
    (row,) = rows("border.Manifest", flight="XX702")
    assert (row.candidates, row.silenced) == (0, 1)
    (leaf,) = (one for one in rows("acts.Leaf", kind="act") if one.subject == f"manifest/{row.pk}")
    assert b"silenced" in bytes(leaf.data)
    (met,) = rows("border.Silenced")
    assert (str(met.silence), met.manifest, met.number) == (key, row.pk, 1)
    # At the counter by the document's zone; by a name alone it is not the same pair.
    zone = Zone("TD3", "P", "MAR", NUMBER, "TAFRASTI", "ZOHAIR", nationality="MAR", birth_date="1984-03-17",
                sex="male", expires="2030-01-01")  # fmt: skip
    for asked, found in (
        (ScreenTraveller("BEBRU", mrz="\n".join(write_mrz(zone))), 0),
        (ScreenTraveller("BEBRU", name="Zohair Tafrasti", birth_date="1984-03-17"), 1),
    ):
        alone = facts.manifest(perform.perform("screen-traveller@1", asked, material.OFFICER_A))
        assert (alone.candidates, alone.silenced) == (found, 1 - found)
        # What an own system is answered says the same.
        assert screening.screening(alone, facts.candidates(alone.id)).silenced == 1 - found
    # Another number, State or birth date is another document; the listed one is never silenced.
    for day, other in enumerate((
        replace(ALIKE, documents=(TravelDocument("P", "AB1234568", "MAR"),)),
        replace(ALIKE, documents=(TravelDocument("P", NUMBER, "FRA"),)),
        replace(ALIKE, birth_date="1984-03-18"),
        replace(ALIKE, documents=()),
    ), 3):  # fmt: skip
        assert [one.state for one in again(other, day=day)] == ["candidate"], other
    listed_too = (TravelDocument("P", NUMBER, "MAR"), TravelDocument("I", "ZX4417702", "MAR"))
    (passport,) = again(replace(ALIKE, documents=listed_too), day=9)
    assert passport.documented
    # The same document against another record is another pair.
    listed("UN", un_list(CDi=("Zohair Tafrasti", "1984")))
    (other_record,) = again(ALIKE, day=10)
    assert other_record.subject.startswith("list:UN/")
    assert {one.number for one in silence_facts.uses([key]).values()} == {3}
    # No table holds number or name, and the secret is in none.
    stored = b"|".join(
        str(vars(row)).encode() for label in ("border.Silence", "border.Silenced") for row in rows(label)
    )
    assert not [word for word in (NUMBER, "TAFRASTI", "1984-03-17") if word.encode() in stored.upper()]
    hashed = silence_rules.document_hash(
        b"another secret, of as many characters", Document("P", NUMBER, "MAR"), "1984-03-17"
    )
    assert rows("border.Silence")[0].document not in {hashed, ""}


def test_who_is_kept_in_the_register_is_silenced_on_rescreening_too(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    key = agreed(post)
    assert again(ALIKE, OTHER, day=2) == ()
    (row,) = rows("border.Manifest", flight="XX702")
    stranger = material.notice_body(
        person=Person(("Nobody Atall",), birth_dates=("1951-01-02",), documents=(Document("P", "QQ1"),))
    )
    arrive.accept(material.message(post, stranger, sequence=2), "MA-POLICE", Custody(post.own.node), post.clock.now())
    opening.open_waiting(worker_keys(post))
    assert crossings.rescreen_changed(post.clock.now()) > 0
    assert [one.state for one in facts.candidates(str(row.pk))] == []
    (row,) = rows("border.Manifest", flight="XX702")
    # The silence was counted when the list came, and is not counted again.
    assert (row.candidates, row.silenced, len(rows("border.Silenced", manifest=row.pk))) == (0, 1, 1)
    # When it has ended, the next comparison finds who has crossed meanwhile.
    end(key)
    body = material.notice_body(
        person=Person(("Nobody Either",), birth_dates=("1952-01-02",), documents=(Document("P", "QQ1"),))
    )
    arrive.accept(material.message(post, body, sequence=3), "MA-POLICE", Custody(post.own.node), post.clock.now())
    opening.open_waiting(worker_keys(post))
    crossings.rescreen_changed(post.clock.now())
    assert [one.state for one in facts.candidates(str(row.pk))] == ["candidate"]


def test_what_cannot_be_silenced_is_refused_with_what_is_missing(post: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    notice(post)
    (found,) = screen(ALIKE)
    with pytest.raises(StateError) as state:
        ask(found)
    assert codes(state) == "silence.candidate"
    judge(found, material.OFFICER_A, "no-match")
    found = facts.candidate(found.id)
    with pytest.raises(InputError) as reason:
        ask(found, reason="  ")
    assert codes(reason) == "silence.reason"
    with pytest.raises(StateError) as stale:
        ask(found, version=found.version - 1)
    assert codes(stale) == "record.stale"
    with pytest.raises(UnknownError):
        ask(found, SECOND)
    with monkeypatch.context() as patch:
        # Without the secret, or with a short one, nobody is silenced, and who asks is told.
        for reference in ("", "file:secret-that-is-not-there", "env:MITHAQ_SHORT"):
            patch.setenv("MITHAQ_SHORT", "k" * 31)
            patch.setattr(Node, "config", replace(post.config, silences=reference))
            with pytest.raises(StateError) as no_key:
                ask(found)
            assert codes(no_key) == "silence.key"
    key = ask(found)
    with pytest.raises(StateError) as known:
        ask(found)
    assert codes(known) == "silence.known"
    with pytest.raises(InputError) as silent:
        decide(key, verdict="decline")
    assert codes(silent) == "silence.reason"
    decide(key, verdict="decline", reason="The portrait is his.")
    with pytest.raises(StateError) as closed:
        decide(key)
    assert codes(closed) == "silence.state"
    assert len(again(ALIKE, day=1)) == 1
    for day, (papers, born, code) in enumerate((
        ((), "1984-03-17", "silence.document"),
        ((TravelDocument("P", NUMBER, ""),), "1984-03-17", "silence.document"),
        ((TravelDocument("P", NUMBER, "MAR"),), "", "silence.document"),
        ((TravelDocument("P", "ZX4417702", "MAR"),), "1984-03-17", "silence.listed"),
    ), 2):  # fmt: skip
        (one,) = again(replace(ALIKE, documents=papers, birth_date=born), day=day)
        judge(one, material.OFFICER_A, "no-match")
        with pytest.raises((InputError, RefusedError)) as missing:
            ask(facts.candidate(one.id))
        assert codes(missing) == code


def test_the_second_person_is_another_of_another_unit_whatever_the_instrument_says() -> None:
    for actor in (material.OFFICER_B, replace(SECOND, name="officer-a")):
        with pytest.raises(RefusedError) as refused:
            silence_rules.check_second("BE-POLICE/BORDER", "officer-a", actor)
        assert codes(refused) == "silence.second_person"
    silence_rules.check_second("BE-POLICE/BORDER", "officer-a", SECOND)


def test_nobody_agrees_to_what_nobody_can_look_at_and_it_goes_with_a_tombstone(post: Here) -> None:
    notice(post)
    key = ask(found := rejected())
    (candidate,) = rows("border.Candidate", pk=found.id)
    type(candidate).objects.filter(pk=found.id).delete()
    with pytest.raises(StateError) as gone:
        decide(key)
    assert codes(gone) == "silence.candidate_gone"
    post.clock.forward(hours=73)
    erase.erase_expired(post.clock.now())
    assert rows("border.Silence") == []
    assert [one.rule for one in rows("acts.Tombstone", model="border.Silence")] == ["silence"]


@pytest.mark.parametrize("how", ["extended", "withdrawn", "time", "review", "hand"])
def test_it_ends_with_the_notice_at_its_time_and_by_hand(post: Here, how: str) -> None:
    sent = received(post)
    key = ask(rejected())
    decide(key)
    held = silence_facts.silence(key)
    (row,) = rows("wanted.Notice")
    assert held.until == min(post.clock.now() + timedelta(days=365), row.review)
    assert again(ALIKE, day=1) == ()
    why = {"extended": "changed", "withdrawn": "gone", "time": "time", "review": "time", "hand": "hand"}[how]
    if how == "extended":
        assert receive(post, sent) == ""
    elif how == "withdrawn":
        duty = {"act": "withdraw-notice@1", "purposes": ("information",), "categories": ("identity",)}
        told = {"reference": row.reference, "reason": "found", "language": "fr"}
        data = material.message(post, told, sequence=2, in_reply_to=sent, **duty)
        arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now())
        opening.open_waiting(worker_keys(post))
    elif how == "time":
        type(row).objects.filter(pk=row.pk).update(review=post.clock.now() + timedelta(days=900))
        (one,) = rows("border.Silence")
        type(one).objects.filter(pk=key).update(until=post.clock.now() + timedelta(days=2))
        post.clock.forward(days=2)
    elif how == "review":
        post.clock.moment = row.review
    else:
        with pytest.raises(InputError):
            end(key, reason="")
        end(key)
    # Nobody waits for the job: what does not hold is not heeded.
    if how in {"extended", "hand"}:
        assert len(again(ALIKE, day=2)) == 1
    silence_ends.end_over(post.clock.now())
    found = silence_facts.silence(key)
    assert (found.state, found.ended) == ("ended", why)
    assert found.until is not None
    assert found.until <= post.clock.now()
    assert len(rows("acts.Leaf", kind="silence")) == (how != "hand")
    with pytest.raises(StateError):
        end(key)
    post.clock.forward(days=91)
    erase.erase_expired(post.clock.now())
    assert rows("border.Silence") == rows("border.Silenced") == []


def test_a_list_entry_that_changes_ends_it_and_a_new_version_that_does_not_keeps_it(post: Here) -> None:
    listed("UN", un_list(CDi=("Zohair Tafrasti", "1984")))
    key = ask(rejected())
    listed("UN", un_list(CDi=("Zohair Tafrasti", "1984"), Other=("Nobody Atall", "1951")))
    decide(key)
    assert again(ALIKE, day=1) == ()
    silence_ends.end_over(post.clock.now())
    assert silence_facts.silence(key).state == "in-force"
    listed("UN", un_list(CDi=("Zohair Tafrasti", "1985"), Other=("Nobody Atall", "1951")))
    silence_ends.end_over(post.clock.now())
    assert silence_facts.silence(key).ended == "changed"
    # What has changed since it was asked for is compared again before anybody agrees.
    (fresh,) = again(ALIKE, day=2)
    judge(fresh, material.OFFICER_A, "no-match")
    waiting = ask(facts.candidate(fresh.id))
    listed("UN", un_list(CDi=("Zohair Tafrasti", "1986"), Other=("Nobody Atall", "1951")))
    with pytest.raises(StateError) as changed:
        decide(waiting)
    assert codes(changed) == "silence.changed"
    # The unit of a list's record is nobody's: nobody else is told.
    assert rows("acts.Wish", act="tell-silence@1") == []


def test_the_owner_of_a_partners_notice_is_told_and_nothing_of_the_traveller(post: Here) -> None:
    key = agreed(post)
    partner = Partner(post)
    dispatch.dispatch_open(worker_keys(post))
    deliver.deliver_due(partner, post.clock.now())
    end(key)
    dispatch.dispatch_open(worker_keys(post))
    deliver.deliver_due(partner, post.clock.now())
    held = silence_facts.silence(key)
    bodies = []
    for data, told in zip(partner.got, partner.payloads(), strict=True):
        assert (told["act"], told["to"]["unit"]) == ("tell-silence@1", "MA-POLICE/WANTED")
        assert told["categories"] == ["identity"]
        _token, content = envelopes.unframe(data)
        bodies.append(envelopes.open_content(
            told, content, post.partner.sealing["MA-POLICE/WANTED"], post.own.signing["BE-POLICE/BORDER"].public
        ))  # fmt: skip
    assert [set(one) for one in bodies] == [
        {"silence", "notice", "since", "until", "ground", "purpose", "handling", "language"}
    ] * 2
    assert {(one["silence"], one["notice"], one["ground"]) for one in bodies} == {(key, held.reference, "biometrics")}
    assert held.until is not None
    assert bodies[1]["until"] == envelopes.text_of(held.until) < bodies[0]["until"]


def test_a_partners_silence_against_a_notice_of_ours_is_shown_to_its_owner_alone(post: Here) -> None:
    notice(post)
    (theirs,) = rows("wanted.Notice")
    own = published()
    (row,) = rows("wanted.Notice", pk=own)
    now, later = post.clock.now(), post.clock.now() + timedelta(days=30)
    there = "01900000-0000-7000-8000-00000000abcd"
    told = {
        "silence": there, "notice": row.reference, "since": envelopes.text_of(now), "until": envelopes.text_of(later),
        "ground": "biometrics", "purpose": "locate", "handling": row.handling, "language": "en",
    }  # fmt: skip
    sent = {
        "act": "tell-silence@1",
        "categories": ("identity",),
        "handling": row.handling,
        "from_unit": "MA-POLICE/BORDER",
    }

    def arrives(sequence: int, **changes: Any) -> str:
        data = material.message(post, {**told, **changes}, sequence=sequence, language="en", **sent)
        arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now())
        opening.open_waiting(worker_keys(post))
        found = rows("acts.Receipt", outgoing=True, message=material.id_of(data), kind="RX")
        return "".join(one.ground for one in found)

    assert arrives(2, notice=theirs.reference) == "silence.notice"
    assert arrives(3, notice="BE-POLICE/2026/WP/99999") == "silence.notice"
    assert arrives(4, until=envelopes.text_of(now - timedelta(days=1))) == "silence.times"
    assert arrives(5, purpose="information") in {"silence.terms", "envelope_terms.differ"}
    assert arrives(6) == ""
    (found,) = silence_facts.of_notice(row.reference, material.DRAFTER)
    assert (found.found_here, found.partner, found.until) == (False, "MA-POLICE", later)
    assert silence_facts.of_notice(row.reference, material.OFFICER_A) == ()
    assert silence_facts.of_notice(row.reference, replace(material.DRAFTER, lines=frozenset({"other"}))) == ()
    # Its end, told later, is the same silence's.
    assert arrives(7, until=envelopes.text_of(now)) == ""
    (found,) = silence_facts.of_notice(row.reference, material.DRAFTER)
    assert (found.until, found.standing(post.clock.now())) == (now, "ended")
    with pytest.raises((StateError, RefusedError)):
        end(found.id, material.DRAFTER)


def test_pages_lead_from_the_rejected_candidate_to_what_was_silenced(places: dict[str, dict[str, str]]) -> None:
    officer, overseer, second = signed_in("officer-a"), signed_in("overseer"), signed_in("approver")
    (before,) = rows("border.Silence")
    type(before).objects.all().delete()
    screened = again(ALIKE, OTHER, day=1)
    (found,) = (one for one in screened if one.card and one.card.owner == "MA-POLICE")
    page = f"/manifests/{found.manifest}"
    assert f"/candidates/{found.id}/silence" not in officer.get(page).content.decode()
    for one in screened:
        judge(one, material.OFFICER_A, "no-match")
    assert f"/candidates/{found.id}/silence" in officer.get(page).content.decode()
    asked = {"version": facts.candidate(found.id).version, "ground": "biometrics", "reason": "another face"}
    address = officer.post(f"/candidates/{found.id}/silence", asked)["Location"]
    assert f"/candidates/{found.id}/silence" not in officer.get(page).content.decode()
    assert (f'href="{address}"' in second.get("/").content.decode()) is True
    # Who decides has the candidate before him, and nobody else of the unit's candidates.
    shown = second.get(address).content.decode()
    assert NUMBER in shown
    assert f"{address}/decide" in shown
    assert second.get(page).status_code == 404
    assert f"{address}/decide" not in officer.get(address).content.decode()
    assert second.post(f"{address}/decide", {"version": 1}).status_code == 400
    assert second.post(f"{address}/decide", {"version": 1, "verdict": "agree"}).status_code == 302
    shown = second.get(address).content.decode()
    assert NUMBER not in shown
    assert "TAFRASTI" not in shown
    # The other record of the same name is another pair; this one is told as silenced.
    (other,) = again(ALIKE, day=2)
    told = text(officer.get(f"/manifests/{other.manifest}"))
    assert "1 silenced" in told
    listing = text(overseer.get("/silences"))
    assert "in force" in listing
    assert NUMBER not in listing
    assert officer.post(f"{address}/end", {"version": 2, "reason": "mistaken"}).status_code == 302
    assert "ended by hand" in text(officer.get(address))
    assert {row.what for row in rows("acts.Access", actor="approver")} >= {"border.silence", "refused:border.manifest"}
    # The owner of a notice of ours finds what is silenced against it on its page.
    own = rows("wanted.Notice", pk=places["notice"]["key"])[0]
    judged = facts.candidate(next(one.id for one in screened if one.id != found.id))
    made = ask(judged)
    decide(made)
    assert f"/silences/{made}" in second.get(f"/notices/{own.pk}").content.decode()


def test_the_hash_is_of_number_state_and_whole_birth_date() -> None:
    key, born = b"k" * 32, "1984-03-17"
    same = {
        silence_rules.document_hash(key, Document(kind, number, state), born)
        for kind, number, state in (("P", "ab 12-34", "DEU"), ("", "AB1234", "D"), ("I", "AB1234", "deu"))
    }
    assert len(same) == 1
    others = {
        silence_rules.document_hash(one, Document("P", number, state), day)
        for one, number, state, day in (
            (b"l" * 32, "AB1234", "DEU", born), (key, "AB1235", "DEU", born), (key, "AB1234", "FRA", born),
            (key, "AB1234", "DEU", "1984-03-18"), (key, "AB123", "4DEU", born),
        )
    }  # fmt: skip
    assert len(others | same) == 6
    for papers, day in (((), born), ((Document("P", "AB1234"),), born), ((Document("P", "AB1", "MAR"),), "1984-03")):
        assert silence_rules.paper_of(TravellerData(("X",), day, documents=papers)) is None


def test_whoever_follows_a_candidate_or_a_record_is_told_of_the_silence_which_leads_to_nobody(post: Here) -> None:
    notice(post)
    found = rejected()
    key = ask(found)
    (kept,) = rows("border.Silence")
    for reference in (found.id, kept.reference):
        held = persons.held(Asked(reference=reference)).held
        assert [one.record for one in held if one.model == "border.Silence"] == [key], reference
    (alone,) = persons.held(Asked(reference=key)).held
    assert (alone.model, alone.names, alone.record) == ("border.Silence", (), key)
