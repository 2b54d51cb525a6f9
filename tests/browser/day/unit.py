"""The wanted-persons unit, in Morocco: drafts, approves, publishes, is told of the hit, withdraws."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.day.story import Story
from tests.browser.desk import ROAD, Desk
from tests.node.acts_material import portrait


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
    expect(desk.main.get_by_role("heading", name=said("Hits that the partner reports"))).to_be_visible()
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
    # The notice, and now its withdrawal, have come to the partner's unit.
    received = desk.part(said("On the road")).get_by_text(said.word("step", "R2"))
    expect(received).to_have_count(2, timeout=ROAD)
