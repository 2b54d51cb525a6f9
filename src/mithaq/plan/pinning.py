"""Root keys into a draft: the one change to a plan's text that software makes.

Rule: nothing but the value of `root` of the named parties changes, so that signers compare the text that they drafted.
Design: exchange, "Keys" (the plan pins each party's root).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mithaq.errors import InputError
from mithaq.plan.document import read_plan
from mithaq.plan.locate import line_of, locate
from mithaq.seal.keys import VerifyKey

_ROOT = re.compile(r'(\s*root\s*=\s*)"[^"\n]*"(.*)', re.DOTALL)


def pin_roots(text: str, name: str, roots: Mapping[str, VerifyKey]) -> str:
    """The TOML text with the parties' root keys in it.

    Raises InputError: the text is not a plan, or has no such party, or a root does not stand on a line of its own.
    """
    plan = read_plan(text, name, draft=True)
    places, lines = locate(text), text.splitlines(keepends=True)
    unknown = set(roots) - {party.id for party in plan.parties}
    if unknown:
        raise InputError("plan.party", f"The plan {plan.id} has no party {', '.join(sorted(unknown))}.", where=name)
    for index, party in enumerate(plan.parties):
        if party.id not in roots:
            continue
        number = line_of(places, ("parties", index, "root"))
        found = _ROOT.fullmatch(lines[number - 1])
        if found is None:
            raise InputError(
                "plan.pin", 'A root key must stand on a line of its own: root = "...".', where=f"{name}:{number}"
            )
        lines[number - 1] = f'{found[1]}"{roots[party.id].text}"{found[2]}'
    return "".join(lines)
