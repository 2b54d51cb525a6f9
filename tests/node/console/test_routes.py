"""Every route, enumerated: nobody without a session gets in, every reading leaves a row in the access log, the
administrator reads no content, and no page answers with anything but our own files (safeguards 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as DjangoClient
from django.urls import URLPattern, URLResolver, get_resolver

from mithaq.errors import InputError
from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson, ChangeRole
from mithaq.node.acts import access, arrive, dispatch, erase, local, opening, perform
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.definition import Actor, Effects, Raised, Row
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import facts as border
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import ScreenManifest, ScreenTraveller
from mithaq.node.console import planned, words
from mithaq.node.console.middleware import POLICY
from mithaq.node.wanted.requests import PublishNotice
from tests.node import acts_material as material
from tests.node.acts.test_road import published
from tests.node.border.test_border import WANTED, judge, manifest
from tests.node.here import Here, rows
from tests.node.lists.material import imported, un_list
from tests.peers.partner import worker_keys

PASSWORD = "correct horse 4am staple"
PEOPLE = {
    "officer-a": ("BE-POLICE/BORDER", ("case-officer",)),
    "approver": ("BE-POLICE/WANTED", ("supervisor",)),
    "administrator": ("BE-POLICE/WANTED", ("administrator",)),
    "overseer": ("BE-POLICE/WANTED", ("oversight",)),
}
# Pages that hold no personal data, and why.
OPEN = {
    "sign-in": "the way in",
    "account_login": "the way in",
    "mfa_authenticate": "the second step of the way in",
    "sign-in-passkey": "the way in by a passkey",
    "openid_connect_login": "the way in by the authority's own provider",
    "openid_connect_callback": "the way back from there",
    "account_inactive": "no way in",
    "account_signup": "no way in",
    "welcome": "where who was invited chooses a password",
    "language": "a choice",
    "sign-out": "the way out",
}
# Pages for who has signed in that tell nothing of a person, and why.
SILENT = {
    "reasons": "the reader's own reasons; posted, the session's",
    "keys": "what the keys do",
}
# What is posted, by which act: `perform` leaves its leaf, or the leaf of its refusal.
ACTS = {
    "letter-send-again": "send-again@1",
    "letter-mend": "screen-manifest@1",
    "letter-close": "close-dead-letter@1",
    "letter-open-again": "open-again@1",
    "post-rescreen": "rescreen-crossings@1",
    "list-confirm": "confirm-list@1",
    "list-discard": "discard-list@1",
    "list-refresh": "refresh-list@1",
    "notice-bulk": "approve-notice@1",
    "notice-withdraw": "withdraw-notice@1",
    "notice-move": "publish-notice@1",
    "judge": "judge-candidate@1",
    "hit-report": "report-hit@1",
    "silence-ask": "ask-silence@1",
    "silence-decide": "decide-silence@1",
    "silence-end": "end-silence@1",
    "silence-tell": "tell-silence@1",
    "alarm-close": "close-alarm@1",
    "alarm-reopen": "reopen-alarm@1",
    "log-hold": "hold-log@1",
    "log-release": "release-log@1",
}
# What is posted of people, by acts with tests of their own (tests/node/accounts/test_people.py).
PEOPLE_POSTS = {
    "delegation-end",
    "person-confirm",
    "person-refuse",
    "person-change",
    "person-reset",
    "person-password",
    "person-deactivate",
}
# Pages of people: for who looks after them.
PEOPLE_PAGES = {"people", "person", "person-proposal"}
OUTSIDE = {"provider_id": "authority"}

# What is posted and changes no record, and why; what a person posts of the own account has tests of its own.
OWN = {
    "language": "a choice",
    "sign-out": "the way out",
    "reason-end": "the reader's own reason",
    "account-factor-remove": "the own account",
    "account-codes": "the own account",
    "account-identity-link": "the own account",
    "account-identity-remove": "the own account",
    "account-session-end": "the own account",
    "take-next": "a hold on what waits",
    "release": "a hold on what waits",
    "planned-undo": "what was planned and not done",
    "manifest-reject": "planned: each is an act of its own later",
}
POSTS = {*ACTS, *OWN, *PEOPLE_POSTS}

# What a page is asked for that answers nothing without a question.
QUERY = {"oversight-evidence": {"reference": "MA-POLICE/2026/WP/00001"}}
LETTER = ("dead-letter", "letter-bytes", "letter-send-again", "letter-mend", "letter-close", "letter-open-again")


@pytest.fixture
def places(here: Here) -> dict[str, dict[str, str]]:
    """A node with one of everything; the arguments of each route."""
    return one_of_everything(here)


def one_of_everything(here: Here) -> dict[str, dict[str, str]]:
    """The same, for a fixture of another scope."""
    for name, (unit, roles) in PEOPLE.items():
        request = AddPerson(name, name.title(), unit, roles, PASSWORD)
        local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())
    names = dict.fromkeys(("en", "fr", "nl", "ar"), "Brussels")
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", names)), here.clock.now())
    own = published()
    dispatch.dispatch_open(worker_keys(here))
    arrive.accept(material.message(here), "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    key = perform.perform("screen-manifest@1", ScreenManifest("BEBRU", "x", manifest(WANTED)), material.OFFICER_A)
    found = next(one for one in border.candidates(key) if one.card and one.card.owner == "MA-POLICE")
    pictured = next(one for one in border.candidates(key) if one.card and one.card.portrait_url)
    judge(found, material.OFFICER_A)
    hit = judge(found, material.OFFICER_B)["hit"]
    asked = ScreenTraveller("BEBRU", name="Zohair Tafrasti", birth_date="1984-03-17", document="ZX4417702")
    alone = perform.perform("screen-traveller@1", asked, material.OFFICER_A)
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", ScreenManifest("BEBRU", "bad.edi", b"TAFRASTI"), material.OFFICER_A)
    letter = str(rows("exchange.RefusedFile")[0].pk)
    silence = asked_silence(here, pictured)
    item = planned.Item(PublishNotice(own, 3), f"notice/{own}", "a notice", f"/notices/{own}")
    batch = {"key": planned.plan("publish-notice@1", [item], material.OFFICER_A, here.clock.now())}
    erased = _erased(here)
    message = str(rows("acts.Outbox")[0].message)
    waits = imported("UN", un_list(CDi=("Zohair Tafrasti", "1984")))["version"]
    from mithaq.node.acts import sequence

    sequence.sequence(worker_keys(here), here.clock.now())
    own_key = str(rows("accounts.User", name="officer-a")[0].pk)
    asked = ChangeRole(own_key, 1, "BE-POLICE/BORDER", ("case-officer", "analyst"), (), "A reason.")
    administrator = Actor("administrator", "BE-POLICE/WANTED", frozenset({"administrator"}))
    proposal = perform.perform("change-role@1", asked, administrator)
    raised = Effects(alarms=(Raised("reading.unusual", "1 records=40", "officer-a"),))
    local.apply("post", raised, here.clock.now())
    alarm = str(rows("acts.Alarm")[-1].pk)
    return {
        "notice": {"key": own}, "portrait": {"key": own}, "notice-road": {"key": own}, "hit-road": {"key": hit},
        "notice-withdraw": {"key": own}, "notice-extend": {"key": own}, "erasure-proof": {"key": erased},
        "notice-bulk": {"verb": "approve"}, "notice-move": {"key": own, "verb": "approve"}, "manifest": {"key": key},
        "manifest-reject": {"key": key}, "planned": batch, "planned-undo": batch,
        "candidate-portrait": {"key": pictured.id}, "silence-ask": {"key": pictured.id},
        **{f"silence{name}": {"key": silence} for name in ("", "-portrait", "-road", "-decide", "-end", "-tell")},
        "judge": {"key": found.id}, "hit": {"key": hit}, "hit-report": {"key": hit}, "message": {"key": message},
        "needs": {"name": "overdue"}, "post": {"key": "BEBRU"}, "post-rescreen": {"key": "BEBRU"},
        "post-threshold": {"key": "BEBRU"},
        "traveller": {"key": alone},
        "bundle": {"key": message}, "list-version": {"key": waits}, "list-confirm": {"key": waits},
        "list-discard": {"key": waits}, "list-refresh": {"name": "UN"},
        **{name: {"key": alarm} for name in ("oversight-alarm", "alarm-close", "alarm-reopen")},
        "log-release": {"key": waits}, "account-factor-remove": {"key": "1"}, "delegation-end": {"key": waits},
        **{name: {"key": proposal} for name in ("person-confirm", "person-refuse", "person-proposal")},
        **{name: {"key": own_key} for name in ("person", "person-change", "person-deactivate")},
        **{name: {"key": own_key} for name in ("person-reset", "person-password")},
        **dict.fromkeys(("openid_connect_login", "openid_connect_callback"), OUTSIDE),
        **{name: {"key": letter} for name in LETTER},
    }  # fmt: skip


def asked_silence(here: Here, one: border.CandidateFacts) -> str:
    """A silence on a candidate, as if it had been asked for; its id."""
    assert one.card is not None
    key, now = str(uuid7(here.clock.now())), here.clock.now()
    fields = {
        "found_here": True, "candidate": one.id, "unit": one.unit, "subject": one.subject,
        "reference": one.card.reference, "owner": one.card.owner, "owner_unit": one.card.owner_unit,
        "line": one.card.line, "handling": "H1", "document": "d", "record": "r", "ground": "biometrics",
        "state": "asked", "asked_by": "officer-a", "at": now, "expires": one.expires,
    }  # fmt: skip
    local.apply("silence", Effects(rows=(Row("border.Silence", key, 0, fields),), answer=key), now)
    return key


def _erased(here: Here) -> str:
    """A refused file whose time is over."""
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", ScreenManifest("BEBRU", "old.edi", b"old"), material.OFFICER_A)
    (old,) = rows("exchange.RefusedFile", name="old.edi")
    type(old).objects.filter(pk=old.pk).update(expires=here.clock.now())
    assert erase.erase_expired(here.clock.now()) == 1
    return str(old.pk)


class Client(DjangoClient):
    """A browser on this machine."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(headers={"host": "127.0.0.1"}, **settings)


