"""Checks of the machine: rights of files, keys, certificate, disk, compiled parts, clock. They need no database.

Rule: a private key is opened to see that it opens, and forgotten. Design: architecture, "Three processes".
"""

from __future__ import annotations

import contextlib
import shutil
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mithaq.errors import ConfigError, MithaqError
from mithaq.node.acts import custody
from mithaq.node.config import Config, secret
from mithaq.node.doctor.findings import SETTINGS, Finding, found
from mithaq.seal import tls

FEW_DAYS = 30
KERNELS = (("kernel.py", "meet"), ("kernel_names.py", "find"), ("kernel_forest.py", "measure"))
"""Sources of the screening's compiled parts, with the function of each that is compiled last."""
LOW, FULL = 10, 3  # percent of the disk
LEAST = 512  # MiB below which a disk is as good as full
DOORS = ("gateway", "worker")


def secrets(config: Config) -> Iterator[Finding]:
    """Whether what the configuration refers to is there."""
    references = [("console.secret_key", config.secret_key)]
    references += [(f"keys.{role}", config.passphrases.get(role, "")) for role in DOORS]
    # A node without this one works: it silences nothing.
    references += [("keys.silences", config.silences)] if config.silences else []
    missing = []
    for name, reference in references:
        try:
            secret(reference, config.directory, name)
        except ConfigError as error:
            missing.append(found("configuration.secret", detail=error.detail, advice=error.remedy or SETTINGS))
    yield from missing or [found("configuration")]


def proxies(config: Config) -> Iterator[Finding]:
    """Whether a console that browsers reach by https knows the proxy that ends it."""
    is_hidden = config.public_url.startswith("https:") and not config.console_proxies
    yield found("proxies.none" if is_hidden else "proxies")


def rights(config: Config) -> Iterator[Finding]:
    """Whether anybody but the owner may open a file or directory that holds secrets."""
    places = [path for path in _secret_places(config) if path.exists()]
    # Console and worker, of which each may be another user, read this one: their group may.
    shared = config.directory / config.silences.removeprefix("file:")
    wide = [path for path in places if path.stat().st_mode & (0o037 if path == shared else 0o077)]
    for path in wide:
        mode = f"{path.stat().st_mode & 0o777:04o}"
        yield found("rights.open", path=str(path), mode=mode, least="0700" if path.is_dir() else "0600")
    if not wide:
        yield found("rights", count=len(places))


def _secret_places(config: Config) -> Iterator[Path]:
    for role in DOORS:
        if (config.keys / role).exists():
            yield config.keys / role
            yield from sorted((config.keys / role).rglob("*.key"))
    named = {config.secret_key, config.silences, *config.passphrases.values(), *config.databases.values()}
    for reference in sorted(named):
        if reference.startswith("file:"):
            yield config.directory / reference.removeprefix("file:")
    if config.embedded is not None:
        yield config.embedded


def keys(config: Config) -> Iterator[Finding]:
    """Whether each role's private keys open."""
    opened: dict[str, custody.Custody] = {}
    for role, read in (("gateway", custody.open_gateway), ("worker", custody.open_worker)):
        try:
            opened[role] = read(config)
        except MithaqError as error:
            yield found("keys.unread", detail=error.detail, role=role)
    if len(opened) < len(DOORS):
        return
    if len({one.node.public.text for one in opened.values()}) > 1:
        yield found("keys.differ")
    else:
        worker = opened["worker"]
        yield found("keys", count=3 + len(worker.signing) + len(worker.sealing))


def certificate(config: Config) -> Iterator[Finding]:
    """Whether the TLS certificates fit their keys and this node's name, and for how long."""
    wrong = False
    for role in DOORS:
        folder = config.keys / role
        try:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / "tls.pem", folder / "tls.key", password=config.passphrase(role))
        except (OSError, MithaqError) as error:
            wrong = True
            yield found("certificate.unread", role=role, detail=type(error).__name__)
    if not wrong:
        yield from _period(config, (config.keys / "gateway" / "tls.pem").read_bytes())


def _period(config: Config, pem: bytes) -> Iterator[Finding]:
    name, (starts, ends) = tls.name_of(pem), tls.period(pem)
    now = datetime.now(UTC)
    days = (ends - now).days
    if name != config.authority:
        yield found("certificate.name", name=name, authority=config.authority)
    if not starts <= now <= ends:
        yield found("certificate.over")
    else:
        yield found("certificate.ending" if days < FEW_DAYS else "certificate", days=days)


def disk(config: Config) -> Iterator[Finding]:
    """Whether there is room where the node and its embedded database lie."""
    usage = shutil.disk_usage(config.directory)
    percent, mebibytes = usage.free * 100 // max(usage.total, 1), usage.free // 2**20
    code = "disk.full" if percent < FULL or mebibytes < LEAST else "disk.low" if percent < LOW else "disk"
    yield found(code, percent=percent, mebibytes=mebibytes)


def kernel(_config: Config) -> Iterator[Finding]:
    """Whether the screening kernel's compiled form is there and of this source."""
    import mithaq.screening

    folder = Path(mithaq.screening.__file__).parent
    with contextlib.suppress(OSError):
        if all(_is_compiled(folder / source, entry) for source, entry in KERNELS):
            yield found("kernel")
            return
    yield found("kernel.missing")


def _is_compiled(source: Path, entry: str) -> bool:
    compiled = (source.parent / "__pycache__").glob(f"{source.stem}.{entry}-*.nbi")
    return any(one.stat().st_mtime >= source.stat().st_mtime for one in compiled)


def translations(config: Config) -> Iterator[Finding]:
    """Whether the pages' words are compiled in each language of the configuration."""
    from mithaq.node import console

    folder = Path(console.__file__).parent / "locale"
    missing = [
        language
        for language in config.languages
        if language != "en" and not (folder / language / "LC_MESSAGES" / "django.mo").exists()
    ]
    for language in missing:
        yield found("translations.missing", language=language)
    if not missing:
        yield found("translations", languages=", ".join(config.languages))


def clock(config: Config) -> Iterator[Finding]:
    """Whether the node goes by the machine's clock."""
    yield found("clock" if config.clock_starts is None else "clock.own")
