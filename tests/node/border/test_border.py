"""A manifest at a post, from its bytes to the hit that the partner is told of, on a real database."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from mithaq.errors import InputError, MithaqError, RefusedError, StateError
from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller
from mithaq.formats.paxlst_write import write_paxlst
from mithaq.node.acts import arrive, deliver, dispatch, erase, local, opening, perform
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.border import facts
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import JudgeCandidate, ScreenManifest
from mithaq.seal import jws
from tests.node import acts_material as material
from tests.node.here import Here, rows
from tests.node.lists.material import listed
from tests.peers.partner import Partner, worker_keys
from tests.shared_data import shared

NAMES = dict.fromkeys(("en", "fr", "nl", "ar"), "Brussels Airport")


def manifest(*travellers: Traveller) -> bytes:
    leg = Leg("XX123", "CMN", "2026-05-04T02:10", "BRU", "2026-05-04T06:05")
    plain = Manifest("1", "745", "XX", leg.flight, "CMN", "BRU", leg.departs, leg.arrives, (leg,), travellers)
    return write_paxlst(plain)


def traveller(given: str, family: str, born: str, number: str) -> Traveller:
    return Traveller("passenger", family, given, "male", born, "MAR", (TravelDocument("P", number, "MAR"),))


WANTED = traveller("ZOHAIR", "TAFRASTI", "1984-03-17", "ZX4417702")
OTHER = traveller("PIETER", "VANDENBROUCKE", "1991-11-30", "EL220011")


@pytest.fixture
def post(here: Here) -> Here:
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", NAMES)), here.clock.now())
    return here


def notice(here: Here) -> dict[str, Any]:
    """MA's notice arrives; returns its envelope."""
    data = material.message(here)
    arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    return jws.peek(envelopes.unframe(data)[0])


def screen(*travellers: Traveller, data: bytes | None = None) -> tuple[facts.CandidateFacts, ...]:
    request = ScreenManifest("BEBRU", "list.edi", manifest(*travellers) if data is None else data)
    return facts.candidates(perform.perform("screen-manifest@1", request, material.OFFICER_A))


def judge(candidate: facts.CandidateFacts, actor: Any, verdict: Any = "match", identifier: Any = "document") -> Any:
    fresh = facts.candidate(candidate.id)
    request = JudgeCandidate(candidate.id, fresh.version, verdict, identifier if verdict == "match" else "")
    return perform.perform("judge-candidate@1", request, actor)


def test_a_listed_traveller_becomes_a_candidate_and_nobody_else_is_kept(post: Here) -> None:
    notice(post)
    (found,) = screen(WANTED, OTHER)
    assert found.traveller.documents[0].number == "ZX4417702"
    assert found.card is not None
    assert found.card.owner == "MA-POLICE"
    assert found.score == pytest.approx(sum(one["weight"] for one in found.evidence))
    (kept,) = rows("border.Manifest")
    assert (kept.travellers, kept.candidates, kept.subjects) == (2, 1, 1)
    everything = b"|".join(
        str(vars(row)).encode() for label in ("border.Manifest", "border.Candidate", "acts.Leaf") for row in rows(label)
    )
    assert b"VANDENBROUCKE" not in everything.upper()


def test_two_officers_confirm_and_the_owner_is_told(post: Here) -> None:
    envelope = notice(post)
    (found,) = screen(WANTED, OTHER)
    assert judge(found, material.OFFICER_A)["state"] == "verifying"
    with pytest.raises(RefusedError):
        judge(found, material.OFFICER_A)
    answer = judge(found, material.OFFICER_B, identifier="portrait")
    assert answer["state"] == "confirmed"
    hit = facts.hit(answer["hit"])
    assert hit.report.identifiers == ("document", "portrait")
    partner = Partner(post)
    dispatch.dispatch_open(worker_keys(post))
    deliver.deliver_due(partner, post.clock.now())
    (told,) = partner.payloads()
    assert (told["act"], told["to"]["unit"], told["in_reply_to"]) == (
        "report-hit@1", "MA-POLICE/WANTED", envelope["id"],
    )  # fmt: skip
    _token, content = envelopes.unframe(partner.got[0])
    body = envelopes.open_content(
        told, content, post.partner.sealing["MA-POLICE/WANTED"], post.own.signing["BE-POLICE/BORDER"].public
    )
    assert (body["officers"], body["traveller"]["documents"][0]["number"]) == (2, "ZX4417702")
    with pytest.raises(StateError):
        judge(found, material.CHIEF)


def test_two_officers_on_one_candidate_at_once_make_one_hit(post: Here) -> None:
    notice(post)
    (found,) = screen(WANTED)
    judge(found, material.OFFICER_A)
    version, answers = facts.candidate(found.id).version, []
    start = threading.Barrier(2)

    def confirm(name: str) -> None:
        actor = replace(material.OFFICER_B, name=name)
        start.wait()
        try:
            request = JudgeCandidate(found.id, version, "match", "document")
            answers.append(perform.perform("judge-candidate@1", request, actor)["state"])
        except MithaqError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(name,)) for name in ("officer-b", "officer-c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["confirmed", "record.stale"]
    assert len(rows("border.Hit")) == 1
    assert len(rows("border.Judgement")) == 2
    assert len(rows("acts.Wish", act="report-hit@1")) == 1


def test_an_officer_of_another_unit_does_not_judge(post: Here) -> None:
    notice(post)
    (found,) = screen(WANTED)
    with pytest.raises(UnknownError):
        judge(found, material.APPROVER)
    # It is answered as what is not there; the log says that it was tried.
    (row,) = rows("acts.Access", actor="approver")
    assert (row.what, row.record) == ("refused:acts.named", found.id)


def test_a_notice_withdrawn_meanwhile_makes_no_hit(post: Here) -> None:
    envelope = notice(post)
    (found,) = screen(WANTED)
    judge(found, material.OFFICER_A)
    reference = rows("wanted.Notice")[0].reference
    duty = {"act": "withdraw-notice@1", "purposes": ("information",), "categories": ("identity",)}
    body = {"reference": reference, "reason": "found", "language": "fr"}
    data = material.message(post, body, in_reply_to=envelope["id"], **duty)
    arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now())
    opening.open_waiting(worker_keys(post))
    with pytest.raises(StateError) as gone:
        judge(found, material.OFFICER_B)
    assert gone.value.code == "notice.gone"
    assert screen(WANTED) == ()