def routes() -> list[str]:
    def walk(resolver: Any) -> Iterator[str]:
        for one in resolver.url_patterns:
            if str(one.pattern) == "api/v1/":
                # Own systems have a door of their own, with its own tests: tests/node/api.
                continue
            if isinstance(one, URLResolver):
                yield from walk(one)
            elif isinstance(one, URLPattern):
                assert one.name, f"{one.pattern} has no name"
                yield one.name

    return sorted(walk(get_resolver()))


def url(name: str, places: dict[str, dict[str, str]]) -> str:
    from django.urls import reverse

    return reverse(name, kwargs=places.get(name, {}))


def signed_in(name: str) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"name": name, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def proven(name: str) -> Client:
    """Signed in, and proved once more: so that pages which guard the account are shown."""
    client = signed_in(name)
    assert client.post("/account/confirm", {"password": PASSWORD}).status_code == 302
    return client


def test_there_are_routes() -> None:
    assert len(routes()) > 15
    assert set(OPEN) | POSTS | set(SILENT) <= set(routes())
    assert set(ACTS.values()) <= set(REGISTRY.acts)


def test_nobody_without_a_session_gets_in(places: dict[str, dict[str, str]]) -> None:
    for name in set(routes()) - (set(OPEN) - {"sign-out"}):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(url(name, places))
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/sign-in?next="), name


