"""A page of each act and their index, made of the definitions: `python -m mithaq.node.acts.document` writes them.

Rule: docs/acts.md and docs/acts/ are what this makes; tests/docs/test_acts.py compares them file by file.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mithaq.node.acts.definition import Act

_INDEX = """# Acts

Everything that is done with data is an act: a word and a version (`publish-notice@1`), the same in plan, page, command
line, envelope and ledger. `plan.decide` permits it under a clause or refuses it with a ground ([errors](errors.md)).
*Local* acts run under the authority's domestic instrument; *exchanged* ones under a line of the joint plan, and the
partner decides again. The pages are made of the definitions: `.venv/bin/python -m mithaq.node.acts.document` writes
them anew.

| Act | What it is | Who | Under |
| --- | --- | --- | --- |
"""


def pages(acts: Mapping[str, Act]) -> dict[str, str]:
    """Text of each document by its path under docs."""
    made = {f"acts/{name}.md": _page(act) for name, act in sorted(acts.items())}
    return {"acts.md": _INDEX + "".join(map(_row, (acts[name] for name in sorted(acts)))), **made}


def _row(act: Act) -> str:
    under = "a line" if act.exchanged else "domestic"
    return f"| [`{act.name}`](acts/{act.name}.md) | {act.title} | {_who(act)} | {under} |\n"


def _page(act: Act) -> str:
    return "\n\n".join((f"# {act.name}", f"*{act.title}*", act.says, "\n".join(_facts(act)), *_tables(act))) + "\n"


def _facts(act: Act) -> Iterator[str]:
    yield f"- Who: {_who(act)}"
    yield f"- Under: {'a line of the joint plan' if act.exchanged else 'the domestic instrument'}"
    if act.exchanged:
        yield "- At the partner: its own node decides on the act again, and answers R2 or RX"
    if act.states_urgency:
        yield "- Urgency: stated by the body, and the envelope must say the same"
    if act.takes_file:
        yield "- File: what is refused whole is a dead letter of the unit that brought it"
    if act.leads_to is not None:
        yield "- Leads to another act: the plan that judges that one is asked before anything is written"
    yield f"- Command: `mithaq {act.command}`"
    yield f"- Page: `{act.page}`"


def _who(act: Act) -> str:
    return ", ".join(sorted(act.roles)) or "the software itself"


def _tables(act: Act) -> Iterator[str]:
    yield f"## Request\n\n{_table(act.request)}"
    if act.body_type is not None:
        yield f"## What leaves the node\n\n{_table(act.body_type)}"
    elif not act.exchanged:
        yield "## What leaves the node\n\nNothing by itself."
    asked = (act.request, act.body_type)
    for kind in dict.fromkeys(part for one in asked if one for part in _parts(one)):
        yield f"## {kind.__name__}\n\n{_first(kind)}\n\n{_table(kind)}"


def _first(kind: type[Any]) -> str:
    """What a type says of itself, up to its first blank line."""
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _table(kind: type[Any]) -> str:
    fields = dataclasses.fields(kind)
    if not fields:
        return "No fields."
    hints = get_type_hints(kind)
    rows = "".join(f"| `{one.name}` | {_type(hints[one.name])} | {_default(one)} |\n" for one in fields)
    return f"| Field | Type | When it is left out |\n| --- | --- | --- |\n{rows}".rstrip()


def _default(one: dataclasses.Field[Any]) -> str:
    if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING:
        return "refused"
    value = one.default if one.default_factory is dataclasses.MISSING else one.default_factory()
    return "empty" if value in ("", (), None, frozenset()) else f"`{value}`"


def _type(hint: Any) -> str:
    kind, inner = get_origin(hint), get_args(hint)
    if kind is Literal:
        return ", ".join(f"`{one}`" if one else "empty" for one in inner)
    if kind in (Union, types.UnionType):
        return " or ".join("nothing" if one is type(None) else _type(one) for one in inner)
    if kind in (tuple, frozenset, list):
        return f"list of: {_type(inner[0])}"
    if dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "text", int: "number", bool: "yes or no", bytes: "bytes"}.get(
        hint, getattr(hint, "__name__", str(hint))
    )


def _parts(kind: type[Any]) -> Iterator[type[Any]]:
    """The types that the fields of a type are made of, each before its own parts."""
    for hint in get_type_hints(kind).values():
        for one in _within(hint):
            yield one
            yield from _parts(one)


def _within(hint: Any) -> Iterator[type[Any]]:
    if dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)
        yield hint
    for inner in get_args(hint) if get_origin(hint) is not Literal else ():
        yield from _within(inner)


def main() -> None:
    """Write the documents under docs, and take away what no act stands behind."""
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "mithaq.node.settings_check"
    import django

    django.setup()
    from mithaq.node.acts.registry import REGISTRY

    docs = Path("docs")
    made = pages(REGISTRY.acts)
    (docs / "acts").mkdir(exist_ok=True)
    for stale in {one.relative_to(docs).as_posix() for one in docs.glob("acts/*.md")} - set(made):
        (docs / stale).unlink()
    for name, text in made.items():
        (docs / name).write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
