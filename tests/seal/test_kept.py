"""A kept secret opens with its key and for its use, and with nothing else."""

from __future__ import annotations

import base64

import pytest

from mithaq.errors import TrustError
from mithaq.seal import kept

KEY, OTHER = b"a key of the tests", b"another key"


def test_what_is_kept_comes_back_and_is_not_to_be_seen() -> None:
    first, second = (kept.keep("JBSWY3DPEHPK3PXP", KEY, "factor") for _ in range(2))
    assert first != second
    assert "JBSWY" not in first
    assert kept.open_kept(first, KEY, "factor") == kept.open_kept(second, KEY, "factor") == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("change", ["key", "use", "bytes", "short", "letters"])
def test_nothing_else_opens_it(change: str) -> None:
    text = kept.keep("secret", KEY, "factor")
    data = bytearray(base64.urlsafe_b64decode(text[3:]))
    data[-1] ^= 1
    changed = {
        "bytes": "k1:" + base64.urlsafe_b64encode(bytes(data)).decode(),
        "short": text[:6],
        "letters": "k1:ضض",
    }.get(change, text)
    with pytest.raises(TrustError) as refused:
        kept.open_kept(changed, OTHER if change == "key" else KEY, "other" if change == "use" else "factor")
    assert refused.value.code == "seal.kept"
