"""Two authorities with all their keys, made afresh for each run, and the example plan that both have signed.

`Authority` holds the private keys, so that a test can also play a partner that no software of ours would be: one that
forges, replays or skips its own check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from mithaq.plan.document import Plan, read_plan
from mithaq.plan.signing import sign_plan
from mithaq.seal import tls
from mithaq.seal.keyfiles import save_sealing, save_signing, write_new
from mithaq.seal.keylist import KeyList, UnitKeys, sign_key_list
from mithaq.seal.keys import SealingKey, SigningKey

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "plan"
PLAN_ID = "MA-BE/2025-2026"
# Inside the plan's period; tests never read the clock of the machine for what the plan decides.
NOW = datetime(2026, 5, 4, 3, 40, tzinfo=UTC)
PASSPHRASE = b"a passphrase of the tests"
UNITS = ("WANTED", "BORDER")


@dataclass(frozen=True)
class Authority:
    """An authority of a party with its private keys."""

    id: str
    party: str
    root: SigningKey = field(default_factory=SigningKey.generate)
    node: SigningKey = field(default_factory=SigningKey.generate)
    ledger: SigningKey = field(default_factory=SigningKey.generate)
    signing: dict[str, SigningKey] = field(default_factory=dict)
    sealing: dict[str, SealingKey] = field(default_factory=dict)
    certificate: list[bytes] = field(default_factory=list)

    def key_list(self, number: int = 1) -> bytes:
        """The key list, signed by the root."""
        units = {unit: UnitKeys(self.signing[unit].public, self.sealing[unit].public) for unit in self.signing}
        listed = KeyList(
            authority=self.id,
            version=number,
            issued=NOW - timedelta(days=10),
            expires=NOW + timedelta(days=3000),
            node=self.node.public,
            ledger=self.ledger.public,
            certificate=self.certificate[0].decode(),
            units=units,
        )
        return sign_key_list(listed, self.root)

    def write_keys(self, folder: Path) -> None:
        """Write the key files that the gateway and the worker read."""
        for role in ("gateway", "worker"):
            (folder / role / "units").mkdir(parents=True)
            save_signing(folder / role / "node.key", self.node, PASSPHRASE, 4)
            write_new(folder / role / "tls.pem", self.certificate[0])
            write_new(folder / role / "tls.key", self.certificate[1])
        save_signing(folder / "worker" / "ledger.key", self.ledger, PASSPHRASE, 4)
        for unit, key in self.signing.items():
            name = unit.partition("/")[2]
            save_signing(folder / "worker" / "units" / f"{name}.signing.key", key, PASSPHRASE, 4)
            save_sealing(folder / "worker" / "units" / f"{name}.sealing.key", self.sealing[unit], PASSPHRASE, 4)


def make(name: str, party: str) -> Authority:
    """A new authority with the units of the example plan; its certificate is valid on the machine's clock."""
    authority = Authority(name, party)
    for unit in UNITS:
        authority.signing[f"{name}/{unit}"] = SigningKey.generate()
        authority.sealing[f"{name}/{unit}"] = SealingKey.generate()
    authority.certificate.extend(tls.issue_certificate(name, datetime.now(UTC), 30, PASSPHRASE))
    return authority


@dataclass(frozen=True)
class Signed:
    """A plan with its signatures."""

    plan: Plan
    text: str
    signatures: tuple[bytes, ...]


@dataclass(frozen=True)
class World:
    """Both authorities, the joint plan and each one's domestic instrument."""

    ma: Authority
    be: Authority
    joint: Signed
    domestic: dict[str, Signed]

    def authority(self, name: str) -> Authority:
        return self.ma if name == self.ma.id else self.be

    @property
    def key_lists(self) -> tuple[bytes, bytes]:
        return self.ma.key_list(), self.be.key_list()


@cache
def world() -> World:
    """The world of one test process."""
    ma, be = make("MA-POLICE", "MA"), make("BE-POLICE", "BE")
    return World(
        ma,
        be,
        signed(EXAMPLES / "plan.toml", ma, be),
        {one.id: signed(EXAMPLES / f"domestic-{one.id}.toml", one) for one in (ma, be)},
    )


def asking_why(found: World, *what: str, minutes: int = 20) -> World:
    """The same world, whose domestic instruments ask for a reason before something (`wanted_notice`) is read."""
    asked = [f"reason_{one}_minutes = {minutes}" for one in what]
    change = ("crossings_retention_hours = 0", "\n".join(("crossings_retention_hours = 0", *asked)))
    domestic = {
        one.id: signed(EXAMPLES / f"domestic-{one.id}.toml", one, change=change) for one in (found.ma, found.be)
    }
    return replace(found, domestic=domestic)


def signed(path: Path, *authorities: Authority, change: tuple[str, str] | None = None) -> Signed:
    """A plan of the examples with the roots pinned (and one text replaced), signed by the parties of `authorities`."""
    text = path.read_text(encoding="utf8")
    if change:
        assert change[0] in text
        text = text.replace(*change)
    for authority in authorities:
        pattern = rf'(id = "{authority.party}"\n(?:[^\[]*\n)*?root = )"[^"]*"'
        text, count = re.subn(pattern, rf'\1"{authority.root.public.text}"', text, count=1)
        assert count == 1, f"no root of {authority.party} to pin in {path.name}"
    plan = read_plan(text, path.name)
    return Signed(plan, text, tuple(sign_plan(plan, one.party, one.root) for one in authorities))
