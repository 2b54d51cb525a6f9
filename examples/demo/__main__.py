"""`python -m examples.demo [--once] [--seed N] [--dir DIR]`."""

from __future__ import annotations

import argparse
import json
import secrets
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from examples.demo import place, setup
from examples.demo.commands import CommandFailed
from examples.demo.people import cast
from examples.demo.scenario import Scenario
from examples.demo.show import Show
from examples.demo.world import World, describe, lay_out


class Stopped(Exception):
    """Somebody asked the demo to stop."""


def main() -> int:
    """Run the demo; 0 only when every step was as expected."""
    options = _options()
    seed = options.seed if options.seed is not None else secrets.randbelow(2**32)
    show, started = Show(), time.monotonic()
    show.console.print(f"[bold]Mithaq[/bold]: two nodes, one signed plan. Everyone is invented, by seed {seed}.")
    signal.signal(signal.SIGTERM, _stop)
    scenario: Scenario | None = None
    error = "it was stopped before its end"
    try:
        lock = place.take(options.dir.resolve())
    except CommandFailed as failed:
        show.console.print(str(failed), style="red", soft_wrap=True, markup=False)
        return 2
    try:
        world = lay_out(options.dir.resolve())
        scenario = Scenario(world, cast(seed), show)
        try:
            scenario.run()
            error = ""
        except CommandFailed as failed:
            error = str(failed)
            show.console.print(error, style="red", soft_wrap=True, markup=False)
        except Exception as failed:  # noqa: BLE001  whatever it is, the one JSON object says that it went wrong
            error = f"{type(failed).__name__}: {failed}"
            show.console.print_exception()
        if options.once:
            _print(show, seed, scenario, error, time.monotonic() - started)
        elif not error:
            _stay(world, show)
    except (KeyboardInterrupt, Stopped):
        show.line("stopping")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if scenario is not None:
            for authority in setup.stop(scenario.world):
                show.line(f"The node of {authority} had left its database running; it is ended.")
        lock.close()
    return 0 if show.ok and not error else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m examples.demo", description=main.__doc__)
    parser.add_argument("--once", action="store_true", help="end after the scenario; one JSON object on stdout")
    parser.add_argument("--seed", type=int, help="draw the same people again")
    parser.add_argument("--dir", type=Path, default=Path("demo-run"), help="the directory of the run, made anew")
    return parser.parse_args()


def _print(show: Show, seed: int, scenario: Scenario, error: str, seconds: float) -> None:
    answer = {
        "ok": show.ok and not error,
        "seed": seed,
        "steps": show.steps,
        "figures": {**scenario.figures, "seconds": round(seconds, 1)},
        **({"error": error} if error else {}),
    }
    print(json.dumps(answer, ensure_ascii=False), flush=True)


def _stay(world: World, show: Show) -> None:
    (world.folder / "consoles.json").write_text(describe(world), encoding="utf8")
    show.title("Both consoles are open")
    for party in world.parties:
        show.line(f"{party.authority}  {party.url}")
        for user in party.users:
            roles = ", ".join(user.roles)
            show.line(f"    {user.name:<8} password {party.passwords[user.name]}   {user.unit}, {roles}")
    show.line("")
    show.line("Ctrl-C stops everything.")
    while all(party.process is not None and party.process.poll() is None for party in world.parties):
        time.sleep(0.5)
    show.console.print("[red]A node has ended; see node.log in its directory.[/red]")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
