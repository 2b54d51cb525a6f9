"""A node with a person in every subject: a notice of the partner, a list's entry, a candidate, a hit told back."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client as DjangoClient

from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import access, arrive, local, opening, perform, sequence
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.ids import uuid7
from mithaq.node.border import facts as border
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import ScreenManifest
from tests.node import acts_material as material
from tests.node.border.test_border import WANTED, judge, manifest
from tests.node.here import Here, rows
from tests.peers.partner import worker_keys

PASSWORD = "correct horse 4am staple"
PEOPLE = {
    "officer-a": ("BE-POLICE/BORDER", ("case-officer",)),
    "officer-b": ("BE-POLICE/BORDER", ("case-officer",)),
    "other": ("BE-POLICE/OTHER", ("case-officer",)),
    "approver": ("BE-POLICE/WANTED", ("supervisor",)),
    "overseer": ("BE-POLICE/WANTED", ("oversight",)),
    "administrator": ("BE-POLICE/WANTED", ("administrator",)),
}


@dataclass(frozen=True)
class Place:
    """The ids of what lies in the node."""

    notice: str
    reference: str
    manifest: str
    candidate: str
    hit: str


class Client(DjangoClient):
    """A browser on this machine."""

    def __init__(self) -> None:
        super().__init__(headers={"host": "127.0.0.1"})


def people(here: Here) -> None:
    """The people of `PEOPLE`."""
    for name, (unit, roles) in PEOPLE.items():
        request = AddPerson(name, name.title(), unit, roles, PASSWORD)
        local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())


def signed_in(name: str) -> Client:
    """A browser with a person's session."""
    client = Client()
    assert client.post("/sign-in", {"name": name, "password": PASSWORD}).status_code == 302
    return client


def prepared(here: Here) -> Place:
    """People, a post, the partner's notice received, a manifest screened, one of its candidates confirmed."""
    people(here)
    names = dict.fromkeys(("en", "fr", "nl", "ar"), "Brussels")
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", names)), here.clock.now())
    arrive.accept(material.message(here), "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    key = perform.perform("screen-manifest@1", ScreenManifest("BEBRU", "x", manifest(WANTED)), material.OFFICER_A)
    found = next(one for one in border.candidates(key) if one.card and one.card.owner == "MA-POLICE")
    judge(found, material.OFFICER_A)
    hit = judge(found, material.OFFICER_B)["hit"]
    (notice,) = rows("wanted.Notice")
    return Place(str(notice.pk), notice.reference, key, found.id, hit)


def sealed(here: Here) -> None:
    """The present head of the access log in the ledger, signed."""
    access.seal_head(here.clock.now())
    sequence.sequence(worker_keys(here), here.clock.now())
