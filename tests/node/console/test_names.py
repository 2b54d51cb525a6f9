"""The page that explains names: what is read, why two meet or not, and that nobody learns who was asked for."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from mithaq.screening.meeting import meet
from tests.node.console.test_file import officer
from tests.node.here import Here, rows

WEIGHT = re.compile(r"[+\u2212]\d+\.\d\d")
pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def client(here: Here) -> Client:
    return officer(here)


def asked(client: Client, **fields: str) -> tuple[int, str]:
    answer = client.post("/names", fields)
    return answer.status_code, html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_two_names_that_meet_are_told_with_what_adds_up(client: Client) -> None:
    status, page = asked(client, name="Mohammed Zerhouni", listed="محمد الزرهوني")
    met = meet("Mohammed Zerhouni", "محمد الزرهوني")
    assert met.score is not None
    assert (status, "These names meet" in page) == (200, True)
    told = [round(float(weight.replace("\u2212", "-")) * 100) for weight in WEIGHT.findall(page)]
    count = len(met.evidence)
    assert count > 1
    assert (sum(told[:count]), told[count]) == (round(met.score * 100),) * 2
    assert "The names agree across scripts." in page
    assert "Borne by" not in page


def test_two_names_that_do_not_meet_are_told_where_they_part(client: Client) -> None:
    status, page = asked(client, name="Jan Peeters", listed="Fatima Zerhouni")
    assert (status, "These names do not meet" in page) == (200, True)
    assert "not compared: no key in common" in page


@pytest.mark.parametrize("name", ["Ahmed", "\u202e\u200fﷺ" * 20, "o", "123", "Нassan", "x" * 200])
def test_any_one_name_is_read(client: Client, name: str) -> None:
    status, page = asked(client, name=name)
    assert (status, "Every reading of its words" in page or "No letter can be read in it" in page) == (200, True)


def test_what_cannot_be_asked_is_said_at_its_field(client: Client) -> None:
    for name in ("", "x" * 201):
        assert asked(client, name=name)[0] == 400


def test_the_access_log_knows_that_it_was_asked_and_not_for_whom(client: Client) -> None:
    asked(client, name="Mohammed Zerhouni", listed="Zerhouni")
    last = rows("acts.Access")[-1]
    assert (last.what, last.record, last.reason, last.also) == ("console.names", "", "", [])
    assert "Zerhouni" not in client.get("/names").content.decode()


def test_who_reads_no_content_asks_for_no_name(here: Here) -> None:
    assert officer(here, "administrator").post("/names", {"name": "Ahmed"}).status_code == 403
