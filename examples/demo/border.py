"""Steps 4 to 6: a manifest is screened, two officers judge its candidates, and the partner learns of the hits.

The officers of the demo know who is right as real ones do, by looking at the person: the demo keeps a table of whose
document is whose, and nothing of it reaches the nodes but their judgements.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from examples.demo import manifest, setup
from examples.demo.commands import CommandFailed, run
from examples.demo.people import TRAVELLERS, WANTED_TRAVEL
from examples.demo.scenario import Scenario

Candidate = dict[str, Any]


def screen(scenario: Scenario) -> None:
    """An officer uploads the carrier's list on the page; the post screens it."""
    show = scenario.show
    show.title("4  BE's border post screens a manifest of 300 passengers")
    _upload(scenario)
    answer = _read(scenario)
    found = answer["candidates"]
    show.step("passengers read", TRAVELLERS, answer["travellers"])
    right = {_key(one) for one in found if _is_right(scenario, one)}
    show.step("listed persons among the candidates", sorted(_truth(scenario)), sorted(right))
    homonyms = {_document(one) for one in found} & scenario.cast.homonyms
    false = sum(not _is_right(scenario, one) for one in found)
    scenario.figures |= {
        "listed_found": len(right), "homonym_candidates": len(homonyms), "false_candidates": false
    }  # fmt: skip
    for one in found:
        who = "listed" if _is_right(scenario, one) else "homonym" if _document(one) in homonyms else "other"
        show.note(f"{one['score']:6.1f} bits  {who:<8}{one['traveller']['names'][0]}  {one['notice']}")
    show.note(f"{len(found)} candidates: {len(right)} listed, {false} false, of which {len(homonyms)} homonyms")


def judge(scenario: Scenario) -> None:
    """Two officers, one after the other, look at every candidate; only the second confirmation makes a hit."""
    show = scenario.show
    show.title("5  Two officers judge each candidate")
    _judge_all(scenario, "lotte")
    states = Counter(one["state"] for one in _read(scenario)["candidates"] if _is_right(scenario, one))
    show.step("one confirmation makes no hit", {"verifying": WANTED_TRAVEL}, dict(states))
    _judge_all(scenario, "maxime")
    ended = _read(scenario)["candidates"]
    confirmed = {_key(one) for one in ended if one["state"] == "confirmed"}
    show.step("persons confirmed by two officers", sorted(_truth(scenario)), sorted(confirmed))
    false = Counter(one["state"] for one in ended if not _is_right(scenario, one))
    expected = {"rejected": false.total()} if false else {}
    show.step("every other candidate rejected", expected, dict(false))
    homonyms = sum(one["state"] == "confirmed" for one in ended if _document(one) in scenario.cast.homonyms)
    show.step("homonyms confirmed", 0, homonyms)


def learn(scenario: Scenario) -> None:
    """MA sees the hits on its page; BE holds the receipts."""
    ma, be, show = scenario.world.ma, scenario.world.be, scenario.show
    show.title("6  MA learns of the hits")
    receipts = scenario.wait_for_receipts(be, "ingrid", "report-hit@1", WANTED_TRAVEL)
    show.step("receipts R2 for the hit reports at BE", WANTED_TRAVEL, receipts)
    officer = scenario.officer(ma, "idriss")
    hits = [officer.get(link).text for link in officer.get("/hits").links("/hits/")]
    officer.close()
    show.step("hits on MA's page", WANTED_TRAVEL, len(hits))
    wanted = {reference for _, reference in _truth(scenario)}
    seen = {reference for reference in wanted if any(reference in text for text in hits)}
    show.step("the notices that they name", sorted(wanted), sorted(seen))


def _upload(scenario: Scenario) -> None:
    path = scenario.world.folder / "cast" / "manifest.edi"
    manifest.write(scenario.cast, path)
    officer = scenario.officer(scenario.world.be, "lotte")
    page = officer.get("/manifests")
    form = page.forms("post")[0]
    name = form.xpath(".//input[@type='file']/@name")[0]
    started = time.monotonic()
    page = officer.submit(page, form, {"post": setup.POST}, {name: (path.name, path.read_bytes())})
    scenario.figures["upload_ms"] = round(1000 * (time.monotonic() - started))
    scenario.manifest = page.url.partition("/manifests/")[2].partition("#")[0].strip("/")
    officer.close()
    if page.status != 200 or not scenario.manifest:
        raise CommandFailed(f"The upload was answered with {page.status} at {page.url}.")


def _judge_all(scenario: Scenario, name: str) -> None:
    officer = scenario.officer(scenario.world.be, name)
    page = officer.get(f"/manifests/{scenario.manifest}")
    waiting = [one for one in _read(scenario)["candidates"] if one["state"] in {"candidate", "verifying"}]
    for candidate in scenario.show.each(waiting, f"{name} judges"):
        forms = [one for one in page.forms("verdict") if candidate["candidate"] in (one.get("action") or "")]
        if not forms:
            raise CommandFailed(f"{name} sees no form for the candidate {candidate['candidate']}.")
        answer = officer.submit(page, forms[0], _verdict(scenario, candidate))
        if answer.status != 200:
            raise CommandFailed(f"The judgement of {name} was answered with {answer.status}.")
    officer.close()


def _verdict(scenario: Scenario, candidate: Candidate) -> dict[str, str]:
    if not _is_right(scenario, candidate):
        return {"verdict": "no-match", "identifier": "", "remark": "The portrait is of another person."}
    document = _document(candidate)
    same = scenario.cast.listed[scenario.cast.right[document]].document == document
    return {"verdict": "match", "identifier": "document" if same else "portrait", "remark": ""}


def _read(scenario: Scenario) -> dict[str, Any]:
    words = (scenario.manifest, *scenario.world.be.acting("lotte"), "--json")
    answer: dict[str, Any] = run("border", "candidates", *words).json()
    return answer


def _truth(scenario: Scenario) -> set[tuple[str, str]]:
    """(document carried, reference of the bearer's notice) of every listed person who travels."""
    return {(document, scenario.references[index]) for document, index in scenario.cast.right.items()}


def _is_right(scenario: Scenario, candidate: Candidate) -> bool:
    return _key(candidate) in _truth(scenario)


def _key(candidate: Candidate) -> tuple[str, str]:
    return _document(candidate), candidate["notice"]


def _document(candidate: Candidate) -> str:
    return next((str(one["number"]) for one in candidate["traveller"]["documents"]), "")