def test_every_reading_leaves_a_row_and_every_row_is_chained(places: dict[str, dict[str, str]]) -> None:
    clients = {name: proven(name) for name in ("officer-a", "overseer", "administrator")}
    for name in routes():
        if name in OPEN or name in POSTS | set(SILENT):
            continue
        reader = (
            "administrator" if name in PEOPLE_PAGES else "overseer" if name.startswith("oversight") else "officer-a"
        )
        before = len(rows("acts.Access"))
        answer = clients[reader].get(url(name, places), QUERY.get(name))
        assert answer.status_code == 200, name
        written = rows("acts.Access")[before:]
        assert [row.actor for row in written] == [reader], name
        # What was read has a word, so that oversight never reads a code.
        assert words.reading(written[0].what) != written[0].what, name
        assert answer["Content-Security-Policy"] == POLICY
        assert "unsafe" not in POLICY
        assert answer["Cache-Control"] == "no-store"
    head = access.EMPTY
    for row in rows("acts.Access"):
        head = access.link(head, row)
        assert bytes(row.chain) == head
    first = rows("acts.Access")[0]
    first.reason = "changed afterwards"
    assert access.link(access.EMPTY, first) != bytes(first.chain)


def test_the_administrator_reads_no_content(places: dict[str, dict[str, str]]) -> None:
    client = signed_in("administrator")
    secrets = ("Tafrasti", "TAFRASTI", "التفراستي", "ZX4417702")
    for name in set(routes()) - set(OPEN) - POSTS:
        answer = client.get(url(name, places))
        body = answer.content.decode(errors="replace")
        assert not [word for word in secrets if word in body], name
        if name in {
            "notices", "notice", "portrait", "manifests", "manifest", "hits", "hit", "notice-new", "lists", "file",
            "silences", "silence", "silence-portrait", "silence-road", "names",
            "list-version", "traveller", "travellers", "crossings", "posts", "post", "post-threshold", "dead-letters",
            "dead-letter", "letter-bytes", "notice-road", "hit-road", "notice-extend", "retention", "erased",
            "erasure-proof",
            "oversight", "oversight-chain", "oversight-alarms", "oversight-alarm", "oversight-keeping",
            "oversight-log", "oversight-log-file", "oversight-person", "oversight-evidence", "oversight-unusual",
        }:  # fmt: skip
            assert answer.status_code == 403, name
    refused = [row.what for row in rows("acts.Access", actor="administrator")]
    assert "refused:wanted.notice" in refused


