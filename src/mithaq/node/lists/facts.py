"""Reads of this subject; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mithaq.errors import InputError
from mithaq.node.acts import wire
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.nouns import Person
from mithaq.node.acts.registry import Target
from mithaq.node.lists.models import ListChange, ListEntry, ListRefresh, ListVersion

LISTS = ("UN", "OFAC", "EU", "OWN")


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version of a list with its row version; `base` is the version that it was compared with, or nothing."""

    id: str
    version: int
    list: str
    state: str
    file: str
    digest: str
    generated: str
    at: datetime
    imported_by: str
    elements: int
    used: int
    reported: int
    reports: tuple[dict[str, Any], ...]
    base: str
    before: int
    added: int
    changed: int
    removed: int
    older: str
    confirmed: datetime | None
    confirmed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry of a version that is added, changed or removed: who it was, who it is, in which fields it differs."""

    reference: str
    kind: str
    before: Person | None
    after: Person | None
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    @property
    def shown(self) -> Person | None:
        """Who it is now, or was; None when neither is kept any more."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class RefreshFacts:
    """How the scheduled refresh of a list stands, with its row version."""

    list: str
    version: int
    tried: datetime | None
    worked: datetime | None
    due: datetime
    asked: datetime | None
    digest: str
    failures: int
    code: str
    detail: str
    params: Mapping[str, Any]

    @property
    def said(self) -> Mapping[str, Any]:
        """What went wrong, as a page says it."""
        return {"detail": self.detail, "params": self.params}


def version(key: str) -> VersionFacts:
    """One version by id. InputError `list.unknown`."""
    row = ListVersion.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("list.unknown", "There is no such version of a list here.", remedy="Look at the lists.")
    return _facts(row)


def targets(keys: Collection[str]) -> dict[str, Target]:
    """Versions as another subject's page names them, by their lists."""
    rows = ListVersion.objects.filter(pk__in=[key for key in keys if is_uuid(key)]).values_list("id", "list")
    return {str(key): Target(name, f"/lists/{key}") for key, name in rows}


def standing() -> Mapping[tuple[str, str], VersionFacts]:
    """The versions that are live or wait, by list and state, read together."""
    rows = ListVersion.objects.filter(state__in=("live", "pending"))
    return {(row.list, row.state): _facts(row) for row in rows}


def in_state(name: str, state: str) -> VersionFacts | None:
    """The one version of a list that is `live` or `pending`."""
    row = ListVersion.objects.filter(list=name, state=state).first()
    return _facts(row) if row else None


def pending() -> tuple[VersionFacts, ...]:
    """Every version that waits for somebody, oldest first."""
    return tuple(map(_facts, ListVersion.objects.filter(state="pending").order_by("at", "id")))


def versions(name: str, most: int = 10) -> tuple[VersionFacts, ...]:
    """The latest versions of a list."""
    return tuple(map(_facts, ListVersion.objects.filter(list=name).order_by("-at", "-id")[:most]))


def versions_page(name: str, before: UUID | None, limit: int) -> tuple[VersionFacts, ...]:
    """The versions of a list made before one of them (by its id), latest first."""
    rows = ListVersion.objects.filter(list=name).order_by("-id")
    return tuple(map(_facts, (rows if before is None else rows.filter(id__lt=before))[:limit]))


def entries(key: str) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The entries of a version by reference: the person and what is said beside."""
    if not key:
        return {}
    rows = ListEntry.objects.filter(of=key).order_by("id").values_list("reference", "person", "more")
    return {reference: (person, more) for reference, person, more in rows}


def was_here(name: str, digest: str) -> bool:
    """Whether a version of a list was read from these bytes, and replaced or discarded."""
    return ListVersion.objects.filter(list=name, digest=digest, state__in=("replaced", "discarded")).exists()


def differences(found: VersionFacts, kind: str, offset: int, limit: int) -> tuple[Difference, ...]:
    """A page of what a version changes. Persons are shown while the entries that they stand in are kept."""
    rows = list(ListChange.objects.filter(of=found.id, kind=kind).order_by("id")[offset : offset + limit])
    wanted = [row.reference for row in rows]
    before, after = _some(found.base, wanted), _some(found.id, wanted)
    return tuple(_difference(row, before.get(row.reference), after.get(row.reference)) for row in rows)


def _some(key: str, wanted: list[str]) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    if not key:
        return {}
    rows = ListEntry.objects.filter(of=key, reference__in=wanted).values_list("reference", "person", "more")
    return {reference: (person, more) for reference, person, more in rows}


def _difference(
    row: ListChange,
    before: tuple[dict[str, Any], dict[str, Any]] | None,
    after: tuple[dict[str, Any], dict[str, Any]] | None,
) -> Difference:
    fields = tuple((name, _values(before, name), _values(after, name)) for name in row.fields)
    return Difference(row.reference, row.kind, _person(before), _person(after), fields)


def _person(stored: tuple[dict[str, Any], dict[str, Any]] | None) -> Person | None:
    return wire.decode(Person, stored[0]) if stored else None


def _values(stored: tuple[dict[str, Any], dict[str, Any]] | None, name: str) -> tuple[str, ...]:
    """The values of one field as texts."""
    if stored is None:
        return ()
    value = {**stored[0], **stored[1]}.get(name, ())
    several = value if isinstance(value, list) else [value] if value else []
    return tuple(" ".join(filter(None, one.values())) if isinstance(one, dict) else str(one) for one in several)


def refreshes() -> Mapping[str, RefreshFacts]:
    """How each scheduled refresh stands, by list."""
    names = ("list", "version", "tried", "worked", "due", "asked", "digest", "failures", "code", "detail", "params")
    rows = ListRefresh.objects.all()
    return {row.list: RefreshFacts(**{name: getattr(row, name) for name in names}) for row in rows}


def _facts(row: ListVersion) -> VersionFacts:
    names = (
        "version", "list", "state", "file", "digest", "generated", "at", "imported_by", "elements", "used", "reported",
        "before", "added", "changed", "removed", "older", "confirmed", "confirmed_by", "reason",
    )  # fmt: skip
    plain = {name: getattr(row, name) for name in names}
    base = str(row.base) if isinstance(row.base, UUID) else ""
    return VersionFacts(id=str(row.id), base=base, reports=tuple(row.reports), **plain)
