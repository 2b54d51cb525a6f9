"""The door to keys: signing keys, sealing keys, and their files.

Rule: private keys leave memory only into encrypted key files; a public key is named by its `kid` everywhere.
Design: exchange, "Keys". The parts are in `signing`, `sealing` and `keyfiles`.
"""

from __future__ import annotations

from mithaq.seal.keyfiles import load_sealing, load_signing, save_sealing, save_signing
from mithaq.seal.sealing import SealingKey, SealingRecipient
from mithaq.seal.signing import SigningKey, VerifyKey

__all__ = [
    "SealingKey",
    "SealingRecipient",
    "SigningKey",
    "VerifyKey",
    "load_sealing",
    "load_signing",
    "save_sealing",
    "save_signing",
]
