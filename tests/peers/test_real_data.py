"""The main job on published material: the UN list is live, a real PAXLST message of 260 arrives, one of its travellers
is under a notice of the partner; two officers confirm, the partner learns of it, and the message is proved offline."""

from __future__ import annotations

import json

from mithaq.formats.paxlst import read_paxlst
from mithaq.node.acts import wire
from mithaq.node.acts.nouns import Document, Person
from tests.node import acts_material as material
from tests.node.nodes import Pair, wait_for
from tests.peers.test_two_nodes import references, settle
from tests.shared_data import shared


def test_the_main_job_with_the_real_un_list_and_a_real_message(pair: Pair) -> None:
    paxlst = shared("data/border/paxlst/loader_Test3.txt")
    sought = read_paxlst(paxlst.read_bytes()).messages[0].travellers[100]
    assert sought.birth_date is not None
    un = shared("data/lists/un_sc_consolidated.xml")
    taken = pair.be.json("lists", "import", str(un), "--list", "UN", "--yes", person="officer-a")
    assert (taken["state"], taken["elements"], taken["used"] + taken["reported"]) == ("live", 1003, 1003)

    papers = tuple(Document(one.kind, one.number, one.issuer or "") for one in sought.documents)
    person = Person(
        (f"{sought.given} {sought.family}",),
        birth_dates=(sought.birth_date,),
        nationalities=(sought.nationality or "GBR",),
        documents=papers,
    )
    file = pair.ma.folder / "sought.jsonl"
    file.write_text(json.dumps(wire.encode(material.content(person=person, portrait=None))), encoding="utf8")
    before = references(pair.ma)
    pair.ma.cli("wanted", "draft", str(file), person="drafter")
    pair.ma.cli("wanted", "approve", "--all", person="approver")
    (notice,) = references(pair.ma) - before
    pair.ma.cli("wanted", "publish", notice, person="approver")
    settle(pair, [notice])

    screened = pair.be.json("border", "screen", str(paxlst), "--post", "BEBRU", person="officer-a")
    assert screened["travellers"] == 260
    # Travellers of this message share surnames and document numbers: the likeliest stands first.
    found = next(one for one in screened["candidates"] if one["notice"] == notice)
    assert found["traveller"]["names"] == [f"{sought.given} {sought.family}"]
    for officer, version, state in (("officer-a", 1, "verifying"), ("officer-b", 2, "confirmed")):
        words = ("judge", found["candidate"], "--verdict", "match", "--identifier", "document")
        said = pair.be.cli("border", *words, "--version", str(version), person=officer).stdout.split()
        assert said[0] == state
    query = "SELECT report->'travel'->>'flight', message FROM border_hit WHERE notice = %s AND NOT found_here"
    wait_for(lambda: pair.ma.sql(query, notice), lambda: f"{pair.ma.log()}\n{pair.be.log()}")
    ((_, message),) = pair.ma.sql(query, notice)

    bundle = pair.ma.folder / "hit.json"
    proved = ("SELECT bool_and(index IS NOT NULL) FROM acts_leaf WHERE subject = %s", message)
    wait_for(lambda: pair.ma.sql(*proved)[0][0], pair.ma.log)
    pair.ma.cli("exchange", "prove", message, "--out", str(bundle), person="coordinator")
    roots = [
        word for one in (pair.world.ma, pair.world.be) for word in ("--root", f"{one.party}={one.root.public.text}")
    ]
    assert pair.ma.cli("ledger", "verify", str(bundle), *roots).returncode == 0
