"""Take the next one: to one person, of the own unit, for a while; of two who ask at once each gets another."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor
from mithaq.node.console import holds
from tests.node import acts_material as material
from tests.node.accounts import material as accounts_material
from tests.node.console.test_home import NEIGHBOUR, candidates
from tests.node.here import Here, rows

SUPERVISOR = Actor("head", "BE-POLICE/BORDER", frozenset({"supervisor"}))
MINUTES = 15


def taken(here: Here, actor: Actor) -> str:
    found = holds.take(actor, here.clock.now(), MINUTES)
    return found.id.partition("/")[2] if found else ""


def test_the_most_pressing_one_is_given_and_the_next_to_the_next_person(here: Here) -> None:
    first, second = map(str, candidates(here, 2))
    assert taken(here, material.OFFICER_A) == first
    assert taken(here, material.OFFICER_B) == second
    assert taken(here, SUPERVISOR) == ""
    assert [one.what for one in rows("acts.Access")] == ["console.take", "console.take"]


def test_who_holds_one_is_led_back_to_it(here: Here) -> None:
    candidates(here, 2)
    assert taken(here, material.OFFICER_A) == taken(here, material.OFFICER_A)
    assert len(rows("console.Hold")) == 1


def test_what_is_done_makes_room_for_the_next(here: Here) -> None:
    from mithaq.node.border.models import Candidate

    first, second = candidates(here, 2)
    assert taken(here, material.OFFICER_A) == str(first)
    Candidate.objects.filter(pk=first).update(state="rejected")
    assert taken(here, material.OFFICER_A) == str(second)
    Candidate.objects.filter(pk=second).update(state="rejected")
    assert taken(here, material.OFFICER_A) == ""
    assert holds.of_person(material.OFFICER_A.name, here.clock.now()) is None


def test_nobody_is_given_another_units(here: Here) -> None:
    candidates(here, 1)
    assert taken(here, NEIGHBOUR) == ""
    assert rows("console.Hold") == []


def test_after_its_time_another_takes_over(here: Here) -> None:
    (key,) = map(str, candidates(here, 1))
    taken(here, material.OFFICER_A)
    here.clock.forward(minutes=MINUTES - 1)
    assert taken(here, material.OFFICER_B) == ""
    here.clock.forward(minutes=1)
    assert taken(here, material.OFFICER_B) == key
    assert [one.holder for one in holds.of_unit(material.OFFICER_A, here.clock.now())] == ["officer-b"]
    assert taken(here, material.OFFICER_A) == ""


def test_it_is_given_back_by_its_holder_and_freed_by_a_supervisor_of_the_unit(here: Here) -> None:
    (key,) = map(str, candidates(here, 1))
    lock = f"candidate/{key}"
    taken(here, material.OFFICER_A)
    with pytest.raises(RefusedError) as refused:
        holds.release(lock, material.OFFICER_B, here.clock.now())
    assert refused.value.code == "hold.other"
    assert holds.release(lock, NEIGHBOUR, here.clock.now()) is None
    assert holds.release(lock, material.OFFICER_A, here.clock.now()) is not None
    assert taken(here, material.OFFICER_B) == key
    assert holds.release(lock, SUPERVISOR, here.clock.now()) is not None
    assert holds.release(lock, SUPERVISOR, here.clock.now()) is None
    assert [one.what for one in rows("acts.Access")][-3:] == ["console.release", "console.take", "console.free"]


def test_what_names_no_lock_frees_nothing_and_is_no_fault(here: Here) -> None:
    accounts_material.person(here, "officer-a")
    client = accounts_material.signed_in("officer-a")
    for name in ("\0", "candidate/\0", "", "x" * 5000, "candidate/01900000-0000-7000-8000-000000000000"):
        answer = client.post("/release", {"hold": name})
        assert (answer.status_code, answer["Location"]) == (302, "/"), name


def test_a_late_give_back_frees_nothing_that_another_took_over(here: Here) -> None:
    candidates(here, 1)
    stale = holds.take(material.OFFICER_A, here.clock.now(), MINUTES)
    assert stale is not None
    here.clock.forward(minutes=MINUTES)
    taken(here, material.OFFICER_B)
    holds._clear(material.OFFICER_A, stale, here.clock.now())
    assert [one.holder for one in holds.of_unit(material.OFFICER_A, here.clock.now())] == ["officer-b"]


def test_who_judges_nothing_takes_nothing(here: Here) -> None:
    with pytest.raises(RefusedError) as refused:
        holds.take(Actor("o", "BE-POLICE/BORDER", frozenset({"oversight"})), here.clock.now(), MINUTES)
    assert refused.value.code == "hold.role"


def test_of_many_who_ask_at_once_each_gets_one_and_nobody_the_same(here: Here) -> None:
    """Each on a connection of its own, started together; the database's constraints decide."""
    many = 6
    made = set(map(str, candidates(here, many)))
    barrier, got = threading.Barrier(many), []

    def ask(number: int) -> None:
        actor = Actor(f"officer-{number}", "BE-POLICE/BORDER", frozenset({"case-officer"}))
        try:
            barrier.wait(60)
            got.append(taken(here, actor))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(many)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert set(got) == made
    assert len(rows("console.Hold")) == many


def test_two_clicks_of_one_person_at_once_take_one(here: Here) -> None:
    candidates(here, 4)
    barrier, got = threading.Barrier(2), []

    def ask() -> None:
        try:
            barrier.wait(60)
            got.append(taken(here, material.OFFICER_A))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert len(set(got)) == 1
    assert len(rows("console.Hold")) == 1


def test_a_lock_is_a_while_and_not_a_minute_more(here: Here) -> None:
    candidates(here, 1)
    found = holds.take(material.OFFICER_A, here.clock.now(), 5)
    assert found is not None
    assert found.until - found.since == timedelta(minutes=5)
