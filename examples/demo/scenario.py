"""The main job, step by step, with what was expected beside what was found.

    1 a plan that both parties sign          5 two officers judge
    2 200 notices, approved by a second      6 the partner learns of the hits
    3 they arrive, receipts come back        7 one message is proved offline
    4 a manifest at a border post

Rule: every step goes through the command line or a page, as a person would; the truth of who is who stays in the demo.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from examples.demo.commands import run
from examples.demo.pages import Officer
from examples.demo.people import Cast
from examples.demo.show import Show
from examples.demo.world import Party, World

ROAD_SECONDS = 180


@dataclass
class Scenario:
    """One run: its world, its people, its voice, and what it learns on the way.

    `references` are those of the notices, in the order of `cast.listed`.
    """

    world: World
    cast: Cast
    show: Show
    references: list[str] = field(default_factory=list)
    manifest: str = ""
    figures: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """All steps in order."""
        from examples.demo import border, proof, road

        for step in (road.plan, road.publish, road.arrive, border.screen, border.judge, border.learn, proof.prove):
            step(self)

    def officer(self, party: Party, user: str) -> Officer:
        """A person signed in at a console."""
        return Officer(party.url, user, party.passwords[user])

    def wait_for_receipts(self, party: Party, user: str, act: str, count: int) -> int:
        """How many messages of an act bear the partner's R2, as soon as `count` do or the time is over."""
        end, delivered = time.monotonic() + ROAD_SECONDS, 0
        with self.show.bar(f"receipts at {party.id}") as progress:
            task = progress.add_task("", total=count)
            while delivered < count and time.monotonic() < end:
                time.sleep(2 if count > 50 else 0.5)
                words = ("--limit", "5000", *party.acting(user), "--json")
                listed = run("exchange", "messages", *words).json()["messages"]
                sent = [one for one in listed if one["act"] == act and one["direction"] == "sent"]
                delivered = sum("R2" in one["receipts"] for one in sent)
                progress.update(task, completed=delivered)
        return delivered
