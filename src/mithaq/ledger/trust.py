"""Checks 2 and 3: who stands behind the plan of a bundle, and which keys each authority had when.

Rules: every key comes from a root of the plan; a root that the caller pinned is the only one taken for its party, and
each other is reported as taken on trust. Design: exchange, "Keys" and "Ledger".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from mithaq.errors import MithaqError, TrustError
from mithaq.ledger import fields
from mithaq.ledger.evidence import Bundle
from mithaq.seal import canonical, jws
from mithaq.seal.keylist import KeyList, read_key_list
from mithaq.seal.keys import VerifyKey

PLAN_FORMAT = "mithaq/plan/1"
PLAN_TYPE = "mithaq-plan+jws"
# Clocks of nodes may differ by this much (design: exchange, "Proof to publish").
SKEW = timedelta(minutes=10)


class Signed(Protocol):
    """A file of proof that carries the plan, as far as the plan is verified."""

    @property
    def document(self) -> Mapping[str, Any]: ...

    @property
    def signatures(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Agreement:
    """A plan that all its parties signed: its parties' roots, and the party of each authority."""

    id: str
    digest: str
    document: Mapping[str, Any]
    roots: Mapping[str, VerifyKey]
    party_of: Mapping[str, str]
    on_trust: Mapping[str, str]


class Keyring:
    """The verified key lists of a bundle."""

    def __init__(self, lists: Iterable[KeyList]) -> None:
        self._lists = tuple(sorted(lists, key=lambda each: each.version, reverse=True))

    def at(self, authority: str, moment: datetime) -> KeyList:
        """The newest key list of an authority issued by then. TrustError `ledger.keys.none`, `ledger.keys.expired`."""
        issued = (each for each in self.of(authority) if each.issued - SKEW <= moment)
        newest = next(issued, None)
        if newest is None:
            raise TrustError("ledger.keys.none", f"No key list of {authority} of that time is in this file.")
        if newest.expires <= moment:
            raise TrustError("ledger.keys.expired", f"The key list of {authority} had expired at that time.")
        return newest

    def of(self, authority: str) -> tuple[KeyList, ...]:
        """All key lists of an authority, the newest first."""
        return tuple(each for each in self._lists if each.authority == authority)

    def logs(self, authority: str, moment: datetime) -> tuple[VerifyKey, ...]:
        """The ledger keys that may sign a head over a leaf of that moment: those in force then and later."""
        return tuple(each.ledger for each in self.of(authority) if each.expires > moment)


def check_plan(bundle: Signed, pinned: Mapping[str, VerifyKey]) -> Agreement:
    """Check 2. Raises TrustError `ledger.plan.signature` or `ledger.plan.root`, InputError."""
    document = bundle.document
    if document.get("format") != PLAN_FORMAT:
        raise fields.wrong("plan.format", PLAN_FORMAT)
    roots = {
        party: VerifyKey.parse(fields.text(row, "root", f"plan.parties.{party}"))
        for party, row in rows(document, "parties", "plan").items()
    }
    party_of = {
        authority: fields.text(row, "party", f"plan.authorities.{authority}")
        for authority, row in rows(document, "authorities", "plan").items()
    }
    wrong = [party for party, root in pinned.items() if roots.get(party) != root]
    if not roots or not set(party_of.values()) <= roots.keys():
        raise TrustError("ledger.plan.root", "The plan has no party, or an authority of no party.")
    if wrong:
        raise TrustError("ledger.plan.root", f"The plan does not name the root that you hold for {', '.join(wrong)}.")
    agreement = Agreement(
        id=fields.text(document, "id", "plan"),
        digest=canonical.digest(canonical.canonical(document)),
        document=document,
        roots=roots,
        party_of=party_of,
        on_trust={party: root.text for party, root in sorted(roots.items()) if party not in pinned},
    )
    _check_signatures(agreement, bundle.signatures)
    return agreement


def _check_signatures(agreement: Agreement, signatures: Sequence[str]) -> None:
    signed = set()
    for token in signatures:
        party = fields.text(jws.peek(token.encode()), "party", "plan.signature")
        if party not in agreement.roots:
            raise TrustError("ledger.plan.signature", f"{party} signed and is no party of the plan.")
        root = agreement.roots[party]
        said = jws.verify(token.encode(), {root.kid: root}, PLAN_TYPE)
        if (said.get("plan"), said.get("digest")) != (agreement.id, agreement.digest):
            raise TrustError("ledger.plan.signature", f"{party} signed another text than this plan.")
        signed.add(party)
    missing = sorted(agreement.roots.keys() - signed)
    if missing:
        raise TrustError("ledger.plan.signature", f"The plan lacks the signature of {', '.join(missing)}.")


def check_keys(bundle: Bundle, agreement: Agreement) -> Keyring:
    """Check 3. Raises TrustError `ledger.keys.root`, `ledger.keys.none` or `ledger.keys.expired`, InputError."""
    keyring = keyring_of(bundle.key_lists, agreement)
    # The envelope is only claimed here; check 4 verifies it with the keys found for its claim.
    envelope = jws.peek(bundle.envelope.encode())
    created = fields.time(envelope, "created", "envelope")
    for end in ("from", "to"):
        keyring.at(fields.text(fields.record(envelope.get(end), f"envelope.{end}"), "node", f"envelope.{end}"), created)
    return keyring


def keyring_of(tokens: Iterable[str], agreement: Agreement) -> Keyring:
    """Key lists, each signed by the root of its authority's party. TrustError `ledger.keys.root`, InputError."""
    return Keyring(_key_list(token.encode(), agreement) for token in tokens)


def _key_list(token: bytes, agreement: Agreement) -> KeyList:
    failure: MithaqError | None = None
    for party, root in agreement.roots.items():
        try:
            found = read_key_list(token, root)
        except MithaqError as error:
            failure = error
            continue
        if agreement.party_of.get(found.authority) == party:
            return found
    detail = f" ({failure.detail})" if failure else ""
    raise TrustError("ledger.keys.root", f"A key list is not signed by the root of its authority's party.{detail}")


def rows(document: Mapping[str, Any], name: str, where: str) -> dict[str, Mapping[str, Any]]:
    """The tables of a plan's array `name`, by their `id`. InputError `ledger.field`, also for an id given twice."""
    place = f"{where}.{name}"
    tables = [fields.record(row, place) for row in fields.array(document.get(name), place)]
    found = {fields.text(row, "id", place): row for row in tables}
    if len(found) != len(tables):
        raise fields.wrong(place, "rows of different ids")
    return found
