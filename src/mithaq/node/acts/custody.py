"""The keys that a process holds: read once from its role's directory, kept in memory, passed explicitly.

Rule: a process opens its own role's files only; the console holds none. Design: architecture, "Three processes".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mithaq.node.config import Config
from mithaq.seal.keys import SealingKey, SigningKey, load_sealing, load_signing


@dataclass(frozen=True, slots=True)
class Custody:
    """Private keys of a role. A gateway has `node`; a worker also `ledger` and its units' keys."""

    node: SigningKey
    ledger: SigningKey | None = field(default=None, repr=False)
    signing: Mapping[str, SigningKey] = field(default_factory=dict, repr=False)
    sealing: Mapping[str, SealingKey] = field(default_factory=dict, repr=False)


def open_gateway(config: Config) -> Custody:
    """The gateway's keys. TrustError when the passphrase is wrong, ConfigError when a file is missing."""
    return Custody(load_signing(config.keys / "gateway" / "node.key", config.passphrase("gateway")))


def open_worker(config: Config) -> Custody:
    """The worker's keys: node, ledger and every unit whose files lie in `worker/units`."""
    folder, passphrase = config.keys / "worker", config.passphrase("worker")
    units = folder / "units"
    names = {path.name.removesuffix(".signing.key"): path for path in sorted(units.glob("*.signing.key"))}
    return Custody(
        node=load_signing(folder / "node.key", passphrase),
        ledger=load_signing(folder / "ledger.key", passphrase),
        signing={_unit(config, name): load_signing(path, passphrase) for name, path in names.items()},
        sealing={_unit(config, name): load_sealing(units / f"{name}.sealing.key", passphrase) for name in names},
    )


def _unit(config: Config, name: str) -> str:
    return f"{config.authority}/{name}"
