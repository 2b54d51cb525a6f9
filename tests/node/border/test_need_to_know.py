"""Who sees what at a border: one rule for pages, command line and acts; and what a manifest says of each traveller."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from mithaq.errors import RefusedError
from mithaq.formats.paxlst import TravelDocument
from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import arrive, deliver, dispatch, local, opening, perform
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.ids import uuid7
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import ScreenManifest
from mithaq.node.console import standing
from tests.node import acts_material as material
from tests.node.border.test_border import NAMES, OTHER, WANTED, judge, manifest, notice, screen
from tests.node.here import Here, rows
from tests.peers.partner import Partner, worker_keys

PASSWORD = "correct horse at 4 am"


@pytest.fixture
def post(here: Here) -> Here:
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", NAMES)), here.clock.now())
    return here


def client(here: Here, name: str, unit: str, *roles: str) -> Client:
    """A signed-in person."""
    now = here.clock.now()
    local.apply("person", add_person(AddPerson(name, name, unit, roles, PASSWORD), str(uuid7(now))), now)
    found = Client(headers={"host": "127.0.0.1"})
    found.post("/sign-in", {"name": name, "password": PASSWORD})
    return found


def confirmed(here: Here) -> str:
    """A confirmed hit on MA's notice; its id."""
    notice(here)
    (found,) = screen(WANTED)
    judge(found, material.OFFICER_A)
    return str(judge(found, material.OFFICER_B)["hit"])


@pytest.mark.parametrize(
    ("unit", "roles", "status"),
    [
        ("BE-POLICE/BORDER", ("case-officer",), 200),
        ("BE-POLICE/WANTED", ("supervisor",), 403),
        ("BE-POLICE/WANTED", ("oversight",), 200),
        ("BE-POLICE/BORDER", ("administrator",), 403),
    ],
)
def test_manifests_and_hits_are_for_the_unit_concerned_and_for_oversight(
    post: Here, unit: str, roles: tuple[str, ...], status: int
) -> None:
    hit = confirmed(post)
    (row,) = rows("border.Manifest")
    who = client(post, "somebody", unit, *roles)
    for page in (f"/manifests/{row.id}", f"/hits/{hit}"):
        answer = who.get(page)
        assert answer.status_code == status
        assert ("ZX4417702" in answer.content.decode()) is (status == 200), page
    if unit == "BE-POLICE/WANTED":
        assert who.get(f"/hits/{hit}/road").status_code == status
    if status == 403 and roles != ("administrator",):
        assert {one.what for one in rows("acts.Access", actor="somebody")} >= {
            "refused:border.manifest", "refused:border.hit",
        }  # fmt: skip
        assert "XX123" not in who.get("/manifests").content.decode()
        assert "BE-POLICE/2026/HIT" not in who.get("/hits").content.decode()


def test_an_officer_screens_at_posts_of_the_own_unit_only(post: Here) -> None:
    local.apply("post", add(AddPost("XXBRU", "BE-POLICE/WANTED", "air", NAMES)), post.clock.now())
    with pytest.raises(RefusedError) as refused:
        perform.perform("screen-manifest@1", ScreenManifest("XXBRU", "x", manifest(WANTED)), material.OFFICER_A)
    assert refused.value.code == "candidate.unit"
    assert rows("border.Manifest") == []


def test_each_traveller_of_a_file_has_the_flight_of_the_own_list(post: Here) -> None:
    notice(post)
    first, second = manifest(OTHER), manifest(WANTED).replace(b"XX123", b"YY777")
    head, body = first.split(b"UNH", 1)
    data = head + b"UNH" + body.split(b"UNZ")[0] + b"UNH" + second.split(b"UNH", 1)[1].split(b"UNZ")[0]
    reference = first.split(b"UNZ+1+")[1]
    (found,) = screen(data=data + b"UNZ+2+" + reference)
    assert found.travel.flight == "YY777"
    (row,) = rows("border.Manifest")
    assert "manifest.flights" in {one["code"] for one in row.warnings}


def test_every_document_of_a_traveller_is_compared(post: Here) -> None:
    notice(post)
    listed, other = TravelDocument("I", "ZX4417702", "MAR"), TravelDocument("P", "AA1", "FRA")
    scores = []
    for number, papers in enumerate([(other,), (other, listed), (listed, other)]):
        (found,) = screen(replace(WANTED, given=f"ZOHAIR {'I' * number}".strip(), documents=papers))
        scores.append(found.score)
    assert scores[0] < scores[1] == pytest.approx(scores[2], abs=1)


def test_a_hit_is_bound_as_its_notice_is(post: Here) -> None:
    data = material.message(
        post, material.notice_body(purpose="missing", handling="H2"), purposes=("missing",), handling="H2"
    )
    arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now())
    opening.open_waiting(worker_keys(post))
    (found,) = screen(WANTED)
    judge(found, material.OFFICER_A)
    judge(found, material.OFFICER_B)
    partner = Partner(post)
    dispatch.dispatch_open(worker_keys(post))
    deliver.deliver_due(partner, post.clock.now())
    (told,) = partner.payloads()
    assert (told["handling"]["code"], told["handling"]["purposes"]) == ("H2", ["missing"])


def test_a_hit_of_the_partner_waits_on_the_home_page_however_many_of_ours_there_are(post: Here) -> None:
    from mithaq.node.border.models import Hit
    from mithaq.node.wanted import facts as notices
    from tests.node.acts.test_road import published

    hit = confirmed(post)
    own = notices.notice(published())
    ours = Hit.objects.get(pk=hit)
    for number in range(30):
        Hit.objects.create(**{
            **{field.name: getattr(ours, field.name) for field in Hit._meta.fields},
            "id": uuid7(post.clock.now()), "reference": f"BE-POLICE/2026/HIT/9{number:04d}",
            "at": post.clock.now() + timedelta(minutes=number),
        })  # fmt: skip
    Hit.objects.create(**{
        **{field.name: getattr(ours, field.name) for field in Hit._meta.fields},
        "id": uuid7(post.clock.now()), "reference": "MA-POLICE/2026/HIT/00001", "found_here": False,
        "unit": "BE-POLICE/WANTED", "notice": own.reference, "at": post.clock.now(),
    })  # fmt: skip
    found = standing.page("hit", material.APPROVER, post.clock.now(), None)
    assert ([one.record for one in found.needs], found.total) == (["MA-POLICE/2026/HIT/00001"], 1)
    later = standing.page("hit", material.APPROVER, post.clock.now() + timedelta(days=15), None)
    assert (later.needs, later.total) == ((), 0)


def test_a_packed_list_is_unpacked_and_a_name_in_its_header_decides_nothing(post: Here) -> None:
    import gzip

    notice(post)
    data = manifest(WANTED).replace(b"UNOA:4+MITHAQ", b"UNOA:4+PNRGOV")
    assert b"PNRGOV" in data
    assert len(screen(data=gzip.compress(data))) == 1
    assert rows("border.Manifest")[0].feed == "paxlst"


def test_a_listing_of_manifests_takes_as_many_queries_for_many_as_for_one(post: Here) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from mithaq.node.border import facts

    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            return len(facts.manifests(None)), len(asked)

    screen(data=manifest(OTHER))
    first = queries()
    for number in range(4):
        screen(data=manifest(OTHER).replace(b"XX123", f"XX{200 + number}".encode()))
    assert queries() == (first[0] + 4, first[1])
