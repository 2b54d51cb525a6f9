"""Reading personal data on the command line: who may, and the row in the access log that goes before it.

Rule: nothing of a person is printed before the access log says who read it; who may read is what the pages say.
Design: subjects, safeguards 7 and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor

if TYPE_CHECKING:
    from mithaq.node.acts import access

T = TypeVar("T")


def log_reading(
    actor: Actor, what: str, command: str, record: str = "", why: str = "", also: Iterable[str] = ()
) -> None:
    """Log that `actor` reads `what` by a command. RefusedError `read.role`, logged too, for a role without content."""
    from mithaq.node.console import people

    people.read(actor, what, record, _by(command), also, why)


def read_of(actor: Actor, what: str, command: str, record: str, load: Callable[[], T], why: str = "") -> T:
    """A record that `actor` may know of, after its row; what he may not, is logged and not there."""
    from mithaq.node.console import people

    return people.read_of(actor, what, record, load, _by(command), why)


@contextmanager
def looked(actor: Actor, what: str, command: str, why: str, roles: frozenset[str]) -> Iterator[access.Reading]:
    """A command's reading of what it finds within: the row is written last, whatever happened, with the records that
    were shown (`also`). RefusedError `read.role`, logged too, for who has none of `roles`."""
    from mithaq.node.console import people

    with people.tried(actor, what, reason=_by(command)):
        if not actor.roles & roles:
            raise RefusedError("read.role", "Your role does not read content.", remedy="Ask an officer of the post.")
    with people.looked(actor, what, reason=_by(command), why=why) as row:
        yield row


def _by(command: str) -> str:
    return f"command line: mithaq {command}"
