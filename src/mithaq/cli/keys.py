"""`mithaq keys ...`: make a party's root, an authority's keys, and the key list that the root signs.

Rule: private keys are written once, encrypted, into the directory of the role that uses them, and no command replaces
one. The root is made and used on a machine of its own; what crosses is `public.json` and the signed list, both public.
Design: exchange, "Keys"; architecture, "Layout" (three processes, one directory a role).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from mithaq.errors import ConfigError, InputError, StateError
from mithaq.plurals import counted
from mithaq.seal import canonical, keylist, tls
from mithaq.seal.keyfiles import write_new
from mithaq.seal.keys import SealingKey, SigningKey, load_signing, save_sealing, save_signing

# A root's passphrase is kept by people, so opening it costs 256 MiB and most of a second.
ROOT_WORK = 18
PUBLIC = 0o644
_NAME = re.compile(r"[A-Z0-9][A-Z0-9-]*")

Passphrase = Annotated[Path, typer.Option("--passphrase-file", help="File that holds the passphrase.")]
Now = Annotated[str, typer.Option("--now", help="The time to write, RFC 3339 in UTC; the machine's clock otherwise.")]


@dataclass(frozen=True, slots=True)
class Passphrases:
    """One passphrase a role."""

    gateway: bytes
    worker: bytes


def register(app: typer.Typer) -> None:
    """Add the command group `keys`."""
    group = typer.Typer(no_args_is_help=True, help="Root, node and unit keys, and the signed key list.")
    group.command("root")(make_root)
    group.command("authority")(make_authority)
    group.command("list")(make_list)
    app.add_typer(group, name="keys")


def make_root(
    *,
    party: Annotated[str, typer.Option("--party", help="The party (State) as the plan names it.")],
    out: Annotated[Path, typer.Option("--out", help="Directory for root.key and root.pub.")],
    passphrase_file: Passphrase,
) -> None:
    """Make a party's root key: root.key (secret, encrypted) and root.pub (the line that the plan pins)."""
    _check_name(party, "--party")
    key = SigningKey.generate()
    _folder(out)
    save_signing(out / "root.key", key, read_passphrase(passphrase_file), ROOT_WORK)
    write_new(out / "root.pub", f"{key.public.text}\n".encode(), PUBLIC)
    typer.echo(f"Root of {party}, key id {key.kid}, in {out}", err=True)
    typer.echo(key.public.text)


def make_authority(
    *,
    authority: Annotated[str, typer.Option("--authority", help="The authority as the plan names it.")],
    unit: Annotated[list[str], typer.Option("--unit", help="AUTHORITY/UNIT; once for each unit.")],
    out: Annotated[Path, typer.Option("--out", help="Directory for gateway/, worker/, console/ and public.json.")],
    passphrase_file: Passphrase,
    gateway_passphrase_file: Annotated[Path | None, typer.Option(help="Another one for gateway/.")] = None,
    worker_passphrase_file: Annotated[Path | None, typer.Option(help="Another one for worker/.")] = None,
    days: Annotated[int, typer.Option("--days", help="Days that the TLS certificate is in force.")] = 825,
    now: Now = "",
) -> None:
    """Make the keys of an authority's node and units, a directory for each process.

    TLS checks the certificate against the machine's clock: give --now only when that is the clock it should be for.
    """
    for name in (authority, *(_short(authority, name) for name in unit)):
        _check_name(name, "--authority, --unit")
    _refuse_existing(out)
    phrases = Passphrases(
        read_passphrase(gateway_passphrase_file or passphrase_file),
        read_passphrase(worker_passphrase_file or passphrase_file),
    )
    public = {"authority": authority, **_write_node(out, authority, phrases, _moment(now), days)}
    public["units"] = {
        name: _write_unit(out / "worker" / "units", authority, name, phrases.worker) for name in dict.fromkeys(unit)
    }
    write_new(out / "public.json", canonical.canonical(public) + b"\n", PUBLIC)
    typer.echo(f"Keys of {authority} and {counted(len(unit), 'unit')} in {out}", err=True)


