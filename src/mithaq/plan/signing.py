"""Signatures of a plan: each party signs the digest with its root key.

Rule: a plan is signed when every party that it names has signed this very text with the root key that the text pins;
one signature less, or one that does not verify, and it is not. Documents: RFC 7515, RFC 8037 (by `seal.jws`).
Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mithaq.errors import InputError, TrustError
from mithaq.plan.document import plan_digest
from mithaq.plan.parts import Party, Plan
from mithaq.seal import jws
from mithaq.seal.keys import SigningKey, VerifyKey

TYPE = "mithaq-plan+jws"


@dataclass(frozen=True, slots=True)
class Signed:
    """The plan of this digest bears the signatures of these parties."""

    plan: str
    digest: str
    parties: frozenset[str]


def sign_plan(plan: Plan, party: str, root: SigningKey) -> bytes:
    """The party's signature. Raises InputError for a party that the plan lacks, TrustError for another root key."""
    pinned = _party(plan, party)
    if pinned is None:
        raise InputError("plan.party", f"The plan {plan.id} has no party {party}.", remedy="Name one of its parties.")
    if pinned.root != root.public.text:
        raise TrustError(
            "plan.root",
            f"This is not the root key that the plan pins for {party}.",
            remedy="Sign with that key, or have the plan pinned anew and agreed again.",
        )
    return jws.sign({"plan": plan.id, "digest": plan_digest(plan), "party": party}, [root], TYPE)


def signer_of(plan: Plan, signature: bytes) -> str:
    """The party whose valid signature of this very plan this is. Raises TrustError `plan.signature`, InputError."""
    claimed = jws.peek(signature).get("party")
    party = _party(plan, claimed) if isinstance(claimed, str) else None
    if party is None:
        raise TrustError("plan.signature", "A signature is of no party of this plan.", remedy="Leave it out.")
    root = VerifyKey.parse(party.root)
    try:
        said = jws.verify(signature, {root.kid: root}, TYPE)
    except TrustError:
        raise _wrong(party, "does not verify with the root key that the plan pins") from None
    if said != {"plan": plan.id, "digest": plan_digest(plan), "party": party.id}:
        raise _wrong(party, "is of another text than this")
    return party.id


def check_signatures(plan: Plan, signatures: Sequence[bytes]) -> Signed:
    """All parties' signatures of a plan.

    Raises TrustError `plan.signature` for one that does not hold, `plan.unsigned` that names the parties which have not
    signed, InputError for bytes that are no signature.
    """
    parties = frozenset(signer_of(plan, signature) for signature in signatures)
    missing = [party.id for party in plan.parties if party.id not in parties]
    if missing:
        names = ", ".join(missing)
        raise TrustError(
            "plan.unsigned",
            f"The plan {plan.id} is not signed by {names}.",
            remedy="Obtain that signature: mithaq plan sign.",
            parties=names,
        )
    return Signed(plan.id, plan_digest(plan), parties)


def _party(plan: Plan, party: str) -> Party | None:
    return next((one for one in plan.parties if one.id == party), None)


def _wrong(party: Party, why: str) -> TrustError:
    return TrustError(
        "plan.signature",
        f"The signature of {party.id} {why}.",
        remedy=f"Ask {party.id} to sign the text that all parties hold.",
        party=party.id,
    )
