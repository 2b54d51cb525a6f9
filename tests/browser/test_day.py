"""A day at two nodes, through the pages alone, in French and in Arabic: a notice is drafted, approved and published in
Morocco; its person comes to a post in Belgium, two officers judge, and the hit comes home; an administrator looks where
he has no business; in the evening oversight of both sides says who saw this person's data, why, and was it allowed.

Rule: a person finds each page by what the page before says; the domestic instruments ask why before they show a person.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller
from mithaq.formats.paxlst_write import write_paxlst
from tests.browser.chromium import People
from tests.browser.desk import ROAD, Desk, at_desk
from tests.node.acts_material import portrait
from tests.node.authorities import asking_why, world
from tests.node.nodes import Pair, RunningNode, two_nodes

ASKED = ("wanted_notice", "border_manifest", "border_hit")
# No setting of a node is there, nor a node.
OFFLINE = {"PATH": os.defpath, "PYTHONUTF8": "1"}
LEG = Leg("XM0412", "CMN", "2026-05-04T01:10", "BRU", "2026-05-04T06:30")


@dataclass(frozen=True)
class Story:
    """Who is sought, what people write in their language; and what the day brings to light."""

    language: str
    names: tuple[str, str]
    born: str
    document: str
    family: str
    given: str
    offence: str
    reasons: dict[str, str]
    remark: str
    ending: str
    pages: dict[str, str] = field(default_factory=dict)  # the addresses that stood in somebody's address bar
    told: dict[str, str] = field(default_factory=dict)  # references, as pages show them

    @property
    def content(self) -> tuple[str, ...]:
        """What an administrator must not come to see."""
        return (*self.names, self.family, self.document, self.born, self.offence)


STORIES = {
    "fr": Story(
        "fr",
        ("Nadia Berrahou", "نادية برحو"),
        "1990-02-14",
        "XA5500123",
        "BERRAHOU",
        "NADIA",
        "Escroquerie en bande organisée",
        {
            "guard": "contrôle du vol XM0412",
            "second": "seconde vérification",
            "unit": "suivi du mandat",
            "overseer": "demande d’accès 2026/31",
        },
        "Même numéro de passeport.",
        "Localisée à Bruxelles",
    ),
    "ar": Story(
        "ar",
        ("Idriss Tazifte", "إدريس تازيفت"),
        "1986-09-09",
        "XB7700456",
        "TAZIFTE",
        "IDRISS",
        "النصب ضمن عصابة منظمة",
        {
            "guard": "مراقبة الرحلة المسائية",
            "second": "تحقق ثان",
            "unit": "متابعة الأمر القضائي",
            "overseer": "طلب اطلاع رقم 31",
        },
        "رقم جواز السفر نفسه.",
        "حدد مكانه في بروكسل",
    ),
}


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with two_nodes(found=asking_why(world(), *ASKED)) as found:
        yield found


@pytest.mark.parametrize("language", STORIES)
def test_a_day_at_two_nodes_through_the_pages_alone(pair: Pair, people: People, tmp_path: Path, language: str) -> None:
    story = STORIES[language]
    with at_desk(people, pair.ma, "drafter", language) as desk:
        drafts_a_notice(desk, story)
    with at_desk(people, pair.ma, "approver", language) as desk:
        approves_and_publishes(desk, story)
    with at_desk(people, pair.be, "officer-a", language) as desk:
        brings_a_manifest(desk, story, tmp_path)
        judges_what_waits(desk, story)
        desk.sign_out()
    with at_desk(people, pair.be, "officer-b", language) as desk:
        takes_the_next_and_confirms(desk, story)
    with at_desk(people, pair.ma, "drafter", language) as desk:
        is_told_of_the_hit(desk, story)
    with at_desk(people, pair.ma, "approver", language) as desk:
        withdraws_what_has_its_end(desk, story)
    with at_desk(people, pair.be, "administrator", language) as desk:
        sees_no_content_where_he_is_led(desk, story)
        is_refused_by_address(desk, story)
        proposes_a_role_for_himself(desk, story)
        desk.sign_out()
    with at_desk(people, pair.be, "chief", language) as desk:
        refuses_as_the_second_person(desk, story)
    evening(pair)
    with at_desk(people, pair.be, "overseer", language) as desk:
        is_alarmed(desk)
        asks_who_saw_this_person(desk, story, {"officer-a", "officer-b", "administrator"})
        takes_evidence(desk, story, tmp_path, "BE", pair.world.be.root.public.text)
        asks_why_and_whether_allowed(desk, story, "officer-a", "guard", "judge-candidate")
        asks_what_was_refused(desk, story)
        follows_through_every_subject(desk, story)
        desk.sign_out()
    with at_desk(people, pair.ma, "overseer", language) as desk:
        asks_who_saw_this_person(desk, story, {"drafter", "approver"})
        takes_evidence(desk, story, tmp_path, "MA", pair.world.ma.root.public.text)
        asks_why_and_whether_allowed(desk, story, "approver", "unit", "publish-notice")


# The wanted-persons unit, Morocco


def drafts_a_notice(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.go(said("Notices"))
    desk.follow(said("Draft a notice"))
    desk.is_at(said("Draft a notice"))
    desk.fill(
        {
            said("Names"): "\n".join(story.names),
            said("Birth date"): story.born,
            said("Nationality"): "MAR",
            said("Documents"): f"P {story.document} MAR",
            said("Warrant"): "2026/117",
            said("Court or authority"): "TPI",
            said("Date of the warrant"): "2026-01-12",
            said("Offence"): story.offence,
            said("Law and article"): "540",
        }
    )
    desk.choose({said("Purpose"): said.word("purpose", "locate")})
    desk.field(said("Portrait")).set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": portrait()})
    desk.press(said("Keep as draft"))
    desk.is_told(said("The draft is kept. A second person approves it."))
    desk.gives_reason(story.reasons["unit"])
    desk.is_at(said("Notice"))
    desk.sees(*story.names, said("You drafted this notice; another person approves it."))
    expect(desk.main.get_by_role("button", name=said("Approve"), exact=True)).to_have_count(0)
    story.told["notice"] = desk.reference()


def approves_and_publishes(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.follow(story.told["notice"], desk.part(said("What needs me")))
    desk.gives_reason(story.reasons["unit"])
    desk.sees(*story.names, story.offence)
    desk.press(said("Approve"))
    desk.is_told(said("The notice is approved."))
    desk.press(said("Publish to the partner"))
    desk.is_told(said("The notice is on its way to the partner."))
    # The page looks by itself until the partner's unit has it.
    expect(desk.part(said("On the road")).get_by_text(said.word("step", "R2"))).to_be_visible(timeout=ROAD)


def is_told_of_the_hit(desk: Desk, story: Story) -> None:
    said = desk.said
    expect(desk.main.get_by_role("heading", name=said("The partner reports a hit"))).to_be_visible()
    desk.follow(story.told["hit"], desk.part(said("What needs me")))
    desk.gives_reason(story.reasons["unit"])
    desk.is_at(said("Hit"))
    desk.sees(f"{story.given} {story.family}", story.document)
    # The notice is of the same person: the reason is not asked again.
    desk.follow(story.told["notice"])
    desk.is_at(said("Notice"))
    desk.sees(story.told["hit"])


def withdraws_what_has_its_end(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.follow(story.told["hit"], desk.part(said("What needs me")))
    desk.gives_reason(story.reasons["unit"])
    desk.follow(story.told["notice"])
    desk.fill({said("Reason"): story.ending})
    desk.press(said("Withdraw"))
    desk.is_told(said("The notice is withdrawn."))
    desk.sees(said("Withdrawn because"), story.ending)


# The post, Belgium


def brings_a_manifest(desk: Desk, story: Story, folder: Path) -> None:
    said = desk.said
    desk.go(said("Manifests"))
    desk.field(said("Passenger list")).set_input_files(_manifest(story, folder))
    desk.press(said("Screen"))
    # The answer is about persons: the plan asks why. He does something else first.
    desk.is_at(said("Why do you read this?"))
    desk.forgive(403)
    assert not any(word in desk.page.content() for word in story.content)
    desk.follow(said("Home"))


def judges_what_waits(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.follow(story.told["notice"], desk.part(said("What needs me")))
    desk.gives_reason(story.reasons["guard"])
    desk.is_at(said("Manifest"))
    desk.sees(f"{story.given} {story.family}", *story.names, story.document, story.offence)
    story.pages["candidate"] = _path(desk)
    _judges(desk, story.remark)
    desk.is_told(said("Your judgement is kept. A second officer confirms."))
    desk.sees(said("You have judged; another officer judges next."))
    desk.follow(story.told["notice"])
    desk.is_at(said("Notice"))
    desk.sees(story.offence)
    story.pages["notice"] = _path(desk)


def takes_the_next_and_confirms(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.press(said("Take the next one"))
    desk.is_told(said("You work on this now; colleagues see it. Give it back at the home page."))
    desk.gives_reason(story.reasons["second"])
    desk.sees(story.remark)
    _judges(desk, "")
    desk.is_told(said("The hit is confirmed, and the owner of the notice is told."))
    desk.is_at(said("Hit"))
    story.pages["hit"] = _path(desk)
    story.told["hit"] = desk.reference()
    expect(desk.part(said("On the road")).get_by_text(said.word("step", "R2"))).to_be_visible(timeout=ROAD)


def _judges(desk: Desk, remark: str) -> None:
    said = desk.said
    desk.field(said.word("verdict", "match")).check()
    desk.choose({said("What was compared"): said.word("identifier", "document")})
    desk.fill({said("Remark"): remark})
    desk.press(said("Judge"))


def _manifest(story: Story, folder: Path) -> Path:
    """The flight's list: who is sought, and one who is not."""
    travellers = tuple(
        Traveller("passenger", family, given, "unknown", born, state, (TravelDocument("P", number, state),))
        for family, given, born, state, number in (
            (story.family, story.given, story.born, "MAR", story.document),
            ("PEETERS", "WOUTER", "1971-11-02", "BEL", "EK5512340"),
        )
    )
    file = folder / f"{story.language}.edi"
    way = (LEG.flight, LEG.departure, LEG.arrival, LEG.departs, LEG.arrives)
    file.write_bytes(write_paxlst(Manifest("1", "745", "XM", *way, (LEG,), travellers)))
    return file


