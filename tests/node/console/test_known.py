"""Need to know, by every address: who does not work on a record's line, or is not of its unit, is answered as if the
record were not there, to the byte and to the statement; only the access log tells the two apart (decision 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from mithaq.node.accounts import facts as accounts
from mithaq.node.acts import local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.ids import uuid7
from mithaq.node.console import holds
from tests.node.accounts import material
from tests.node.accounts.material import signed_in
from tests.node.api import systems
from tests.node.api.test_routes import operations
from tests.node.console.test_routes import Client, one_of_everything, routes, url
from tests.node.here import Here, fresh, rows

WANTED, BORDER, LINE, OTHER = "BE-POLICE/WANTED", "BE-POLICE/BORDER", "wanted-persons", "border-data"
# Who stands outside of what: of the unit and not of the line, or of neither unit.
OFF_LINE, AT_POST, FAR = "off-line", "at-post", "far"
PEOPLE = {OFF_LINE: (WANTED, (OTHER,)), AT_POST: (BORDER, (OTHER,)), FAR: ("BE-POLICE/HARBOUR", ())}
OF_LINE, OF_UNIT, BOTH = (OFF_LINE, AT_POST), (OFF_LINE, FAR), (OFF_LINE, AT_POST, FAR)
# Every address that names a record: for whom it is not there.
NAMES = {
    **dict.fromkeys(("notice", "portrait", "notice-road", "notice-extend", "notice-withdraw", "notice-move"), OF_LINE),
    **dict.fromkeys(("notice-bulk", "release", "planned", "planned-undo"), OF_LINE),
    **dict.fromkeys(("hit", "hit-road", "hit-report"), BOTH),
    **dict.fromkeys(("manifest", "manifest-reject", "traveller", "judge", "candidate-portrait"), OF_UNIT),
    **dict.fromkeys(("silence", "silence-portrait", "silence-road", "silence-decide", "silence-end"), OF_UNIT),
    **dict.fromkeys(("silence-ask", "silence-tell"), OF_UNIT),
    **dict.fromkeys(("dead-letter", "letter-bytes", "letter-mend", "letter-close"), OF_UNIT),
    **dict.fromkeys(("letter-send-again", "letter-open-again"), OF_UNIT),
    "erasure-proof": OF_UNIT,
}
# And those whose record every reader of the authority may know of, and why.
OPEN = {
    **dict.fromkeys(
        ("message", "bundle"), "envelope facts, which identify nobody: the ledger is the authority's own check"
    ),
    **dict.fromkeys(("list-version", "list-confirm", "list-discard", "list-refresh"), "published lists, of no line"),
    **dict.fromkeys(("post", "post-rescreen", "post-threshold"), "a place"),
    "needs": "a heading: what stands under it is compared as a list is",
    **dict.fromkeys(("account-factor-remove", "delegation-end"), "the own account"),
    **dict.fromkeys(
        ("person", "person-change", "person-reset", "person-password", "person-deactivate"),
        "colleagues, with rules of their own",
    ),
    **dict.fromkeys(("person-confirm", "person-refuse", "person-proposal"), "colleagues, with rules of their own"),
    **dict.fromkeys(
        ("oversight-alarm", "alarm-close", "alarm-reopen", "log-release"), "oversight's own, which sees every line"
    ),
    **dict.fromkeys(("openid_connect_login", "openid_connect_callback"), "the way in"),
}
BODY: dict[str, dict[str, Any]] = {
    "silence-ask": {"ground": "other", "reason": "x"}, "silence-decide": {"verdict": "agree"},
    "silence-end": {"reason": "x"},
    "judge": {"verdict": "no-match"}, "notice-withdraw": {"reason": "found"}, "letter-close": {"reason": "done"},
}  # fmt: skip
POSTS = {"notice-withdraw", "notice-move", "notice-bulk", "release", "planned-undo", "hit-report", "manifest-reject",
         "silence-ask", "silence-decide", "silence-end", "silence-tell",
         "judge", "letter-mend", "letter-close", "letter-send-again", "letter-open-again"}  # fmt: skip
# Addresses without a record: what they list and count is the same as if the hidden rows were not there.
HEADINGS = (
    "overdue", "waiting", "expiring", "draft", "approved", "ending", "candidate", "hit", "letter-sent", "silence",
)  # fmt: skip
LISTS = (
    "/", *(f"/needs/{name}" for name in HEADINGS), "/notices", "/notices?state=active&authority=MA-POLICE",
    "/notices?state=draft&choose=all", "/manifests", "/hits", "/silences", "/dead-letters",
    "/posts", "/posts/BEBRU", "/travellers",
    "/retention", "/retention?kind=notice&days=365", "/retention?kind=hit&days=365",
    "/retention?kind=candidate&days=365",
    "/retention/erased", "/crossings", "/lists", "/reasons",
)  # fmt: skip
WORDS = ("Zouhair Tafrasti", "ZX4417702", "WP/00001", "XX123", "bad.edi")


@dataclass(frozen=True)
class Scene:
    """One of everything, the ids by route, and browsers of those who stand outside."""

    here: Here
    places: dict[str, dict[str, str]]
    browsers: dict[str, Client]


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    for here in fresh():
        places = one_of_everything(here)
        now = here.clock.now()
        own = places["notice"]["key"]
        for name, (unit, lines) in PEOPLE.items():
            material.person(here, name, "supervisor", "case-officer", unit=unit)
            (row,) = rows("accounts.User", name=name)
            change = Row("accounts.User", str(row.pk), row.version, {"lines": list(lines) or None})
            local.apply("person", Effects(rows=(change,)), now)
        model = apps.get_model
        # A message of the line that was refused, a lock on a draft of the line, and a batch of it.
        wish = {"act": "publish-notice@1", "plan": "p", "line": LINE, "recipient": "MA-POLICE/WANTED"}
        letter = model("acts.Wish").objects.create(
            id=uuid7(now),
            sender=WANTED,
            model="wanted.Notice",
            record=own,
            created=now,
            state="refused",
            ground="x",
            **wish,
        )
        places["sent-letter"] = {"key": str(letter.pk)}
        model("console.Hold").objects.create(
            id=f"draft/{own}", reference="x", url=f"/notices/{own}", unit=WANTED, line=LINE, holder="approver",
            since=now, until=now + holds.timedelta(minutes=9),
        )  # fmt: skip
        model("console.Planned").objects.update(line=LINE)
        yield Scene(here, places, {name: signed_in(name) for name in PEOPLE})


def plain(answer: HttpResponse, key: str = "") -> tuple[int, str, str]:
    """An answer without the tokens of its forms and the id that was asked for."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    place = answer.headers.get("Location", "")
    return answer.status_code, *(text.replace(key, "KEY") if key else text for text in (body, place))


