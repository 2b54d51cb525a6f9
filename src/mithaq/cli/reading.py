"""Reading personal data on the command line: who may, and the row in the access log that goes before it.

Rule: nothing of a person is printed before the access log says who read it. Design: subjects, safeguards 7 and 8.
"""

from __future__ import annotations

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor


def log_reading(actor: Actor, what: str, command: str, record: str = "") -> None:
    """Log that `actor` reads `what` by a command. RefusedError `role.content` for who only sets the node up."""
    from mithaq.node.acts import access
    from mithaq.node.start import Node

    if not actor.roles - {"administrator"}:
        raise RefusedError(
            "role.content", "The role of administrator reads no content.", remedy="Ask a colleague of the unit."
        )
    access.log(actor, what, Node.clock.now(), record, f"command line: mithaq {command}")
