"""Steps 1 to 3: the plan is signed and enacted, 200 notices are approved and published, and they arrive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from examples.demo import notices, pages, setup
from examples.demo.commands import run
from examples.demo.people import LISTED
from examples.demo.scenario import Scenario
from examples.demo.world import Party


def plan(scenario: Scenario) -> None:
    """Both parties sign; half a signature is refused; both nodes enact the same text."""
    world, show = scenario.world, scenario.show
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


def publish(scenario: Scenario) -> None:
    """An officer drafts, her own approval is refused, a colleague approves and publishes."""
    ma, show = scenario.world.ma, scenario.show
    show.title("2  MA drafts, approves and publishes 200 notices of invented persons")
    file, portraits = notices.write(scenario.cast, scenario.world.folder / "cast")
    drafted = _bulk(scenario, "draft", ma, "nadia", file, "--portraits", portraits)
    show.step("notices drafted by an officer, with portraits", LISTED, len(drafted["drafted"]))
    own = _bulk(scenario, "approve", ma, "nadia", "--all", expect=3)
    grounds = Counter(one["code"] for one in own["bad"])
    show.step("own approval refused", {"notice.second_person": LISTED}, dict(grounds))
    approved = _bulk(scenario, "approve", ma, "idriss", "--all")
    show.step("notices approved by a second person", LISTED, len(approved["approved"]))
    published = _bulk(scenario, "publish", ma, "idriss", "--all")
    show.step("notices published", LISTED, len(published["published"]))
    by_id = {one["notice"]: one["reference"] for one in published["published"]}
    scenario.references = [by_id.get(one["notice"], "") for one in drafted["drafted"]]


def arrive(scenario: Scenario) -> None:
    """Every notice is at BE, and MA holds the receipt that says so."""
    ma, be, show = scenario.world.ma, scenario.world.be, scenario.show
    show.title("3  They travel: sealed to BE's unit, receipts come back")
    delivered = scenario.wait_for_receipts(ma, "idriss", "publish-notice@1", LISTED)
    words = ("--state", "active", "--authority", ma.authority, *be.acting("ingrid"), "--json")
    held = run("wanted", "list", *words).json()["notices"]
    show.step("notices at BE", LISTED, len(held))
    same = {one["reference"] for one in held} == set(scenario.references)
    show.step("the same references on both sides", True, same)
    show.step("receipts R2 at MA", LISTED, delivered)


def _bulk(
    scenario: Scenario, verb: str, party: Party, user: str, *words: str | Path, expect: int = 0
) -> dict[str, Any]:
    scenario.show.note(f"mithaq wanted {verb} --as {user}")
    answer: dict[str, Any] = run("wanted", verb, *words, *party.acting(user), "--json", expect=expect).json()
    return answer
