"""Verification of a file of proof, whichever it is: the bundle of a message, or the proof of an erasure.

Rule: the file itself says what it is, and is then held to that form. Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Mapping

from mithaq.errors import InputError
from mithaq.ledger.bundle import Report, verify
from mithaq.ledger.erasure import FORMAT, ErasureReport, verify_erasure
from mithaq.ledger.evidence import MAX_BUNDLE
from mithaq.seal import canonical
from mithaq.seal.keys import VerifyKey


def verify_file(data: bytes, roots: Mapping[str, VerifyKey] | None = None) -> Report | ErasureReport:
    """Verify a bundle or a proof of erasure. Raises InputError when the file cannot be read, and nothing else."""
    if len(data) > MAX_BUNDLE:
        raise InputError("ledger.bundle.size", "A bundle has at most 16 MiB.")
    top = canonical.parse(data)
    is_erasure = isinstance(top, Mapping) and top.get("format") == FORMAT
    return verify_erasure(data, roots) if is_erasure else verify(data, roots)
