"""Two real nodes with consoles and something to see on every page, and one Chromium; once for a test process.

What lies in the nodes came there as it would in use: by the command line and by the forms of the pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller
from mithaq.formats.paxlst_write import write_paxlst
from mithaq.node.acts import wire
from mithaq.node.acts.nouns import Document, Person
from tests.browser import chromium
from tests.node import acts_material as material
from tests.node import here as place
from tests.node.nodes import Pair, RunningNode, two_nodes, wait_for

place.configured()

SECOND = Person(
    names=("Samira Oulhaj", "سميرة أولحاج"),
    weak_names=("La Coiffeuse",),
    sex="female",
    birth_dates=("1991-11-02",),
    nationalities=("MAR", "BEL"),
    documents=(Document("P", "KB2201934", "MAR"),),
    marks="Scar on the left wrist",
)
LEG = Leg("XM0412", "CMN", "2026-05-04T01:10", "BRU", "2026-05-04T06:30")
TRAVELLERS = tuple(
    Traveller(role, family, given, sex, born, state, (TravelDocument("P", number, state),))
    for role, family, given, sex, born, state, number in (
        ("passenger", "AL TAFRASTY", "ZUHAIR", "male", "1984-03-17", "MAR", "ZX4417702"),
        ("passenger", "OULHADJ", "SAMIRAH", "female", "1991-11-02", "MAR", "KB9900001"),
        ("passenger", "PEETERS", "WOUTER", "male", "1971-11-02", "BEL", "EK5512340"),
        ("crew", "VERHULST", "ANKE", "female", "1988-07-30", "BEL", "EK7710024"),
    )
)


@dataclass(frozen=True)
class Prepared:
    """Both nodes and the ids of what lies in them."""

    pair: Pair
    received: str  # a notice of MA as BE holds it
    published: str  # the same at MA
    draft: str
    manifest: str
    waiting: str  # a candidate that nobody has judged
    found: str  # a comparison of one traveller that gave a candidate
    nobody: str  # one that gave none
    hit_be: str
    hit_ma: str
    message: str  # the message that brought `received`
    live_list: str  # a version of a list that has taken effect, here and half of it gone in the next
    next_list: str  # the version that waits
    refused: str  # the dead letter of a file that could not be read
    silence: str  # one that is asked for, with its candidate
    proposal: str  # what an administrator proposes for officer-b, and a second person has not decided

    @property
    def be(self) -> RunningNode:
        return self.pair.be

    @property
    def ma(self) -> RunningNode:
        return self.pair.ma


@pytest.fixture(scope="package")
def people() -> Iterator[chromium.People]:
    """Chromium, and people signed in."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield chromium.People(browser)
        browser.close()


@pytest.fixture(scope="package")
def nodes(people: chromium.People) -> Iterator[Prepared]:
    """MA-POLICE and BE-POLICE with something on every page."""
    with prepared(people) as found:
        yield found


@contextmanager
def prepared(people: chromium.People) -> Iterator[Prepared]:
    """Two nodes: two notices exchanged, one draft, a manifest, one hit told, one candidate waiting."""
    with two_nodes() as pair:
        draft = _publish(pair.ma)
        wait_for(lambda: len(_ids(pair.be, "wanted_notice")) == 2, pair.be.log)
        (received, reference, message), *_ = pair.be.sql(
            "SELECT id::text, reference, message::text FROM wanted_notice ORDER BY reference"
        )
        (published,) = _ids(pair.ma, "wanted_notice", "reference = %s", reference)
        screened = _screen(pair.be)
        manifest, first, waiting = screened["manifest"], *(one["candidate"] for one in screened["candidates"])
        for officer in ("officer-a", "officer-b"):
            with people.context(pair.be, officer) as context:
                chromium.judge(context.new_page(), pair.be, manifest, first, "match", "document")
        wait_for(lambda: _ids(pair.ma, "border_hit"), pair.ma.log)
        found = _compare(pair.be, name="Samirah Oulhadj", birth_date="1991-11-02")
        nobody = _compare(pair.be, name="Wouter Peeters", birth_date="1971-11-02")
        (hit_be,), (hit_ma,) = _ids(pair.be, "border_hit"), _ids(pair.ma, "border_hit")
        lists = _lists(pair.be)
        yield Prepared(
            pair,
            received,
            published,
            draft,
            manifest,
            waiting,
            found,
            nobody,
            hit_be,
            hit_ma,
            message,
            *lists,
            _refused(pair.be),
            _silence(pair.be),
            _proposed(pair.be),
        )