def make_list(
    *,
    authority_dir: Annotated[Path, typer.Option("--authority-dir", help="Directory that holds public.json.")],
    root: Annotated[Path, typer.Option("--root", help="The party's root.key.")],
    passphrase_file: Passphrase,
    version: Annotated[int, typer.Option("--version", help="Higher than that of every list before.")],
    out: Annotated[Path, typer.Option("--out", help="The signed key list to write.")],
    days: Annotated[int, typer.Option("--days", help="Days until the list expires.")] = 366,
    now: Now = "",
) -> None:
    """Sign an authority's public keys with its party's root."""
    issued = _moment(now)
    fields = {
        **_read_public(authority_dir / "public.json"),
        "format": keylist.FORMAT,
        "version": version,
        "issued": keylist.write_time(issued),
        "expires": keylist.write_time(issued + timedelta(days=days)),
    }
    listed = keylist.read_fields(fields)
    token = keylist.sign_key_list(listed, load_signing(root, read_passphrase(passphrase_file)))
    write_new(out, token, PUBLIC)
    typer.echo(f"Key list {version} of {listed.authority}, {canonical.digest(token)}, in {out}", err=True)


def read_passphrase(path: Path) -> bytes:
    """The passphrase in a file, without space around it, as the node's configuration reads it."""
    try:
        phrase = path.read_bytes().strip()
    except OSError as error:
        raise ConfigError(
            "keys.passphrase", f"The passphrase file cannot be read: {error.strerror}.", where=str(path)
        ) from None
    if not phrase:
        raise InputError("seal.passphrase.empty", "The passphrase is empty.", where=str(path))
    return phrase


def _write_node(out: Path, authority: str, phrases: Passphrases, now: datetime, days: int) -> dict[str, Any]:
    """Keys of the node: the gateway and the worker both sign for it and both show its certificate."""
    node, ledger = SigningKey.generate(), SigningKey.generate()
    roles = {"gateway": phrases.gateway, "worker": phrases.worker}
    # First what can be refused, so that a refusal leaves no file.
    certificate, tls_keys = tls.issue_for(authority, now, days, list(roles.values()))
    for (role, phrase), tls_key in zip(roles.items(), tls_keys, strict=True):
        folder = _folder(out / role)
        save_signing(folder / "node.key", node, phrase)
        write_new(folder / "tls.pem", certificate, PUBLIC)
        write_new(folder / "tls.key", tls_key)
    save_signing(out / "worker" / "ledger.key", ledger, phrases.worker)
    _folder(out / "console")
    return {"node": node.public.text, "ledger": ledger.public.text, "certificate": certificate.decode("ascii")}


def _write_unit(folder: Path, authority: str, name: str, phrase: bytes) -> dict[str, str]:
    signing, sealing, short = SigningKey.generate(), SealingKey.generate(), _short(authority, name)
    save_signing(_folder(folder) / f"{short}.signing.key", signing, phrase)
    save_sealing(folder / f"{short}.sealing.key", sealing, phrase)
    return {"signing": signing.public.text, "sealing": sealing.public.text}


def _folder(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError("seal.key.write", f"No directory can be made: {error.strerror}.", where=str(path)) from None
    return path


def _refuse_existing(out: Path) -> None:
    taken = [name for name in ("gateway", "worker", "public.json") if (out / name).exists()]
    if taken:
        raise StateError(
            "seal.key.exists",
            "This directory holds keys already, and none is replaced.",
            where=str(out / taken[0]),
            remedy="Choose another directory, or move the old keys away.",
        )


def _short(authority: str, unit: str) -> str:
    owner, _, short = unit.partition("/")
    if owner != authority:
        raise InputError("keys.unit", f"A unit is named {authority}/UNIT.", where="--unit")
    return short


def _check_name(name: str, option: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError("keys.name", "A name is capital letters, digits and hyphens.", where=option)


def _read_public(path: Path) -> dict[str, Any]:
    try:
        value = canonical.parse(path.read_bytes().strip())
    except OSError as error:
        raise ConfigError("keys.public", f"public.json cannot be read: {error.strerror}.", where=str(path)) from None
    if not isinstance(value, dict):
        raise InputError("keys.public", "public.json does not hold an object.", where=str(path))
    return value


def _moment(text: str) -> datetime:
    return keylist.read_time(text) if text else datetime.now(UTC).replace(microsecond=0)
