"""Keys: what the page says is what the script does; the switch is the person's, and lasts longer than a session."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders

from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import local
from mithaq.node.acts.ids import uuid7
from mithaq.node.console import key_views
from tests.node.console.test_routes import PASSWORD, signed_in
from tests.node.here import Here, rows

LARGEST = 6 * 1024


def script() -> str:
    with open(str(finders.find("keys.js")), encoding="utf8") as file:
        return file.read()


@pytest.fixture
def officer(here: Here) -> None:
    request = AddPerson("officer-a", "Officer A", "BE-POLICE/BORDER", ("case-officer",), PASSWORD)
    local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())


def test_the_page_names_the_keys_that_the_script_has() -> None:
    text = script()
    assert len(text.encode()) < LARGEST
    single = {key for key in re.findall(r'case "([^"]+)"', text) if not key.startswith("Arrow") and key != "g"}
    places = re.search(r"places = \{([^}]+)\}", text)
    assert places is not None
    after_g = set(re.findall(r"(\w): ", places[1]))
    told = {pressed for pressed, _text in key_views.KEYS}
    assert {key for pressed in told if pressed[0] != "g" for key in pressed} == single | {"Enter", "Esc"}
    assert {pressed[1] for pressed in told if pressed[0] == "g"} == after_g


@pytest.mark.usefixtures("officer")
def test_keys_are_on_until_the_person_switches_them_off_for_good() -> None:
    client = signed_in("officer-a")
    assert "/keys.js" in client.get("/keys").content.decode()
    assert client.post("/keys", {"keys": "off"}).status_code == 302
    assert "/keys.js" not in client.get("/keys").content.decode()
    assert "/keys.js" not in signed_in("officer-a").get("/").content.decode()
    client.post("/keys", {"keys": "on"})
    assert "/keys.js" in signed_in("officer-a").get("/").content.decode()
    assert [row.record for row in rows("acts.Access", what="console.keys")] == ["off", "on"]


def test_who_has_not_signed_in_has_no_keys(here: Here) -> None:
    from tests.node.console.test_routes import Client

    assert "/keys.js" not in Client().get("/sign-in").content.decode()
