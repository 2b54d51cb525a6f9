"""The acts of lists: import one, let it take effect, discard it. Each function is pure.

Rule: an import changes nobody who is looked for: it makes a version that waits; `confirm-list` lets it take effect.
Nothing of a list leaves the node. Design: issue 3, "Lists as subjects"; architecture, "The road".
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments, second
from mithaq.node.acts.definition import Act, Actor, Bulk, Clearing, Context, Effects, Row, SubjectsChanged, Terms
from mithaq.node.lists import facts, reading, rules
from mithaq.node.lists.facts import VersionFacts
from mithaq.node.lists.requests import ConfirmList, DiscardList, ImportList
from mithaq.seal import canonical

VERSION, ENTRY, CHANGE = "lists.ListVersion", "lists.ListEntry", "lists.ListChange"
COUNTS = ("elements", "used", "reported", "added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """The list as read, the live version that it is compared with, and the one that waits and is replaced."""

    domestic: str
    read: reading.Reading
    changes: tuple[rules.Change, ...]
    digest: str
    live: VersionFacts | None
    waiting: VersionFacts | None


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """What moving a version needs: it, the live one, and the references that it adds, changes and removes."""

    domestic: str
    version: VersionFacts
    live: VersionFacts | None
    moved: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def digest_of(data: bytes, more: bytes = b"") -> str:
    """The digest of a list's bytes; of both files where there are two."""
    return canonical.digest(data + canonical.digest(more).encode() if more else data)


# import-list


def load_import(request: ImportList, _actor: Actor) -> ImportFacts:
    """Reads the file's bytes into entries, and compares them with those that are live."""
    read = reading.read(request.list, request.data, request.more)
    live, waiting = (facts.in_state(request.list, state) for state in ("live", "pending"))
    before = facts.entries(live.id) if live else {}
    return ImportFacts(
        instruments.domestic_plan().id,
        read,
        rules.changes(before, read.entries),
        digest_of(request.data, request.more),
        live,
        waiting,
    )


def import_list(request: ImportList, found: ImportFacts, context: Context) -> Effects:
    """A version that waits to be confirmed, instead of the one that waited; no version when nothing is new."""
    live, replaced = found.live, _replaced(found.waiting)
    leaf = {"record": f"list/{request.list}", "digest": found.digest}
    if live and live.digest == found.digest and not found.changes:
        answer = _answer(live.id, "unchanged", _counts(found))
        return replace(replaced, answer=answer, leaf={**leaf, "state": "unchanged"})
    key, counts = str(context.new_id()), _counts(found)
    fields = {
        "list": request.list,
        "state": "pending",
        "file": request.name.replace("\0", "")[:200],
        "digest": found.digest,
        "generated": found.read.generated[:40],
        "at": context.now,
        "imported_by": context.actor.name,
        "reports": list(found.read.reports),
        "base": live.id if live else None,
        "before": live.used if live else 0,
        **counts,
    }
    return replace(
        replaced,
        rows=(Row(VERSION, key, 0, fields),),
        bulk=(_entries(key, found.read), _changes(key, found.changes)),
        answer=_answer(key, "pending", counts),
        leaf={**leaf, "state": "pending"},
    )


def _replaced(waiting: VersionFacts | None) -> Effects:
    """The version that waited is gone, with all that belongs to it."""
    if waiting is None:
        return Effects()
    return Effects(erase=((VERSION, waiting.id),), clear=(*_cleared(ENTRY, waiting), *_cleared(CHANGE, waiting)))


def _counts(found: ImportFacts) -> dict[str, int]:
    kinds = Counter(change.kind for change in found.changes)
    read = found.read
    return {
        "elements": read.elements,
        "used": len(read.entries),
        "reported": read.reported,
        **{kind: kinds[kind] for kind in ("added", "changed", "removed")},
    }


def _answer(key: str, state: str, counts: dict[str, int]) -> dict[str, Any]:
    return {"version": key, "state": state, **counts}


def _entries(key: str, read: reading.Reading) -> Bulk:
    rows = ((key, one.reference, _text(one.person), _text(one.more)) for one in read.entries)
    return Bulk(ENTRY, ("of", "reference", "person", "more"), tuple(rows))


def _changes(key: str, changes: tuple[rules.Change, ...]) -> Bulk:
    rows = ((key, one.kind, one.reference, json.dumps(one.fields)) for one in changes)
    return Bulk(CHANGE, ("of", "kind", "reference", "fields"), tuple(rows))


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cleared(model: str, version: VersionFacts) -> tuple[Clearing, ...]:
    return (Clearing(model, "of", version.id),)


# confirm-list, discard-list


def load_move(request: ConfirmList | DiscardList, _actor: Actor) -> MoveFacts:
    """Reads the version and the live one of the same list."""
    found = facts.version(request.version)
    added, changed, removed = (facts.references(found.id, kind) for kind in ("added", "changed", "removed"))
    live = facts.in_state(found.list, "live")
    return MoveFacts(instruments.domestic_plan().id, found, live, (added, changed, removed))


def confirm(request: ConfirmList, found: MoveFacts, context: Context) -> Effects:
    """The version takes effect: from now on its entries are looked for, and those of the one before are gone."""
    version, live = found.version, found.live
    rules.check_pending(version.state)
    rules.check_base(version.base, live.id if live else "")
    rules.check_vanished(version.removed, version.before, version.imported_by, context.actor.name, request.reason)
    if rules.vanishes(version.removed, version.before):
        second.check_present(context.actor)
    taken = {
        "state": "live",
        "confirmed": context.now,
        "confirmed_by": context.actor.name,
        "reason": request.reason.strip(),
    }
    # The live one steps back first: of one list there are never two.
    before = (Row(VERSION, live.id, live.version, {"state": "replaced"}),) if live else ()
    return Effects(
        rows=(*before, Row(VERSION, version.id, version.version, taken)),
        clear=_cleared(ENTRY, live) if live else (),
        answer=_answer(version.id, "live", {name: getattr(version, name) for name in COUNTS}),
        leaf={"record": f"list/{version.list}", "digest": version.digest, "state": "live"},
        subjects=(_told(version, found.moved),),
    )


def _told(version: VersionFacts, moved: tuple[tuple[str, ...], ...]) -> SubjectsChanged:
    entered, changed, left = (tuple(f"list:{version.list}/{one}" for one in group) for group in moved)
    return SubjectsChanged("list", version.id, entered, changed, left)


def discard(_request: DiscardList, found: MoveFacts, _context: Context) -> Effects:
    """The version is dropped, and its entries with it."""
    version = found.version
    rules.check_pending(version.state)
    return Effects(
        rows=(Row(VERSION, version.id, version.version, {"state": "discarded"}),),
        clear=_cleared(ENTRY, version),
        answer=_answer(version.id, "discarded", {}),
        leaf={"record": f"list/{version.list}", "digest": version.digest, "state": "discarded"},
    )


def _terms(_request: Any, found: ImportFacts | MoveFacts) -> Terms:
    return Terms(found.domestic, "domestic", frozenset({"sanction-list"}), "domestic", "en")


_WHO = frozenset({"case-officer", "supervisor"})
IMPORT = Act("import-list", 1, _("Import a list"), ImportList, _WHO, _terms, load_import, import_list, takes_file=True)
CONFIRM = Act("confirm-list", 1, _("Confirm a list"), ConfirmList, _WHO, _terms, load_move, confirm)
DISCARD = Act("discard-list", 1, _("Discard a list"), DiscardList, _WHO, _terms, load_move, discard)
ACTS = (IMPORT, CONFIRM, DISCARD)
