"""Need to know by line: a person who works on some lines of a plan reads and does nothing on the others.

Rule: one predicate for pages, API, command line and acts (`Actor.knows`). Design: subjects, safeguard 1.
"""

from __future__ import annotations

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor


def check_line(who: Actor, line: str) -> None:
    """RefusedError `read.line` when the person does not work on the line."""
    if not who.knows(line):
        raise RefusedError(
            "read.line",
            "This belongs to the line {line}, on which you do not work.",
            remedy="Ask a colleague of that line.",
            line=line,
        )
