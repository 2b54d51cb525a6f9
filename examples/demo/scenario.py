"""The main job, step by step, with what was expected beside what was found.

    1 a plan that both parties sign          4 a manifest at a border post
    2 200 notices, approved by a second      5 two officers judge
    3 they arrive, receipts come back        6 the partner learns; one message is proved offline

Rule: every step goes through the command line or a page, as a person would; the truth of who is who stays in the demo.
"""

from __future__ import annotations

import base64
import json
import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from examples.demo import manifest, notices, pages, setup
from examples.demo.commands import CommandFailed, Ended, run
from examples.demo.pages import Officer
from examples.demo.people import HOMONYMS, LISTED, TRAVELLERS, WANTED_TRAVEL, Cast
from examples.demo.setup import Party, World
from examples.demo.show import Show

ROAD_SECONDS = 180
OFFLINE = Path(__file__).with_name("offline")


@dataclass
class Scenario:
    """One run: its world, its people, its voice, and what it learns on the way."""

    world: World
    cast: Cast
    show: Show
    references: list[str] = field(default_factory=list)
    manifest_id: str = ""
    figures: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """All steps in order."""
        self.plan()
        self.publish()
        self.arrive()
        self.screen()
        self.judge()
        self.learn()
        self.prove()

    # 1 the plan

    def plan(self) -> None:
        """Both parties sign; half a signature is refused; both nodes enact the same text."""
        world, show = self.world, self.show
        show.title("1  One plan, signed by both parties")
        show.note("each authority makes its root, its node's keys, its units' keys and its database")
        setup.make_keys(world)
        show.note("both nodes start: database, gateway, worker, console each")
        setup.start(world)
        digests = setup.draw_up(world)
        show.step("plan checked", sorted([setup.PLAN, "BE-POLICE/domestic", "MA-POLICE/domestic"]), sorted(digests))
        signed = setup.both(world, lambda party: setup.sign(world, world.plan, party))
        show.step("plan signed", ["MA", "BE"], signed)
        setup.both(world, lambda party: setup.sign(world, world.domestic(party), party))
        for party in world.parties:
            pages.wait_for_gateway(party)
        half = setup.both(world, lambda party: setup.enact(world, party, world.plan, (world.ma,)))
        show.step("half-signed plan refused at both", ["plan.unsigned"] * 2, [ended.ground for ended in half])
        whole = setup.both(world, lambda party: setup.enact(world, party, world.plan, world.parties))
        digest = f"{setup.PLAN} {digests[setup.PLAN]}"
        show.step("plan enacted at both", [digest] * 2, [ended.out.strip() for ended in whole])
        own = setup.both(world, lambda party: setup.enact(world, party, world.domestic(party), (party,)))
        show.step("domestic instruments enacted", [0, 0], [ended.code for ended in own])
        setup.add_people(world)
        for party in world.parties:
            pages.wait_until_ready(party)

    # 2 the notices

    def publish(self) -> None:
        """An officer drafts, her own approval is refused, a colleague approves and publishes."""
        ma, show = self.world.ma, self.show
        show.title("2  MA drafts, approves and publishes 200 notices of invented persons")
        file, portraits = notices.write(self.cast, self.world.folder / "cast")
        drafted = self._bulk("draft", ma, "nadia", file, "--portraits", portraits)
        show.step("notices drafted by an officer, with portraits", LISTED, len(drafted["drafted"]))
        own = self._bulk("approve", ma, "nadia", "--all", expect=3)
        grounds = Counter(one["code"] for one in own["bad"])
        show.step("own approval refused", {"notice.second_person": LISTED}, dict(grounds))
        approved = self._bulk("approve", ma, "idriss", "--all")
        show.step("notices approved by a second person", LISTED, len(approved["approved"]))
        published = self._bulk("publish", ma, "idriss", "--all")
        show.step("notices published", LISTED, len(published["published"]))
        by_id = {one["notice"]: one["reference"] for one in published["published"]}
        self.references = [by_id.get(one["notice"], "") for one in drafted["drafted"]]

    def _bulk(self, verb: str, party: Party, user: str, *words: str | Path, expect: int = 0) -> dict[str, Any]:
        self.show.note(f"mithaq wanted {verb} --as {user}")
        answer: dict[str, Any] = run("wanted", verb, *words, *party.acting(user), "--json", expect=expect).json()
        return answer

    # 3 the road

    def arrive(self) -> None:
        """Every notice is at BE, and MA holds the receipt that says so."""
        ma, be, show = self.world.ma, self.world.be, self.show
        show.title("3  They travel: sealed to BE's unit, receipts come back")
        delivered = self._wait_for_receipts(ma, "idriss", "publish-notice@1", LISTED)
        words = ("--state", "active", "--authority", ma.authority, *be.acting("ingrid"), "--json")
        held = run("wanted", "list", *words).json()["notices"]
        show.step("notices at BE", LISTED, len(held))
        show.step("the same references on both sides", True, {one["reference"] for one in held} == set(self.references))
        show.step("receipts R2 at MA", LISTED, delivered)

    def _wait_for_receipts(self, party: Party, user: str, act: str, count: int) -> int:
        """How many messages of an act bear the partner's R2, as soon as all do or the time is over."""
        end, delivered = time.monotonic() + ROAD_SECONDS, 0
        with self.show.bar(f"receipts at {party.id}") as progress:
            task = progress.add_task("", total=count)
            while delivered < count and time.monotonic() < end:
                time.sleep(2 if count > 50 else 0.5)
                words = ("--limit", "5000", *party.acting(user), "--json")
                sent = run("exchange", "messages", *words).json()["messages"]
                delivered = sum(
                    "R2" in one["receipts"] for one in sent if one["act"] == act and one["direction"] == "sent"
                )
                progress.update(task, completed=delivered)
        return delivered

    # 4 the manifest

    def screen(self) -> None:
        """An officer uploads the carrier's list; the post screens it."""
        be, show = self.world.be, self.show
        show.title("4  BE's border post screens a manifest of 300 passengers")
        path = self.world.folder / "cast" / "manifest.edi"
        manifest.write(self.cast, path)
        officer = self._officer(be, "lotte")
        page = officer.get("/manifests")
        form = page.forms("post")[0]
        field_name = form.xpath(".//input[@type='file']/@name")[0]
        started = time.monotonic()
        page = officer.submit(page, form, {"post": setup.POST}, {field_name: (path.name, path.read_bytes())})
        self.figures["upload_ms"] = round(1000 * (time.monotonic() - started))
        self.manifest_id = page.url.partition("/manifests/")[2].partition("#")[0].strip("/")
        officer.close()
        if page.status != 200 or not self.manifest_id:
            raise CommandFailed(f"The upload was answered with {page.status} at {page.url}: {page.text[:200]}")
        found = self._candidates()
        show.step("passengers read", TRAVELLERS, found["travellers"])
        right = {self._key(one) for one in found["candidates"] if self._is_right(one)}
        show.step("listed persons among the candidates", sorted(self._truth()), sorted(right))
        documents = {self._document(one) for one in found["candidates"]}
        self.figures["listed_found"] = len(right)
        self.figures["homonym_candidates"] = len(documents & self.cast.homonyms)
        self.figures["false_candidates"] = sum(not self._is_right(one) for one in found["candidates"])
        show.note(
            f"{len(found['candidates'])} candidates: {len(right)} right, "
            f"{self.figures['homonym_candidates']} of {HOMONYMS} homonyms, "
            f"{self.figures['false_candidates']} false in all"
        )

    def _candidates(self) -> dict[str, Any]:
        answer: dict[str, Any] = run(
            "border", "candidates", self.manifest_id, *self.world.be.acting("lotte"), "--json"
        ).json()
        return answer

    def _truth(self) -> set[tuple[str, str]]:
        return {(document, self.references[index]) for document, index in self.cast.right.items()}

    def _key(self, candidate: dict[str, Any]) -> tuple[str, str]:
        return self._document(candidate), candidate["notice"]

    def _is_right(self, candidate: dict[str, Any]) -> bool:
        """What the portrait tells an officer: whether the bearer of this document is the person of that notice."""
        return self._key(candidate) in self._truth()

    @staticmethod
    def _document(candidate: dict[str, Any]) -> str:
        return next((one["number"] for one in candidate["traveller"]["documents"]), "")

    # 5 the judgement

    def judge(self) -> None:
        """Two officers, one after the other, look at every candidate; only the second confirmation makes a hit."""
        be, show = self.world.be, self.show
        show.title("5  Two officers judge each candidate")
        for name in ("lotte", "maxime"):
            officer = self._officer(be, name)
            self._judge_all(officer)
            officer.close()
            if name == "lotte":
                states = Counter(one["state"] for one in self._candidates()["candidates"] if self._is_right(one))
                show.step("one confirmation makes no hit", {"verifying": WANTED_TRAVEL}, dict(states))
        ended = self._candidates()["candidates"]
        confirmed = {self._key(one) for one in ended if one["state"] == "confirmed"}
        show.step("persons confirmed by two officers", sorted(self._truth()), sorted(confirmed))
        false = [one for one in ended if not self._is_right(one)]
        show.step("every other candidate rejected", {"rejected": len(false)} if false else {}, dict(
            Counter(one["state"] for one in false)
        ))  # fmt: skip
        homonyms = sum(one["state"] == "confirmed" for one in ended if self._document(one) in self.cast.homonyms)
        show.step("homonyms confirmed", 0, homonyms)

    def _judge_all(self, officer: Officer) -> None:
        page = officer.get(f"/manifests/{self.manifest_id}")
        waiting = [one for one in self._candidates()["candidates"] if one["state"] in {"candidate", "verifying"}]
        for candidate in self.show.each(waiting, f"{officer.name} judges"):
            key = candidate["candidate"]
            forms = [one for one in page.forms("verdict") if key in (one.get("action") or "")]
            if not forms:
                raise CommandFailed(f"{officer.name} sees no form for the candidate {key}.")
            answer = officer.submit(page, forms[0], self._verdict(candidate))
            if answer.status != 200:
                raise CommandFailed(f"{officer.name}'s judgement was answered with {answer.status}.")

    def _verdict(self, candidate: dict[str, Any]) -> dict[str, str]:
        if not self._is_right(candidate):
            return {"verdict": "no-match", "identifier": "", "remark": "The portrait is of another person."}
        same = self.cast.listed[self.cast.right[self._document(candidate)]].document == self._document(candidate)
        return {"verdict": "match", "identifier": "document" if same else "portrait", "remark": ""}

    # 6 the partner

    def learn(self) -> None:
        """MA sees the hits on its page; BE holds the receipts."""
        ma, be, show = self.world.ma, self.world.be, self.show
        show.title("6  MA learns of the hits")
        receipts = self._wait_for_receipts(be, "ingrid", "report-hit@1", WANTED_TRAVEL)
        show.step("receipts R2 for the hit reports at BE", WANTED_TRAVEL, receipts)
        officer = self._officer(ma, "idriss")
        page = officer.get("/hits")
        hits = [officer.get(link).text for link in page.links("/hits/")]
        officer.close()
        wanted = {reference for _, reference in self._truth()}
        show.step("hits on MA's page", WANTED_TRAVEL, len(hits))
        seen = {reference for reference in wanted if any(reference in text for text in hits)}
        show.step("the notices that they name", sorted(wanted), sorted(seen))

    # 7 the proof

    def prove(self) -> None:
        """One notice is proved to a stranger: no network, no access to a node; a forged copy fails."""
        ma, show = self.world.ma, self.show
        show.title("7  One message is proved offline")
        sent = run("exchange", "messages", "--limit", "5000", *ma.acting("idriss"), "--json").json()["messages"]
        message = next((one["message"] for one in sent if one["act"] == "publish-notice@1"), "")
        away = self.world.folder / "auditor"
        away.mkdir()
        bundle = away / "bundle.json"
        run("exchange", "prove", message, "--out", bundle, *ma.acting("idriss"))
        for party in self.world.parties:
            shutil.copy(self.world.root(party) / "root.pub", away / f"{party.id}.pub")
        good = self._verify(away, bundle)
        show.step("the bundle verifies offline", 0, good.code)
        story = json.loads(good.out or "{}").get("facts") or {}
        found = [story.get(name) for name in ("message", "act", "plan")]
        show.step("what it proves", [message, "publish-notice@1", setup.PLAN], found)
        forged = away / "forged.json"
        forged.write_bytes(forge(bundle.read_bytes()))
        show.step("a forged copy fails", 1, self._verify(away, forged).code)

    def _verify(self, away: Path, bundle: Path) -> Ended:
        roots = [word for party in self.world.parties for word in ("--root", self._pinned(away, party))]
        # The auditor's Python refuses the network and every file of both nodes (see offline/sitecustomize.py).
        env = {"PYTHONPATH": str(OFFLINE), "DEMO_FORBIDDEN": ":".join(str(one.folder) for one in self.world.parties)}
        return run("ledger", "verify", bundle, *roots, "--json", expect=None, env=env, cwd=away)

    @staticmethod
    def _pinned(away: Path, party: Party) -> str:
        return f"{party.id}={(away / f'{party.id}.pub').read_text(encoding='utf8').strip()}"

    def _officer(self, party: Party, user: str) -> Officer:
        return Officer(party.url, user, party.passwords[user])


def forge(bundle: bytes) -> bytes:
    """The bundle with one word of the signed envelope changed: its urgency."""
    value = json.loads(bundle)
    envelope = json.loads(value["envelope"])
    payload = json.loads(_decode(envelope["payload"]))
    payload["urgency"] = "urgent" if payload["urgency"] != "urgent" else "normal"
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    envelope["payload"] = base64.urlsafe_b64encode(text).rstrip(b"=").decode()
    value["envelope"] = json.dumps(envelope, separators=(",", ":"), sort_keys=True)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
