"""`mithaq border ...`: candidates are a finding, and are read by the officers of their own unit only."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from mithaq.formats.mrz_values import Zone
from mithaq.formats.mrz_write import write_mrz
from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller
from mithaq.formats.paxlst_write import write_paxlst
from tests.cli.conftest import Mithaq
from tests.cli.test_wanted import line
from tests.shared_data import shared

SIZE = 100 * 1024 * 1024
LEG = Leg("XM0412", "CMN", "2026-05-04T01:10", "BRU", "2026-05-04T06:30")

PASSPORT = Zone("TD3", "P", "MAR", "ZX4417702", "TAFRASTI", "ZOHAIR", "MAR", "1984-03-17", "male", "2030-01-01")


def manifest(path: Path, *people: tuple[str, str, str]) -> Path:
    """A manifest of (family, given, birth date)."""
    travellers = tuple(
        Traveller("passenger", family, given, "male", born, "MAR", (TravelDocument("P", f"AB{number:06d}", "MAR"),))
        for number, (family, given, born) in enumerate(people)
    )
    plain = Manifest(
        "1", "745", "XM", LEG.flight, LEG.departure, LEG.arrival, LEG.departs, LEG.arrives, (LEG,), travellers
    )
    path.write_bytes(write_paxlst(plain))
    return path


@pytest.fixture
def listed(mithaq: Mithaq, tmp_path: Path) -> Mithaq:
    """A node with one active notice."""
    import json

    path = tmp_path / "notices.jsonl"
    path.write_text(json.dumps(line()), encoding="utf8")
    mithaq("wanted", "draft", path, person="drafter")
    mithaq("wanted", "approve", "--all", person="approver")
    assert mithaq("wanted", "publish", "--all", person="approver").code == 0
    return mithaq


def test_a_listed_person_under_another_spelling_is_a_finding(listed: Mithaq, tmp_path: Path) -> None:
    path = manifest(tmp_path / "m.edi", ("AL TAFRASTY", "ZUHAIR", "1984-03-17"), ("PEETERS", "WOUTER", "1971-11-02"))
    plain = listed("border", "screen", path, "--post", "BEBRU", person="officer")
    assert plain.code == 1
    key, candidate = plain.lines
    assert candidate.split("\t")[1] == "candidate"
    assert candidate.split("\t")[4] == "ZUHAIR AL TAFRASTY"
    assert "2 travellers, 1 subject, 1 candidate" in plain.err
    again = listed("border", "candidates", key, "--json", person="officer")
    assert again.code == 0
    assert again.json["travellers"] == 2
    (found,) = again.json["candidates"]
    assert found["notice"] == listed.rows("wanted.Notice")[0].reference
    assert found["traveller"]["documents"][0]["number"] == "AB000000"
    assert found["score"] == pytest.approx(sum(one["weight"] for one in found["evidence"]), abs=0.1)
    logged = [(row.actor, row.what, row.record) for row in listed.readings()]
    assert logged == [("officer", "border.manifest", key)] * 2


def test_nobody_is_a_clean_end(listed: Mithaq, tmp_path: Path) -> None:
    path = manifest(tmp_path / "m.edi", ("PEETERS", "WOUTER", "1971-11-02"))
    plain = listed("border", "screen", path, "--post", "BEBRU", person="officer")
    assert (plain.code, len(plain.lines)) == (0, 1)


def test_a_real_message(listed: Mithaq) -> None:
    path = next(iter(sorted(shared("data/border/paxlst").glob("*.txt"))))
    answer = listed("border", "screen", path, "--post", "BEBRU", "--json", person="officer")
    assert answer.code == 0, answer.err
    assert answer.json["travellers"] > 0


def test_another_unit_and_the_administrator_read_nothing(listed: Mithaq, tmp_path: Path) -> None:
    path = manifest(tmp_path / "m.edi", ("AL TAFRASTY", "ZUHAIR", "1984-03-17"))
    key = listed("border", "screen", path, "--post", "BEBRU", "--json", person="officer").json["manifest"]
    other = listed("border", "candidates", key, person="approver")
    assert (other.code, other.out, "manifest.unknown" in other.err) == (5, "", True)
    administrator = listed("border", "candidates", key, person="administrator")
    assert (administrator.code, administrator.out, "read.role" in administrator.err) == (3, "", True)


def test_the_same_list_again_is_told_and_a_later_one_too(listed: Mithaq, tmp_path: Path) -> None:
    people = ("AL TAFRASTY", "ZUHAIR", "1984-03-17"), ("PEETERS", "WOUTER", "1971-11-02")
    first = listed("border", "screen", manifest(tmp_path / "m.edi", *people), "--post", "BEBRU", person="officer")
    again = listed("border", "screen", tmp_path / "m.edi", "--post", "BEBRU", person="officer")
    assert again.lines == first.lines
    assert "nothing was screened twice" in again.err
    more = manifest(tmp_path / "n.edi", *people, ("WAUTERS", "JORIS", "1980-01-01"))
    later = listed("border", "screen", more, "--post", "BEBRU", person="officer")
    assert (later.code, "a later list of a flight" in later.err) == (0, True)


def test_one_traveller_by_a_zone_or_by_hand(listed: Mithaq, tmp_path: Path) -> None:
    zone = tmp_path / "zone.txt"
    zone.write_text("\n".join(write_mrz(PASSPORT)), encoding="utf8")
    found = listed("border", "traveller", "--post", "BEBRU", "--mrz", zone, person="officer")
    assert (found.code, len(found.lines)) == (1, 2)
    plain = listed("border", "traveller", "--post", "BEBRU", "--name", "Wouter Peeters", person="officer")
    assert (plain.code, len(plain.lines)) == (0, 1)
    assert "no candidate above 8.0 bits; compared with: notices (1) of 2026-05-04" in plain.err
    answer = listed("border", "traveller", "--post", "BEBRU", "--mrz", zone, "--json", person="officer").json
    assert [one["traveller"]["names"] for one in answer["candidates"]] == [["ZOHAIR TAFRASTI"]]
    assert answer["threshold"] == 8.0
    other = listed("border", "traveller", "--post", "BEBRU", "--mrz", zone, person="approver")
    assert (other.code, other.out) == (3, "")


def test_posts_tell_how_their_feeds_do(listed: Mithaq, tmp_path: Path) -> None:
    path = manifest(tmp_path / "m.edi", ("PEETERS", "WOUTER", "1971-11-02"))
    listed("border", "screen", path, "--post", "BEBRU", person="officer")
    plain = listed("border", "posts", person="officer")
    assert plain.code == 0
    assert plain.lines[0].split("\t") == ["BEBRU", "paxlst", "2026-05-04T03:40Z", "1 list", "0 again", "not kept"]
    listed.here.clock.forward(hours=25)
    silent = listed("border", "posts", person="officer")
    assert (silent.code, silent.lines[0].endswith("silent")) == (1, True)
    assert listed("border", "posts", "--json", person="officer").json[0]["silent"] is True


def test_the_register_says_not_kept_and_who_crossed(listed: Mithaq, tmp_path: Path) -> None:
    asked = ("crossings", "--name", "Wouter Peeters", "--since", "2026-05-01", "--until", "2026-05-04", "--reason", "x")
    assert listed("border", *asked, person="officer").lines == ["nothing"]
    path = manifest(tmp_path / "m.edi", ("PEETERS", "WOUTER", "1971-11-02"))
    listed("border", "screen", path, "--post", "BEBRU", person="officer")
    assert listed("border", *asked, person="officer").lines == ["not-kept"]
    from tests.node.border.crossings_material import keeping  # the node is configured when a test runs, not before

    keeping(listed.here, "crossings_retention_hours = 48")
    other = manifest(tmp_path / "n.edi", ("PEETERS", "WOUTER", "1971-11-02"), ("WAUTERS", "JORIS", "1980-01-01"))
    listed("border", "screen", other, "--post", "BEBRU", person="officer")
    found = listed("border", *asked, person="officer")
    assert found.lines[0] == "found"
    assert found.lines[1].split("\t")[3] == "WOUTER PEETERS"
    assert listed("border", *asked, "--json", person="officer").json["not_kept"] == 1
    assert listed.rows("acts.Access")[-1].reason == (
        "command line: mithaq border crossings, x: Wouter Peeters  2026-05-01/2026-05-04"
    )
    assert listed("border", *asked, person="administrator").code == 3
    last = listed.rows("acts.Access")[-1]
    assert (last.actor, last.what, "Wouter Peeters" in last.reason) == (
        "administrator", "refused:border.crossings", True,
    )  # fmt: skip
    # A question that is wrong is a question: it leaves its row, too.
    wrong = ("crossings", "--name", "Wouter Peeters", "--since", "2026-05-04", "--until", "2026-05-01", "--reason", "x")
    assert listed("border", *wrong, person="officer").code == 5
    last = listed.rows("acts.Access")[-1]
    assert (last.what, "Wouter Peeters" in last.reason, last.also) == ("border.crossings", True, [])
    assert listed("border", "rescreen", "--post", "BEBRU", person="officer").lines == ["0"]


def test_bad_input_is_named(mithaq: Mithaq, tmp_path: Path) -> None:
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"\x00\x01 no manifest")
    whole = manifest(tmp_path / "whole.edi", ("A", "B", "1970-01-01"), ("C", "D", "1970-01-01")).read_bytes()
    half, large = tmp_path / "half.edi", tmp_path / "large.edi"
    half.write_bytes(whole[: len(whole) // 2])
    # A gigabyte that takes no room on the disk, and of which no more than the limit is read.
    with large.open("wb") as file:
        file.truncate(1 << 30)
    cases = {
        ("screen", garbage, "--post", "BEBRU"): "edifact",
        ("screen", half, "--post", "BEBRU"): "manifest.cut",
        ("screen", large, "--post", "BEBRU"): "upload.size",
        ("traveller", "--post", "BEBRU"): "traveller.empty",
        ("screen", tmp_path / "none", "--post", "BEBRU"): "manifest.file",
        ("screen", manifest(tmp_path / "m.edi", ("A", "B", "1970-01-01")), "--post", "XXXXX"): "post.unknown",
        ("candidates", "no-id"): "manifest.unknown",
    }
    for words, code in cases.items():
        answer = mithaq("border", *words, person="officer")
        assert (answer.code, answer.out) == (5, ""), words
        assert code in answer.err, answer.err


def test_hundred_megabytes_are_not_read_to_their_end(mithaq: Mithaq, tmp_path: Path) -> None:
    path = manifest(tmp_path / "large.edi", ("PEETERS", "WOUTER", "1971-11-02"))
    with path.open("r+b") as target:
        target.truncate(SIZE)  # a hole: the disk holds nothing, a reader would get it all
    tracemalloc.start()
    answer = mithaq("border", "screen", path, "--post", "BEBRU", person="officer")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.code, answer.out, "upload.size" in answer.err) == (5, "", True)
    assert peak < SIZE / 2
    assert mithaq.rows("border.Manifest") == []


def test_the_threshold_of_a_post_is_shown_and_chosen_by_a_supervisor(listed: Mithaq, tmp_path: Path) -> None:
    people = [("PEETERS", f"WOUTER{'ABCDEFGHIJ'[n % 10]}", f"19{50 + n}-11-02") for n in range(30)]
    assert (
        listed("border", "screen", manifest(tmp_path / "m.edi", *people), "--post", "BEBRU", person="officer").code == 0
    )
    few = listed("border", "threshold", "set", "--post", "BEBRU", "--one-in", "1000", person="boss")
    assert few.code != 0
    assert "30 travellers are counted; to tell one false alert in 1000, 3000 are needed." in few.err
    assert listed("border", "threshold", "set", "--post", "BEBRU", "--one-in", "10", person="officer").code != 0
    done = listed("border", "threshold", "set", "--post", "BEBRU", "--one-in", "10", "--json", person="boss")
    assert (done.code, done.json["travellers"], done.json["over"]) == (0, 30, [])
    shown = listed("border", "threshold", "show", "--post", "BEBRU", "--json", person="officer").json
    assert (shown["in_force"], shown["chosen"]) == (done.json["bits"], done.json["threshold"])
    assert [one["by"] for one in shown["history"]] == ["boss"]
    plain = listed("border", "threshold", "show", "--post", "BEBRU", "--one-in", "5", person="officer")
    assert plain.code == 0
    assert "30 counted" in plain.lines[1]
    assert any(one.startswith("nationality\tma\t30") for one in plain.lines)


def test_a_silence_is_asked_agreed_to_and_ended_by_command(listed: Mithaq, tmp_path: Path) -> None:
    path = manifest(tmp_path / "m.edi", ("AL TAFRASTY", "ZUHAIR", "1984-03-17"))
    (found,) = listed("border", "screen", path, "--post", "BEBRU", "--json", person="officer").json["candidates"]
    judged = ("border", "judge", found["candidate"], "--verdict", "no-match", "--version", found["version"])
    assert listed(*judged, person="officer").lines == ["rejected"]
    asking = ("border", "silence", "ask", found["candidate"], "--ground", "biometrics", "--reason", "another face")
    stale = listed(*asking, "--version", found["version"], person="officer")
    assert (stale.code, "record.stale" in stale.err) == (4, True) or "record.stale" in stale.err
    asked = listed(*asking, "--version", found["version"] + 1, person="officer")
    (key,) = asked.lines
    own = listed("border", "silence", "agree", key, "--version", 1, person="boss")
    assert (own.code, "plan.sender" in own.err) == (3, True)
    (waiting,) = listed("border", "silence", "list", "--state", "asked", "--json", person="drafter").json["silences"]
    assert (waiting["silence"], waiting["version"], waiting["silenced"]) == (key, 1, 0)
    assert listed("border", "silence", "agree", key, "--version", 1, person="drafter").code == 0
    path.write_bytes(path.read_bytes().replace(b"XM0412", b"XM0413"))
    again = listed("border", "screen", path, "--post", "BEBRU", person="officer")
    assert (again.code, len(again.lines), "1 silenced" in again.err) == (0, 1, True)
    shown = listed("border", "silence", "show", key, "--json", person="officer").json
    assert (shown["state"], shown["silenced"], shown["decided_by"]) == ("in-force", 1, "drafter")
    assert "AB000000" not in str(shown)
    assert listed("border", "silence", "end", key, "--version", 2, "--reason", "mistaken", person="boss").code == 0
    assert listed("border", "silence", "list", person="officer").lines[0].split("\t")[1] == "ended"
    assert ("drafter", "border.silences") in {(row.actor, row.what) for row in listed.readings()}
