"""The second person's decision at a door: a one-time code for who chooses a password, and a row for who may not decide.

Rule: the code is shown to the second person once, who hands it over; the node keeps its digest. Who tries to decide on
what is his own leaves a row that oversight reads (safeguard 8).
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from mithaq.errors import RefusedError
from mithaq.node.accounts import entries, people_facts
from mithaq.node.accounts.people_facts import ProposalFacts
from mithaq.node.accounts.requests import ConfirmChange, DeactivatePerson, RefuseChange
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.start import Node

CONFIRM, REFUSE = "confirm-change@1", "refuse-change@1"


def digest(code: str) -> str:
    """The digest of a one-time code, however it was written down."""
    return hashlib.sha256(code.strip().replace(" ", "").replace("-", "").upper().encode()).hexdigest()


def confirm(found: ProposalFacts, version: int, who: Actor) -> str:
    """Confirm; the one-time code of who is to choose a password, or nothing."""
    code = "-".join(secrets.token_hex(2).upper() for _ in range(5)) if found.kind in people_facts.CODED else ""
    ends = None if found.kind == "invite-person@1" else entries.ending(who, found.person, found.kind)
    _perform(CONFIRM, ConfirmChange(found.id, version, digest(code) if code else ""), found.id, who, ends)
    return code


def refuse(found: ProposalFacts, version: int, reason: str, who: Actor) -> None:
    """Refuse, for a reason."""
    _perform(REFUSE, RefuseChange(found.id, version, reason), found.id, who)


def shut_out(act: str, request: DeactivatePerson, who: Actor) -> None:
    """Do an act that shuts a person out, with the row that says whose sessions it ended."""
    _perform(act, request, request.person, who, entries.ending(who, request.person, act))


def _perform(act: str, request: Any, record: str, who: Actor, ends: access.Reading | None = None) -> None:
    try:
        perform(act, request, who, reading=ends)
    except RefusedError:
        access.log(who, f"refused:accounts.{act.partition('@')[0]}", Node.clock.now(), record)
        raise
