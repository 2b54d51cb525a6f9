"""Enacts a plan: its signatures are checked against the roots that it pins, its key lists against the roots.

Rule: a half-signed plan is never enacted; what the parties signed is its own authority, and no clause decides on it.
Design: architecture, "One idea: the signed plan is the policy"; exchange, "Keys".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mithaq.errors import InputError, StateError, TrustError
from mithaq.node.acts import instruments, store, wake
from mithaq.node.acts.models import Instrument, KeyList
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.start import Node
from mithaq.plan.document import Plan, canonical_plan, plan_digest
from mithaq.plan.signing import check_signatures
from mithaq.seal import jws
from mithaq.seal.keylist import KeyList as Keys
from mithaq.seal.keylist import read_key_list
from mithaq.seal.keys import VerifyKey

_REASON = "reason_"


def enact(plan: Plan, signatures: Sequence[bytes], key_lists: Sequence[bytes], now: datetime) -> str:
    """Enact `plan` at this node; returns its digest. Enacting the same plan again changes nothing.

    Raises TrustError (a signature is missing or does not hold, a key list is not the root's, a root is not the one
    that a plan in force pins), StateError when another
    text of the plan stands here, InputError when the plan does not name this authority, or has a setting that asks for
    the reason of no reading (`plan.setting`).
    """
    signed = check_signatures(plan, signatures)
    if Node.config.authority not in {authority.id for authority in plan.authorities}:
        own = Node.config.authority
        raise InputError("plan.authority", "The plan does not name {authority}.", where="authorities", authority=own)
    _check_roots(plan)
    _check_reasons(plan)
    lists = [(_read(token, plan), token) for token in key_lists]
    missing = {one.id for one in plan.authorities} - {keys.authority for keys, _ in lists} - _known()
    if missing:
        raise TrustError(
            "keys.none", "There is no key list of {authority}.", remedy="Add it.", authority=" ".join(sorted(missing))
        )
    digest, document = plan_digest(plan), canonical_plan(plan)
    standing = Instrument.objects.filter(plan=plan.id).first()
    if standing is not None and standing.digest != digest:
        raise StateError("plan.standing", "Another text of this plan is in force here.", remedy="Amend it.")
    tokens = {jws.peek(token)["party"]: token.decode() for token in signatures}
    with transaction.atomic():
        for keys, token in lists:
            _keep(keys, token, now)
        if standing is None:
            Instrument.objects.create(
                plan=plan.id,
                digest=digest,
                kind=plan.kind,
                document=document,
                signatures={party: tokens[party] for party in sorted(signed.parties)},
                enacted=now,
            )
            store.queue_leaf("plan", now, {"plan": plan.id, "digest": digest}, document)
        wake.wake()
    return digest


def _read(token: bytes, plan: Plan) -> Keys:
    authority = str(jws.peek(token).get("authority", ""))
    party = next((one.party for one in plan.authorities if one.id == authority), None)
    if party is None:
        raise TrustError("keys.authority", "The plan names no authority of this key list.", where=authority[:60])
    root = next(one.root for one in plan.parties if one.id == party)
    return read_key_list(token, VerifyKey.parse(root))


def _check_roots(plan: Plan) -> None:
    """A party has one root: a plan that pins another one than a plan in force would let it sign for the other."""
    for instrument in instruments.in_force():
        standing = {party.id: party.root for party in instrument.plan.parties}
        for party in plan.parties:
            if standing.get(party.id, party.root) != party.root:
                raise TrustError(
                    "plan.root.other",
                    "The plan pins another root key of {party} than the plan {standing} that is in force.",
                    remedy="Ask the party which root key is its own.",
                    party=party.id,
                    standing=instrument.plan.id,
                )


def _check_reasons(plan: Plan) -> None:
    """A setting that names no reading would ask nobody, and nobody would be told."""
    for clause in (clause for line in plan.lines for clause in line.clauses):
        for name, value in clause.settings.items():
            asks = plan.kind == "domestic" and name in REGISTRY.reasons and isinstance(value, int)
            if name.startswith(_REASON) and not asks:
                raise InputError(
                    "plan.setting",
                    "The setting {name} asks for the reason of no reading.",
                    remedy="docs/reasons.md lists the settings of a domestic instrument; each is a number of minutes.",
                    where=clause.id,
                    name=name,
                )


def _known() -> set[str]:
    return set(KeyList.objects.values_list("authority", flat=True))


def _keep(keys: Keys, token: bytes, now: datetime) -> None:
    latest = KeyList.objects.filter(authority=keys.authority).order_by("-number").first()
    if latest is not None and bytes(latest.token) == token:
        return
    if latest is not None and latest.number >= keys.version:
        raise TrustError("keys.rollback", "A newer key list of {authority} is in force here.", authority=keys.authority)
    KeyList.objects.create(authority=keys.authority, number=keys.version, token=token, received=now)
    store.queue_leaf("key-list", now, {"authority": keys.authority, "version": str(keys.version)}, token)
