"""Verification of an evidence bundle: numbered checks, then the story of one message; offline, without a clock.

    1 the file reads                                     2 plan digest, signatures of all parties, pinned roots
    3 key lists signed by the roots, in force at the envelope's time
    4 the envelope's signature by the sending node       5 plan, period, line, act and clauses of the envelope
    6 leaves: commitment, inclusion, checkpoint          7 receipts: signature, message, envelope, order of times

Rules: nothing is believed that a root of the plan does not stand behind; a check that fails leaves those that need it
not reached; only a file that cannot be read raises, an InputError. Design: exchange, "Ledger". The file: `evidence`.
"""

from __future__ import annotations

from collections.abc import Mapping

from mithaq.ledger.course import Course, known
from mithaq.ledger.evidence import Bundle, BundledLeaf, read_bundle, write_bundle
from mithaq.ledger.message import Message, check_envelope, check_permission
from mithaq.ledger.report import Entry, Facts, Receipt, Report
from mithaq.ledger.trail import check_leaves, check_receipts
from mithaq.ledger.trust import Agreement, check_keys, check_plan
from mithaq.seal.keys import VerifyKey

__all__ = ["Bundle", "BundledLeaf", "Report", "read_bundle", "verify", "write_bundle"]


def verify(data: bytes, roots: Mapping[str, VerifyKey] | None = None) -> Report:
    """Verify a bundle. `roots` pins parties' root keys; a party that is not pinned is reported as taken on trust.

    Raises InputError when the file cannot be read, and nothing else.
    """
    bundle, course = read_bundle(data), Course()  # 1
    pinned = roots or {}
    agreement = course.take(lambda: check_plan(bundle, pinned))  # 2
    keyring = course.take(lambda: check_keys(bundle, known(agreement)), agreement)  # 3
    message = course.take(lambda: check_envelope(bundle, known(keyring)), keyring)  # 4
    course.take(lambda: check_permission(known(message), known(agreement)), message, agreement)  # 5
    entries = course.take(lambda: check_leaves(bundle, known(keyring), known(message)), keyring, message)  # 6
    receipts = course.take(lambda: check_receipts(bundle, known(keyring), known(message)), keyring, message)  # 7
    good = all(check.result == "ok" for check in course.checks)
    facts = _facts(known(message), known(agreement), known(receipts), known(entries)) if good else None
    return Report(tuple(course.checks), facts, agreement.on_trust if agreement else {})


def _facts(message: Message, agreement: Agreement, receipts: tuple[Receipt, ...], entries: tuple[Entry, ...]) -> Facts:
    title = agreement.document.get("title")
    titles = {word: text for word, text in title.items() if isinstance(text, str)} if isinstance(title, dict) else {}
    return Facts(
        message=message.id,
        plan=agreement.id,
        plan_digest=agreement.digest,
        title=titles,
        line=message.line,
        act=message.act,
        clauses=message.clauses,
        sender=message.sender.unit,
        recipient=message.recipient.unit,
        created=message.created,
        expires=message.expires,
        sequence=message.sequence,
        handling=message.handling,
        purposes=message.purposes,
        retention_days=message.retention_days,
        categories=message.categories,
        content_digest=message.content_digest,
        envelope_digest=message.digest,
        receipts=receipts,
        entries=entries,
    )