def _ids(node: RunningNode, table: str, where: str = "true", *values: str) -> list[str]:
    return [row[0] for row in node.sql(f"SELECT id::text FROM {table} WHERE {where}", *values)]


def _compare(node: RunningNode, **words: str) -> str:
    """One traveller compared at the counter; the id of the answer."""
    options = [part for name, text in words.items() for part in (f"--{name.replace('_', '-')}", text)]
    return str(node.json("border", "traveller", "--post", "BEBRU", *options, person="officer-a")["traveller"])


def _publish(node: RunningNode) -> str:
    """Two notices published, a third left as a draft; the draft's id."""
    file = node.folder / "notices.jsonl"
    contents = [material.content(), material.content(person=SECOND, warnings="May be armed.")]
    file.write_text("\n".join(json.dumps(wire.encode(one), ensure_ascii=False) for one in contents), encoding="utf8")
    node.cli("wanted", "draft", str(file), person="drafter")
    node.cli("wanted", "approve", "--all", person="approver")
    node.cli("wanted", "publish", "--all", person="approver")
    file.write_text(json.dumps(wire.encode(material.content()), ensure_ascii=False), encoding="utf8")
    node.cli("wanted", "draft", str(file), person="drafter")
    (draft,) = _ids(node, "wanted_notice", "state = 'draft'")
    return draft


def _lists(node: RunningNode) -> tuple[str, str]:
    """A list that is live, and its next version that waits: one added, one changed, two of three gone."""
    from tests.node.lists.material import un_list

    found = []
    first = un_list(XA=("ZOHAIR ELSEWHERE", "1984"), XB=("SAMIRA NOWHERE", "1991"), XC=("نور الغائبة",))
    following = un_list(XA=("ZOHAIR ELSEWHERE", "1985"), XD=("ANKE SOMEWHERE",))
    for data, *effect in ((first, "--yes"), (following,)):
        file = node.folder / "un.xml"
        file.write_bytes(data)
        words = ("lists", "import", str(file), "--list", "UN", *effect)
        found.append(node.json(*words, person="officer-a")["version"])
    return found[0], found[1]


def _refused(node: RunningNode) -> str:
    """A file that is no manifest, brought to a post; the id of its dead letter."""
    file = node.folder / "broken.edi"
    file.write_bytes(b"\xef\xbb\xbfThis is a letter of the carrier and no passenger list.\r\n" * 8)
    node.cli("border", "screen", str(file), "--post", "BEBRU", ok=(5,), person="officer-a")
    (letter,) = _ids(node, "exchange_refusedfile")
    return letter


def _silence(node: RunningNode) -> str:
    """A candidate of another flight that an officer has rejected, and a silence asked for on it; its id."""
    file = node.folder / "alike.edi"
    leg = replace(LEG, flight="XM0999")
    plain = Manifest(
        "1", "745", "XM", leg.flight, leg.departure, leg.arrival, leg.departs, leg.arrives, (leg,), TRAVELLERS[1:2]
    )
    file.write_bytes(write_paxlst(plain))
    found = node.json("border", "screen", str(file), "--post", "BEBRU", person="officer-a")["candidates"]
    for one in found:
        words = ("--verdict", "no-match", "--version", str(one["version"]))
        node.cli("border", "judge", one["candidate"], *words, person="officer-a")
    (one,) = (one for one in found if one["notice"])
    words = ("--version", str(one["version"] + 1), "--ground", "biometrics", "--reason", "The portrait is another's.")
    return node.cli("border", "silence", "ask", one["candidate"], *words, person="officer-a").stdout.strip()


def _proposed(node: RunningNode) -> str:
    """Another role proposed for an officer; before that, one by an administrator for himself, which raises an alarm."""
    own = ("--unit", f"{node.authority.id}/BORDER", "--role", "supervisor", "--reason", "nobody else is there")
    node.cli("people", "change-role", "administrator", *own, person="administrator")
    words = (
        "--unit",
        f"{node.authority.id}/BORDER",
        "--role",
        "analyst",
        "--line",
        "wanted-persons",
        "--reason",
        "moves",
    )
    return node.cli("people", "change-role", "officer-b", *words, person="administrator").stdout.strip()


def _screen(node: RunningNode) -> Any:
    file = node.folder / "list.edi"
    plain = Manifest(
        "1", "745", "XM", LEG.flight, LEG.departure, LEG.arrival, LEG.departs, LEG.arrives, (LEG,), TRAVELLERS
    )
    file.write_bytes(write_paxlst(plain))
    found = node.json("border", "screen", str(file), "--post", "BEBRU", person="officer-a")
    assert len(found["candidates"]) == 2, found
    return found
