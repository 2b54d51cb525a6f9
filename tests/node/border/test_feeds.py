"""What arrives twice, corrected, late or in halves: nothing is screened twice, nothing is half kept, and it is told."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from mithaq.errors import InputError, StateError
from mithaq.formats.edifact import render, tokenise
from mithaq.formats.paxlst import TravelDocument, Traveller
from mithaq.node.acts import instruments, perform
from mithaq.node.border import facts, feeds, reading, silence
from mithaq.node.border.candidates import LINE
from mithaq.node.border.facts import ManifestFacts
from mithaq.node.border.requests import ScreenManifest
from tests.node import acts_material as material
from tests.node.border.crossings_material import keeping
from tests.node.border.test_border import OTHER, WANTED, judge, manifest, notice, post, traveller
from tests.node.here import Here, rows, waits
from tests.shared_data import shared

__all__ = ["post"]
DAY = date(2026, 5, 4)


def receive(data: bytes) -> ManifestFacts:
    request = ScreenManifest("BEBRU", "list.edi", data)
    return facts.manifest(perform.perform("screen-manifest@1", request, material.OFFICER_A))


def wrapped(data: bytes, **changes: str) -> bytes:
    """The same list in an interchange with another sender, moment or reference."""
    found: list[list[str | tuple[str, ...]]] = []
    for one in tokenise(data).segments:
        row: list[str | tuple[str, ...]] = [one.tag, *one.elements]
        if one.tag == "UNB":
            row[2] = changes.get("sender", one.get(1))
            row[4] = (changes.get("day", one.get(3)), changes.get("time", one.get(3, 1)))
            row[5] = changes.get("reference", one.get(4))
        if one.tag == "UNZ":
            row[2] = changes.get("reference", one.get(1))
        found.append(row)
    return render(found)


def test_the_same_bytes_are_screened_once(post: Here) -> None:
    notice(post)
    first = receive(manifest(WANTED, OTHER))
    post.clock.forward(minutes=5)
    again = receive(manifest(WANTED, OTHER))
    assert again.id == first.id
    assert (again.again, again.last_again, again.at) == (1, post.clock.now(), first.at)
    assert receive(manifest(WANTED, OTHER)).again == 2
    assert len(rows("border.Manifest")) == len(rows("border.Candidate")) == 1


def test_the_same_list_from_two_officers_at_once_is_screened_once(post: Here) -> None:
    notice(post)
    answers: list[str] = []
    start = threading.Barrier(2)

    def send() -> None:
        start.wait()
        try:
            receive(manifest(WANTED, OTHER))
            answers.append("")
        except StateError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The second one comes after the first, or is told that the list is here.
    assert set(answers) <= {"", "record.exists"}
    assert "" in answers
    assert len(rows("border.Manifest")) == len(rows("border.Candidate")) == 1


def test_the_same_travellers_in_another_order_and_wrapping_are_the_same_list(post: Here) -> None:
    notice(post)
    first = receive(manifest(WANTED, OTHER))
    other = wrapped(manifest(OTHER, WANTED), reference="4711", day="260504", time="0300")
    assert other != manifest(WANTED, OTHER)
    assert receive(other).id == first.id
    assert len(rows("border.Candidate")) == 1


def test_the_same_file_at_another_post_is_another_list(post: Here) -> None:
    from mithaq.node.acts import local
    from mithaq.node.border.posts import AddPost, add

    names = dict.fromkeys(("en", "fr", "nl", "ar"), "Antwerp")
    local.apply("post", add(AddPost("BEANR", "BE-POLICE/BORDER", "sea", names)), post.clock.now())
    first = receive(manifest(OTHER))
    request = ScreenManifest("BEANR", "list.edi", manifest(OTHER))
    assert perform.perform("screen-manifest@1", request, material.OFFICER_A) != first.id


def test_a_list_that_meets_other_subjects_is_screened_again_for_new_pairs_only(post: Here) -> None:
    first = receive(manifest(WANTED, OTHER))
    assert first.candidates == 0
    notice(post)
    second = receive(manifest(WANTED, OTHER))
    assert (second.relation, second.follows, second.candidates) == ("again", first.id, 1)
    judge(facts.candidates(second.id)[0], material.OFFICER_A, verdict="no-match")
    notice(post)
    third = receive(manifest(WANTED, OTHER))
    assert third.relation == "again"
    pairs = [(one.traveller, one.subject) for one in (*facts.candidates(second.id), *facts.candidates(third.id))]
    assert len(pairs) == len(set(pairs))


def test_a_list_that_came_again_is_entered_in_the_register_once(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    receive(manifest(WANTED, OTHER))
    notice(post)
    assert receive(manifest(WANTED, OTHER)).kept_until is None
    assert len(rows("border.Crossing")) == 2


def test_a_later_list_of_the_flight_shows_its_new_pairs_only(post: Here) -> None:
    notice(post)
    first = receive(manifest(WANTED, OTHER))
    assert first.relation == ""
    namesake = traveller("ZUHAIR", "TAFRASTY", "1984-03-17", "ZX1111111")
    second = receive(manifest(WANTED, OTHER, namesake))
    assert (second.relation, second.follows) == ("later", first.id)
    assert [one.traveller.documents[0].number for one in facts.candidates(second.id)] == ["ZX1111111"]


def test_a_list_that_was_prepared_before_one_that_is_here_comes_late(post: Here) -> None:
    newer = receive(wrapped(manifest(WANTED, OTHER), day="260504", time="0200"))
    older = receive(wrapped(manifest(OTHER), day="260504", time="0115"))
    assert (older.relation, older.follows) == ("late", newer.id)
    later = receive(wrapped(manifest(WANTED), day="20260504", time="0230"))
    assert later.relation == "later"
    elsewhere = receive(wrapped(manifest(WANTED, WANTED), sender="OTHER", day="260504", time="0100"))
    assert elsewhere.relation == ""


def test_the_crew_is_a_list_of_its_own(post: Here) -> None:
    receive(manifest(OTHER))
    crew = manifest(WANTED).replace(b"BGM+745", b"BGM+250")
    assert receive(crew).relation == ""


def told(data: bytes) -> object:
    """The travellers that were read, or the code of the refusal."""
    try:
        return reading.read(data, "BEBRU", DAY).travellers
    except InputError as error:
        return error.code


def test_a_file_that_breaks_off_is_refused_whole_wherever_it_does(post: Here) -> None:
    people = [replace(OTHER, documents=(TravelDocument("P", f"EL{number:06d}", "BEL"),)) for number in range(4)]
    data = manifest(*people)
    whole = reading.read(data, "BEBRU", DAY)
    for end in range(len(data)):
        assert told(data[:end]) in {"manifest.cut", "edifact.none", "paxlst.none", "edifact.una", whole.travellers}, end
    with pytest.raises(InputError) as cut:
        receive(data[: len(data) // 2])
    assert cut.value.code == "manifest.cut"
    assert rows("border.Manifest") == []


def test_several_messages_without_their_trailer_are_refused(post: Here) -> None:
    segments = tokenise(manifest(OTHER)).segments
    message = [one for one in segments if one.tag not in {"UNB", "UNZ"}]
    several = [segments[0], *message, *message]
    data = render([[one.tag, *one.elements] for one in several])
    with pytest.raises(InputError) as cut:
        reading.read(data, "BEBRU", DAY)
    assert cut.value.code == "manifest.cut"


@pytest.mark.parametrize("feed", ["paxlst", "pnrgov"])
def test_messages_of_the_shared_data_are_whole(feed: str) -> None:
    files = [one for one in sorted(shared(f"data/border/{feed}").iterdir()) if one.suffix in {".txt", ".edi"}]
    assert files
    for path in files:
        found = reading.read(path.read_bytes(), "BEBRU", DAY)
        assert (found.feed, bool(found.travellers), bool(found.travel.flight)) == (feed, True, True), path.name


def test_the_travellers_of_a_booking_have_the_names_and_papers_that_screening_needs(post: Here) -> None:
    data = shared("data/border/pnrgov/parsers_pnrSeatFormats.txt").read_bytes()
    (one,) = reading.read(data, "BEBRU", DAY).travellers
    assert all(name == name.strip() and name for name in one.names)
    assert (one.documents[0].kind, bool(one.documents[0].number), len(one.birth_date)) == ("P", True, 10)
    found = receive(data)
    assert (found.feed, found.sender, found.travellers) == ("pnrgov", "UA", 1)
    assert receive(data).again == 1


def test_dates_from_the_future_are_kept_and_warned_of() -> None:
    unborn: Traveller = replace(OTHER, birth_date="2031-01-01")
    found = reading.read(manifest(unborn, OTHER), "BEBRU", date(2026, 4, 1))
    codes = [one["code"] for one in found.warnings]
    assert codes.count("manifest.future") == codes.count("manifest.unborn") == 1
    assert found.travellers[0].birth_date == "2031-01-01"
    assert reading.read(manifest(OTHER), "BEBRU", DAY).warnings == ()


def test_a_departure_long_past_is_kept_and_warned_of() -> None:
    flown = date(2026, 5, 4)
    for days, codes in ((30, []), (31, ["manifest.past"]), (2000, ["manifest.past"])):
        found = reading.read(manifest(OTHER), "BEBRU", flown + timedelta(days=days))
        assert [one["code"] for one in found.warnings] == codes, days
        assert len(found.travellers) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "read.page"),
        (b"%PDF-1.7\n%\xe2\xe3", "read.picture"),
        (b"From: a@b.example\nTo: c@d.example\nSubject: list\n\nUNB", "read.mail"),
        (b"<other/>", "read.xml"),
        (b"nothing that is known", "edifact.none"),
        (b"", "edifact.none"),
        (b'{"id": "1", "names": ["A B"]}\n', "manifest.format"),
    ],
)
def test_what_is_surely_no_manifest_is_named(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        reading.read(data, "BEBRU", DAY)
    assert caught.value.code == code


def test_a_feed_tells_how_it_does(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48\nfeed_silence_hours_bebru_paxlst = 12")
    notice(post)
    receive(manifest(WANTED, OTHER))
    post.clock.forward(hours=1)
    receive(manifest(WANTED, OTHER))
    settings = instruments.settings(instruments.domestic_plan(), LINE, "screen-manifest")

    def state() -> feeds.FeedFacts:
        (one,) = feeds.of_post("BEBRU", settings, material.NOW, post.clock.now())
        return one

    one = state()
    assert (one.feed, one.lists, one.travellers, one.candidates, one.again) == ("paxlst", 1, 2, 1, 1)
    assert (one.last, one.kept, one.silent) == (post.clock.now(), 1, False)
    assert (one.clause.threshold, one.clause.retention_hours, one.clause.silence_hours) == (8.0, 48, 12)
    post.clock.forward(hours=12)
    assert not state().silent
    post.clock.forward(seconds=1)
    assert state().silent


def test_a_feed_that_the_instrument_names_is_missed_although_it_never_came(post: Here) -> None:
    keeping(post, "feed_silence_hours_bebru_pnrgov = 12\nthreshold_centibits_beanr_paxlst = 900")
    laid_down = silence.settings()

    def state() -> list[tuple[str, bool, bool]]:
        found = feeds.of_post("BEBRU", laid_down, material.NOW, post.clock.now())
        return [(one.feed, one.last is not None, one.silent) for one in found]

    def missed() -> list[tuple[str, str]]:
        found = waits(material.OFFICER_A, post.clock.now())
        return [(one.kind, one.record) for one in found if one.kind.startswith("feed")]

    # Counted from the day of the instrument, so that nobody is called out on the day that it names a feed.
    post.clock.moment = instruments.domestic_since() + timedelta(hours=12)
    assert (state(), missed()) == ([("pnrgov", False, False)], [])
    post.clock.forward(seconds=1)
    assert (state(), missed()) == ([("pnrgov", False, True)], [("feed-never", "BEBRU PNRGOV")])
    receive(shared("data/border/pnrgov/parsers_pnrSeatFormats.txt").read_bytes())
    assert (state(), missed()) == ([("pnrgov", True, False)], [])
    # Nobody laid down that a PAXLST comes: its page says when it falls silent, the home page does not.
    receive(manifest(OTHER))
    post.clock.forward(hours=25)
    assert state() == [("paxlst", True, True), ("pnrgov", True, True)]
    assert missed() == [("feed-silent", "BEBRU PNRGOV")]
    stranger = replace(material.OFFICER_A, unit="BE-POLICE/WANTED")
    assert not [one for one in waits(stranger, post.clock.now()) if one.kind.startswith("feed")]


def test_a_silence_that_is_laid_down_for_a_post_counts_for_what_has_come(post: Here) -> None:
    keeping(post, "feed_silence_hours_bebru = 6")
    receive(manifest(OTHER))
    post.clock.forward(hours=6, seconds=1)
    assert [one.kind for one in waits(material.OFFICER_A, post.clock.now())] == ["feed-silent"]


def test_a_feed_that_may_be_silent_is_listed_and_never_missed(post: Here) -> None:
    keeping(post, "feed_silence_hours_bebru_pnrgov = 0")
    post.clock.forward(days=90)
    (one,) = feeds.of_post("BEBRU", silence.settings(), material.NOW, post.clock.now())
    assert (one.feed, one.last, one.silent) == ("pnrgov", None, False)
    assert waits(material.OFFICER_A, post.clock.now()) == []
