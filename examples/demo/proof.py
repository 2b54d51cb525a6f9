"""Step 7: one notice is proved to a stranger, without a network and without either node; a forged copy fails."""

from __future__ import annotations

import base64
import json
import os
import shutil
from pathlib import Path

from examples.demo import setup
from examples.demo.commands import Ended, run
from examples.demo.scenario import Scenario
from examples.demo.world import World

OFFLINE = Path(__file__).with_name("offline")


def prove(scenario: Scenario) -> None:
    """MA makes the bundle; an auditor with both root keys and nothing else verifies it."""
    world, show = scenario.world, scenario.show
    show.title("7  One message is proved offline")
    acting = world.ma.acting("idriss")
    sent = run("exchange", "messages", "--limit", "5000", *acting, "--json").json()["messages"]
    message = next((one["message"] for one in sent if one["act"] == "publish-notice@1"), "")
    away = world.folder / "auditor"
    away.mkdir()
    bundle, forged = away / "bundle.json", away / "forged.json"
    run("exchange", "prove", message, "--out", bundle, *acting)
    for party in world.parties:
        shutil.copy(world.root(party) / "root.pub", away / f"{party.id}.pub")
    good = _verify(world, away, bundle)
    show.step("the bundle verifies offline", 0, good.code)
    story = json.loads(good.out or "{}").get("facts") or {}
    found = [story.get(name) for name in ("message", "act", "plan")]
    show.step("what it proves", [message, "publish-notice@1", setup.PLAN], found)
    forged.write_bytes(forge(bundle.read_bytes()))
    show.step("a forged copy fails", 1, _verify(world, away, forged).code)


def forge(bundle: bytes) -> bytes:
    """The bundle with one word of the signed envelope changed: its urgency."""
    value = json.loads(bundle)
    envelope = json.loads(value["envelope"])
    payload = json.loads(_decode(envelope["payload"]))
    payload["urgency"] = "urgent" if payload["urgency"] != "urgent" else "normal"
    envelope["payload"] = base64.urlsafe_b64encode(_plain(payload)).rstrip(b"=").decode()
    value["envelope"] = _plain(envelope).decode()
    return _plain(value)


def _verify(world: World, away: Path, bundle: Path) -> Ended:
    roots = [f"{party.id}={(away / f'{party.id}.pub').read_text(encoding='utf8').strip()}" for party in world.parties]
    words = [word for root in roots for word in ("--root", root)]
    # The auditor's Python refuses the network and every file of both nodes (see offline/sitecustomize.py).
    path = os.pathsep.join(filter(None, (str(OFFLINE), os.environ.get("PYTHONPATH", ""))))
    env = {"PYTHONPATH": path, "DEMO_FORBIDDEN": ":".join(str(party.folder) for party in world.parties)}
    return run("ledger", "verify", bundle, *words, "--json", expect=None, env=env, cwd=away)


def _plain(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
