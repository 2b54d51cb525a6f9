"""The act `import-list`: a list's bytes become a version that waits, with what it changes. Pure but for `load`.

Rule: an import changes nobody who is looked for; a version that seems older than the live one says so until somebody
confirms it. Nothing of a list leaves the node. Design: issue 3, "Lists as subjects"; architecture, "The road".
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Act, Actor, Bulk, Clearing, Context, Effects, Row, Terms
from mithaq.node.lists import facts, reading, rules
from mithaq.node.lists.facts import VersionFacts
from mithaq.node.lists.requests import ImportList
from mithaq.node.start import Node
from mithaq.seal import canonical

LINE = "domestic"
VERSION, ENTRY, CHANGE = "lists.ListVersion", "lists.ListEntry", "lists.ListChange"
WHO = frozenset({"case-officer", "supervisor"})


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """The list as read, the live version that it is compared with, the one that waits and is replaced, and in what the
    list seems older than the live one."""

    domestic: str
    read: reading.Reading
    changes: tuple[rules.Change, ...]
    digest: str
    live: VersionFacts | None
    waiting: VersionFacts | None
    older: str


def digest_of(data: bytes, *beside: bytes) -> str:
    """The digest of a list's bytes; of all its files where there are several."""
    return canonical.digest(data + b"".join(canonical.digest(one).encode() for one in beside if one))


def load_import(request: ImportList, _actor: Actor) -> ImportFacts:
    """Reads the file's bytes into entries, and compares them with those that are live."""
    data, more = reading.unpacked(request.data), reading.unpacked(request.more)
    read = reading.read(request.list, data, more, request.mapping, today=Node.clock.now().date())
    digest = digest_of(data, more)
    live, waiting = (facts.in_state(request.list, state) for state in ("live", "pending"))
    before = facts.entries(live.id) if live else {}
    return ImportFacts(
        instruments.domestic_plan().id,
        read,
        rules.changes(before, read.entries),
        digest,
        live,
        waiting,
        _older(request.list, live, read, digest),
    )


def _older(name: str, live: VersionFacts | None, read: reading.Reading, digest: str) -> str:
    if live is None or live.digest == digest:
        return ""
    return rules.older(live.generated, read.generated, facts.was_here(name, digest))


def import_list(request: ImportList, found: ImportFacts, context: Context) -> Effects:
    """A version that waits to be confirmed, instead of the one that waited; no version when nothing is new."""
    live, replaced = found.live, _replaced(found.waiting)
    leaf = {"record": f"list/{request.list}", "digest": found.digest}
    if live and live.digest == found.digest and not found.changes:
        answer = _answer(live.id, "unchanged", found)
        return replace(replaced, answer=answer, leaf={**leaf, "state": "unchanged"})
    key = str(context.new_id())
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
        "older": found.older,
        **_counts(found),
    }
    return replace(
        replaced,
        rows=(Row(VERSION, key, 0, fields),),
        bulk=(_entries(key, found.read), _changes(key, found.changes)),
        answer=_answer(key, "pending", found),
        leaf={**leaf, "state": "pending"},
    )


def _replaced(waiting: VersionFacts | None) -> Effects:
    """The version that waited is gone, with all that belongs to it."""
    if waiting is None:
        return Effects()
    return Effects(erase=((VERSION, waiting.id),), clear=(cleared(ENTRY, waiting), cleared(CHANGE, waiting)))


def cleared(model: str, version: VersionFacts) -> Clearing:
    """What a model holds of a version is erased."""
    return Clearing(model, "of", version.id)


def _counts(found: ImportFacts) -> dict[str, int]:
    kinds = Counter(change.kind for change in found.changes)
    read = found.read
    return {
        "elements": read.elements,
        "used": len(read.entries),
        "reported": read.reported,
        **{kind: kinds[kind] for kind in ("added", "changed", "removed")},
    }


def _answer(key: str, state: str, found: ImportFacts) -> dict[str, Any]:
    return {"version": key, "state": state, **_counts(found)}


def _entries(key: str, read: reading.Reading) -> Bulk:
    rows = ((key, one.reference, _text(one.person), _text(one.more)) for one in read.entries)
    return Bulk(ENTRY, ("of", "reference", "person", "more"), tuple(rows))


def _changes(key: str, changes: tuple[rules.Change, ...]) -> Bulk:
    rows = ((key, one.kind, one.reference, json.dumps(one.fields)) for one in changes)
    return Bulk(CHANGE, ("of", "kind", "reference", "fields"), tuple(rows))


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def domestic_terms(domestic: str) -> Terms:
    """The terms of every act of lists: work of the authority's own, with what a list says of persons."""
    return Terms(domestic, LINE, frozenset({"sanction-list"}), "domestic", "en")


IMPORT = Act(
    "import-list", 1, _("Import a list"), ImportList, WHO, lambda _request, found: domestic_terms(found.domestic),
    load_import, import_list, takes_file=True,
    says=(
        "Import a list, packed or not: the UN's, OFAC's (both its files), the EU's, or the authority's own, which is "
        "JSON Lines or a table (CSV) with its mapping. It is compared with what is live and waits; nothing takes "
        "effect. It replaces the version that waited. Elements of the source equal those used plus those reported; a "
        "version that seems older than the live one says so. A file that is refused whole is a dead letter; a mended "
        "one brought to the letter is imported in its place and closes it."
    ),
    command="lists import", page="/lists",
)  # fmt: skip
