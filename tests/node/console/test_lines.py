"""A line of the plan is told by its title, in the reader's language, wherever its id is shown to a person."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from mithaq.node.acts import instruments
from tests.node import statements
from tests.node.here import Here, rows
from tests.node.oversight.material import prepared, signed_in

OFFICER, OVERSEER = "officer-a", "overseer"


def said(name: str, address: str, language: str) -> str:
    client = signed_in(name)
    client.post("/language", {"language": language, "next": "/"})
    with override(language):  # what the page activates is undone after it
        answer, asked = statements.sent(lambda: client.get(address))
    assert answer.status_code == 200
    assert len(asked) <= 15, "\n".join(asked)
    return re.sub(r"<[^>]+>", "", answer.content.decode())


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_title_of_a_line_stands_beside_its_id(here: Here, language: str) -> None:
    place = prepared(here)
    (notice,) = rows("wanted.Notice", reference=place.reference)
    joint = next(one.plan for one in instruments.in_force() if one.plan.id == notice.plan)
    title = next(line.title for line in joint.lines if line.id == notice.line)[language]
    beside = f"{title} {notice.line}"
    message = str(rows("acts.Inbox")[0].message)
    for name, address in (
        (OFFICER, f"/notices/{place.notice}"),
        (OFFICER, f"/hits/{place.hit}"),
        (OFFICER, "/ledger"),
        (OFFICER, f"/ledger/messages/{message}"),
        (OVERSEER, f"/oversight/person?reference={place.notice}"),
    ):
        assert beside in said(name, address, language), address


def test_a_line_that_no_plan_in_force_has_is_told_by_its_id(here: Here) -> None:
    from django.template import Context, Template

    shown = Template("{% line 'X' 'L9' %}|{% joint_lines keys %}").render(Context({"keys": ("L9",)}))
    assert shown == '<bdi dir="ltr">L9</bdi>|<bdi dir="ltr">L9</bdi>'
