"""What a verification found: each numbered check with its result, and the story of the message for people.

Rule: facts stand in a report only when every check held, so that nobody reads a story that nothing proves.
Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from mithaq.ledger.fields import time_text

CHECKS = {
    1: "the file reads",
    2: "all parties signed the plan",
    3: "the roots signed the key lists, in force at the time",
    4: "the sending node signed the envelope",
    5: "the envelope stands under this plan, line, act and clause",
    6: "the logs hold the message",
    7: "the receipts are for this message",
}


@dataclass(frozen=True, slots=True)
class Check:
    """The result of a numbered check. `code` and `detail` say why it failed."""

    number: int
    result: Literal["ok", "failed", "not reached"]
    code: str = ""
    detail: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """What this check is about."""
        return self.about or CHECKS[self.number]

    def plain(self) -> dict[str, Any]:
        """The check in JSON's own types."""
        return {
            "number": self.number,
            "result": self.result,
            "code": self.code,
            "detail": self.detail,
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaf that a node's log holds: kind and time as the leaf says, its index in a tree of `size` leaves."""

    node: str
    kind: str
    at: datetime
    index: int
    size: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt of the partner: kind R0, R1, R2, R3, R4 or RX; `unit` is empty when the node signed."""

    kind: str
    at: datetime
    node: str
    unit: str
    ground: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What was sent, when, by whom, to whom and under which clause: all of it signed."""

    message: str
    plan: str
    plan_digest: str
    title: Mapping[str, str]
    line: str
    act: str
    clauses: tuple[str, ...]
    sender: str
    recipient: str
    created: datetime
    expires: datetime
    sequence: int
    handling: str
    purposes: tuple[str, ...]
    retention_days: int
    categories: tuple[str, ...]
    content_digest: str
    envelope_digest: str
    receipts: tuple[Receipt, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`on_trust` maps the parties whose root keys were taken from the file itself to those keys, as text."""

    checks: tuple[Check, ...]
    facts: Facts | None
    on_trust: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """True when every check held."""
        return all(check.result == "ok" for check in self.checks)

    @property
    def story(self) -> tuple[str, ...]:
        """The outcome in sentences, in English."""
        if self.facts is None:
            first = next(check for check in self.checks if check.result != "ok")
            return (f"This file does not prove what it says. Check {first.number} failed: {first.detail}",)
        story = (*_message(self.facts), *_receipts(self.facts), *map(_entry, self.facts.entries))
        return (*story, trusted(self.on_trust))

    def plain(self) -> dict[str, Any]:
        """The report in JSON's own types."""
        return {
            "ok": self.ok,
            "checks": [check.plain() for check in self.checks],
            "facts": _plain(asdict(self.facts)) if self.facts else None,
            "on_trust": dict(self.on_trust),
            "story": list(self.story),
        }


def trusted(on_trust: Mapping[str, str]) -> str:
    """The sentence that says which root keys were taken from the file itself."""
    if not on_trust:
        return "The root keys are those that you gave."
    keys = ", ".join(f"{party}={key}" for party, key in on_trust.items())
    return f"Taken on trust from this file, compare them with the roots you hold: {keys}."


def _message(facts: Facts) -> tuple[str, ...]:
    title = facts.title.get("en") or next(iter(facts.title.values()), "")
    purposes, categories = ", ".join(facts.purposes) or "none", ", ".join(facts.categories) or "none"
    return (
        f"{facts.sender} sent {facts.act} to {facts.recipient} on {when(facts.created)} (message {facts.message}, "
        f"number {facts.sequence} on this channel).",
        f"It stands under plan {facts.plan}{f' ({title})' if title else ''}, line {facts.line}, "
        f"clause {', '.join(facts.clauses) or 'none: a duty'}.",
        f"Handling {facts.handling}, purpose {purposes}, data {categories}, kept {facts.retention_days} days at most.",
    )


def _receipts(facts: Facts) -> tuple[str, ...]:
    if not facts.receipts:
        return ("No receipt is in this file: it proves that the message was sent, not that it arrived.",)
    said = {
        "R0": "accepted it",
        "R1": "entered it in its log",
        "R2": "took delivery of it",
        "R3": "opened it",
        "R4": "answered it",
        "RX": "rejected it",
    }
    return tuple(
        f"{each.unit or each.node} {said[each.kind]} on {when(each.at)} ({each.kind}"
        f"{f', ground {each.ground}' if each.ground else ''})."
        for each in facts.receipts
    )


def _entry(entry: Entry) -> str:
    return f"The log of {entry.node} holds it as leaf {entry.index} of {entry.size}: {entry.kind}, {when(entry.at)}."


def when(moment: datetime) -> str:
    """A moment in a sentence, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
