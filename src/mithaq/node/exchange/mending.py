"""Brings a mended file in the place of a refused one: the same act once more, with the same post or list.

Rules: who may act on the letter and may do the act, and nobody else; the letter is closed in the act's transaction, so
that of two who mend it one does nothing; a file that is refused again leaves the letter open. Design: issue 3, "a bad
message can be seen, mended, sent again"; subjects, safeguard 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from mithaq.errors import StateError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.exchange import letters, rules
from mithaq.node.exchange.files import FileFacts
from mithaq.node.exchange.letters import Letter

# The files that a request may have beside `data`: a list's aliases, and what the columns of a table mean.
BESIDE = ("more", "mapping")


def mend(key: str, name: str, data: bytes, beside: Mapping[str, bytes], actor: Actor) -> Letter:
    """Perform the act that refused the file of a letter with these bytes; returns the letter, closed.

    `beside` holds the other files by their names in the request.

    Raises InputError `letter.unknown` and what the act says of the file, RefusedError and StateError of the letter's
    rules, of the act and of the plan; StateError `letter.asked` for a letter that does not say what was asked.
    """
    letter = letters.letter(key, actor)
    rules.check_act(letter, actor)
    rules.check_kind(letter, "file")
    assert letter.file is not None
    perform(letter.act, _request(letter.file, name, data, beside), actor, mends=letter.id)
    return letters.letter(key)


def can_mend(file: FileFacts) -> bool:
    """Whether the letter of a file says enough to bring a mended one."""
    return {one.name for one in _plain(file)} == set(file.asked)


def takes_beside(file: FileFacts) -> bool:
    """Whether the act takes other files with the first, such as a list's aliases."""
    return bool(_beside(file))


def _beside(file: FileFacts) -> set[str]:
    return {one.name for one in fields(REGISTRY.act(file.act).request)} & set(BESIDE)


def _plain(file: FileFacts) -> list[Any]:
    return [one for one in fields(REGISTRY.act(file.act).request) if one.name not in {"name", "data", *BESIDE}]


def _request(file: FileFacts, name: str, data: bytes, beside: Mapping[str, bytes]) -> Any:
    if not can_mend(file):
        raise StateError(
            "letter.asked",
            "This letter does not say with what the file was brought.",
            remedy="Bring the mended file where you brought it before, then close the letter.",
        )
    others = {one: beside.get(one, b"") for one in _beside(file)}
    return REGISTRY.act(file.act).request(**file.asked, name=name, data=data, **others)
