"""A simulated partner: the gateway of MA-POLICE as a link of the worker, that can be down, slow of answer, forgetful,
replaying or lying. It signs with MA-POLICE's real keys, and checks what it gets as a gateway does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mithaq.errors import TransportError
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts import receipts
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.deliver import Answer
from mithaq.seal import canonical, jws
from mithaq.seal.keys import SigningKey
from tests.node.here import Here

GROUNDS = {
    "rejecting": (403, "plan.line.suspended"),
    "damaged": (400, "seal.signature"),
    "conflict": (409, "inbox.reused"),
}


@dataclass
class Partner:
    """What the other side does; a test sets `mood`."""

    here: Here
    mood: str = "good"
    got: list[bytes] = field(default_factory=list)
    given: list[bytes] = field(default_factory=list)
    calls: int = 0
    ground: Any = ""

    def post(self, partner: str, path: str, data: bytes) -> Answer:
        """The worker's link to MA-POLICE."""
        assert partner == "MA-POLICE"
        self.calls += 1
        if self.mood == "down":
            raise TransportError("partner.unreachable", "down")
        if path == "/receipts":
            self.given.append(data)
            return Answer(500 if self.mood == "forgetful" else 200, b"{}")
        self.got.append(data)
        if self.mood == "deaf":  # took it, and the answer was lost
            raise TransportError("partner.unreachable", "cut")
        return self._answer(data)

    def _answer(self, data: bytes) -> Answer:
        token, _ = envelopes.unframe(data)
        payload = jws.peek(token)
        if self.mood == "broken":
            return Answer(502, b"<html>")
        if self.mood == "hostile":
            return Answer(403, self.with_ground(payload, token))
        if self.mood in GROUNDS:
            status, ground = GROUNDS[self.mood]
            return Answer(status, self.receipt(payload, token, "RX", ground))
        if self.mood == "stranger":
            return Answer(202, self.receipt(payload, token, "R0", key=SigningKey.generate()))
        if self.mood == "other":
            return Answer(202, self.receipt({**payload, "id": payload["thread"]}, token, "R0"))
        return Answer(202, self.receipt(payload, token, "R0"))

    def receipt(
        self,
        payload: dict[str, Any],
        token: bytes,
        kind: str,
        ground: str = "",
        unit: str | None = None,
        key: SigningKey | None = None,
    ) -> bytes:
        """A receipt of MA-POLICE's for an envelope of ours."""
        signer = key or (self.here.partner.signing[unit] if unit else self.here.partner.node)
        digest, now = canonical.digest(token), self.here.clock.now()
        return receipts.make(kind, payload["id"], digest, "MA-POLICE", unit, now, signer, ground)

    def with_ground(self, payload: dict[str, Any], token: bytes) -> bytes:
        """A rejection, well signed, whose ground is whatever a test puts there."""
        told = jws.peek(self.receipt(payload, token, "RX", "plan.act"))
        return jws.sign({**told, "ground": self.ground}, [self.here.partner.node], receipts.TYPE)

    def payloads(self) -> list[dict[str, Any]]:
        """What was delivered, as envelopes, each id once."""
        found: dict[str, dict[str, Any]] = {}
        for data in self.got:
            payload = jws.peek(envelopes.unframe(data)[0])
            found.setdefault(payload["id"], payload)
        return list(found.values())


def worker_keys(here: Here) -> Custody:
    """The worker's keys of BE-POLICE."""
    own = here.own
    return Custody(own.node, own.ledger, own.signing, own.sealing)
