"""`mithaq exchange ...`: what waits, which messages there are, and the bundle that proves one."""

from __future__ import annotations

from mithaq.ledger.bundle import verify
from tests.cli.conftest import Mithaq


def received(mithaq: Mithaq) -> str:
    """Let a notice of the partner arrive and be opened; the message's id."""
    from mithaq.node.acts import arrive, opening, sequence
    from tests.node import acts_material as material

    node, now = mithaq.here, mithaq.here.clock.now()
    framed = material.message(node)
    assert arrive.accept(framed, node.partner.id, custody(mithaq), now).outcome == "accepted"
    opening.open_waiting(custody(mithaq))
    sequence.sequence(custody(mithaq), now)
    return material.id_of(framed)


def custody(mithaq: Mithaq):  # type: ignore[no-untyped-def]
    from mithaq.node.acts.custody import Custody

    own = mithaq.here.own
    return Custody(own.node, own.ledger, own.signing, own.sealing)


def test_status_counts_what_waits(mithaq: Mithaq) -> None:
    waiting = mithaq("exchange", "status", "--json", person="administrator").json
    assert waiting["wishes"] == waiting["outbox"] == waiting["inbox"] == 0
    assert waiting["leaves"] > 0  # the plans that were enacted; no worker runs here
    plain = mithaq("exchange", "status", person="administrator")
    assert plain.lines == [f"{name}\t{count}" for name, count in waiting.items()]


def test_status_is_told_to_people_only(mithaq: Mithaq) -> None:
    answer = mithaq("exchange", "status", person="coordinator", password="another password")
    assert (answer.code, answer.out) == (3, "")
    nobody = mithaq("exchange", "status")
    assert (nobody.code, nobody.out) == (2, "")


def test_messages_with_their_receipts(mithaq: Mithaq) -> None:
    message = received(mithaq)
    answer = mithaq("exchange", "messages", "--json", person="coordinator")
    (found,) = answer.json["messages"]
    assert found["message"] == message
    assert (found["direction"], found["partner"], found["act"]) == ("received", "MA-POLICE", "publish-notice@1")
    assert "R2" in found["receipts"]
    plain = mithaq("exchange", "messages", person="coordinator")
    assert plain.lines[0].split("\t")[:2] == [message, "received"]


def test_messages_are_shown_to_people_only(mithaq: Mithaq) -> None:
    answer = mithaq("exchange", "messages", person="coordinator", password="another password")
    assert (answer.code, answer.out) == (3, "")


def test_prove_writes_a_bundle_that_holds_and_logs_who_took_it(mithaq: Mithaq) -> None:
    message, out = received(mithaq), mithaq.folder / "bundle.json"
    answer = mithaq("exchange", "prove", message, "--out", out, person="coordinator")
    assert (answer.code, answer.out.strip()) == (0, str(out))
    report = verify(out.read_bytes(), {})
    assert report.ok, report
    assert report.facts is not None
    assert report.facts.message == message
    assert [(row.actor, row.what, row.record) for row in mithaq.readings()] == [
        ("coordinator", "exchange.proof", message)
    ]
    again = mithaq("exchange", "prove", message, "--out", out, person="coordinator")
    assert (again.code, "bundle.exists" in again.err) == (3, True)


def test_prove_names_what_is_wrong(mithaq: Mithaq) -> None:
    nowhere = mithaq.folder / "none" / "bundle.json"
    message = received(mithaq)
    assert "bundle.file" in mithaq("exchange", "prove", message, "--out", nowhere, person="coordinator").err
    unknown = mithaq(
        "exchange", "prove", "019df113-425b-7092-b25c-55b034161f52", "--out", nowhere, person="coordinator"
    )
    assert (unknown.code, "message.unknown" in unknown.err) == (5, True)
    no_id = mithaq("exchange", "prove", "no-id", "--out", nowhere, person="coordinator")
    assert no_id.code == 5
