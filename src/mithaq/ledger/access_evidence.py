"""Evidence of readings: rows of the access log that a node's ledger holds, and the messages of the same records.

    {"format": "mithaq/access-evidence/1", "authority", "party", "root", "key_lists": [JWS of the root],
     "records": [references], "segments": [{"after": row number, "before": chain there,
     "rows": [{"row", "salt"} | {"commitment"}], "seal": a leaf as in a bundle}], "messages": [bundles]}

    1 the file reads       2 the root signed the key lists       3 rows are those that the chain leads through
    4 the ledger's leaf seals the chain at its last row       5 the leaf is in the tree whose head the node signed
    6 each message proves

Rules: a row that is not shown is there as its commitment alone, so that the evidence of one person tells nothing of
others; any bytes give a value or an InputError. Bytes are base64url. Design: exchange, "Ledger"; subjects, safeguard 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from mithaq.errors import InputError, MithaqError, TrustError
from mithaq.ledger import access, bundle, fields
from mithaq.ledger.checkpoint import origin_of, read_checkpoint
from mithaq.ledger.evidence import MAX_BUNDLE, BundledLeaf, leaf_of
from mithaq.ledger.leaf import check_opening, read_leaf
from mithaq.ledger.proof import verify_inclusion
from mithaq.ledger.report import Check, Report
from mithaq.ledger.tree import HASH_BYTES, leaf_hash
from mithaq.ledger.trust import Keyring
from mithaq.seal import canonical
from mithaq.seal.keylist import read_key_list
from mithaq.seal.keys import VerifyKey

FORMAT = "mithaq/access-evidence/1"
CHECKS = {
    1: "the file reads",
    2: "the root signed the key lists",
    3: "the rows are those that the chain leads through",
    4: "the ledger seals the chain",
    5: "the node signed the head of that ledger",
    6: "each message proves",
}
_NAMES = {"format", "authority", "party", "root", "key_lists", "records", "segments", "messages"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the chain: what stands for its row, and the row itself when it is shown."""

    committed: bytes
    row: access.AccessRow | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the chain: the rows that follow row `after`, at which it is `before`, up to the leaf that seals it."""

    after: int
    before: bytes
    steps: tuple[Step, ...]
    seal: BundledLeaf


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of the file, nothing verified."""

    authority: str
    party: str
    root: VerifyKey
    key_lists: tuple[str, ...]
    records: tuple[str, ...]
    segments: tuple[Segment, ...]
    messages: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: the results of the checks, the rows that are proved, the reports on the messages; `on_trust` is
    the root that was taken from the file itself, or empty."""

    checks: tuple[Check, ...]
    rows: tuple[access.AccessRow, ...]
    messages: tuple[Report, ...]
    on_trust: str

    @property
    def ok(self) -> bool:
        """True when every check held."""
        return all(check.result == "ok" for check in self.checks)


def read_evidence(data: bytes) -> Evidence:
    """Check 1. Raises InputError `ledger.bundle.size`, `ledger.bundle.format`, `ledger.field` or what `seal` raises."""
    if len(data) > MAX_BUNDLE:
        raise InputError("ledger.bundle.size", "A bundle has at most 16 MiB.")
    top = fields.record(canonical.parse(data), "evidence")
    if top.get("format") != FORMAT or top.keys() != _NAMES:
        raise InputError("ledger.bundle.format", "This is not evidence of readings.", where="evidence")
    segments = fields.array(top["segments"], "evidence.segments")
    messages = fields.array(top["messages"], "evidence.messages")
    return Evidence(
        fields.text(top, "authority", "evidence"),
        fields.text(top, "party", "evidence"),
        VerifyKey.parse(fields.text(top, "root", "evidence")),
        fields.texts(top, "key_lists", "evidence"),
        fields.texts(top, "records", "evidence"),
        tuple(
            _segment(fields.record(one, f"segments[{place}]"), f"segments[{place}]")
            for place, one in enumerate(segments)
        ),
        tuple(fields.record(one, f"messages[{place}]") for place, one in enumerate(messages)),
    )


def _segment(record: Mapping[str, Any], where: str) -> Segment:
    rows = fields.array(record.get("rows"), f"{where}.rows")
    return Segment(
        fields.number(record, "after", where),
        fields.decode(fields.text(record, "before", where), f"{where}.before", HASH_BYTES),
        tuple(_step(fields.record(one, f"{where}.rows"), f"{where}.rows[{place}]") for place, one in enumerate(rows)),
        leaf_of(fields.record(record.get("seal"), f"{where}.seal"), f"{where}.seal"),
    )


def _step(record: Mapping[str, Any], where: str) -> Step:
    if record.keys() == {"commitment"}:
        return Step(fields.decode(fields.text(record, "commitment", where), where, HASH_BYTES))
    row = access.read_row(fields.record(record.get("row"), where), where)
    salt = fields.decode(fields.text(record, "salt", where), where, access.SALT_BYTES)
    return Step(access.commitment(salt, row), row)


def verify(data: bytes, roots: Mapping[str, VerifyKey] | None = None) -> Outcome:
    """Verify evidence offline. `roots` pins parties' root keys.

    Raises InputError when the file cannot be read, and nothing else.
    """
    found = read_evidence(data)  # 1
    pinned = (roots or {}).get(found.party)
    checks = [Check(1, "ok")]

    def take(work: Callable[[], T], *ground: object) -> T | None:
        number = len(checks) + 1
        if None in ground:
            checks.append(Check(number, "not reached", "ledger.not_reached", "An earlier check failed."))
            return None
        try:
            value = work()
        except MithaqError as error:
            checks.append(Check(number, "failed", error.code, error.detail))
            return None
        checks.append(Check(number, "ok"))
        return value

    keyring = take(lambda: _keyring(found, pinned))  # 2
    rows = take(lambda: _rows(found.segments), keyring)  # 3
    take(lambda: _seals(found.segments), rows)  # 4
    take(lambda: _heads(found, keyring), rows, keyring)  # 5
    reports = take(lambda: _messages(found.messages, roots), keyring)  # 6
    good = all(check.result == "ok" for check in checks)
    return Outcome(tuple(checks), (rows or ()) if good else (), reports or (), "" if pinned else found.root.text)


def _keyring(found: Evidence, pinned: VerifyKey | None) -> Keyring:
    if pinned is not None and pinned != found.root:
        raise TrustError("ledger.plan.root", "The file does not name the root that you hold.")
    lists = [read_key_list(token.encode(), found.root) for token in found.key_lists]
    if any(one.authority != found.authority for one in lists):
        raise TrustError("ledger.keys.root", "A key list is not the authority's.")
    return Keyring(lists)


def _rows(segments: Sequence[Segment]) -> tuple[access.AccessRow, ...]:
    shown = []
    for segment in segments:
        for number, step in enumerate(segment.steps, start=segment.after + 1):
            if step.row is not None and step.row.number != number:
                raise TrustError("ledger.access.row", "A row does not stand at its place in the chain.")
            shown += [step.row] if step.row is not None else []
    return tuple(sorted(shown, key=lambda row: row.number))


def _seals(segments: Sequence[Segment]) -> bool:
    for segment in segments:
        chain = segment.before
        for number, step in enumerate(segment.steps, start=segment.after + 1):
            chain = access.link(chain, number, step.committed)
        leaf = read_leaf(segment.seal.leaf)
        if leaf.kind != "access" or leaf.facts.get("rows") != str(segment.after + len(segment.steps)):
            raise TrustError("ledger.access.row", "The leaf seals another row than the last one of its piece.")
        check_opening(leaf, segment.seal.salt, chain)
    return True


def _heads(found: Evidence, keyring: Keyring | None) -> bool:
    assert keyring is not None
    for segment in found.segments:
        seal, failure = segment.seal, TrustError("ledger.keys.none", "No ledger key of that time is in this file.")
        for key in keyring.logs(found.authority, read_leaf(seal.leaf).at):
            try:
                head = read_checkpoint(seal.checkpoint, origin_of(found.authority), key)
            except TrustError as error:
                failure = error
                continue
            break
        else:
            raise failure
        if head.size != seal.size:
            raise TrustError("ledger.inclusion", "The proof is for another size of the log than the checkpoint.")
        verify_inclusion(leaf_hash(seal.leaf), seal.index, seal.size, seal.path, head.root)
    return True


def _messages(messages: Sequence[Mapping[str, Any]], roots: Mapping[str, VerifyKey] | None) -> tuple[Report, ...]:
    reports = tuple(bundle.verify(canonical.canonical(one), roots) for one in messages)
    bad = next((report for report in reports if not report.ok), None)
    if bad is not None:
        first = next(check for check in bad.checks if check.result != "ok")
        raise TrustError(first.code, first.detail)
    return reports
