"""Brings a mended file in the place of a refused one: the same act once more, with the same post or list.

Rules: who may act on the letter and may do the act, and nobody else; the letter is closed in the act's transaction, so
that of two who mend it one does nothing; a file that is refused again leaves the letter open. Design: issue 3, "a bad
message can be seen, mended, sent again"; subjects, safeguard 6.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from mithaq.errors import StateError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.exchange import letters, rules
from mithaq.node.exchange.files import FileFacts
from mithaq.node.exchange.letters import Letter

# The one file that a request has beside `data`.
MORE = "more"


def mend(key: str, name: str, data: bytes, more: bytes, actor: Actor) -> Letter:
    """Perform the act that refused the file of a letter with these bytes; returns the letter, closed.

    Raises InputError `letter.unknown` and what the act says of the file, RefusedError and StateError of the letter's
    rules, of the act and of the plan; StateError `letter.asked` for a letter that does not say what was asked.
    """
    letter = letters.letter(key)
    rules.check_act(letter, actor)
    rules.check_kind(letter, "file")
    assert letter.file is not None
    perform(letter.act, _request(letter.file, name, data, more), actor, mends=letter.id)
    return letters.letter(key)


def can_mend(file: FileFacts) -> bool:
    """Whether the letter of a file says enough to bring a mended one."""
    return {one.name for one in _plain(file)} == set(file.asked)


def takes_more(file: FileFacts) -> bool:
    """Whether the act takes a second file, such as a list's aliases."""
    return MORE in {one.name for one in fields(REGISTRY.act(file.act).request)}


def _plain(file: FileFacts) -> list[Any]:
    return [one for one in fields(REGISTRY.act(file.act).request) if one.name not in {"name", "data", MORE}]


def _request(file: FileFacts, name: str, data: bytes, more: bytes) -> Any:
    if not can_mend(file):
        raise StateError(
            "letter.asked",
            "This letter does not say with what the file was brought.",
            remedy="Bring the mended file where you brought it before, then close the letter.",
        )
    beside = {MORE: more} if takes_more(file) else {}
    return REGISTRY.act(file.act).request(**file.asked, name=name, data=data, **beside)