def test_what_is_posted_leaves_a_leaf_or_a_refusal(places: dict[str, dict[str, str]]) -> None:
    client = signed_in("approver")
    version = rows("wanted.Notice", pk=places["notice"]["key"])[0].version
    before = len(rows("acts.Leaf", kind="act"))
    answer = client.post(url("notice-withdraw", places), {"version": version, "reason": "found"})
    assert answer.status_code == 302
    assert len(rows("acts.Leaf", kind="act")) == before + 1
    stale = client.post(url("notice-withdraw", places), {"version": version, "reason": "found"})
    assert stale.status_code == 409
    assert "record.stale" in stale.content.decode()
    other = client.post(url("judge", places), {"version": 1, "verdict": "no-match"})
    assert other.status_code == 404  # another unit's
    assert client.post(url("judge", places), {"version": 1}).status_code == 400


def test_a_form_without_its_token_does_nothing(places: dict[str, dict[str, str]]) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in", {"name": "officer-a", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/notices/not-an-id", 404, "notice.unknown"),
        ("/notices/01900000-0000-7000-8000-000000000000", 404, "notice.unknown"),
        ("/manifests/x", 404, "manifest.unknown"),
        ("/hits/x", 404, "hit.unknown"),
        ("/lists/x", 404, "list.unknown"),
        ("/ledger/messages/x", 404, "message.unknown"),
        ("/dead-letters/x", 404, "letter.unknown"),
        ("/retention?kind=x", 404, "retention.kind"),
        ("/retention/erased/x/proof?record=MA-POLICE/2026/WP/99999", 404, "erasure.unknown"),
        ("/dead-letters/01900000-0000-7000-8000-000000000000/bytes", 404, "letter.unknown"),
        ("/nowhere", 404, "page.unknown"),
    ],
)
def test_what_is_not_there_says_so_with_its_code(
    places: dict[str, dict[str, str]], path: str, status: int, code: str
) -> None:
    answer = signed_in("officer-a").get(path)
    assert (answer.status_code, code in answer.content.decode()) == (status, True)


def test_the_wrong_password_says_no_more_than_the_wrong_name(places: dict[str, dict[str, str]]) -> None:
    answers = [
        Client().post("/sign-in", {"name": name, "password": "wrong wrong wrong"}).content.decode()
        for name in ("officer-a", "nobody")
    ]
    import re

    plain = [re.sub(r'value="[^"]*"|<time.*?</time>', "", one) for one in answers]
    assert plain[0] == plain[1]
    target = Client().post("/sign-in?next=https://elsewhere.example/", {"name": "officer-a", "password": PASSWORD})
    assert target["Location"] == "/"


def test_an_upload_too_large_stops_with_a_clear_error(places: dict[str, dict[str, str]]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in("officer-a")
    large = SimpleUploadedFile("large.edi", b"UNB+" + b"x" * (33 * 1024 * 1024))
    answer = client.post("/manifests", {"post": "BEBRU", "data": large, "whole": "1"})
    assert (answer.status_code, "upload.size" in answer.content.decode()) == (400, True)
    bad = SimpleUploadedFile("bad.edi", b"not a manifest")
    answer = client.post("/manifests", {"post": "BEBRU", "data": bad, "whole": "1"})
    assert (answer.status_code, "edifact.none" in answer.content.decode()) == (400, True)
    # The form's last field follows the file: without it, the upload broke off.
    whole = SimpleUploadedFile("whole.edi", manifest(WANTED))
    answer = client.post("/manifests", {"post": "BEBRU", "data": whole})
    assert (answer.status_code, "upload.cut" in answer.content.decode()) == (400, True)
    assert len(rows("border.Manifest")) == 2
