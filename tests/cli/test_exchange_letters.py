"""`mithaq exchange dead-letters` and what is done about one: the same rules as on the page."""

from __future__ import annotations

import stat

from tests.cli.conftest import Mithaq


def refused_file(mithaq: Mithaq) -> str:
    file = mithaq.folder / "bad.edi"
    file.write_bytes(b"no manifest\x00\x1b[31m")
    assert mithaq("border", "screen", file, "--post", "BEBRU", person="officer").code == 5
    (row,) = mithaq.rows("exchange.RefusedFile")
    return str(row.pk)


def rejected(mithaq: Mithaq) -> str:
    from tests.node.acts.test_road import published, round_trip
    from tests.peers.partner import Partner

    key = published()
    round_trip(mithaq.here, Partner(mithaq.here, mood="rejecting"))
    return str(mithaq.rows("acts.Wish", record=key)[0].pk)


def test_a_rejected_message_is_listed_sent_again_once_and_closed_by_nobody_else(mithaq: Mithaq) -> None:
    letter = rejected(mithaq)
    (found,) = mithaq("exchange", "dead-letters", "--json", person="approver").json["letters"]
    assert (found["letter"], found["kind"], found["ground"]) == (letter, "sent", "plan.line.suspended")
    assert found["recipient"] == "MA-POLICE/WANTED"
    assert mithaq("exchange", "dead-letters", person="officer").lines == []
    other = mithaq("exchange", "send-again", letter, person="officer")
    assert (other.code, "letter.unknown" in other.err) == (5, True)
    done = mithaq("exchange", "send-again", letter, person="approver")
    assert (done.code, done.lines) == (0, [letter])
    twice = mithaq("exchange", "send-again", letter, person="approver")
    assert (twice.code, "letter.handled" in twice.err) == (3, True)
    assert mithaq("exchange", "dead-letter", letter, "--json", person="approver").json["handled"] == "sent-again"


def test_a_refused_file_is_shown_written_and_closed(mithaq: Mithaq) -> None:
    letter, out = refused_file(mithaq), mithaq.folder / "out.bin"
    shown = mithaq("exchange", "dead-letter", letter, person="officer")
    assert shown.code == 0
    assert "[n]o manifest··[31\n" in shown.out
    assert "\x1b" not in shown.out
    assert mithaq("exchange", "dead-letter", letter, "--bytes", out, person="officer").code == 0
    assert out.read_bytes() == b"no manifest\x00\x1b[31m"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = mithaq("exchange", "dead-letter", letter, "--bytes", out, person="officer")
    assert (again.code, "letter.file" in again.err) == (5, True)
    other = mithaq("exchange", "dead-letter", letter, person="approver")
    assert (other.code, "letter.unknown" in other.err, other.out) == (5, True, "")
    assert mithaq("exchange", "close", letter, "--reason", "the carrier mends it", person="officer").code == 0
    assert mithaq("exchange", "dead-letters", person="officer").lines == []
    logged = [(row.actor, row.what) for row in mithaq.rows("acts.Access", record=letter)]
    assert logged.count(("approver", "refused:exchange.letter")) == 1
    assert logged.count(("officer", "exchange.letter-bytes")) == 2


def test_a_message_put_aside_is_opened_again(mithaq: Mithaq) -> None:
    from tests.node.acts.test_aside import drain, poisoned

    letter = poisoned(mithaq.here)
    assert mithaq("exchange", "dead-letters", person="approver").lines[0].split("\t")[:2] == [letter, "received"]
    assert mithaq("exchange", "open-again", letter, person="officer").code == 3
    assert mithaq("exchange", "open-again", letter, person="approver").code == 0
    drain(mithaq.here)
    assert mithaq("exchange", "dead-letters", person="approver").lines == []
    assert mithaq("exchange", "open-again", letter, person="approver").code == 5


def test_the_administrator_is_told_of_none(mithaq: Mithaq) -> None:
    letter = refused_file(mithaq)
    for words in (("dead-letters",), ("dead-letter", letter)):
        answer = mithaq("exchange", *words, person="administrator")
        assert (answer.code, answer.out) == (3, "")


def test_a_mended_file_makes_the_record_and_closes_the_letter(mithaq: Mithaq) -> None:
    from tests.node.border.test_border import OTHER, manifest

    letter, file = refused_file(mithaq), mithaq.folder / "mended.edi"
    nowhere = mithaq("exchange", "mend", letter, mithaq.folder / "none", person="officer")
    assert (nowhere.code, "letter.file" in nowhere.err) == (5, True)
    file.write_bytes(b"still no manifest")
    again = mithaq("exchange", "mend", letter, file, person="officer")
    assert (again.code, "edifact.none" in again.err, again.out) == (5, True, "")
    file.write_bytes(manifest(OTHER))
    other = mithaq("exchange", "mend", letter, file, person="approver")
    assert (other.code, "letter.unknown" in other.err) == (5, True)
    done = mithaq("exchange", "mend", letter, file, person="officer")
    (made,) = mithaq.rows("border.Manifest")
    assert (done.code, done.lines) == (0, [str(made.pk)])
    assert mithaq("exchange", "dead-letter", letter, "--json", person="officer").json["handled"] == "mended"
    twice = mithaq("exchange", "mend", letter, file, person="officer")
    assert (twice.code, "letter.handled" in twice.err) == (3, True)
    assert len(mithaq.rows("border.Manifest")) == 1
    logged = [(row.actor, row.what) for row in mithaq.rows("acts.Access", record=letter)]
    assert logged.count(("officer", "exchange.letter-mend")) == 3
    assert logged.count(("approver", "exchange.letter-mend")) == 1
