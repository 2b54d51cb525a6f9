"""The numbered checks of a bundle: an honest one holds, and each forgery fails its own check with its code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mithaq.errors import InputError
from mithaq.ledger.bundle import Bundle, read_bundle, verify, write_bundle
from mithaq.ledger.checkpoint import origin_of, sign_checkpoint
from mithaq.ledger.leaf import commit, leaf_bytes
from mithaq.ledger.tree import EMPTY_ROOT, leaf_hash
from mithaq.plan.document import canonical_plan, load_canonical
from mithaq.plan.signing import sign_plan
from mithaq.seal import canonical
from tests.ledger import example
from tests.ledger.example import MESSAGE, RECIPIENT, SENDER, START, key, parts

ROOTS = {party: key(f"root {party}").public for party in ("MA", "BE")}


def setting(**values: Any) -> example.Change:
    """A change that sets fields."""
    return lambda payload: payload.update(values)


def inside(name: str, **values: Any) -> example.Change:
    """A change that sets fields of an inner object."""
    return lambda payload: payload[name].update(values)


def test_an_honest_bundle_holds_and_tells_its_story() -> None:
    report = verify(example.good(), ROOTS)
    assert report.ok
    assert [check.number for check in report.checks] == [1, 2, 3, 4, 5, 6, 7]
    assert report.facts is not None
    assert (report.facts.sender, report.facts.recipient, report.facts.created) == (SENDER, RECIPIENT, START)
    assert report.facts.clauses == ("WP-1",)
    assert [each.kind for each in report.facts.receipts] == ["R0", "R2"]
    assert [(each.node, each.kind) for each in report.facts.entries] == [
        ("MA-POLICE", "sent"),
        ("BE-POLICE", "received"),
        ("MA-POLICE", "receipt"),
    ]
    story = "\n".join(report.story)
    assert "MA-POLICE/WANTED sent publish-notice@1 to BE-POLICE/BORDER on 2025-03-01 10:00:00 UTC" in story
    assert "clause WP-1" in story
    assert "BE-POLICE/BORDER took delivery of it on 2025-03-01 10:02:00 UTC" in story
    assert "roots you hold" not in story


def test_the_plan_of_these_tests_is_one_that_the_plan_engine_reads_and_signs() -> None:
    data = canonical.canonical(example.document())
    plan = load_canonical(data)
    assert canonical_plan(plan) == data
    signatures = [sign_plan(plan, party, key(f"root {party}")).decode() for party in ("MA", "BE")]
    assert list(parts().signatures) == signatures


def test_whose_roots_were_taken_on_trust_is_said() -> None:
    assert set(verify(example.good()).on_trust) == {"MA", "BE"}
    half = verify(example.good(), {"MA": ROOTS["MA"]})
    assert half.ok
    assert dict(half.on_trust) == {"BE": ROOTS["BE"].text}
    assert f"compare them with the roots you hold: BE={ROOTS['BE'].text}" in half.story[-1]


def test_a_bundle_reads_as_it_was_written() -> None:
    assert write_bundle(read_bundle(example.good())) == example.good()
    assert read_bundle(example.good()) == parts()


def test_without_receipts_it_proves_only_that_it_was_sent() -> None:
    report = verify(write_bundle(parts(receipts=())))
    assert report.ok
    assert any("not that it arrived" in line for line in report.story)


def test_a_rejection_is_told_with_its_ground() -> None:
    token = example.envelope(example.document())
    rejection = example.receipt("RX", token, 1, change=setting(ground="plan.line.suspended"))
    report = verify(write_bundle(parts(token=token, receipts=(rejection,))))
    assert report.ok
    assert any("rejected it" in line and "plan.line.suspended" in line for line in report.story)


def test_a_rejection_that_passed_and_a_repeated_receipt_contradict_nothing() -> None:
    assert failures(with_receipt(("RX", 1), ("R0", 2), ("R2", 3, RECIPIENT))) == {}
    assert failures(with_receipt(("R0", 1), ("R0", 1))) == {}


def test_a_duty_outlives_the_line() -> None:
    plan = example.document()
    late = START + timedelta(days=200)
    plan["ends"] = example.text_of(START + timedelta(days=100))
    change = setting(
        act="withdraw-notice@1",
        clauses=[],
        in_reply_to=MESSAGE,
        created=example.text_of(late),
        expires=example.text_of(late + timedelta(days=30)),
    )
    token = example.envelope(plan, change)
    bundle = parts(plan, token, ())
    facts = {"message": MESSAGE, "act": "withdraw-notice@1"}
    bundle = replace(bundle, leaves=(example.Log("MA-POLICE").hold("sent", late, facts, token),))
    assert verify(write_bundle(bundle)).ok
    other = example.envelope(plan, lambda payload: (change(payload), payload.update(in_reply_to=None)))
    bundle = replace(bundle, envelope=other, leaves=(example.Log("MA-POLICE").hold("sent", late, facts, other),))
    assert failures(bundle) == {5: "ledger.envelope.period"}


def failures(bundle: Bundle) -> dict[int, str]:
    """The failed checks of a bundle with their codes."""
    report = verify(write_bundle(bundle), ROOTS)
    assert report.facts is None or report.ok
    return {check.number: check.code for check in report.checks if check.result == "failed"}


def with_plan(change: example.Change) -> Bundle:
    plan = example.document()
    change(plan)
    return parts(plan)


def with_envelope(change: example.Change = example.same, signer: str = "node MA-POLICE") -> Bundle:
    return parts(token=example.envelope(example.document(), change, signer))


def with_receipt(*receipts: tuple[Any, ...], **changes: Any) -> Bundle:
    token = example.envelope(example.document())
    return parts(
        token=token, receipts=tuple(example.receipt(kind, token, *rest, **changes) for kind, *rest in receipts)
    )


def with_leaf(**change: Any) -> Bundle:
    bundle = parts()
    return replace(bundle, leaves=(replace(bundle.leaves[0], **change), *bundle.leaves[1:]))


def with_sent(
    kind: str = "sent", facts: dict[str, str] | None = None, node: str = "MA-POLICE", **change: Any
) -> Bundle:
    bundle, at = parts(), change.pop("at", START)
    leaf = example.Log(node).hold(kind, at, facts or {"message": MESSAGE}, bundle.envelope, **change)
    return replace(bundle, leaves=(leaf,))


def with_keys(node: str, change: dict[str, Any] | None = None, signer: str = "") -> Bundle:
    return replace(parts(), key_lists=(example.key_list(node, change, signer), example.key_list("BE-POLICE")))


def other_head(size: int) -> str:
    return sign_checkpoint(origin_of("MA-POLICE"), size, leaf_hash(b"other"), key("ledger MA-POLICE"))


def signed_again(signer: str) -> str:
    """The first leaf's head, signed by another key."""
    head = read_bundle(example.good()).leaves[0].checkpoint.split("\n")
    return sign_checkpoint(head[0], int(head[1]), canonical.from_base64url(_url(head[2])), key(signer))


