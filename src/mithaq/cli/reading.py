"""Reading personal data on the command line: who may, and the row in the access log that goes before it.

Rule: nothing of a person is printed before the access log says who read it; who may read is what the pages say.
Design: subjects, safeguards 7 and 8.
"""

from __future__ import annotations

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor


def log_reading(actor: Actor, what: str, command: str, record: str = "") -> None:
    """Log that `actor` reads `what` by a command. RefusedError `read.role`, logged too, for a role without content."""
    from mithaq.node.acts import access
    from mithaq.node.console.people import READERS
    from mithaq.node.start import Node

    allowed = bool(actor.roles & READERS)
    logged = what if allowed else f"refused:{what}"
    access.log(actor, logged, Node.clock.now(), record, f"command line: mithaq {command}")
    if not allowed:
        raise RefusedError(
            "read.role", "Your role does not read content.", remedy="Ask a colleague of the unit concerned."
        )
