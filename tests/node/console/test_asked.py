"""What the access log says was asked for is told in words, whatever a machine wrote down; what a person typed stays."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import asked, standing
from tests.node.here import Here
from tests.node.oversight.material import prepared, signed_in

TOLD = [
    ("accounts.sign-in", "by=password+code network=inside browser=new",
     "how: password, code of an app · network: inside the house · browser: new"),
    ("refused:accounts.sign-in", "by=password command line", "how: password · on the command line"),
    ("accounts.sessions-ended", "why=idle network=own browser=known",
     "why it ended: nobody used it · network: this machine · browser: known"),
    ("accounts.sessions-ended", "by=deactivate-person@1 sessions=2", "how: Shut a person out · sessions ended: 2"),
    ("accounts.sessions-ended", "others", "all others"),
    ("accounts.recovery-code", "left=3", "codes left: 3"),
    ("accounts.factor-added", "totp", "code of an app"),
    ("oversight.log", "actor=a&what=wanted.notice&refused=True",
     "person: a · what was read: a notice · refused only"),
    ("oversight.unusual", "days=7", "last days: 7"),
    ("oversight.alarms", "closed", "Closed alarms"),
    ("wanted.list", "state=active&page=1&size=50", "state: active · number of the page: 1 · rows of a page: 50"),
    ("api.notices", "active BE-POLICE", "active BE-POLICE"),
    ("api.judge", "for officer-a", "in the name of: officer-a"),
    ("lists.version", "removed 2", "removed · number of the page: 2"),
    ("console.needs", "candidate", "Candidates to judge"),
    ("console.search", "notice: Idder Tafrasti", "Notices: Idder Tafrasti"),
    ("console.search", "a=b c", "a=b c"),
    ("retention.ending", "notice 30", "Notices, with their portraits and extensions (30 days)"),
    ("wanted.bulk.approve", "3 chosen", "3 chosen"),
    ("acts.named", "approve-notice@1", "Approve a notice"),
    ("wanted.notice", "command line: mithaq notices show", "mithaq notices show · on the command line"),
    ("border.hit-road", "renews-until=2026-05-04T10:01:00+00:00", "renews itself until: 2026-05-04 11:01 Casablanca"),
]  # fmt: skip


def said(what: str, text: str) -> str:
    return " · ".join(": ".join(filter(None, pair)) for pair in asked.pieces(what, text))


@pytest.mark.parametrize(("what", "text", "told"), TOLD)
def test_what_was_asked_is_told_in_words(here: Here, what: str, text: str, told: str) -> None:
    assert said(what, text) == told


def test_every_heading_of_what_waits_has_its_words(here: Here) -> None:
    names = {*REGISTRY.queues, *(kind for one in REGISTRY.few for kind in one.headings), *standing.HEADINGS}
    assert len(names) > 15
    assert [name for name in names if said("console.needs", name) == name] == []


def test_the_page_says_it_in_the_readers_language(here: Here) -> None:
    prepared(here)
    client = signed_in("overseer")
    access.log(Actor("a", "U"), "accounts.sign-in", here.clock.now(), reason="by=passkey network=outside browser=new")
    client.get("/oversight/unusual?days=7")
    client.post("/language", {"language": "fr", "next": "/"})
    with override("fr"):  # what the page activates is undone after it
        page = client.get("/oversight/log").content.decode()
    text = re.sub(r"<form.*?</form>|<[^>]+>", "", page, flags=re.DOTALL)
    for words in ("moyen : Clé d’accès", "navigateur : nouveau", "derniers jours : 7"):
        assert words in text.replace("\u00a0", " ")
    assert not re.search(r"\b(by|network|browser|days|actor)=", text)
    with override("ar"):
        assert said("oversight.unusual", "days=7").endswith(": 7")