def test_a_victim_or_witness_never_reaches_matching(post: Here) -> None:
    for category in ("victim", "witness"):
        data = material.message(post, material.notice_body(category=category))
        arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now())
    opening.open_waiting(worker_keys(post))
    assert len(rows("wanted.Notice")) == 2
    assert screen(WANTED) == ()


def test_unconfirmed_candidates_are_erased_when_their_clock_ends(post: Here) -> None:
    notice(post)
    (found,) = screen(WANTED)
    judge(found, material.OFFICER_A)
    post.clock.forward(hours=71)
    assert erase.erase_expired(post.clock.now()) == 0
    post.clock.forward(hours=2)
    assert erase.erase_expired(post.clock.now()) > 0
    assert rows("border.Candidate") == []
    assert rows("border.Judgement") == []
    assert rows("acts.Leaf", kind="erased")
    with pytest.raises(InputError):
        facts.candidate(found.id)


@pytest.mark.parametrize("data", [b"", b"garbage", b"UNB+UNOA:4+A+B+260504:0210+1'UNZ+0+1'", b"\xff\xfe" * 100, b"UNA"])
def test_what_is_no_manifest_changes_nothing(post: Here, data: bytes) -> None:
    with pytest.raises(InputError):
        screen(data=data)
    assert rows("border.Manifest") == []


def test_the_real_un_list_and_a_real_message(post: Here) -> None:
    data = shared("data/lists/un_sc_consolidated.xml").read_bytes()
    answer = listed("UN", data)
    assert answer["elements"] == answer["used"] + answer["reported"] == 1003
    assert len(rows("lists.ListEntry")) == answer["used"] == 730
    (found,) = screen(traveller("GERMAIN", "KATANGA", "1978-04-28", "OB0000000"), OTHER)
    assert found.card is not None
    assert (found.card.source, found.card.reference) == ("UN", "CDi.006")
    assert rows("border.Manifest")[0].subjects == 730
    real = shared("data/border/paxlst/loader_Test3.txt").read_bytes()
    screen(data=real)
    (kept,) = rows("border.Manifest", travellers=260)
    assert {warning["code"] for warning in kept.warnings} >= {"paxlst.count", "edifact.encoding"}


def test_a_hit_on_a_un_entry_is_told_to_no_partner(post: Here) -> None:
    data = shared("data/lists/un_sc_consolidated.xml").read_bytes()
    listed("UN", data)
    (found,) = screen(traveller("GERMAIN", "KATANGA", "1978-04-28", "OB0000000"))
    judge(found, material.OFFICER_A)
    assert judge(found, material.OFFICER_B)["state"] == "confirmed"
    assert rows("acts.Wish") == []


def test_a_partners_hit_on_our_notice(post: Here) -> None:
    from mithaq.node.wanted import facts as notices
    from tests.node.acts.test_road import published

    reference = notices.notice(published()).reference
    body = {
        "hit": "MA-POLICE/2026/HIT/00001",
        "notice": reference,
        "traveller": {"names": ["ZOHAIR TAFRASTI"], "birth_date": "1984-03-17"},
        "travel": {"flight": "XX1", "departure": "BRU", "arrival": "CMN"},
        "identifiers": ["document"],
        "officers": 2,
        "confirmed": "2026-05-04T03:40:00Z",
    }
    terms = {
        "act": "report-hit@1", "from_unit": "MA-POLICE/BORDER", "language": "en", "urgency": "urgent",
        "categories": ("document", "identity", "travel"),
    }  # fmt: skip

    def arrives(**changes: Any) -> str:
        data = material.message(post, {**body, **changes}, **terms)
        assert arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now()).outcome == "accepted"
        opening.open_waiting(worker_keys(post))
        (receipt,) = rows("acts.Receipt", message=material.id_of(data), outgoing=True)
        return str(receipt.ground or receipt.kind)

    assert arrives() == "R2"
    assert [hit.notice for hit in facts.hits_of(reference, material.APPROVER)] == [reference]
    assert arrives() == "hit.known"
    assert arrives(hit="MA-POLICE/2026/HIT/00002", officers=1) == "hit.evidence"
    assert arrives(hit="MA-POLICE/2026/HIT/00003", identifiers=[]) == "hit.evidence"
    assert arrives(hit="MA-POLICE/2026/HIT/00004", notice="MA-POLICE/2026/WP/00001") == "hit.notice"
    assert arrives(hit="BE-POLICE/2026/HIT/00005") == "hit.evidence"
    assert len(rows("border.Hit")) == 1


def test_the_cards_of_many_candidates_take_as_many_queries_as_those_of_one(post: Here) -> None:
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        (manifest_row,) = rows("border.Manifest")[-1:]
        with CaptureQueriesContext(connection) as asked:
            assert all(one.card for one in facts.candidates(str(manifest_row.pk)))
        return len(asked)

    notice(post)
    screen(WANTED)
    alone = queries()
    again = [replace(WANTED, documents=(TravelDocument("P", f"ZX00000{number}", "MAR"),)) for number in range(6)]
    assert len(screen(*again)) == 6
    assert queries() == alone
