"""Sets two authorities up as their operators would: roots, keys, key lists, a pinned plan, nodes, people, a post.

Rule: each authority makes its own keys in its own directory; what crosses between them is public: root.pub, the pinned
plan, signatures and signed key lists.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import IO, TypeVar

from examples.demo import commands, place
from examples.demo.commands import Ended, run
from examples.demo.world import Party, World

T = TypeVar("T")
EXAMPLES = Path(__file__).resolve().parents[1] / "plan"
LISTS_ISSUED = "2026-05-01T00:00:00Z"
POST = "BEBRU"
POST_NAMES = ("en=Brussels Airport", "fr=Aéroport de Bruxelles", "nl=Luchthaven Brussel", "ar=مطار بروكسل")
PLAN = "MA-BE/2025-2026"


def make_keys(world: World) -> None:
    """Root, keys and signed key list of each party, and the empty database of its node."""
    with ThreadPoolExecutor(4) as pool:
        keys = pool.map(lambda party: _keys(world, party), world.parties)
        databases = pool.map(lambda party: run("node", "init", "--config", party.config), world.parties)
        for _ in (*keys, *databases):
            pass


def draw_up(world: World) -> dict[str, str]:
    """Pin the roots into the three texts and check them; id -> digest as `plan check` prints them."""
    root = {party.id: f"{party.id}={world.root(party) / 'root.pub'}" for party in world.parties}
    texts: list[tuple[str, Path, tuple[str, ...]]] = [("plan.toml", world.plan, (root["MA"], root["BE"]))]
    texts += [(f"domestic-{party.authority}.toml", world.domestic(party), (root[party.id],)) for party in world.parties]
    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(lambda text: _pin(*text), texts))


def sign(world: World, document: Path, party: Party) -> str:
    """Sign a text for a party; the party that signed."""
    root, out = world.root(party), world.signature(document, party)
    words = ("--party", party.id, "--key", root / "root.key", "--passphrase-file", root / "passphrase", "--out", out)
    return run("plan", "sign", document, *words).out.split()[-1]


def start(world: World) -> None:
    """Start both nodes."""
    for party in world.parties:
        party.process = commands.start("node", "serve", "--config", party.config, log=_log(party))


def enact(world: World, party: Party, document: Path, signers: tuple[Party, ...]) -> Ended:
    """Try to enact a text at a party's node with the signatures of `signers`."""
    words: list[str | Path] = []
    for signer in signers:
        words += ["--signature", world.signature(document, signer)]
    for one in world.parties if document == world.plan else ():
        words += ["--keys", world.key_list(one)]
    return run("plan", "enact", document, *words, "--config", party.config, expect=None)


def add_people(world: World) -> None:
    """The demo users of both nodes and the post at Brussels."""
    names = [word for name in POST_NAMES for word in ("--name", name)]
    post: tuple[str | Path, ...] = ("add-post", POST, "--unit", "BE-POLICE/BORDER", *names, "--config", world.be.config)
    wanted: list[tuple[str | Path, ...]] = [post]
    wanted += [("add-people", _people(party), "--config", party.config) for party in world.parties]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda words: run("node", *words), wanted))


def stop(world: World) -> list[str]:
    """End both nodes; the authorities whose node had left its database running, which is ended too."""
    commands.stop([party.process for party in world.parties if party.process is not None])
    return [party.authority for party in world.parties if place.end_database(party.folder)]


def both(world: World, work: Callable[[Party], T]) -> list[T]:
    """Do the same at both parties, at once."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, world.parties))


def _keys(world: World, party: Party) -> None:
    root, keys = world.root(party), party.folder / "keys"
    phrase = ("--passphrase-file", root / "passphrase")
    run("keys", "root", "--party", party.id, "--out", root, *phrase)
    units = [word for unit in ("WANTED", "BORDER") for word in ("--unit", f"{party.authority}/{unit}")]
    node_phrase = ("--passphrase-file", party.folder / "passphrase")
    run("keys", "authority", "--authority", party.authority, *units, "--out", keys, *node_phrase)
    words = ("--root", root / "root.key", *phrase, "--version", "1", "--now", LISTS_ISSUED)
    run("keys", "list", "--authority-dir", keys, *words, "--out", world.key_list(party))


def _pin(name: str, out: Path, roots: tuple[str, ...]) -> tuple[str, str]:
    """Pin and check a text; its id and digest."""
    words = [word for root in roots for word in ("--root", root)]
    run("plan", "pin", EXAMPLES / name, *words, "--out", out)
    plan, digest = run("plan", "check", out).out.split()
    return plan, digest


def _people(party: Party) -> Path:
    """The list of a party's users, beside the files of their passwords."""
    path = party.password_file("people.jsonl")
    rows = [{**asdict(user), "password_file": party.password_file(user.name).name} for user in party.users]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf8")
    return path


def _log(party: Party) -> IO[bytes]:
    return (party.folder / "node.log").open("ab")
