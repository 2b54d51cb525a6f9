"""A day at two nodes, through the pages alone, in French and in Arabic: a notice is drafted, approved and published in
Morocco; its person comes to a post in Belgium, two officers judge, and the hit comes home; an administrator looks where
he has no business; in the evening oversight of both sides says who saw this person's data, why, and was it allowed.

Rule: a person finds each page by what the page before says; the domestic instruments ask why before they show a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.browser.chromium import People
from tests.browser.day import administrator, oversight, post, unit
from tests.browser.day.story import STORIES
from tests.browser.desk import at_desk
from tests.node.authorities import asking_why, world
from tests.node.nodes import Pair, RunningNode, two_nodes

ASKED = ("wanted_notice", "border_manifest", "border_hit")


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with two_nodes(found=asking_why(world(), *ASKED)) as found:
        yield found


@pytest.mark.parametrize("language", STORIES)
def test_a_day_at_two_nodes_through_the_pages_alone(pair: Pair, people: People, tmp_path: Path, language: str) -> None:
    story = STORIES[language]
    with at_desk(people, pair.ma, "drafter", language) as desk:
        unit.drafts_a_notice(desk, story)
    with at_desk(people, pair.ma, "approver", language) as desk:
        unit.approves_and_publishes(desk, story)
    with at_desk(people, pair.be, "officer-a", language) as desk:
        post.brings_a_manifest(desk, story, tmp_path)
        post.judges_what_waits(desk, story)
        desk.sign_out()
    with at_desk(people, pair.be, "officer-b", language) as desk:
        post.takes_the_next_and_confirms(desk, story)
    with at_desk(people, pair.ma, "drafter", language) as desk:
        unit.is_told_of_the_hit(desk, story)
    with at_desk(people, pair.ma, "approver", language) as desk:
        unit.withdraws_what_has_its_end(desk, story)
    with at_desk(people, pair.be, "administrator", language) as desk:
        administrator.sees_no_content_where_he_is_led(desk, story)
        administrator.is_refused_by_address(desk, story)
        administrator.proposes_a_role_for_himself(desk, story)
        desk.sign_out()
    with at_desk(people, pair.be, "chief", language) as desk:
        administrator.refuses_as_the_second_person(desk, story)
    evening(pair)
    with at_desk(people, pair.be, "overseer", language) as desk:
        oversight.is_alarmed(desk)
        # The chief: home named what waits for the unit.
        oversight.asks_who_saw_this_person(desk, story, {"officer-a", "officer-b", "chief", "administrator"})
        oversight.takes_evidence(desk, story, tmp_path, "BE", pair.world.be.root.public.text)
        oversight.asks_why_and_whether_allowed(desk, story, "officer-a", "guard", "judge-candidate")
        oversight.asks_what_was_refused(desk, story)
        oversight.follows_through_every_subject(desk, story)
        desk.sign_out()
    with at_desk(people, pair.ma, "overseer", language) as desk:
        oversight.asks_who_saw_this_person(desk, story, {"drafter", "approver"})
        oversight.takes_evidence(desk, story, tmp_path, "MA", pair.world.ma.root.public.text)
        oversight.asks_why_and_whether_allowed(desk, story, "approver", "unit", "publish-notice")


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
