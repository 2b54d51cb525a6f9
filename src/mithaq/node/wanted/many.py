"""Many notices at once, for pages and the command line: what would become of each, and what is planned of them.

Rule: each is an act of its own, for the version that was shown; what leaves for the partner cannot be called back, so
that it waits half a minute and can be undone until then (`console/planned.py`). Design: issue 4, part 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mithaq.errors import MithaqError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import rehearse
from mithaq.node.console import planned
from mithaq.node.start import Node
from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.requests import ApproveNotice, PublishNotice

# What can be done to many notices at once: the state it starts from, its act and its request.
BULK: dict[str, tuple[str, str, type[ApproveNotice] | type[PublishNotice]]] = {
    "approve": ("draft", "approve-notice@1", ApproveNotice),
    "publish": ("approved", "publish-notice@1", PublishNotice),
}


def foreseen(verb: str, chosen: Iterable[NoticeFacts], who: Actor) -> list[tuple[NoticeFacts, MithaqError | None]]:
    """Each chosen notice with what keeps it from being moved now, or None."""
    _start, act, kind = BULK[verb]
    found: list[tuple[NoticeFacts, MithaqError | None]] = []
    for one in chosen:
        try:
            rehearse(act, kind(one.id, one.version), who)
            found.append((one, None))
        except MithaqError as error:
            found.append((one, error))
    return found


def publish_later(chosen: Iterable[NoticeFacts], versions: Mapping[str, int], who: Actor) -> str:
    """Plan the publication of notices at the versions that were shown; the id of the batch, empty for none."""
    act, kind = BULK["publish"][1:]
    items = [
        planned.Item(
            kind(one.id, versions.get(one.id, one.version)),
            f"notice/{one.id}", one.reference, f"/notices/{one.id}", one.line,
        )
        for one in chosen
    ]  # fmt: skip
    return planned.plan(act, items, who, Node.clock.now()) if items else ""
