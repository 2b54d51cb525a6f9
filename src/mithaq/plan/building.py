"""From the tables of a document to a `Plan`: the one place that knows the keys of a plan.

Rule: one reader serves TOML and canonical JSON, since both hold the same tables. What a table says alone is checked
here; what it says about others, in `references`. Design: architecture, "One idea".
"""

from __future__ import annotations

import re
from typing import Any

from mithaq.plan.clauses import HANDLING, PERMIT, PROHIBIT, URGENCIES, Clause, Quota
from mithaq.plan.parts import (
    DOMESTIC,
    FORMAT,
    JOINT,
    Authority,
    Forebear,
    Line,
    Party,
    Plan,
    ProgrammeItem,
    Purpose,
    Texts,
    Unit,
)
from mithaq.plan.problems import Problems
from mithaq.plan.reading import ACT, HIDDEN, MOST, Table

LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
SETTING = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
MANY_DAYS = 36_525  # a century; a longer retention is a mistake


def build(data: Any, problems: Problems) -> Plan:
    """The plan of parsed tables; problems are noted, and the plan is good only when there are none."""
    root = Table(data, (), problems)
    root.choice("format", (FORMAT,))
    languages = root.words("languages", LANGUAGE)
    kind = root.choice("kind", (JOINT, DOMESTIC))
    plan = Plan(
        id=root.id(),
        kind=kind,
        languages=languages,
        title=_texts(root, "title", languages),
        starts=root.moment("starts"),
        ends=root.moment("ends"),
        parties=tuple(_party(table, languages) for table in root.tables("parties")),
        authorities=tuple(_authority(table, languages) for table in root.tables("authorities")),
        units=tuple(_unit(table, languages) for table in root.tables("units")),
        purposes=tuple(_purpose(table, languages) for table in root.tables("purposes")),
        lines=tuple(_line(table, languages, kind) for table in root.tables("lines")),
        lineage=tuple(_forebear(table, languages) for table in root.tables("lineage", needed=False)),
    )
    root.done()
    return plan


def _texts(table: Table, key: str, languages: tuple[str, ...]) -> Texts:
    """A text in each of the plan's languages, and in no other."""
    found = table.table(key)
    if found is None:
        return {}
    texts = {language: found.text(language, None, "the text in this language") for language in languages}
    found.done()
    return texts


def _party(table: Table, languages: tuple[str, ...]) -> Party:
    party = Party(table.id(), _texts(table, "name", languages), table.text("root", None, "the party's root key"))
    table.done()
    return party


def _authority(table: Table, languages: tuple[str, ...]) -> Authority:
    authority = Authority(table.id(), table.id("party"), _texts(table, "name", languages))
    table.done()
    return authority


def _unit(table: Table, languages: tuple[str, ...]) -> Unit:
    unit = Unit(table.id(), table.id("authority"), _texts(table, "name", languages))
    table.done()
    return unit


def _purpose(table: Table, languages: tuple[str, ...]) -> Purpose:
    purpose = Purpose(table.id(), _texts(table, "name", languages))
    table.done()
    return purpose


def _forebear(table: Table, languages: tuple[str, ...]) -> Forebear:
    forebear = Forebear(_texts(table, "title", languages), table.moment("signed"))
    table.done()
    return forebear


def _line(table: Table, languages: tuple[str, ...], kind: str) -> Line:
    line = Line(
        id=table.id(),
        title=_texts(table, "title", languages),
        purpose=_texts(table, "purpose", languages),
        clauses=tuple(_clause(found, kind) for found in table.tables("clauses")),
        programme=tuple(_item(found, languages) for found in table.tables("programme", needed=False)),
    )
    table.done()
    return line


def _item(table: Table, languages: tuple[str, ...]) -> ProgrammeItem:
    item = ProgrammeItem(
        id=table.id(),
        title=_texts(table, "title", languages),
        leader=table.id("leader"),
        co_leader=table.id("co_leader"),
        due=table.moment("due"),
    )
    table.done()
    return item


def _clause(table: Table, kind: str) -> Clause:
    """A permit says every dimension; a prohibition says acts, and what else it narrows."""
    effect = table.choice("effect", (PERMIT, PROHIBIT))
    permit = effect != PROHIBIT
    clause = Clause(
        id=table.id(),
        effect=effect,
        acts=table.words("acts", ACT),
        senders=table.words("senders", needed=permit),
        recipients=table.words("recipients", needed=permit),
        categories=table.words("categories", needed=permit),
        handling=table.choice("handling", HANDLING, needed=permit),
        purposes=table.words("purposes", needed=permit),
        languages=table.words("languages", needed=permit),
        deadlines=_deadlines(table, needed=permit),
        quota=_quota(table) if permit else None,
        retention_days=_retention(table, needed=kind == JOINT) if permit else None,
        settings=_settings(table) if permit else {},
    )
    table.done()
    return clause


def _deadlines(table: Table, *, needed: bool) -> dict[str, int]:
    found = table.table("deadlines", needed=needed)
    if found is None:
        return {}
    if not found.data:
        found.wrong("", f"is empty: give a duration for one or more of {', '.join(URGENCIES)}")
    hours = {urgency: found.duration(urgency) for urgency in URGENCIES if urgency in found.data}
    found.done()
    return hours


def _quota(table: Table) -> Quota | None:
    found = table.table("quota", needed=False)
    if found is None:
        return None
    quota = Quota(found.number("count") or 0, found.duration("window"))
    found.done()
    return quota


def _retention(table: Table, *, needed: bool) -> int | None:
    days = table.number("retention_days", needed=needed)
    if days is not None and days > MANY_DAYS:
        table.wrong("retention_days", f"is longer than {MANY_DAYS} days")
    return days


def _settings(table: Table) -> dict[str, int | str]:
    found = table.table("settings", needed=False)
    if found is None:
        return {}
    for key, value in found.data.items():
        if not SETTING.match(key):
            found.wrong(key, "is not the name of a setting: small letters, digits and _")
        elif type(value) is int and not 0 <= value <= MOST:
            found.wrong(key, f"must be a whole number from 0 to {MOST}")
        elif type(value) is str and (HIDDEN.search(value) or not value.strip()):
            found.wrong(key, "is empty or holds signs that cannot be seen")
        elif type(value) not in (int, str):
            found.wrong(key, "must be a whole number or a text")
    return {key: value for key, value in found.data.items() if type(value) in (int, str)}
