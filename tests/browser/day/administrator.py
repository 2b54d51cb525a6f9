"""The administrator, in Belgium, who looks where he has no business; and the second person whom a change takes."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.day.story import Story
from tests.browser.desk import Desk


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
    change = desk.part(said("Change a person's roles"))
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
