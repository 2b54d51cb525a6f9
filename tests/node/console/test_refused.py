"""Whoever asks in vain leaves a trace: every route is posted to by who may not, and every id that is not there is
asked for."""

from __future__ import annotations

from mithaq.node.accounts.requests import ChangeRole
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.border import facts as border
from tests.node import acts_material
from tests.node.border.test_border import judge
from tests.node.console.test_routes import ACTS, OPEN, PEOPLE_PAGES, PEOPLE_POSTS, places, routes, signed_in, url
from tests.node.here import Here, rows

__all__ = ["places"]

# What the forms of all routes ask for, so that none is refused for a field that is missing.
_REASONED = {f"{form}-{name}": value for form in ("change", "reset", "password", "deactivate", "refuse")
             for name, value in (("version", 1), ("reason", "x"))}  # fmt: skip
GIVEN = {
    "version": 1, "reason": "the order of the court", "verdict": "match", "ground": "other", "identifier": "document",
    "remark": "x", "sure": "yes",
    "language": "en", "change-unit": "BE-POLICE/BORDER", "change-roles": "supervisor", **_REASONED,
    "finding": "allowed", "words": "the person was asked and has shown the order",
    "since": "2026-05-01", "until": "2026-06-01",
}  # fmt: skip
NOBODY = "01900000-0000-7000-8000-000000000000"


def traces(name: str) -> tuple[int, int, int]:
    """Refused readings, refusals with their leaves, of a person."""
    refused = [row for row in rows("acts.Access", actor=name) if row.what.startswith("refused:")]
    return len(refused), len(rows("acts.Refusal", actor=name)), len(rows("acts.Leaf", actor=name, kind="refusal"))


def test_every_route_that_refuses_what_is_posted_keeps_that_it_did(
    here: Here, places: dict[str, dict[str, str]]
) -> None:
    at = dict(places)
    (waits, *_more) = (one for one in border.candidates(places["manifest"]["key"]) if one.state == "candidate")
    judge(waits, acts_material.OFFICER_A)
    at["judge"] = {"key": waits.id}
    overseer = rows("accounts.User", name="overseer")[0]
    change = ChangeRole(str(overseer.pk), overseer.version, overseer.unit, ("analyst",), (), "x")
    administrator = Actor("administrator", overseer.unit, frozenset({"administrator"}))
    proposed = {"key": perform("change-role@1", change, administrator)}
    at |= dict.fromkeys(("person-proposal", "person-confirm", "person-refuse"), proposed)
    # The officer first: the administrator shuts the officer out on the way.
    refused: dict[str, set[str]] = {"officer-a": set(), "administrator": set()}
    for name, found in refused.items():
        client = signed_in(name)
        for route in sorted(set(routes()) - set(OPEN)):
            before = traces(name)
            # What the forms of one and the same record ask for, as it stands now.
            given = {
                **GIVEN,
                "version": 2 if route == "judge" else 1,
                "notice": places["notice"]["key"],
                "candidate": places["judge"]["key"],
                **({"verdict": "agree"} if route == "silence-decide" else {}),
            }
            answer = client.post(url(route, at), given)
            if answer.status_code != 403:
                continue
            access, refusals, leaves = (now - then for now, then in zip(traces(name), before, strict=True))
            assert access or refusals, (name, route)
            assert refusals == leaves, (name, route)
            found.add(route)
    # Nothing that a role or a rule keeps from these two is missing above: they were let in nowhere by accident.
    assert refused["administrator"] >= {*ACTS, "take-next"} - {"letter-mend"}
    assert refused["officer-a"] >= {*PEOPLE_POSTS, "people", "judge"} - {"delegation-end"}
    grounds = {row.ground for row in rows("acts.Refusal")}
    assert {"role.missing", "candidate.second_person"} <= grounds


def test_an_id_of_nobody_is_a_row_too(here: Here, places: dict[str, dict[str, str]]) -> None:
    officer, administrator = signed_in("officer-a"), signed_in("administrator")
    for route in sorted({*PEOPLE_PAGES, *PEOPLE_POSTS} - {"people", "delegation-end"}):
        address = url(route, {route: {"key": NOBODY}})
        ask = "get" if route in PEOPLE_PAGES else "post"
        before = len(rows("acts.Access", record=NOBODY))
        assert getattr(administrator, ask)(address, GIVEN).status_code == 404, route
        assert len(rows("acts.Access", record=NOBODY)) == before + 1, route
        if ask == "get":
            # Who looks after nobody is not told what is there.
            assert officer.get(address).status_code == 403, route
            assert rows("acts.Access")[-1].what.startswith("refused:accounts.")
    assert officer.post("/release", {"hold": "a\0b"}).status_code == 302