def asked(scene: Scene, name: str, route: str, key: str) -> tuple[tuple[int, str, str], int, list[tuple[bool, str]]]:
    """What an outsider is answered, in how many statements, and what the access log says of it."""
    browser, before = scene.browsers[name], len(rows("acts.Access"))
    # Of two routes the record is named in the body.
    named = {"notice-bulk": {"verb": "approve"}, "release": {}}
    address = url(route, {route: named.get(route, {**scene.places.get(route, {}), "key": key})})
    with CaptureQueriesContext(connection) as statements:
        if route in POSTS:
            body = {"version": 1, "notice": key, "hold": f"draft/{key}", "candidate": key, **BODY.get(route, {})}
            answer = browser.post(address, body)
        else:
            answer = browser.get(address, {"record": key} if route == "erasure-proof" else {})
    browser.get("/keys")  # what the next page would say of this one
    written = [(row.refused, row.record) for row in rows("acts.Access")[before:]]
    return plain(answer, key), len(statements), written


def test_every_address_that_names_a_record_is_in_the_table() -> None:
    named = {name for name in routes() if "%(" in str(get_resolver().reverse_dict.getlist(name))}
    assert named | {"release"} == set(NAMES) | set(OPEN)
    assert not set(NAMES) & set(OPEN)


@pytest.mark.parametrize("route", NAMES)
def test_what_is_not_ones_to_know_is_not_there(scene: Scene, route: str) -> None:
    for name in NAMES[route]:
        real = scene.places.get(route, scene.places["notice"]).get("key", scene.places["notice"]["key"])
        keys = [real, scene.places["sent-letter"]["key"]] if route.startswith(("dead-", "letter-")) else [real]
        for key in keys:
            missing = asked(scene, name, route, str(uuid7(scene.here.clock.now())))
            hidden = asked(scene, name, route, key)
            assert hidden[:2] == missing[:2], (route, name)
            assert hidden[0][0] == (302 if route == "release" else 404), (route, name, hidden[0])
            # The log alone tells that a record was tried that is there.
            if route not in {"release", "erasure-proof", "planned", "planned-undo"}:
                assert hidden[2][-1] == (True, key), (route, name, hidden[2])
                assert not missing[2][-1][0], (route, name)


def hidden_from(name: str) -> dict[str, list[Any]]:
    """The rows that an outsider may not know of, by what they are and not by the predicates."""
    found = {"border.Hit": rows("border.Hit")}
    found["console.Hold"], found["console.Planned"] = rows("console.Hold"), rows("console.Planned")
    if name != FAR:
        # Of a notice that one knows, one knows what became of it on the road.
        found["acts.Wish"] = rows("acts.Wish", sender=WANTED)
        # What stands on a card of a candidate is known at the post; the notice is not.
        carded = {row.subject.removeprefix("notice:") for row in rows("border.Candidate")} if name == AT_POST else set()
        found["wanted.Notice"] = [row for row in rows("wanted.Notice") if str(row.pk) not in carded]
    if name != AT_POST:
        for label in (
            "border.Candidate",
            "border.Judgement",
            "border.Manifest",
            "border.Silence",
            "exchange.RefusedFile",
        ):
            found[label] = rows(label)
        found["acts.Tombstone"] = rows("acts.Tombstone")
    return found


