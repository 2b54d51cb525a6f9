"""The proof that a record was erased: a leaf of the node's log that names the record by a salted hash; offline.

    {"format": "mithaq/erasure/1",
     "plan": {"document": the canonical plan, "signatures": [JWS of each party's root]}, "key_lists": [JWS of a root],
     "named": the record's id or reference, "opening": the salt under which the leaf names it,
     "leaf": a leaf as a bundle of a message has them, with its content (the id of the tombstone)}

    1 the file reads                              2 plan digest, signatures of all parties, pinned roots
    3 key lists signed by the roots, in force when the record was erased
    4 the leaf: kind, commitment, inclusion, checkpoint      5 the leaf names this record

Rules: any bytes give a report or an InputError; the leaf alone lets nobody test a guess, since the salt is told only
with a proof. Design: subjects, safeguard 6; exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mithaq.errors import InputError, TrustError
from mithaq.ledger import fields
from mithaq.ledger.course import Course, known
from mithaq.ledger.evidence import MAX_BUNDLE, BundledLeaf, leaf_of, leaf_record
from mithaq.ledger.leaf import Leaf, check_opening, commit, read_leaf
from mithaq.ledger.proof import verify_inclusion
from mithaq.ledger.report import Check, trusted, when
from mithaq.ledger.trail import signed_head
from mithaq.ledger.tree import leaf_hash
from mithaq.ledger.trust import Agreement, Keyring, check_plan, keyring_of
from mithaq.seal import canonical
from mithaq.seal.keys import VerifyKey

FORMAT = "mithaq/erasure/1"
KIND = "erased"
CHECKS = {
    1: "the file reads",
    2: "all parties signed the plan",
    3: "the roots signed the key lists, in force at the time",
    4: "the log holds the erasure",
    5: "the erasure is of this record",
}
_NAMES = {"format", "plan", "key_lists", "named", "opening", "leaf"}


@dataclass(frozen=True, slots=True)
class Erasure:
    """The parts of a proof, nothing verified. `named` is the id or the reference of the record that was erased."""

    document: Mapping[str, Any]
    signatures: tuple[str, ...]
    key_lists: tuple[str, ...]
    named: str
    opening: bytes
    leaf: BundledLeaf


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What the verification of a proof of erasure found; `leaf` is there only when every check held."""

    checks: tuple[Check, ...]
    named: str
    bundled: BundledLeaf
    leaf: Leaf | None
    on_trust: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """True when every check held."""
        return self.leaf is not None

    @property
    def story(self) -> tuple[str, ...]:
        """The outcome in sentences, in English."""
        if self.leaf is None:
            first = next(check for check in self.checks if check.result != "ok")
            return (f"This file does not prove what it says. Check {first.number} failed: {first.detail}",)
        said, log = self.leaf.facts, self.bundled
        return (
            f"{log.node} erased {self.named} on {when(self.leaf.at)}: {said.get('records', '1')} record(s) by the rule "
            f"“{said.get('rule', '')}” ({said.get('clause', '')}).",
            f"The log of {log.node} holds it as leaf {log.index} of {log.size}.",
            trusted(self.on_trust),
        )

    def plain(self) -> dict[str, Any]:
        """The report in JSON's own types."""
        found = self.leaf
        about = {"named": self.named, "node": self.bundled.node, "index": self.bundled.index, "size": self.bundled.size}
        return {
            "ok": self.ok,
            "checks": [check.plain() for check in self.checks],
            "facts": {**about, "at": fields.time_text(found.at), **found.facts} if found else None,
            "on_trust": dict(self.on_trust),
            "story": list(self.story),
        }


def write_erasure(proof: Erasure) -> bytes:
    """The file: canonical JSON, one line."""
    return (
        canonical.canonical(
            {
                "format": FORMAT,
                "plan": {"document": proof.document, "signatures": proof.signatures},
                "key_lists": proof.key_lists,
                "named": proof.named,
                "opening": canonical.base64url(proof.opening),
                "leaf": leaf_record(proof.leaf),
            }
        )
        + b"\n"
    )


def read_erasure(data: bytes) -> Erasure:
    """Check 1. Raises InputError `ledger.bundle.size`, `ledger.bundle.format`, `ledger.field` or what `seal` raises."""
    if len(data) > MAX_BUNDLE:
        raise InputError("ledger.bundle.size", "A bundle has at most 16 MiB.")
    top = fields.record(canonical.parse(data), "erasure")
    if top.get("format") != FORMAT or top.keys() != _NAMES:
        raise InputError("ledger.bundle.format", f"This is not a proof of format {FORMAT}.", where="erasure")
    plan = fields.record(top["plan"], "erasure.plan")
    return Erasure(
        document=fields.record(plan.get("document"), "erasure.plan.document"),
        signatures=fields.texts(plan, "signatures", "erasure.plan"),
        key_lists=fields.texts(top, "key_lists", "erasure"),
        named=fields.text(top, "named", "erasure"),
        opening=fields.decode(fields.text(top, "opening", "erasure"), "erasure.opening"),
        leaf=leaf_of(fields.record(top["leaf"], "erasure.leaf"), "erasure.leaf"),
    )


def verify_erasure(data: bytes, roots: Mapping[str, VerifyKey] | None = None) -> ErasureReport:
    """Verify a proof of erasure. `roots` pins parties' root keys; a party that is not pinned is reported as on trust.

    Raises InputError when the file cannot be read, and nothing else.
    """
    proof, course = read_erasure(data), Course()  # 1
    pinned = roots or {}
    agreement = course.take(lambda: check_plan(proof, pinned))  # 2
    keyring = course.take(lambda: _keys(proof, known(agreement)), agreement)  # 3
    leaf = course.take(lambda: _logged(proof, known(keyring)), keyring)  # 4
    named = course.take(lambda: _named(proof, known(leaf)), leaf)  # 5
    checks = tuple(replace(check, about=CHECKS[check.number]) for check in course.checks)
    return ErasureReport(checks, proof.named, proof.leaf, named, agreement.on_trust if agreement else {})


def _keys(proof: Erasure, agreement: Agreement) -> Keyring:
    keyring = keyring_of(proof.key_lists, agreement)
    keyring.at(proof.leaf.node, read_leaf(proof.leaf.leaf).at)
    return keyring


def _logged(proof: Erasure, keyring: Keyring) -> Leaf:
    bundled = proof.leaf
    leaf = read_leaf(bundled.leaf)
    if leaf.kind != KIND or bundled.content is None:
        raise TrustError("ledger.leaf", "The leaf is not that of an erasure.")
    check_opening(leaf, bundled.salt, bundled.content)
    head = signed_head(bundled, leaf, keyring)
    verify_inclusion(leaf_hash(bundled.leaf), bundled.index, bundled.size, bundled.path, head.root)
    return leaf


def _named(proof: Erasure, leaf: Leaf) -> Leaf:
    if commit(proof.opening, proof.named.encode()) not in {leaf.facts.get("id_hash"), leaf.facts.get("reference_hash")}:
        raise TrustError("ledger.erasure.named", "The leaf is of another record than the file names.")
    return leaf
