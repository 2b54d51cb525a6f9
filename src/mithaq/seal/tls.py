"""Certificates of the door between nodes: self-signed, pinned by their fingerprint in the key list.

Rule: no certificate authority vouches for a node; the party's root does, in the key list that holds the certificate.
Evidence rests on envelopes, so a certificate carries no more than a name and a period. The period is checked by TLS
against the machine's clock. Documents: RFC 5280; RFC 8446. Design: exchange, "Transport".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mithaq.errors import InputError
from mithaq.seal.canonical import encode_digest

# Clocks of two nodes may differ; a certificate made a minute ago must not be in the partner's future.
_SKEW = timedelta(days=1)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def issue_certificate(name: str, now: datetime, days: int, passphrase: bytes) -> tuple[bytes, bytes]:
    """A certificate (PEM) and its encrypted private key (PEM, PKCS #8; P-256), in force for `days` from `now`.

    Raises InputError `seal.tls.name`, `seal.tls.days`, `seal.passphrase.empty`.
    """
    certificate, keys = issue_for(name, now, days, [passphrase])
    return certificate, keys[0]


def issue_for(name: str, now: datetime, days: int, passphrases: Sequence[bytes]) -> tuple[bytes, list[bytes]]:
    """The same with one copy of the key for each passphrase: two processes of a node show one certificate."""
    if not _NAME.fullmatch(name):
        raise InputError("seal.tls.name", "A node's name is letters, digits and hyphens, at most 63.")
    if days < 1:
        raise InputError("seal.tls.days", "A certificate is in force for at least a day.")
    if not all(passphrases):
        raise InputError("seal.passphrase.empty", "The passphrase is empty.")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _describe(name, key.public_key(), now.astimezone(UTC), days).sign(key, SHA256())
    secrets = [
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
        for passphrase in passphrases
    ]
    return certificate.public_bytes(Encoding.PEM), secrets


def fingerprint(pem: bytes) -> str:
    """The SHA-256 of a certificate's DER as `sha256:` and base64url. Raises InputError `seal.tls.certificate`."""
    return encode_digest(_load(pem).fingerprint(SHA256()))


def days_left(pem: bytes, now: datetime) -> int:
    """Whole days until a certificate runs out; negative afterwards. Raises InputError `seal.tls.certificate`."""
    return (_load(pem).not_valid_after_utc - now).days


def period(pem: bytes) -> tuple[datetime, datetime]:
    """From when until when a certificate is in force, in UTC. Raises InputError `seal.tls.certificate`."""
    found = _load(pem)
    return found.not_valid_before_utc, found.not_valid_after_utc


def name_of(pem: bytes) -> str:
    """The common name of a certificate, empty when it has none. Raises InputError `seal.tls.certificate`."""
    names = _load(pem).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _describe(name: str, public: ec.EllipticCurvePublicKey, now: datetime, days: int) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder(subject, subject, public, x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name.lower())]), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )


def _load(pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError:
        raise InputError("seal.tls.certificate", "Not a certificate in PEM.") from None
