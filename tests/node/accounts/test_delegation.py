"""Roles lent while away: for a time, of one's own, to a colleague; and need to know by line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from mithaq.errors import InputError, MithaqError, RefusedError
from mithaq.node.accounts import facts, people_facts, rules
from mithaq.node.accounts.requests import ChangeRole, ConfirmChange, Delegate, EndDelegation
from mithaq.node.acts import local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.perform import perform
from mithaq.node.console import people
from mithaq.node.start import Node
from mithaq.node.wanted.requests import ApproveNotice, DraftNotice
from tests.node import acts_material
from tests.node.accounts import material
from tests.node.accounts.material import Browser, signed_in
from tests.node.accounts.test_people import code_of, who
from tests.node.here import Here, rows

WANTED = "BE-POLICE/WANTED"


@pytest.fixture
def desk(here: Here) -> Here:
    """A supervisor, two officers and one of another unit, an administrator and one who oversees."""
    for name, unit, role in (
        ("approver", WANTED, "supervisor"), ("drafter", WANTED, "case-officer"), ("third", WANTED, "analyst"),
        ("far", "BE-POLICE/BORDER", "case-officer"), ("ada", WANTED, "administrator"),
    ):  # fmt: skip
        material.person(here, name, role, unit=unit)
    return here


def lend(here: Here, giver: str = "approver", taker: str = "third", roles: tuple[str, ...] = ("supervisor",),
         days: float = 7, after: float = 0) -> str:  # fmt: skip
    starts = here.clock.now() + timedelta(days=after)
    request = Delegate(taker, roles, starts, starts + timedelta(days=days), "on leave")
    return str(perform("delegate@1", request, who(giver)))


def test_what_is_lent_holds_for_its_time_and_ends_by_itself(desk: Here) -> None:
    lend(desk, after=1, days=2)
    held = []
    for _ in range(4):
        held.append("supervisor" in who("third").roles)
        desk.clock.forward(days=1)
    assert held == [False, True, True, False]
    assert who("third").own_roles == {"analyst"}


def test_an_act_under_a_delegation_says_so(desk: Here) -> None:
    key = lend(desk)
    draft = perform("draft-notice@1", DraftNotice(acts_material.content()), who("drafter"))
    perform("approve-notice@1", ApproveNotice(draft, 1), who("third"))
    leaves = [json.loads(bytes(row.data)) for row in rows("acts.Leaf", kind="act")]
    under = {text["subject"]["act"]: text["subject"].get("under") for text in leaves}
    assert under["approve-notice@1"] == key
    assert under["draft-notice@1"] is None
    browser = signed_in("third")
    assert "supervisor" in browser.get("/account/delegations").content.decode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"roles": ("analyst",)}, "delegation.roles"),
        ({"roles": ()}, "delegation.roles"),
        ({"taker": "far"}, "delegation.taker"),
        ({"taker": "approver"}, "delegation.taker"),
        ({"taker": "ada"}, "delegation.taker"),
        ({"taker": "nobody"}, "delegation.taker"),
        ({"days": 61}, "delegation.time"),
        ({"days": -1}, "delegation.time"),
        ({"after": -2, "days": 3}, "delegation.time"),
    ],
)
def test_what_cannot_be_lent(desk: Here, change: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as wrong:
        lend(desk, **change)  # type: ignore[arg-type]
    assert code_of(wrong) == code
    assert rows("accounts.Delegation") == []


def test_what_is_lent_is_not_lent_on(desk: Here) -> None:
    lend(desk)
    assert "supervisor" in who("third").roles
    with pytest.raises(InputError) as wrong:
        lend(desk, giver="third", taker="drafter")
    assert code_of(wrong) == "delegation.roles"
    with pytest.raises(RefusedError) as refused:
        lend(desk, giver="ada", taker="drafter", roles=("administrator",))
    assert code_of(refused) == "role.missing"


def test_a_lent_role_is_no_second_person_for_people(desk: Here) -> None:
    lend(desk)
    drafter = people_facts.named("drafter")
    request = ChangeRole(drafter.id, drafter.version, WANTED, ("supervisor",), (), "needed")
    key = perform("change-role@1", request, who("ada"))
    with pytest.raises(RefusedError) as refused:
        perform("confirm-change@1", ConfirmChange(key, 1), who("third"))
    assert code_of(refused) == "person.second"


def test_it_ends_with_its_giver_and_when_one_says_so(desk: Here) -> None:
    key = lend(desk)
    with pytest.raises(RefusedError) as refused:
        perform("end-delegation@1", EndDelegation(key, 1), who("far"))
    assert code_of(refused) == "delegation.other"
    perform("end-delegation@1", EndDelegation(key, 1), who("third"))
    assert who("third").roles == {"analyst"}
    lend(desk)
    assert "supervisor" in who("third").roles
    giver = people_facts.named("approver")
    local.apply("person", Effects(rows=(Row("accounts.User", giver.id, giver.version, {"is_active": False}),)),
                desk.clock.now())  # fmt: skip
    assert who("third").roles == {"analyst"}


def test_who_comes_to_administer_is_lent_nothing_any_more(desk: Here) -> None:
    lend(desk)
    taker = people_facts.named("third")
    row = Row("accounts.User", taker.id, taker.version, {"roles": ["administrator"]})
    local.apply("person", Effects(rows=(row,)), desk.clock.now())
    assert who("third").roles == {"administrator"}


def test_the_page_lends_and_ends(desk: Here) -> None:
    browser = signed_in("approver")
    browser.proves()
    start = desk.clock.now()
    at = start.astimezone(ZoneInfo(Node.config.time_zones[0]))
    form = {"taker": "third", "roles": ["supervisor"], "starts": f"{at:%Y-%m-%dT%H:%M}",
            "ends": f"{at + timedelta(days=3):%Y-%m-%dT%H:%M}", "reason": "leave"}  # fmt: skip
    assert browser.post("/account/delegations", {**form, "taker": "far"}).status_code == 400
    assert browser.post("/account/delegations", form).status_code == 302
    assert "supervisor" in who("third").roles
    (row,) = rows("accounts.Delegation")
    assert row.ends == (start + timedelta(days=3)).replace(second=0, microsecond=0)
    assert browser.post(f"/account/delegations/{row.pk}/end", {"version": 1}).status_code == 302
    assert "supervisor" not in who("third").roles


def test_whoever_sits_down_at_a_session_lends_nobody_its_roles(desk: Here) -> None:
    browser = signed_in("approver")
    assert "/account/confirm?next=/account/delegations" in browser.get("/account/delegations").content.decode()
    now = desk.clock.now()
    form = {"taker": "third", "roles": ["supervisor"], "starts": f"{now:%Y-%m-%dT%H:%M}",
            "ends": f"{now + timedelta(days=3):%Y-%m-%dT%H:%M}", "reason": "leave"}  # fmt: skip
    answer = browser.post("/account/delegations", form)
    assert answer["Location"] == "/account/confirm?next=/account/delegations"
    assert rows("accounts.Delegation") == []


def test_the_page_asks_for_times_as_the_clocks_of_the_authority_show_them(desk: Here) -> None:
    assert Node.config.time_zones[0] == "Africa/Casablanca"
    offered = desk.clock.now().astimezone(ZoneInfo("Africa/Casablanca"))
    assert offered.utcoffset() == timedelta(hours=1)
    browser = signed_in("approver")
    browser.proves()
    text = browser.get("/account/delegations").content.decode()
    assert "From (time of Casablanca)" in text
    assert f'value="{offered:%Y-%m-%dT%H:%M}"' in text
    assert "(UTC)" not in text


def placed(here: Here, name: str, *lines: str) -> Browser:
    person = people_facts.named(name)
    row = Row("accounts.User", person.id, person.version, {"lines": list(lines)})
    local.apply("person", Effects(rows=(row,)), here.clock.now())
    return signed_in(name)


def test_another_line_is_not_read_and_that_is_logged(desk: Here) -> None:
    draft = perform("draft-notice@1", DraftNotice(acts_material.content()), who("drafter"))
    apart, same = placed(desk, "approver", "laundering"), placed(desk, "third", "wanted-persons")
    answers = [
        (one.get(f"/notices/{draft}").status_code, draft in one.get("/notices").content.decode())
        for one in (apart, same)
    ]
    assert answers == [(404, False), (200, True)]
    assert "notice.unknown" in apart.get(f"/notices/{draft}").content.decode()
    assert [row.record for row in material.logged("refused:wanted.notice")] == [draft, draft]
    assert draft not in apart.get("/").content.decode()
    with pytest.raises(InputError) as unknown:
        perform("approve-notice@1", ApproveNotice(draft, 1), who("approver"))
    assert code_of(unknown) == "notice.unknown"
    # A line that the request itself names is refused by its name: nobody drafts what he may not know.
    with pytest.raises(RefusedError) as refused:
        perform("draft-notice@1", DraftNotice(acts_material.content()), replace(who("drafter"), lines=frozenset({"x"})))
    assert code_of(refused) == "read.line"
    assert facts.of_name("third").lines == {"wanted-persons"}  # type: ignore[union-attr]


def test_a_loan_reaches_no_line_that_one_of_the_two_does_not_work_on(desk: Here) -> None:
    def set_lines(name: str, lines: list[str] | None) -> None:
        person = people_facts.named(name)
        row = Row("accounts.User", person.id, person.version, {"lines": lines})
        local.apply("person", Effects(rows=(row,)), desk.clock.now())

    def approves(giver: list[str] | None, taker: list[str] | None) -> str:
        set_lines("approver", giver)
        set_lines("third", taker)
        draft = perform("draft-notice@1", DraftNotice(acts_material.content()), who("drafter"))
        try:
            perform("approve-notice@1", ApproveNotice(draft, 1), who("third"))
        except MithaqError as error:
            return error.code
        return "done"

    lend(desk)
    wanted, other = ["wanted-persons"], ["laundering"]
    reached = ((None, None), (wanted, None), (None, wanted))
    cases = (*reached, (other, None), (other, wanted), (wanted, other), (other, other))
    assert [approves(*one) for one in cases] == ["done"] * 3 + ["notice.unknown"] * 4
    # What is bounded is the loan: with the own role the taker reads on.
    set_lines("third", None)
    draft = perform("draft-notice@1", DraftNotice(acts_material.content()), who("drafter"))
    assert signed_in("third").get(f"/notices/{draft}").status_code == 200
    # Who reads by a loan alone reads its lines.
    person = people_facts.named("third")
    row = Row("accounts.User", person.id, person.version, {"roles": ["protocol-officer"]})
    local.apply("person", Effects(rows=(row,)), desk.clock.now())
    assert signed_in("third").get(f"/notices/{draft}").status_code == 404
    assert people.READERS == rules.READING