def _url(text: str) -> str:
    return text.rstrip("=").replace("+", "-").replace("/", "_")


FORGERIES: dict[str, tuple[Callable[[], Bundle], dict[int, str]]] = {
    "plan: a signature is missing": (
        lambda: replace(parts(), signatures=parts().signatures[:1]),
        {2: "ledger.plan.signature"},
    ),
    "plan: one party signed twice": (
        lambda: replace(parts(), signatures=parts().signatures[:1] * 2),
        {2: "ledger.plan.signature"},
    ),
    "plan: the text was changed after the signatures": (
        lambda: replace(parts(), document={**example.document(), "title": {"en": "Another"}}),
        {2: "ledger.plan.signature"},
    ),
    "plan: another key signed for a party": (
        lambda: replace(
            parts(),
            signatures=(parts().signatures[0], example.sign_plan(example.document(), "BE", signer="MA")),
        ),
        {2: "seal.signer.unknown"},
    ),
    "plan: a stranger signed": (
        lambda: replace(parts(), signatures=(*parts().signatures, example.sign_plan(example.document(), "FR"))),
        {2: "ledger.plan.signature"},
    ),
    "plan: it names another root than is held": (
        lambda: with_plan(lambda plan: plan["parties"][0].update(root=key("other").public.text)),
        {2: "ledger.plan.root"},
    ),
    "plan: it is of another format": (lambda: with_plan(setting(format="mithaq/plan/2")), {2: "ledger.field"}),
    "plan: an authority of no party": (
        lambda: with_plan(lambda plan: plan["authorities"][0].update(party="FR")),
        {2: "ledger.plan.root"},
    ),
    "keys: signed by the other party's root": (
        lambda: with_keys("MA-POLICE", signer="BE"),
        {3: "ledger.keys.root"},
    ),
    "keys: signed by a stranger": (lambda: with_keys("MA-POLICE", signer="FR"), {3: "ledger.keys.root"}),
    "keys: expired when the envelope was made": (
        lambda: with_keys("MA-POLICE", {"expires": START}),
        {3: "ledger.keys.expired"},
    ),
    "keys: issued only later": (
        lambda: with_keys("MA-POLICE", {"issued": START + timedelta(hours=1)}),
        {3: "ledger.keys.none"},
    ),
    "keys: the recipient's are missing": (
        lambda: replace(parts(), key_lists=parts().key_lists[:1]),
        {3: "ledger.keys.none"},
    ),
    "keys: an older list is hidden behind a newer one": (
        lambda: replace(
            parts(),
            key_lists=(*parts().key_lists, example.key_list("MA-POLICE", {"version": 2, "node": key("new").public})),
        ),
        {4: "seal.signer.unknown"},
    ),
    "envelope: signed by another node": (
        lambda: with_envelope(signer="node BE-POLICE"),
        {4: "seal.signer.unknown"},
    ),
    "envelope: a unit that is not there": (
        lambda: with_envelope(inside("from", unit="MA-POLICE/OTHER")),
        {4: "ledger.envelope.key"},
    ),
    "envelope: another unit key": (lambda: with_envelope(inside("from", key="x")), {4: "ledger.envelope.key"}),
    "envelope: another recipient key": (lambda: with_envelope(inside("to", key="x")), {4: "ledger.envelope.key"}),
    "envelope: another content is named beside it": (
        lambda: replace(parts(), content_digest=canonical.digest(b"other")),
        {4: "ledger.envelope.content"},
    ),
    "envelope: a field is missing": (
        lambda: with_envelope(lambda payload: payload.pop("expires")),
        {4: "ledger.field"},
    ),
    "envelope: a field is of another kind": (lambda: with_envelope(setting(sequence="7")), {4: "ledger.field"}),
    "envelope: another format": (lambda: with_envelope(setting(format="mithaq/envelope/2")), {4: "ledger.field"}),
    "envelope: another plan": (
        lambda: with_envelope(inside("plan", id="MA-FR-2025")),
        {5: "ledger.envelope.plan"},
    ),
    "envelope: another text of the plan": (
        lambda: with_envelope(inside("plan", digest=canonical.digest(b"other"))),
        {5: "ledger.envelope.plan"},
    ),
    "envelope: before the plan": (
        lambda: with_plan(setting(starts="2025-03-01T11:00:00Z")),
        {5: "ledger.envelope.period"},
    ),
    "envelope: after the plan": (
        lambda: with_plan(setting(ends="2025-03-01T09:00:00Z")),
        {5: "ledger.envelope.period"},
    ),
    "envelope: a line that is not there": (
        lambda: with_envelope(setting(line="other")),
        {5: "ledger.envelope.line"},
    ),
    "envelope: a clause of another line": (
        lambda: with_envelope(setting(line="border-data")),
        {5: "ledger.envelope.clause"},
    ),
    "envelope: no clause": (lambda: with_envelope(setting(clauses=[])), {5: "ledger.envelope.clause"}),
    "envelope: an act that the clause lacks": (
        lambda: with_envelope(setting(act="publish-notice@2")),
        {5: "ledger.envelope.act"},
    ),
    "envelope: a category too many": (
        lambda: with_envelope(setting(categories=["identity", "travel"])),
        {5: "ledger.envelope.act"},
    ),
    "envelope: a language too many": (lambda: with_envelope(setting(language="nl")), {5: "ledger.envelope.act"}),
    "envelope: too strict a handling code": (
        lambda: with_envelope(inside("handling", code="H3")),
        {5: "ledger.envelope.act"},
    ),
    "envelope: no handling code": (
        lambda: with_envelope(inside("handling", code="")),
        {5: "ledger.envelope.act"},
    ),
    "envelope: another purpose": (
        lambda: with_envelope(inside("handling", purposes=["taxes"])),
        {5: "ledger.envelope.act"},
    ),
    "envelope: the clause prohibits": (
        lambda: with_plan(lambda plan: plan["lines"][0]["clauses"][0].update(effect="prohibit")),
        {5: "ledger.envelope.act"},
    ),
    "leaf: none": (lambda: replace(parts(), leaves=()), {6: "ledger.absent"}),
    "leaf: only of a receipt": (lambda: replace(parts(), leaves=parts().leaves[2:]), {6: "ledger.absent"}),
    "leaf: another salt": (lambda: with_leaf(salt=bytes(32)), {6: "ledger.commitment"}),
    "leaf: a short salt": (lambda: with_leaf(salt=b""), {6: "ledger.salt"}),
    "leaf: another content": (lambda: with_leaf(content=b"other"), {6: "ledger.content"}),
    "leaf: no content, another salt": (lambda: with_leaf(content=None, salt=bytes(32)), {6: "ledger.commitment"}),
    "leaf: another index": (lambda: with_leaf(index=4), {6: "ledger.inclusion"}),
    "leaf: another size": (lambda: with_leaf(size=11), {6: "ledger.inclusion"}),
    "leaf: an empty path": (lambda: with_leaf(path=()), {6: "ledger.inclusion"}),
    "leaf: another tree": (lambda: with_leaf(checkpoint=other_head(10)), {6: "ledger.inclusion"}),
    "leaf: a head of another size": (lambda: with_leaf(checkpoint=other_head(9)), {6: "ledger.inclusion"}),
    "leaf: a head by another key": (
        lambda: with_leaf(checkpoint=signed_again("node MA-POLICE")),
        {6: "ledger.note.unsigned"},
    ),
    "leaf: not a head": (lambda: with_leaf(checkpoint="other"), {6: "ledger.note"}),
    "leaf: not a leaf": (lambda: with_leaf(leaf=b"{}"), {6: "ledger.field"}),
    "leaf: the other node's log": (lambda: with_leaf(node="BE-POLICE"), {6: "ledger.leaf"}),
    "leaf: of an authority without keys": (lambda: with_leaf(node="FR-POLICE"), {6: "ledger.leaf"}),
    "leaf: of another message": (lambda: with_sent(facts={"message": "other"}), {6: "ledger.leaf"}),
    "leaf: with another act": (
        lambda: with_sent(facts={"message": MESSAGE, "act": "report-hit@1"}),
        {6: "ledger.leaf"},
    ),
    "leaf: with another clause": (
        lambda: with_sent(facts={"message": MESSAGE, "clauses": "WP-2"}),
        {6: "ledger.leaf"},
    ),
    "leaf: of an unknown kind": (lambda: with_sent("drawn"), {6: "ledger.leaf"}),
    "leaf: the recipient says it sent it": (lambda: with_sent(node="BE-POLICE"), {6: "ledger.leaf"}),
    "leaf: older than the message": (lambda: with_sent(at=START - timedelta(hours=1)), {6: "ledger.leaf"}),
    "leaf: two heads of one size": (
        lambda: replace(
            parts(),
            leaves=(parts().leaves[0], *with_sent("withheld").leaves),
        ),
        {6: "ledger.fork"},
    ),
    "receipt: of another message": (
        lambda: with_receipt(("R0", 1), change=setting(message="other")),
        {7: "ledger.receipt.message"},
    ),
    "receipt: of other bytes": (
        lambda: with_receipt(("R0", 1), change=setting(envelope=canonical.digest(b"other"))),
        {7: "ledger.receipt.message"},
    ),
    "receipt: signed by the sender": (
        lambda: with_receipt(("R0", 1), signer="node MA-POLICE"),
        {7: "seal.signer.unknown"},
    ),
    "receipt: by the sender": (
        lambda: with_receipt(("R0", 1), change=inside("by", node="MA-POLICE"), signer="node MA-POLICE"),
        {7: "ledger.receipt.signer"},
    ),
    "receipt: of a unit that is not there": (
        lambda: with_receipt(("R2", 1, "BE-POLICE/OTHER"), signer="node BE-POLICE"),
        {7: "ledger.receipt.signer"},
    ),
    "receipt: names another key": (
        lambda: with_receipt(("R0", 1), change=inside("by", key="x")),
        {7: "ledger.receipt.signer"},
    ),
    "receipt: delivery signed by the node": (lambda: with_receipt(("R2", 1)), {7: "ledger.receipt.kind"}),
    "receipt: delivery for the unit signed by the node": (
        lambda: with_receipt(("R2", 1, RECIPIENT), signer="node BE-POLICE"),
        {7: "seal.signer.unknown"},
    ),
    "receipt: of an unknown kind": (lambda: with_receipt(("R9", 1, RECIPIENT)), {7: "ledger.receipt.kind"}),
    "receipt: of another format": (
        lambda: with_receipt(("R0", 1), change=setting(format="mithaq/receipt/2")),
        {7: "ledger.receipt.message"},
    ),
    "receipt: long before the message": (lambda: with_receipt(("R0", -11)), {7: "ledger.receipt.time"}),
    "receipt: delivered long before it was accepted": (
        lambda: with_receipt(("R2", 1, RECIPIENT), ("R0", 12)),
        {7: "ledger.receipt.time"},
    ),
    "receipt: accepted after it expired": (
        lambda: with_receipt(("R0", 31 * 24 * 60)),
        {7: "ledger.receipt.time"},
    ),
    "receipt: after the keys expired": (lambda: with_receipt(("R0", 301 * 24 * 60)), {7: "ledger.keys.expired"}),
    "receipt: delivered and rejected": (
        lambda: with_receipt(("R2", 1, RECIPIENT), ("RX", 2)),
        {7: "ledger.receipt.contradiction"},
    ),
    "receipt: rejected after it was accepted, and delivered": (
        lambda: with_receipt(("R0", 1), ("RX", 2), ("R2", 3, RECIPIENT)),
        {7: "ledger.receipt.contradiction"},
    ),
    "receipt: the same kind twice": (lambda: with_receipt(("R0", 1), ("R0", 2)), {7: "ledger.receipt.contradiction"}),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_fails_its_check(name: str) -> None:
    make, expected = FORGERIES[name]
    assert failures(make()) == expected


def test_a_failure_leaves_what_rests_on_it_not_reached_and_tells_no_story() -> None:
    report = verify(write_bundle(with_keys("MA-POLICE", signer="BE")))
    assert [check.result for check in report.checks] == ["ok", "ok", "failed", *["not reached"] * 4]
    assert report.story[0].startswith("This file does not prove what it says. Check 3 failed:")
    assert len(report.story) == 1


def test_clocks_may_differ_by_ten_minutes() -> None:
    assert failures(with_receipt(("R0", -9), ("R2", -10, RECIPIENT))) == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"{" * 1000,
        example.good()[:-20],
        example.good().replace(b'"format"', b'"former"', 1),
        example.good().replace(b"mithaq/bundle/1", b"mithaq/bundle/2"),
        example.good().replace(b'"index":3', b'"index":-3'),
        example.good().replace(b'"index":3', b'"index":3.0'),
        example.good().replace(b'"index":3', b'"index":true'),
        example.good().replace(b'"index":3', b'"index":3,"more":1'),
        example.good().replace(b'"path":["', b'"path":["AA","'),
        example.good().replace(b'"salt":"', b'"salt":"!'),
        b" " * (16 * 1024 * 1024 + 1),
    ],
)
def test_what_cannot_be_read_is_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError):
        verify(data)


def test_a_leaf_of_the_empty_tree_cannot_be_shown() -> None:
    data = leaf_bytes("sent", START, {"message": MESSAGE}, commit(bytes(32), parts().envelope.encode()))
    head = sign_checkpoint(origin_of("MA-POLICE"), 0, EMPTY_ROOT, key("ledger MA-POLICE"))
    assert failures(with_leaf(leaf=data, salt=bytes(32), index=0, size=0, path=(), checkpoint=head)) == {
        6: "ledger.inclusion"
    }
