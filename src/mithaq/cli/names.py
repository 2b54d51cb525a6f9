"""`mithaq names explain NAME [NAME]`: how a name is read, and why two names do or do not meet, without a node.

Rule: it asks the engine that screens and reckons nothing itself. Implements design: screening, "Explained".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from mithaq.screening.meeting import Meeting, Pair, Spelling

_PARTED = {
    "no-key": "no key in common",
    "sieve": "too many consonants differ",
    "cost": "too unlikely a spelling of it",
}
# Of two letters: the same, one sound, another one; of one alone: often left out, or not.
_MARKS = {"same": " ", "sound": "~", "differs": "#", "unwritten": "-", "alone": "+"}
app = typer.Typer(no_args_is_help=True, help="How names are read and compared.")


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="names")


@app.callback()
def _group() -> None:
    """How names are read and compared."""


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a traveller bears it, in any script.")],
    listed: Annotated[str, typer.Argument(metavar="[NAME]", help="A listed name to compare it with.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print the words, symbols and keys of a name; of two, why they do or do not meet. Status 1 when they do not."""
    from mithaq.screening.meeting import meet, spelling

    if not listed:
        found = spelling(name)
        _echo(_json(asdict(found)) if as_json else _spelling(found))
        return
    met = meet(name, listed)
    _echo(_json(asdict(met)) if as_json else _meeting(met))
    if met.score is None:
        raise typer.Exit(1)


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        typer.echo(line)


def _json(value: dict[str, Any]) -> Iterator[str]:
    yield json.dumps(value, ensure_ascii=False)


def _spelling(one: Spelling) -> Iterator[str]:
    yield f"{one.text or 'No name'}: {one.script}, read as {one.romanised or 'no word'}"
    for token in one.tokens:
        symbols, keys = "-".join(token.symbols), " ".join(token.keys)
        yield f"  {token.written}  ({token.form})  {symbols}  skeleton {token.skeleton or '-'}  keys {keys}"


def _meeting(met: Meeting) -> Iterator[str]:
    from mithaq.screening.explain import shown

    yield from _spelling(met.left)
    yield from _spelling(met.right)
    yield "Words compared:"
    for pair in met.pairs:
        yield f"  {pair.left.written} / {pair.right.written}: {_pair(pair)}"
    if met.score is None:
        shared = any(pair.bits is not None for pair in met.pairs)
        yield "They do not meet: what they share weighs too little." if shared else "They do not meet."
        return
    yield f"They meet: {met.score:+.2f} bits, the names alone and no list's rarity."
    for one, weight in zip(met.evidence, shown([one.weight for one in met.evidence]), strict=True):
        words = " / ".join(filter(None, (one.left, one.right)))
        yield f"  {weight:+.2f}  {one.why}{f'  {words}' if words else ''}"
        yield from _letters(one.left, one.right)


def _letters(left: str, right: str) -> Iterator[str]:
    """Two spellings letter by letter, each letter above its own; what differs is marked in a third line."""
    from mithaq.screening.letters import beside

    steps = beside(left, right)
    if any(one.how != "same" for one in steps):
        for row in ([one.left for one in steps], [one.right for one in steps], [_MARKS[one.how] for one in steps]):
            # Each letter apart, so that a terminal joins none and turns none round.
            yield "         " + " ".join(f"{cell or '.'}".ljust(3) for cell in row).rstrip()


def _pair(pair: Pair) -> str:
    shared = f"keys {' '.join(pair.shared)}; " if pair.shared else ""
    return (
        f"{shared}{pair.bits:+.2f} bits, {pair.why}"
        if pair.bits is not None
        else f"{shared}{_PARTED[pair.stop or 'cost']}"
    )
