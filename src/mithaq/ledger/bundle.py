"""Verification of an evidence bundle: numbered checks, then the story of one message; offline, without a clock.

    1 the file reads                                     2 plan digest, signatures of all parties, pinned roots
    3 key lists signed by the roots, in force at the envelope's time
    4 the envelope's signature by the sending node       5 plan, period, line, act and clauses of the envelope
    6 leaves: commitment, inclusion, checkpoint          7 receipts: signature, message, envelope, order of times

Rules: nothing is believed that a root of the plan does not stand behind; a check that fails leaves those that need it
not reached; only a file that cannot be read raises, an InputError. Design: exchange, "Ledger". The file: `evidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from mithaq.errors import MithaqError
from mithaq.ledger.evidence import Bundle, BundledLeaf, read_bundle, write_bundle
from mithaq.ledger.message import Message, check_envelope, check_permission
from mithaq.ledger.report import Check, Entry, Facts, Receipt, Report
from mithaq.ledger.trail import check_leaves, check_receipts
from mithaq.ledger.trust import Agreement, check_keys, check_plan
from mithaq.seal.keys import VerifyKey

__all__ = ["Bundle", "BundledLeaf", "Report", "read_bundle", "verify", "write_bundle"]

T = TypeVar("T")


class _Course:
    """Runs the checks in order and keeps their results; a check whose ground is missing is not reached."""

    def __init__(self) -> None:
        self.checks = [Check(1, "ok")]

    def take(self, work: Callable[[], T], *ground: object) -> T | None:
        number = len(self.checks) + 1
        if None in ground:
            self.checks.append(Check(number, "not reached", "ledger.not_reached", "An earlier check failed."))
            return None
        try:
            found = work()
        except MithaqError as error:
            place = f" ({error.where})" if error.where else ""
            self.checks.append(Check(number, "failed", error.code, error.detail + place))
            return None
        self.checks.append(Check(number, "ok"))
        return found


def verify(data: bytes, roots: Mapping[str, VerifyKey] | None = None) -> Report:
    """Verify a bundle. `roots` pins parties' root keys; a party that is not pinned is reported as taken on trust.

    Raises InputError when the file cannot be read, and nothing else.
    """
    bundle, course = read_bundle(data), _Course()  # 1
    pinned = roots or {}
    agreement = course.take(lambda: check_plan(bundle, pinned))  # 2
    keyring = course.take(lambda: check_keys(bundle, _known(agreement)), agreement)  # 3
    message = course.take(lambda: check_envelope(bundle, _known(keyring)), keyring)  # 4
    course.take(lambda: check_permission(_known(message), _known(agreement)), message, agreement)  # 5
    entries = course.take(lambda: check_leaves(bundle, _known(keyring), _known(message)), keyring, message)  # 6
    receipts = course.take(lambda: check_receipts(bundle, _known(keyring), _known(message)), keyring, message)  # 7
    good = all(check.result == "ok" for check in course.checks)
    facts = _facts(_known(message), _known(agreement), _known(receipts), _known(entries)) if good else None
    return Report(tuple(course.checks), facts, agreement.on_trust if agreement else {})


def _known(value: T | None) -> T:
    # Said for the type checker: `take` never calls a check whose ground is missing.
    assert value is not None
    return value


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
