"""The post, in Belgium: a border guard brings a manifest and judges, a second officer confirms."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller
from mithaq.formats.paxlst_write import write_paxlst
from tests.browser.day.story import Story
from tests.browser.desk import ROAD, Desk

LEG = Leg("XM0412", "CMN", "2026-05-04T01:10", "BRU", "2026-05-04T06:30")


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
    story.pages["candidate"] = desk.path
    _judges(desk, story.remark)
    desk.is_told(said("Your judgement is kept. A second officer confirms."))
    desk.sees(said("You have judged; another officer judges next."))
    desk.follow(story.told["notice"])
    desk.is_at(said("Notice"))
    desk.sees(story.offence)
    story.pages["notice"] = desk.path


def takes_the_next_and_confirms(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.press(said("Take the next one"))
    desk.is_told(said("You work on this now; colleagues see it. Give it back at the home page."))
    desk.gives_reason(story.reasons["second"])
    desk.sees(story.remark)
    _judges(desk, "")
    desk.is_told(said("The hit is confirmed, and the owner of the notice is told."))
    desk.is_at(said("Hit"))
    story.pages["hit"] = desk.path
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
