"""A file that an act refused whole is kept for the unit that brought it, so that it can be looked at and mended.

Rules: only where a clause of the domestic instrument lets that unit do that act, and for as long as the clause says;
nothing of the file goes into a leaf but its digest, and nothing into diagnostics. Design: subjects, safeguard 6.
"""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import datetime
from typing import Any

from mithaq.errors import InputError, StateError
from mithaq.node.acts import instruments, local, store
from mithaq.node.acts.definition import Act, Actor, Effects
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.registry import REGISTRY, MendedUpload, RefusedUpload
from mithaq.node.start import Node
from mithaq.seal import canonical

LINE = "domestic"
# Codes of posts and names of lists are short; what is longer was no such thing.
LONGEST = 64


def keep_refused(act: Act, request: Any, actor: Actor, error: InputError, mends: str = "") -> None:
    """Keep the file of a request that `error` refused, with a leaf; not where no clause lets the unit do the act."""
    plan = instruments.domestic_plan()
    if REGISTRY.refused is None or not instruments.lets(plan, LINE, act.name, actor.unit):
        return
    kept, now = instruments.settings(plan, LINE, act.word), Node.clock.now()
    upload = RefusedUpload(
        act=act.name,
        unit=actor.unit,
        by=actor.name,
        name=request.name,
        data=request.data,
        code=error.code,
        sentence=error.sentence,
        where=error.where,
        params=error.params,
        bytes_hours=kept["refused_bytes_hours"],
        days=kept["refused_file_days"],
        asked=asked_of(request),
        mends=mends,
    )
    # The person is told of the file's error, whatever happens here: two who bring the same file at once count it once.
    with contextlib.suppress(StateError):
        local.apply("refused-file", REGISTRY.refused(upload, now), now)


def asked_of(request: Any) -> dict[str, str]:
    """What a request says beside the name and the bytes of its files (a post, a list), so that it can be made again;
    nothing when that is longer than any of them can be."""
    said = {one.name: getattr(request, one.name) for one in dataclasses.fields(request) if one.name != "name"}
    asked = {name: value for name, value in said.items() if not isinstance(value, bytes)}
    return asked if all(len(value) <= LONGEST for value in asked.values()) else {}


def link_mended(act: Act, request: Any, actor: Actor, done: Effects, now: datetime, mends: str = "") -> dict[str, str]:
    """Link files of this name that the act refused before to the record that this one wrote, and close the one that it
    mends. In its transaction; returns what the act's leaf says of it."""
    made = next(((row.model, row.id) for row in done.rows), None)
    if REGISTRY.mended is None or (made is None and not mends):
        return {}
    digest = canonical.digest(request.data)
    upload = MendedUpload(act.name, actor.unit, actor.name, request.name, digest, made, mends)
    effects = REGISTRY.mended(upload, now)
    store.apply(effects, now, lambda: uuid7(now))
    return dict(effects.leaf)
