"""Hostile use by the browser, by every address: forms without their token, places to be sent to, scripts in what others
wrote or what was just asked (issue 4, "Hostile use"). Guessed ids, filters and counts: `test_known.py`; sessions:
`tests/node/accounts/test_sessions.py`."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, JSONField, TextField

import mithaq.node
from mithaq.node.acts import search_index
from mithaq.node.oversight import log
from tests.node.accounts import material
from tests.node.accounts.material import Browser, signed_in
from tests.node.console.test_known import NAMES, POSTS
from tests.node.console.test_routes import OPEN, one_of_everything, routes, url
from tests.node.here import fresh, rows

# A name as a hostile carrier, partner or colleague would write it; and what no page may hold of it.
MARK = "Zoë\"'><img src=x onerror=alert(1)><script>alert(2)</script></title></textarea>{{ 7 }}{% now %}"
RAW = ("<img src=x", "<script>alert", "onerror=alert(1)>", "</title></textarea>")
# What people, carriers, partners and lists write: by model, the columns and the places in JSON.
WRITTEN: dict[str, tuple[str, ...]] = {
    "wanted.Notice": ("drafted_by", "content.person.names", "content.person.weak_names", "content.person.marks",
                      "content.warnings", "content.basis.offence", "content.basis.facts", "content.basis.court",
                      "content.withdrawn"),
    "wanted.Extension": ("by", "reason"),
    "border.Candidate": ("traveller.names", "traveller.nationality", "travel.flight", "travel.departure"),
    "border.Judgement": ("officer", "remark"),
    "border.Hit": ("report.traveller.names", "report.travel.flight", "report.remark"),
    "border.Manifest": ("name", "flight", "departure", "sender", "interchange", "screened_by"),
    "border.Post": ("names.en",),
    "lists.ListVersion": ("file", "reason"),
    "lists.ListEntry": ("reference", "person.names"),
    "exchange.RefusedFile": ("name", "by", "sentence"),
    "console.Hold": ("reference",),
    "console.Planned": ("reference",),
    "accounts.User": ("full_name",),
    "accounts.Proposal": ("reason",),
    "acts.Access": ("reason", "why"),
}  # fmt: skip


@pytest.fixture(scope="module")
def places() -> Iterator[dict[str, dict[str, str]]]:
    for here in fresh():
        found = one_of_everything(here)
        for model, paths in WRITTEN.items():
            _write(apps.get_model(model), paths)
        yield found


def _write(model: type[Any], paths: tuple[str, ...]) -> None:
    for row in model.objects.all():
        fields = {}
        for path in paths:
            column, *inner = path.split(".")
            kind = model._meta.get_field(column)
            assert isinstance(kind, JSONField if inner else TextField | CharField), path
            value = getattr(row, column)
            if inner:
                place = value
                for name in inner[:-1]:
                    place = place.setdefault(name, {})
                place[inner[-1]] = [MARK] if inner[-1].endswith("names") else MARK
                fields[column] = value
            else:
                fields[column] = MARK
        model.objects.filter(pk=row.pk).update(**fields)


def looks_clean(text: str) -> bool:
    return not any(piece in text for piece in RAW)


def test_no_page_runs_what_somebody_wrote(places: dict[str, dict[str, str]]) -> None:
    shown = set()
    for name in ("officer-a", "approver", "overseer", "administrator"):
        browser = signed_in(name)
        for route in sorted(set(routes()) - set(OPEN) - POSTS):
            answer = browser.get(url(route, places))
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            text = answer.content.decode()
            assert looks_clean(text), (name, route)
            shown |= {route} if "&lt;script&gt;alert(2)" in text else set()
    # Where a name is shown, it was shown: else the crawl would have looked at nothing.
    assert shown >= {"home", "notices", "notice", "notice-extend", "manifests", "manifest", "hits", "hit", "lists",
                     "list-version", "dead-letters", "dead-letter", "planned", "people", "posts", "post", "traveller",
                     "oversight-log"}, shown  # fmt: skip


def test_nothing_that_is_asked_comes_back_as_a_script(places: dict[str, dict[str, str]]) -> None:
    browser, manifest = signed_in("officer-a"), places["manifest"]["key"]
    file = SimpleUploadedFile(f"{MARK}.edi", b"no manifest")
    found = browser.post("/search", {"words": MARK, "kind": "notice"}).content.decode()
    answers = [
        found,
        browser.post("/search", {"words": MARK, "kind": MARK, "following": MARK}).content.decode(),
        browser.post("/travellers", {"post": "BEBRU", "name": MARK, "birth_date": "1984"}).content.decode(),
        browser.post("/travellers", {"post": MARK, "name": MARK, "birth_date": MARK}).content.decode(),
        browser.post("/crossings", {"name": MARK, "reason": MARK, "since": MARK, "until": MARK}).content.decode(),
        browser.post("/manifests", {"post": "BEBRU", "data": file, "whole": "1"}).content.decode(),
        browser.post(f"/manifests/{manifest}/reject", {"remark": MARK, "sure": "yes"}).content.decode(),
        browser.post("/notices/new", {"names": MARK, "facts": MARK}).content.decode(),
        browser.post("/reasons", {"reason": MARK, "what": MARK, "next": MARK}, follow=True).content.decode(),
        browser.post("/account/delegations", {"reason": MARK, "taker": MARK}).content.decode(),
        Browser().post("/sign-in", {"name": MARK, "password": "x", "next": MARK}).content.decode(),
        *(browser.get(place, {name: MARK}).content.decode() for place, name in (
            ("/notices", "state"), ("/notices", "authority"), ("/retention", "kind"), ("/retention/erased", "record"),
            ("/plan/suspend", "line"), ("/lists", "page"), (f"/manifests/{MARK}", "x"), (f"/nowhere/{MARK}", "x"),
            ("/needs/overdue", "after"),
        )),
        signed_in("overseer").post("/oversight/person", {"name": MARK, "birth_date": MARK}).content.decode(),
        signed_in("overseer").get("/oversight/log", {"record": MARK, "actor": MARK}).content.decode(),
    ]  # fmt: skip
    assert [number for number, text in enumerate(answers) if not looks_clean(text)] == []
    assert "&lt;script&gt;alert(2)" in found


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", " =", "\u200b="])
def test_no_export_begins_a_cell_with_a_formula(places: dict[str, dict[str, str]], start: str) -> None:
    """The only table in a file is the access log's; its cells hold names and reasons that people wrote."""
    apps.get_model("acts.Access").objects.update(reason=f"{start}HYPERLINK(1)", why=f"{start}1+1", actor=f"{start}A1")
    answer = signed_in("overseer").get("/oversight/log.csv")
    _head, *table = csv.reader(io.StringIO(answer.content.decode(), newline=""))
    cells = [cell for row in table for cell in row if "HYPERLINK" in cell or "1+1" in cell or cell.endswith("A1")]
    assert len(cells) > 3
    assert {cell[0] for cell in cells} == {"'"}
    assert set(log.COLUMNS) >= {"person", "asked", "why"}
    exports = {path.name for path in Path(mithaq.node.__file__).parent.rglob("*.py") if "text/csv" in path.read_text()}
    assert exports == {"log_views.py"}, "another table in a file needs its row here"


