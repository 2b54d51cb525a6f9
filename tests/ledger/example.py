"""An invented message between two invented authorities, with its whole trail: what every bundle test starts from.

`Maker` builds the parts one after the other; a test changes one part by a keyword and gets a bundle whose other parts
are as honest as they can be, so that a check fails for the one reason that the test names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from mithaq.ledger.bundle import Bundle, BundledLeaf, write_bundle
from mithaq.ledger.checkpoint import origin_of, sign_checkpoint
from mithaq.ledger.leaf import commit, leaf_bytes
from mithaq.ledger.tree import Tree, leaf_hash
from mithaq.seal import canonical, jws, tls
from mithaq.seal.keylist import KeyList, UnitKeys, sign_key_list
from mithaq.seal.keys import SealingKey, SigningKey

Change = Callable[[dict[str, Any]], Any]
START = datetime(2025, 3, 1, 10, 0, tzinfo=UTC)
MESSAGE = "01954f3c-0000-7000-8000-000000000001"
SENDER, RECIPIENT = "MA-POLICE/WANTED", "BE-POLICE/BORDER"
NODES = {"MA-POLICE": "MA", "BE-POLICE": "BE"}


def same(_: dict[str, Any]) -> None:
    """Change nothing."""


def key(name: str) -> SigningKey:
    """The invented signing key of that name."""
    return SigningKey(sha256(name.encode()).digest())


@cache
def sealing(name: str) -> SealingKey:
    """The invented sealing key of that name."""
    return SealingKey(sha256(b"sealing " + name.encode()).digest())


@cache
def certificate(node: str) -> str:
    """A certificate, made once a run."""
    return tls.issue_certificate(node.lower(), START - timedelta(days=60), 400, b"only for a test")[0].decode()


def text_of(moment: datetime) -> str:
    """RFC 3339 as a node writes it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def document() -> dict[str, Any]:
    """A small plan in its canonical form."""
    name = {"en": "name", "fr": "nom"}
    clause = {
        "id": "WP-1",
        "effect": "permit",
        "acts": ["publish-notice@1"],
        "senders": [SENDER],
        "recipients": [RECIPIENT],
        "categories": ["identity", "portrait", "document"],
        "handling": "H2",
        "purposes": ["arrest"],
        "languages": ["fr"],
        "deadlines": {"normal": "24h"},
        "retention_days": 365,
    }
    line = {"title": name, "purpose": name, "programme": []}
    return {
        "format": "mithaq/plan/1",
        "id": "MA-BE-2025",
        "kind": "joint",
        "languages": ["en", "fr"],
        "title": {"en": "Joint action plan 2025", "fr": "Plan d'action conjoint 2025"},
        "starts": "2025-01-01T00:00:00Z",
        "ends": "2027-01-01T00:00:00Z",
        "parties": [{"id": party, "name": name, "root": key(f"root {party}").public.text} for party in ("MA", "BE")],
        "authorities": [{"id": node, "party": party, "name": name} for node, party in NODES.items()],
        "units": [{"id": unit, "authority": unit.split("/")[0], "name": name} for unit in (SENDER, RECIPIENT)],
        "purposes": [{"id": "arrest", "name": name}],
        "lineage": [],
        "lines": [
            {**line, "id": "wanted-persons", "clauses": [clause]},
            {**line, "id": "border-data", "clauses": [{**clause, "id": "BD-1", "acts": ["report-hit@1"]}]},
        ],
    }


def key_list(node: str, change: Mapping[str, Any] | None = None, signer: str = "") -> str:
    """The key list of an authority, signed by its party's root or by another."""
    units = [name for name in (SENDER, RECIPIENT) if name.startswith(f"{node}/")]
    said = {
        "authority": node,
        "version": 1,
        "issued": START - timedelta(days=30),
        "expires": START + timedelta(days=300),
        "node": key(f"node {node}").public,
        "ledger": key(f"ledger {node}").public,
        "certificate": certificate(node),
        "units": {name: UnitKeys(key(f"unit {name}").public, sealing(name).public) for name in units},
        **(change or {}),
    }
    return sign_key_list(KeyList(**said), key(f"root {signer or NODES[node]}")).decode()


