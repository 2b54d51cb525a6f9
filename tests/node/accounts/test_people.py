"""People are changed by two: nobody gives himself a role, and oversight hears of who tries."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.accounts import deciding, facts, people_facts
from mithaq.node.accounts.requests import (
    ChangeRole,
    ConfirmChange,
    DeactivatePerson,
    InvitePerson,
    RefuseChange,
    ResetSecondFactor,
)
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.start import Node
from tests.node.accounts import material
from tests.node.accounts.material import UNIT, Browser, add_app, signed_in
from tests.node.here import Here, rows, waits

WANTED = "BE-POLICE/WANTED"


@pytest.fixture
def office(here: Here) -> Here:
    """Two administrators, two supervisors of different units, an officer, and one who oversees."""
    for name, unit, role in (
        ("ada", WANTED, "administrator"), ("bob", WANTED, "administrator"), ("chief", UNIT, "supervisor"),
        ("other-chief", WANTED, "supervisor"), ("lotte", UNIT, "case-officer"), ("eye", WANTED, "oversight"),
    ):  # fmt: skip
        material.person(here, name, role, unit=unit)
    return here


def who(name: str) -> Actor:
    found = facts.of_name(name)
    assert found is not None
    return found


def proposed(name: str, by: str, *roles: str, unit: str = UNIT, lines: tuple[str, ...] = ()) -> str:
    person = people_facts.named(name)
    request = ChangeRole(person.id, person.version, unit, roles, lines, "a reason")
    return str(perform("change-role@1", request, who(by)))


def decide(key: str, name: str) -> None:
    perform("confirm-change@1", ConfirmChange(key, people_facts.proposal(key).version), who(name))


def code_of(error: Any) -> str:
    return str(error.value.code)


def test_an_administrator_cannot_give_himself_a_role(office: Here) -> None:
    material.person(office, "cee", "administrator", unit=WANTED)
    key = proposed("ada", "ada", "case-officer")
    assert [row.code for row in rows("acts.Alarm")] == ["person.for_himself"]
    assert [need.record for need in _needs("eye")] == ["ada"]
    with pytest.raises(RefusedError) as refused:
        decide(key, "ada")
    assert code_of(refused) == "person.second"
    assert who("ada").roles == {"administrator"}
    page = signed_in("ada")
    assert "confirm" not in re.findall(r'action="([^"]*)"', page.get(f"/people/proposals/{key}").content.decode())
    assert page.post(f"/people/proposals/{key}/confirm", {"version": 1}).status_code == 403
    assert [row.record for row in material.logged("refused:accounts.confirm-change")] == [key]
    decide(key, "bob")
    assert who("ada").roles == {"case-officer"}


def _needs(name: str) -> list[Any]:
    found = waits(who(name), Node.clock.now())
    return [need for need in found if need.kind.startswith("person")]


@pytest.mark.parametrize(
    ("decider", "code"),
    [("ada", "person.second"), ("lotte", "role.missing"), ("other-chief", "person.second"), ("eye", "role.missing"),
     ("bob", ""), ("chief", "")],
)  # fmt: skip
def test_who_may_be_the_second_person(office: Here, decider: str, code: str) -> None:
    key = proposed("lotte", "ada", "supervisor")
    if not code:
        decide(key, decider)
        assert who("lotte").roles == {"supervisor"}
        return
    with pytest.raises(RefusedError) as refused:
        decide(key, decider)
    assert code_of(refused) == code
    assert who("lotte").roles == {"case-officer"}


def test_whom_it_is_about_does_not_confirm(office: Here) -> None:
    key = proposed("chief", "ada", "supervisor", "analyst")
    with pytest.raises(RefusedError) as refused:
        decide(key, "chief")
    assert code_of(refused) == "person.second"


def test_a_proposal_is_decided_once_in_time_and_on_the_person_as_read(office: Here) -> None:
    first, second = proposed("lotte", "ada", "supervisor"), proposed("lotte", "ada", "analyst")
    decide(first, "bob")
    with pytest.raises(StateError) as stale:
        decide(first, "bob")
    assert code_of(stale) == "person.proposal"
    with pytest.raises(StateError) as stale:
        decide(second, "bob")
    assert code_of(stale) == "record.stale"
    version = people_facts.proposal(second).version
    with pytest.raises(InputError):
        perform("refuse-change@1", RefuseChange(second, version, " "), who("bob"))
    perform("refuse-change@1", RefuseChange(second, version, "not needed"), who("bob"))
    assert people_facts.proposal(second).state == "refused"
    late = proposed("lotte", "ada", "analyst")
    office.clock.forward(days=7)
    with pytest.raises(StateError) as stale:
        decide(late, "bob")
    assert code_of(stale) == "person.proposal"


def test_a_change_ends_the_sessions_and_leaves_a_leaf(office: Here) -> None:
    browser, before = signed_in("lotte"), len(rows("acts.Leaf"))
    decide(proposed("lotte", "ada", "supervisor", lines=("wanted-persons",)), "chief")
    assert not browser.is_in()
    leaves = [bytes(row.data).decode() for row in rows("acts.Leaf")[before:]]
    assert len(leaves) == 2
    assert "supervisor" in leaves[1]
    assert "lotte" not in "".join(leaves)
    assert who("lotte").lines == {"wanted-persons"}


def test_who_administers_or_oversees_has_no_other_role(office: Here) -> None:
    for roles in (("administrator", "case-officer"), ("oversight", "supervisor")):
        with pytest.raises(InputError) as wrong:
            proposed("lotte", "ada", *roles)
        assert code_of(wrong) == "person.roles.apart"


def test_nobody_is_shut_out_by_accident_or_revenge(office: Here) -> None:
    def out(name: str, by: str) -> None:
        person = people_facts.named(name)
        perform("deactivate-person@1", DeactivatePerson(person.id, person.version, "left"), who(by))

    for name, code in (("ada", "person.self"), ("bob", "person.last")):
        with pytest.raises(RefusedError) as refused:
            out(name, "ada")
        assert code_of(refused) == code
    browser = signed_in("lotte")
    out("lotte", "ada")
    assert not browser.is_in()
    assert Browser().enter("lotte").status_code == 403
    assert facts.of_name("lotte") is None
    decide(proposed("lotte", "bob", "case-officer"), "chief")
    assert Browser().enter("lotte").status_code == 302


def test_two_administrators_and_one_who_oversees_stay_by_every_road(office: Here) -> None:
    def out(name: str, by: str = "ada") -> None:
        person = people_facts.named(name)
        perform("deactivate-person@1", DeactivatePerson(person.id, person.version, "left"), who(by))

    # By a change of roles as by shutting out, and also when two were proposed while there were enough.
    material.person(office, "cee", "administrator", unit=WANTED)
    first, second = proposed("bob", "ada", "analyst"), proposed("cee", "ada", "analyst")
    decide(first, "chief")
    eye = proposed("eye", "ada", "analyst")
    for road, code in (
        (lambda: decide(second, "chief"), "person.last"), (lambda: out("cee"), "person.last"),
        (lambda: decide(eye, "chief"), "person.last.overseer"), (lambda: out("eye"), "person.last.overseer"),
    ):  # fmt: skip
        with pytest.raises(RefusedError) as refused:
            road()
        assert code_of(refused) == code
    assert (people_facts.active("administrator"), people_facts.active("oversight")) == (2, 1)
    # Where another one oversees, one alone may still shut the first out, and the other hears of it.
    assert rows("acts.Alarm") == []
    material.person(office, "second-eye", "oversight", unit=WANTED)
    out("eye")
    assert [row.code for row in rows("acts.Alarm")] == ["person.overseer"]
    # Who was shut out already is counted no more.
    with pytest.raises(RefusedError) as refused:
        out("second-eye")
    assert code_of(refused) == "person.last.overseer"
    out("eye")


def test_a_second_factor_is_reset_by_two(office: Here) -> None:
    own = signed_in("lotte")
    add_app(own)
    person = people_facts.named("lotte")
    key = perform("reset-second-factor@1", ResetSecondFactor(person.id, person.version, "telephone lost"), who("ada"))
    assert Browser().enter("lotte")["Location"] == "/sign-in/code"
    decide(str(key), "chief")
    assert not own.is_in()
    assert rows("mfa.Authenticator") == []
    assert signed_in("lotte").is_in()


def test_a_lost_password_is_reset_by_two_and_the_second_factor_stays(office: Here) -> None:
    own, admin, chief = signed_in("lotte"), signed_in("ada"), signed_in("chief")
    add_app(own)
    key = people_facts.named("lotte").id

    def reset() -> str:
        office.clock.forward(seconds=1)
        version = people_facts.named("lotte").version
        answer = admin.post(f"/people/{key}/password", {"password-version": version, "password-reason": "forgotten"})
        assert answer.status_code == 302
        # Who proposed it hands out nothing.
        assert admin.post(f"{answer['Location']}/confirm", {"version": 1}).status_code == 403
        page = chief.post(f"{answer['Location']}/confirm", {"version": 1}).content.decode()
        (code,) = re.findall(r"\b(?:[0-9A-F]{4}-){4}[0-9A-F]{4}\b", page)
        return code

    def chosen(code: str) -> int:
        new = {
            "name": "lotte",
            "code": code,
            "password": "words that do not belong",
            "again": "words that do not belong",
        }
        return Browser(address="203.0.113.7").post("/sign-in/welcome", new).status_code

    first, second = reset(), reset()
    assert not own.is_in()
    assert Browser().enter("lotte").status_code == 403
    # A code that was handed out before the latest opens nothing, and the latest opens once.
    assert [chosen(code) for code in (first, second, second)] == [403, 302, 403]
    browser = Browser()
    assert browser.enter("lotte", "words that do not belong")["Location"] == "/sign-in/code"
    assert not browser.is_in()
    assert len(rows("mfa.Authenticator", type="totp")) == 1
    third = reset()
    office.clock.forward(days=7, seconds=1)
    assert chosen(third) == 403


def test_an_invited_person_chooses_a_password_once(office: Here) -> None:
    admin, chief = signed_in("ada"), signed_in("chief")
    answer = admin.post("/people", {"name": "nour", "full_name": "Nour Invented", "unit": UNIT, "roles": ["analyst"]})
    place = answer["Location"]
    assert place.startswith("/people/proposals/")
    assert Browser().enter("nour").status_code == 403
    shown = chief.post(f"{place}/confirm", {"version": 1})
    (code,) = re.findall(r"\b(?:[0-9A-F]{4}-){4}[0-9A-F]{4}\b", shown.content.decode())
    assert code not in admin.get(place).content.decode() + chief.get(place).content.decode()
    assert Browser().enter("nour", "").status_code == 400
    new = {"name": "nour", "code": code, "password": "words that do not belong", "again": "words that do not belong"}
    stranger = Browser(address="203.0.113.7")
    assert stranger.post("/sign-in/welcome", {**new, "code": "AAAA-AAAA-AAAA-AAAA-AAAA"}).status_code == 403
    assert stranger.post("/sign-in/welcome", {**new, "name": "lotte"}).status_code == 403
    assert stranger.post("/sign-in/welcome", {**new, "code": code.lower()}).status_code == 302
    assert stranger.enter("nour", new["password"]).status_code == 302
    assert stranger.is_in()
    assert stranger.post("/sign-in/welcome", new).status_code == 403
    assert who("nour").roles == {"analyst"}


def test_an_invitation_names_a_unit_of_this_authority_and_a_free_name(office: Here) -> None:
    for request, code in (
        (InvitePerson("new", "New", "MA-POLICE/WANTED", ("analyst",)), "person.field"),
        (InvitePerson("lotte", "Other", UNIT, ("analyst",)), "person.name"),
        (InvitePerson("new", "New", UNIT, ("emperor",)), "person.roles"),
    ):
        with pytest.raises(InputError) as wrong:
            perform("invite-person@1", request, who("ada"))
        assert code_of(wrong) == code


def test_people_are_seen_by_who_looks_after_them(office: Here) -> None:
    lotte, eye = people_facts.named("lotte").id, people_facts.named("eye").id
    seen = {
        name: [signed_in(name).get(path).status_code for path in ("/people", f"/people/{lotte}", f"/people/{eye}")]
        for name in ("ada", "chief", "eye", "lotte")
    }
    assert seen == {"ada": [200] * 3, "chief": [200, 200, 403], "eye": [200] * 3, "lotte": [403] * 3}
    assert "eye" not in signed_in("chief").get("/people").content.decode().lower().split("who may sign in")[1]
    assert len(material.logged("refused:accounts.person")) == 3


def test_a_code_is_read_however_it_is_written() -> None:
    assert deciding.digest("ab12-cd34") == deciding.digest(" AB12 CD34 ") == deciding.digest("AB12CD34")
    assert deciding.digest("ab12-cd34") != deciding.digest("ab12-cd35")