def test_every_post_needs_the_token_of_its_form(places: dict[str, dict[str, str]]) -> None:
    """Every address of the console, whatever it answers to: without the token nothing of it is reached."""
    browser = signed_in("approver", enforce_csrf_checks=False)
    browser.handler.enforce_csrf_checks = True
    before = len(rows("acts.Leaf")), rows("acts.Access")[-1].pk
    every = sorted({*routes()} - {"openid_connect_callback"})
    assert len(every) > 60
    for route in every:
        for headers in ({}, {"hx-request": "true"}, {"x-csrftoken": "x" * 32}):
            answer = browser.post(url(route, places), {"version": 1, "reason": "x"}, headers=headers)
            assert (answer.status_code, "form.token" in answer.content.decode()) == (403, True), route
    assert (len(rows("acts.Leaf")), rows("acts.Access")[-1].pk) == before
    assert browser.is_in()
    exempt = [
        path.name for path in Path(mithaq.node.__file__).parent.rglob("*.py") if "csrf_exempt" in path.read_text()
    ]
    assert exempt == []


# Every redirect whose place is not written down in the code, and what holds it.
SENT = {
    ("accounts/own_views.py", "entry.destination(request)"): "next",
    ("accounts/entry.py", "destination(request)"): "next",
    ("console/reason_views.py", "back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else '/'"): "next",
    ("console/views.py", "back"): "back",
    ("console/hold_views.py", "found.url"): "a record's own page",
    ("exchange/letter_views.py", "done.target.url if done.target else f'/dead-letters/{key}'"): "a record's own page",
    ("lists/views.py", "_imported(request, form)"): "a record's own page",
}
WRITTEN_DOWN = re.compile(r"""f?['"]/[a-z{'?]|['"]/['"]|[A-Z_]+$|f?['"]\{?(settings\.LOGIN_URL|SIGN_IN)|settings\.L""")
ELSEWHERE = ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "\\\\elsewhere.example",
             "https:elsewhere.example", "javascript:alert(1)", "///elsewhere.example", "/\t/elsewhere.example",
             "\thttps://elsewhere.example", "http:///elsewhere.example", "data:text/html,x")  # fmt: skip