@dataclass
class Log:
    """A node's log: other leaves before and after ours."""

    node: str
    tree: Tree = field(default_factory=Tree)

    def hold(
        self, kind: str, at: datetime, facts: Mapping[str, str], content: str, *, keep: bool = True, **change: Any
    ) -> BundledLeaf:
        """Append a leaf between others and give it with its proof. `change` replaces fields of the result."""
        salt = sha256(f"salt {self.node} {kind}".encode()).digest()
        data = leaf_bytes(kind, at, facts, commit(salt, content.encode()))
        for number in range(3):
            self.tree.append(leaf_hash(b"other before %d" % number))
        index = self.tree.append(leaf_hash(data))
        for number in range(6):
            self.tree.append(leaf_hash(b"other after %d" % number))
        size = self.tree.size
        said = {
            "node": self.node,
            "leaf": data,
            "salt": salt,
            "index": index,
            "size": size,
            "path": tuple(self.tree.proof(index, size)),
            "checkpoint": sign_checkpoint(origin_of(self.node), size, self.tree.root(), key(f"ledger {self.node}")),
            "content": content.encode() if keep else None,
        }
        return BundledLeaf(**{**said, **change})


def envelope(plan: dict[str, Any], change: Change = same, signer: str = "node MA-POLICE") -> str:
    """The sender's envelope."""
    payload: dict[str, Any] = {
        "format": "mithaq/envelope/1",
        "id": MESSAGE,
        "plan": {"id": plan["id"], "digest": canonical.digest(canonical.canonical(plan))},
        "line": "wanted-persons",
        "act": "publish-notice@1",
        "clauses": ["WP-1"],
        "from": {"node": "MA-POLICE", "unit": SENDER, "key": key(f"unit {SENDER}").kid},
        "to": {"node": "BE-POLICE", "unit": RECIPIENT, "key": sealing(RECIPIENT).kid},
        "thread": MESSAGE,
        "in_reply_to": None,
        "sequence": 7,
        "previous": None,
        "created": text_of(START),
        "expires": text_of(START + timedelta(days=30)),
        "urgency": "normal",
        "due": None,
        "handling": {
            "code": "H2",
            "onward": "consent",
            "evidence": "consent",
            "purposes": ["arrest"],
            "retention_days": 365,
        },
        "categories": ["identity", "portrait"],
        "language": "fr",
        "content": {"digest": canonical.digest(b"sealed"), "size": 6},
        "supersedes": None,
    }
    change(payload)
    return jws.sign(payload, [key(signer)], "mithaq-envelope+jws").decode()


def receipt(
    kind: str, token: str, minutes: int, unit: str | None = None, change: Change = same, signer: str = ""
) -> str:
    """A receipt of the recipient, by its node or its unit."""
    name = signer or (f"unit {unit}" if unit else "node BE-POLICE")
    payload: dict[str, Any] = {
        "format": "mithaq/receipt/1",
        "kind": kind,
        "message": MESSAGE,
        "envelope": canonical.digest(token.encode()),
        "by": {"node": "BE-POLICE", "unit": unit, "key": key(name).kid},
        "at": text_of(START + timedelta(minutes=minutes)),
    }
    change(payload)
    return jws.sign(payload, [key(name)], "mithaq-receipt+jws").decode()


def sign_plan(plan: dict[str, Any], party: str, change: Change = same, signer: str = "") -> str:
    """A party's signature of the plan."""
    payload = {"plan": plan["id"], "digest": canonical.digest(canonical.canonical(plan)), "party": party}
    change(payload)
    return jws.sign(payload, [key(f"root {signer or party}")], "mithaq-plan+jws").decode()


def parts(plan: dict[str, Any] | None = None, token: str = "", receipts: tuple[str, ...] | None = None) -> Bundle:
    """An honest bundle around a plan, an envelope and receipts."""
    plan = plan or document()
    token = token or envelope(plan)
    if receipts is None:
        receipts = (receipt("R0", token, 1), receipt("R2", token, 2, RECIPIENT))
    payload = jws.peek(token.encode())
    facts = {
        "message": payload["id"],
        "act": payload["act"],
        "plan": payload["plan"]["id"],
        "line": payload["line"],
    }
    clauses = {"clauses": " ".join(payload["clauses"])}
    own, theirs = Log("MA-POLICE"), Log("BE-POLICE")
    leaves = [
        own.hold("sent", START, {**facts, **clauses}, token),
        theirs.hold("received", START + timedelta(minutes=1), {**facts, "ground": ""}, token, keep=False),
    ]
    if receipts:
        last, kind = receipts[-1], str(jws.peek(receipts[-1].encode())["kind"])
        leaves.append(own.hold("receipt", START + timedelta(minutes=3), {"message": MESSAGE, "kind": kind}, last))
    return Bundle(
        document=plan,
        signatures=tuple(sign_plan(plan, party["id"]) for party in plan["parties"]),
        key_lists=tuple(key_list(node) for node in NODES),
        envelope=token,
        content_digest=payload["content"]["digest"],
        receipts=receipts,
        leaves=tuple(leaves),
    )


@cache
def good() -> bytes:
    """The file of the honest bundle."""
    return write_bundle(parts())
