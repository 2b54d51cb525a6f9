"""`mithaq border threshold show, set`: a post's threshold, and what one chosen by false alerts would bring.

Rules: a supervisor of the post's unit sets it, by the rules of the page; a group under five travellers is not printed.
Design: screening, "Calibrated" and "Fair".
"""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.exits import FINDING
from mithaq.cli.reading import log_reading
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption

app = typer.Typer(no_args_is_help=True, help="From which score on a traveller is a candidate at a post.")
PostOption = Annotated[str, typer.Option(help="The code of the post.")]
FeedOption = Annotated[str, typer.Option(help="paxlst, pnrgov or traveller.")]


@app.command()
def show(
    post: PostOption,
    config: ConfigOption,
    name: AsOption,
    feed: FeedOption = "paxlst",
    one_in: Annotated[int, typer.Option(min=0, help="Show what one false alert in so many travellers takes.")] = 0,
    password_file: PasswordOption = None,
    why: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Print the threshold in force, who chose it, and what it brings; 1 when a group bears over twice its share."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.border import facts, silence, threshold_facts, thresholds
    from mithaq.node.border.known import check_counts
    from mithaq.node.start import Node

    log_reading(actor, "border.threshold", "border threshold show", post, why)
    unit = facts.post(post).unit
    check_counts(unit, actor)
    thresholds.check_feed(feed)
    own = threshold_facts.own_clause(silence.settings(), post, feed)
    made = threshold_facts.history(post, feed)
    seen = threshold_facts.of_feed(post, feed, Node.clock.now())
    prospect = seen.by_rate(one_in) if one_in else seen.prospect(own.threshold)
    if as_json:
        history = [
            {"id": one.id, "bits": one.bits, "one_in": one.one_in, "reason": one.reason, "by": one.by,
             "at": one.at.isoformat(), "told": dict(one.told)}
            for one in made
        ]  # fmt: skip
        told = {"post": post, "feed": feed, "in_force": own.threshold, "chosen": own.chosen or None}
        typer.echo(json.dumps({**told, "prospect": thresholds.told(prospect), "history": history}, ensure_ascii=False))
        return
    by = f"chosen by {made[0].by} at {made[0].at:%Y-%m-%dT%H:%MZ}" if own.chosen else "of the clause"
    typer.echo(f"in force\t{own.threshold:.2f} bits\t{by}")
    _print(thresholds.told(prospect))
    if prospect.over:
        raise typer.Exit(FINDING)


@app.command("set")
def choose(
    post: PostOption,
    config: ConfigOption,
    name: AsOption,
    feed: FeedOption = "paxlst",
    one_in: Annotated[int, typer.Option(min=0, help="One false alert in so many travellers.")] = 0,
    bits: Annotated[str, typer.Option(help="The score itself, where too few are counted; needs a reason.")] = "",
    reason: Annotated[str, typer.Option(help="Why it must be so: it is kept.")] = "",
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Choose the threshold of a post and a feed; prints what it brings."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.border import threshold_facts
    from mithaq.node.border.requests import SetThreshold

    stands = threshold_facts.newest([post]).get((post, feed))
    request = SetThreshold(post, feed, one_in, bits, reason, stands.id if stands else "")
    answer = perform("set-threshold@1", request, actor)
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    _print(answer)


def _print(told: dict[str, Any]) -> None:
    per = f"one in {told['one_in']}" if told["one_in"] else f"rate {told['rate']:.5f}"
    a_day = "not known" if told["alerts_a_day"] is None else f"{told['alerts_a_day']:.2f}"
    typer.echo(f"threshold\t{told['bits']:.2f} bits\t{per}\t{told['travellers']} counted\talerts a day: {a_day}")
    for one in told["recall"]:
        typer.echo(f"recall\t{one['list']}\t{one['names']}\t{one['found'] / one['of']:.3f}\tof {one['of']}")
    for one in told["groups"]:
        mark = "over twice" if one["over"] else ""
        shares = f"{one['rate']:.5f}\t{one['low']:.5f} to {one['high']:.5f}"
        typer.echo(f"{one['kind']}\t{one['group']}\t{one['travellers']}\t{shares}\t{mark}".rstrip("\t"))