def _unwritten() -> Iterator[tuple[str, str]]:
    root = Path(mithaq.node.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name not in {"HttpResponseRedirect", "redirect", "HttpResponsePermanentRedirect"}:
                continue
            (place,) = node.args
            text = ast.unparse(place)
            if not WRITTEN_DOWN.match(text):
                yield str(path.relative_to(root)), text


def test_every_place_to_go_on_to_is_known() -> None:
    assert set(_unwritten()) <= set(SENT), set(_unwritten()) - set(SENT)


def test_nobody_is_sent_to_another_site(places: dict[str, dict[str, str]]) -> None:
    browser = signed_in("officer-a")
    for target in ELSEWHERE:
        sent = {
            "language": browser.post("/language", {"language": "nl", "back": target}),
            "confirm": browser.post("/account/confirm", {"password": material.PASSWORD, "next": target}),
            "sign-in": Browser().post("/sign-in", {"name": "officer-a", "password": material.PASSWORD, "next": target}),
            "address": Browser().post(f"/sign-in?next={target}", {"name": "officer-a", "password": material.PASSWORD}),
        }
        # Where a reason leads on to is signed into its form.
        unsigned = browser.post("/reasons", {"reason": "case 12345", "what": "wanted.notice", "next": target})
        assert (unsigned.status_code, unsigned.get("Location")) == (400, None), target
        assert {name: answer["Location"] for name, answer in sent.items()} == dict.fromkeys(sent, "/"), target
        page = browser.get("/notices/x", headers={"referer": target}).content.decode()
        assert "elsewhere.example" not in page, target


def test_the_words_of_a_search_stand_in_no_address(places: dict[str, dict[str, str]]) -> None:
    """Nothing that is read takes a name by its address; victims and witnesses are found by none (safeguard 2)."""
    browser, own = signed_in("approver"), places["notice"]["key"]
    named = re.compile(r'<form method="get"[^>]*>.*?</form>', re.S)
    for route in sorted(set(routes()) - set(OPEN) - POSTS - set(NAMES)):
        answer = browser.get(url(route, places))
        if answer.get("Content-Type", "").startswith("text/html"):
            forms = "".join(named.findall(answer.content.decode()))
            assert not re.search(r'name="(q|words|name|names|document|birth_date)"', forms), route
    model = apps.get_model("wanted.Notice")
    content = model.objects.get(pk=own).content
    content["person"]["names"] = ["Ghislaine Vandamme-Quertinmont"]
    for category, found in (("wanted", True), ("victim", False), ("witness", False)):
        model.objects.filter(pk=own).update(category=category, content=content)
        search_index.keep("wanted.Notice", [own])
        page = browser.post("/search", {"words": "Ghislaine Vandamme-Quertinmont"}).content.decode()
        assert (f'href="/notices/{own}"' in page) is found, category
        listed = re.search(r"<caption>.*?</caption>", browser.get("/notices?q=Ghislaine").content.decode(), re.S)
        whole = re.search(r"<caption>.*?</caption>", browser.get("/notices").content.decode(), re.S)
        assert listed is not None
        assert whole is not None
        assert listed[0] == whole[0], "a filter by name is none"