def everything(scene: Scene, name: str) -> list[tuple[Any, int]]:
    """Every listing, count and search of an outsider, each with the number of its statements."""
    browser, told = scene.browsers[name], []
    requests = [lambda path=path: browser.get(path) for path in LISTS]
    requests += [lambda words=words: browser.post("/search", {"words": words}) for words in WORDS]
    requests += [lambda: browser.get("/retention/erased", {"record": scene.places["erasure-proof"]["key"]})]
    for one in requests:
        with CaptureQueriesContext(connection) as statements:
            answer = one()
        told.append((plain(answer), len(statements)))
    return told


@pytest.mark.parametrize("name", PEOPLE)
def test_lists_counts_and_searches_are_as_if_the_hidden_were_not_there(scene: Scene, name: str) -> None:
    answers = []
    for gone in (False, True):
        with transaction.atomic():
            if gone:
                hidden = hidden_from(name)
                assert sum(map(len, hidden.values())) > 4
                for label, some in hidden.items():
                    keys = [str(row.pk) for row in some]
                    apps.get_model(label).objects.filter(pk__in=keys).delete()
                    apps.get_model("acts.SearchEntry").objects.filter(model=label, record__in=keys).delete()
            answers.append(everything(scene, name))
            transaction.set_rollback(True)
    assert {one[0][0] for place, one in zip(LISTS, answers[0], strict=False) if "/needs/" not in place} == {200}
    asked_for = [*LISTS, *WORDS, "erased"]
    for place, before, after in zip(asked_for, *answers, strict=True):
        assert before == after, (name, place)


def test_the_card_of_a_candidate_says_what_keeps_an_officer_safe_and_not_what_it_is_for(scene: Scene) -> None:
    page = scene.browsers[AT_POST].get(url("manifest", scene.places)).content.decode()
    for shown in ("Zouhair Tafrasti", "ZX4417702", "/portrait", "MA-POLICE/2026/WP/"):
        assert shown in page
    own = scene.places["notice"]["key"]
    assert not [word for word in ("Fraud", f'href="/notices/{own}', "/hits/") if word in page]
    picture = scene.browsers[AT_POST].get(url("candidate-portrait", scene.places))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    who = accounts.of_name(AT_POST)
    assert who is not None
    assert not who.knows(LINE)


def test_own_systems_are_bound_as_people_are(scene: Scene) -> None:
    """Each operation that names a record, and each listing, of a system of another line and of one of another unit."""
    here, places = scene.here, scene.places
    systems.add(here, "off-line", WANTED, "case-officer", "supervisor", lines=(OTHER,))
    systems.add(here, "far", "BE-POLICE/HARBOUR", "case-officer", "supervisor")
    tokens = {name: systems.System(name, systems.ask_token(name).json()["access_token"]) for name in (OFF_LINE, FAR)}
    kinds = {"notices": "notice", "manifests": "manifest", "candidates": "judge"}
    keys = {kind: places[route]["key"] for kind, route in kinds.items()}
    bodies = {"publication": {"version": 1}, "withdrawal": {"version": 1, "reason": "x"},
              "judgements": {"version": 1, "verdict": "no-match"}}  # fmt: skip
    named = [(method, path) for method, path in operations() if "{key}" in path and path.split("/")[1] in keys]
    assert len(named) == 6
    for method, path in sorted(named):
        kind = path.split("/")[1]
        for name in (OFF_LINE,) if kind == "notices" else (OFF_LINE, FAR):
            told = []
            for key in (str(uuid7(here.clock.now())), keys[kind]):
                with CaptureQueriesContext(connection) as statements:
                    place = path.replace("{key}", key)
                    body = bodies.get(path.rpartition("/")[2], {})
                    system = tokens[name]
                    answer = system.get(place) if method == "get" else system.post(place, body, officer=name)
                told.append((plain(answer, key), len(statements)))
            assert told[0] == told[1], (path, name)
            assert told[0][0][0] == 404, (path, name, told[0])
    assert tokens[OFF_LINE].get("/notices").json() == {"items": [], "next": ""}
    assert tokens[FAR].get("/candidates").json() == {"items": [], "next": ""}
    found = tokens[OFF_LINE].post("/search", {"words": "Zouhair Tafrasti"}).json()
    assert {one["kind"] for one in found["items"]} <= {"list-entry"}


def test_who_works_on_the_line_is_shown_what_is_hidden_from_others(scene: Scene) -> None:
    """Else the comparisons above would compare nothing with nothing."""
    material.person(scene.here, "insider", "supervisor", "case-officer", unit=WANTED)
    insider, (own,) = signed_in("insider"), rows("wanted.Notice", pk=scene.places["notice"]["key"])
    pages = {path: insider.get(path).content.decode() for path in ("/", "/notices", "/dead-letters", "/hits")}
    pages["search"] = insider.post("/search", {"words": own.reference}).content.decode()
    assert [path for path, page in pages.items() if own.reference not in page] == ["/hits"]
    (hit,) = rows("border.Hit")
    assert hit.reference in signed_in("officer-a").get("/hits").content.decode()
    assert own.reference not in scene.browsers[OFF_LINE].get("/notices").content.decode()
