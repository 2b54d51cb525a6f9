"""Home: four sections, each a page at a time, by the unit that asks and in the order in which things press."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import dispatch, local, queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.needs import Need, Place, Slice
from mithaq.node.console import home_views, standing
from tests.node import acts_material as material
from tests.node import statements
from tests.node.acts.test_road import published
from tests.node.console.test_routes import PASSWORD, signed_in
from tests.node.here import Here
from tests.peers.partner import worker_keys

JUDGED_WITHIN = timedelta(hours=8)
NEIGHBOUR = Actor("neighbour", "BE-POLICE/WANTED", frozenset({"case-officer", "supervisor"}))


def candidates(here: Here, number: int, **fields: object) -> list[UUID]:
    """Open candidates of the border unit, each a minute later than the one before."""
    from mithaq.node.border.models import Candidate

    now = here.clock.now()
    rows = [
        Candidate(**{
            "id": uuid7(now), "manifest": uuid7(now), "post": "BEBRU", "unit": "BE-POLICE/BORDER",
            "subject": f"notice:{uuid7(now)}", "traveller": {}, "travel": {}, "score": 9.0, "evidence": [],
            "state": "candidate", "created": now + timedelta(minutes=one),
            "expires": now + timedelta(hours=72, minutes=one),
            **fields,
        })
        for one in range(number)
    ]  # fmt: skip
    Candidate.objects.bulk_create(rows)
    return [row.id for row in rows]


def test_a_pile_shows_its_first_rows_and_says_how_many_there_are(here: Here) -> None:
    made = candidates(here, standing.SHOWN + 3)
    (pile,) = standing.standing(material.OFFICER_A, here.clock.now()).needs
    assert (pile.name, pile.total, pile.rest) == ("candidate", standing.SHOWN + 3, 3)
    assert [need.id for need in pile.needs] == [str(key) for key in made[: standing.SHOWN]]
    assert pile.needs[0].due == here.clock.now() + JUDGED_WITHIN


def test_another_unit_is_told_of_nothing_and_in_no_count(here: Here) -> None:
    candidates(here, 3)
    found = standing.standing(NEIGHBOUR, here.clock.now() + timedelta(days=1))
    assert (found.needs, found.overdue.total, found.expiring.total) == ((), 0, 0)


def test_a_candidate_that_one_has_judged_waits_for_another(here: Here) -> None:
    from mithaq.node.border.models import Judgement

    (key,) = candidates(here, 1)
    Judgement.objects.create(
        id=uuid7(here.clock.now()), candidate=key, officer=material.OFFICER_A.name, verdict="match",
        identifier="document", remark="", at=here.clock.now(),
    )  # fmt: skip
    assert standing.standing(material.OFFICER_A, here.clock.now()).needs == ()
    assert standing.standing(material.OFFICER_B, here.clock.now()).needs[0].total == 1


def test_what_is_past_its_deadline_is_overdue_from_the_moment_on(here: Here) -> None:
    candidates(here, 2)
    at = here.clock.now() + JUDGED_WITHIN
    assert standing.standing(material.OFFICER_A, at).overdue.total == 0
    late = standing.standing(material.OFFICER_A, at + timedelta(seconds=1)).overdue
    assert (late.total, len(late.needs)) == (1, 1)


def test_a_candidate_near_its_end_is_expiring_however_it_was_judged(here: Here) -> None:
    candidates(here, 1)
    candidates(here, 1, expires=here.clock.now() + timedelta(hours=73))
    found = standing.standing(material.OFFICER_A, here.clock.now()).expiring
    assert [need.kind for need in found.needs] == ["candidate-expiring"]
    assert standing.standing(material.OFFICER_A, here.clock.now() + timedelta(hours=2)).expiring.total == 2


def test_a_message_waits_on_the_partner_until_its_receipt_of_delivery(here: Here) -> None:
    from mithaq.node.acts.models import Outbox, Receipt

    published()
    dispatch.dispatch_open(worker_keys(here))
    here.clock.forward(minutes=1)
    found = standing.standing(NEIGHBOUR, here.clock.now()).waiting
    rows = list(Outbox.objects.order_by("due"))
    assert [need.due for need in found.needs] == [row.due for row in rows]
    assert found.total == len(rows) > 0
    assert standing.standing(material.OFFICER_A, here.clock.now()).waiting.total == 0
    for row in rows:
        Receipt.objects.create(
            outgoing=False, partner=row.partner, message=row.message, kind="R2", token=b"", at=here.clock.now()
        )
    assert standing.standing(NEIGHBOUR, here.clock.now()).waiting.total == 0


def test_pages_go_on_after_the_last_row_and_lose_none(here: Here) -> None:
    made = candidates(here, 7)
    candidates(here, 2, created=here.clock.now())
    now, seen, after = here.clock.now() + timedelta(days=1), [], None
    while True:
        page = standing.page("overdue", material.OFFICER_A, now, after, most=2)
        seen += [need.id for need in page.needs]
        if page.after is None:
            break
        after = page.after
    assert len(seen) == len(set(seen)) == 9
    assert [key for key in seen if UUID(key) in made] == [str(key) for key in made]


def test_few_and_many_are_cut_alike(here: Here) -> None:
    now = here.clock.now()
    needs = [Need("x", "x", f"r{n}", f"/{n}", now, now + timedelta(minutes=n), str(n)) for n in (3, 1, 2)]
    first = queue.listed("x", needs, Slice(2), now + timedelta(minutes=1, seconds=1))
    assert ([need.id for need in first.needs], first.total, first.late) == (["1", "2"], 3, 1)
    rest = queue.listed("x", needs, Slice(2, after=queue.place("x", first.needs[-1])), now)
    assert [need.id for need in rest.needs] == ["3"]
    assert queue.listed("x", needs, Slice(9, after=Place(needs[0].due or now, "y")), now).total == 0
    assert [need.id for need in queue.listed("x", needs, Slice(9, only="2"), now).needs] == ["2"]


def test_what_names_no_place_is_the_beginning() -> None:
    for text in ("", "~", "x~y~z", "2026-01-01~a~b"):
        assert home_views.place_of(text) is None
    assert home_views.place_of("2026-01-01T00:00:00+00:00~a~b~c") is not None


@pytest.fixture
def officer(here: Here) -> None:
    request = AddPerson("officer-a", "Officer A", "BE-POLICE/BORDER", ("case-officer", "supervisor"), PASSWORD)
    local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())


@pytest.mark.usefixtures("officer")
def test_the_page_costs_as_much_however_much_waits(here: Here) -> None:
    client = signed_in("officer-a")
    counts = []
    for number in (1, 40):
        candidates(here, number)
        client.get("/")
        answer, asked = statements.sent(lambda: client.get("/"))
        assert answer.status_code == 200
        counts.append(len(asked))
    # What another unit has is in no query: not even in how many there are.
    candidates(here, 5, unit="BE-POLICE/WANTED")
    counts.append(len(statements.sent(lambda: client.get("/"))[1]))
    assert counts[0] == counts[1] == counts[2] <= 15, "\n".join(asked)


@pytest.mark.usefixtures("officer")
def test_the_page_says_when_in_both_zones_and_how_long_in_words(here: Here) -> None:
    candidates(here, 1)
    answer = signed_in("officer-a").get("/").content.decode()
    assert "in 8 h 00 min" in answer
    assert "Casablanca" in answer
    assert "Brussels" in answer
    assert f'data-due="{(here.clock.now() + JUDGED_WITHIN).isoformat(timespec="milliseconds")}"' in answer


@pytest.mark.usefixtures("officer")
def test_each_heading_has_its_page(here: Here) -> None:
    candidates(here, standing.PAGE + 1)
    client = signed_in("officer-a")
    for name in ("candidate", "overdue", "waiting", "expiring"):
        assert client.get(f"/needs/{name}").status_code == 200
    first = client.get("/needs/candidate").content.decode()
    link = first.partition('rel="next" href="')[2].partition('"')[0]
    second = client.get(f"/needs/candidate{link}").content.decode()
    assert (first.count("data-due="), second.count("data-due=")) == (standing.PAGE, 1)
    assert client.get("/needs/nothing").status_code == 404


@pytest.mark.usefixtures("officer")
def test_a_heading_is_of_many_and_a_row_of_one(here: Here) -> None:
    candidates(here, 2)
    assert standing.standing(material.OFFICER_A, here.clock.now()).needs[0].heading == "Candidates to judge"
    assert standing.page("candidate", material.OFFICER_A, here.clock.now(), None).heading == "Candidates to judge"
    page = signed_in("officer-a").get("/").content.decode()
    assert page.count("Candidates to judge") > page.count("Candidate to judge") == 2