# The administrator, Belgium


def sees_no_content_where_he_is_led(desk: Desk, story: Story) -> None:
    offered = desk.offered()
    assert len(offered) >= 3
    for _text, address in [*offered, ("", "/account"), ("", "/keys")]:
        answer = desk.page.goto(f"{desk.node.console}{address}")
        assert answer is not None
        assert answer.status == 200, address
        _shows_nothing(desk.page.content(), story)


def is_refused_by_address(desk: Desk, story: Story) -> None:
    person = f"/oversight/person?reference={story.told['notice']}"
    records = [story.pages[name] for name in ("notice", "candidate", "hit")]
    for address in (*records, f"{story.pages['notice']}/portrait", "/search"):
        _shows_nothing(desk.is_refused(address, "read.role"), story)
    for address in (person, "/oversight/log.csv"):
        _shows_nothing(desk.is_refused(address, "oversight.role"), story)


def _shows_nothing(text: str, story: Story) -> None:
    assert [word for word in story.content if word in text] == []


def proposes_a_role_for_himself(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.page.goto(f"{desk.node.console}/")
    desk.go(said("People"))
    desk.follow("Administrator")
    change = desk.part(said("Change a person’s roles"))
    change.get_by_label(said.word("office", "administrator"), exact=True).uncheck()
    change.get_by_label(said.word("office", "case-officer"), exact=True).check()
    change.get_by_label(re.compile(rf"^{said('Reason')}( \*)?$")).fill(story.reasons["guard"])
    desk.press(said("Propose"), change)
    desk.is_told(said("The change waits for a second person."))
    desk.sees(said("for himself"))
    desk.sees(said("It waits for a second person: another administrator, or a supervisor of the unit."))
    expect(desk.main.get_by_role("button")).to_have_count(0)
    _shows_nothing(desk.is_refused(story.pages["notice"], "read.role"), story)


def refuses_as_the_second_person(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.follow("administrator", desk.part(said("What needs me")))
    desk.sees(said("for himself"))
    desk.fill({said("Reason"): story.ending})
    desk.press(said("Refuse"))
    desk.is_told(said("The change is refused."))


# Oversight, on both sides


def evening(pair: Pair) -> None:
    """An hour later the heads of the access logs are sealed, and the figures of reading are made anew."""

    def pass_an_hour(node: RunningNode) -> None:
        node.stop()
        text = node.config.path.read_text(encoding="utf8")
        found = re.search(r'starts = "([^"]+)"', text)
        assert found
        later = datetime.fromisoformat(found[1]) + timedelta(minutes=61)
        node.config.path.write_text(text.replace(found[0], f'starts = "{later.isoformat()}"'), encoding="utf8")
        node.start()

    with ThreadPoolExecutor(2) as both:
        list(both.map(pass_an_hour, (pair.ma, pair.be)))


def is_alarmed(desk: Desk) -> None:
    """Home says that somebody proposed a role for himself, and that somebody looked where he had no business."""
    said = desk.said
    desk.follow("administrator", desk.table(said("Change of a person, to look at")))
    desk.sees(said("for himself"), said.word("proposal", "refused"))
    desk.go(said("Ledger"))
    expect(desk.part(said("Alarms"))).to_contain_text("person.for_himself")
    desk.go(said("Home"))
    desk.follow("administrator", desk.table(said("Unusual reading")))
    desk.is_at(said("Unusual reading"))
    expect(desk.row(said("Figures of each reader"), "administrator")).to_contain_text(said("stands out"))


def asks_who_saw_this_person(desk: Desk, story: Story, readers: set[str]) -> None:
    """By name and birth date, as somebody who asks what is held of him would be known."""
    said = desk.said
    desk.go(said("Oversight"))
    desk.follow(said("One person's data"))
    desk.fill({said("Name"): story.names[1], said("Birth date"): story.born})
    desk.press(said("Follow"))
    for kind in ("notice", "hit"):
        expect(desk.row(said("Records about this person"), story.told[kind])).to_have_count(1)
    seen = desk.table(said("Who has seen it")).get_by_role("rowheader").all_inner_texts()
    assert set(seen) == readers


def takes_evidence(desk: Desk, story: Story, folder: Path, party: str, root: str) -> None:
    """Checked where no node is: by the command alone, with the root key that who checks it holds."""
    file = folder / f"{party}.json"
    desk.download(desk.said("Evidence as a file")).save_as(file)
    command = [sys.executable, "-m", "mithaq.cli", "oversight", "check", str(file), "--root", f"{party}={root}"]
    done = subprocess.run(command, capture_output=True, encoding="utf8", check=False, cwd=folder, env=OFFLINE)
    assert done.returncode == 0, done.stdout + done.stderr
    reasons = ("guard", "second") if party == "BE" else ("unit",)
    assert [one for one in reasons if story.reasons[one] not in done.stdout] == []
    file.write_bytes(file.read_bytes().replace(b"officer-a", b"officer-z").replace(b"approver", b"disprove"))
    done = subprocess.run(command, capture_output=True, encoding="utf8", check=False, cwd=folder, env=OFFLINE)
    assert done.returncode == 1, done.stdout + done.stderr


def asks_why_and_whether_allowed(desk: Desk, story: Story, reader: str, why: str, act: str) -> None:
    """What was done stands with the clauses that allowed it; what was read, with its reason, and leads to its rows."""
    said = desk.said
    everything = said("Everything in order")
    done = desk.row(everything, reader, said.word("act", f"{act}@1"))
    expect(done.first).to_contain_text(said("allowed"))
    expect(done.first).to_contain_text(said("clauses"))
    expect(desk.row(everything, reader, story.reasons[why]).first).to_contain_text(said("allowed"))
    desk.follow(reader, desk.row(said("Who has seen it"), reader))
    desk.is_at(said("Access log"))
    row = desk.rows().filter(has_text=story.told["notice"]).first
    for text in (reader, said.reading("wanted.notice"), said("allowed"), story.reasons[why]):
        expect(row).to_contain_text(text)


def asks_what_was_refused(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.fill({said("Person (sign-in name)"): "administrator"})
    desk.field(said("Refused only")).check()
    desk.press(said("Search"))
    row = desk.rows().filter(has_text=story.told["notice"]).first
    for text in (said.reading("wanted.notice"), said("refused")):
        expect(row).to_contain_text(text)
    expect(desk.rows().filter(has_text=said("allowed"))).to_have_count(0)


def follows_through_every_subject(desk: Desk, story: Story) -> None:
    """From a row of the log to the person, and to each record of the person; oversight is asked why as anyone is."""
    said = desk.said
    desk.rows().filter(has_text=story.told["notice"]).first.get_by_role("link", name=said("follow")).click()
    desk.is_at(said("One person's data"))
    here, held = desk.page.url, said("Records about this person")
    for kind, title in (("notice", "Notice"), ("hit", "Hit")):
        desk.follow(story.told[kind], desk.row(held, story.told[kind]))
        if kind == "notice":
            desk.gives_reason(story.reasons["overseer"])
        desk.is_at(said(title))
        desk.page.goto(here)
    candidate = desk.row(held, said.word("held", "border.Candidate"))
    expect(candidate).to_have_count(1)
    with desk.page.expect_navigation():
        candidate.get_by_role("link").click()
    desk.is_at(said("Manifest"))
    desk.sees(story.remark, *story.names)


def _path(desk: Desk) -> str:
    return desk.page.url.removeprefix(desk.node.console)
