"""The instruments in force at this node, and decisions under them.

Rule: what is decided on comes from the signed documents in the database, read anew when their generation changes; how
often a clause has been used is counted from the messages themselves, never from a counter that could drift.
Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Max

from mithaq.errors import RefusedError, StateError, TrustError
from mithaq.node.acts.definition import Terms
from mithaq.node.acts.models import Inbox, Instrument, KeyList, Suspension, Wish
from mithaq.node.start import Node
from mithaq.plan import decide as engine
from mithaq.plan.document import Plan, load_canonical
from mithaq.plan.grounds import GROUNDS
from mithaq.seal.keylist import KeyList as Keys
from mithaq.seal.keylist import read_key_list
from mithaq.seal.keys import VerifyKey

_PLANS: dict[str, Plan] = {}


def plan_of(row: Instrument) -> Plan:
    """The plan of an enacted instrument, parsed once for each digest."""
    if row.digest not in _PLANS:
        _PLANS[row.digest] = load_canonical(bytes(row.document))
    return _PLANS[row.digest]


def in_force() -> tuple[engine.Instrument, ...]:
    """Every instrument that this node has enacted, with the suspensions that bind it now."""
    suspended: dict[str, dict[str, engine.Suspension]] = {}
    for row in Suspension.objects.filter(until=None).order_by("since"):
        suspended.setdefault(row.plan, {}).setdefault(
            row.line, engine.Suspension(since=row.since, by=row.by, reason=row.reason)
        )
    return tuple(
        engine.Instrument(
            plan=plan_of(row),
            digest=row.digest,
            signed=frozenset(row.signatures),
            suspended=suspended.get(row.plan, {}),
        )
        for row in Instrument.objects.order_by("plan")
    )


def joint_plan() -> Plan:
    """The joint plan in force. StateError `plan.none` when none is enacted."""
    for instrument in in_force():
        if instrument.plan.kind == "joint":
            return instrument.plan
    raise StateError("plan.none", "No joint plan is enacted.", remedy="Enact it: mithaq plan enact.")


def domestic_plan() -> Plan:
    """The node's domestic instrument. StateError `plan.none` when none is enacted."""
    for instrument in in_force():
        if instrument.plan.kind == "domestic":
            return instrument.plan
    raise StateError("plan.none", "No domestic instrument is enacted.", remedy="Enact it: mithaq plan enact.")


def decide_terms(
    word: str, version: int, terms: Terms, unit: str, now: datetime, *, count: Count | None = None
) -> engine.Permit | engine.Refusal:
    """Decide on an act with these terms by `unit`. `count` counts what was used of a quota since a moment; None leaves
    the quota aside, for a message that was counted when it was taken."""
    instruments = in_force()
    facts = engine.ActFacts(
        word=word,
        version=version,
        plan=terms.plan,
        line=terms.line,
        sender=unit,
        recipient=terms.recipient,
        categories=terms.categories,
        handling=terms.handling,
        purpose=terms.purpose,
        language=terms.language,
        urgency=terms.urgency,
        duty_for=terms.duty_for,
    )
    window = engine.quota_window(instruments, facts) if count else None
    if count is not None and window is not None:
        facts = engine.with_used(facts, count(facts, now - window))
    return engine.decide(instruments, facts, now)


Count = Callable[[engine.ActFacts, datetime], int]


def sent_before(moment: datetime) -> Count:
    """Counts the wishes of an act that came before `moment` and were not refused."""

    def count(facts: engine.ActFacts, since: datetime) -> int:
        rows = Wish.objects.filter(plan=facts.plan, line=facts.line, act=facts.name, state__in=("open", "sent"))
        return rows.filter(created__gt=since, created__lt=moment).count()

    return count


def received(facts: engine.ActFacts, since: datetime) -> int:
    """Counts the messages of an act that were accepted."""
    rows = Inbox.objects.filter(plan=facts.plan, line=facts.line, act=facts.name, accepted=True)
    return rows.filter(at__gt=since).count()


def refused(answer: engine.Refusal) -> RefusedError:
    """The error that tells a person which ground refused, and what to do next."""
    ground = GROUNDS[answer.ground]
    return RefusedError(
        answer.ground, ground.text, remedy=ground.remedy, where=answer.clause or answer.line, **dict(answer.params)
    )


def keys_of(authority: str) -> Keys:
    """The key list in force of an authority, verified with its party's root as the plan pins it.

    Raises TrustError `keys.none`. Cached by the token, so that a new list is used at once.
    """
    row = KeyList.objects.filter(authority=authority).order_by("-number").first()
    if row is None:
        raise TrustError(
            "keys.none", f"There is no key list of {authority}.", remedy="Enact the plan with its key lists."
        )
    return _verified(authority, bytes(row.token))


_KEYS: dict[bytes, Keys] = {}


def _verified(authority: str, token: bytes) -> Keys:
    if token not in _KEYS:
        _KEYS[token] = read_key_list(token, root_of(authority))
    return _KEYS[token]


def root_of(authority: str) -> VerifyKey:
    """The root key of an authority's party, pinned by an enacted instrument."""
    for instrument in in_force():
        for candidate in instrument.plan.authorities:
            if candidate.id == authority:
                party = next(party for party in instrument.plan.parties if party.id == candidate.party)
                return VerifyKey.parse(party.root)
    raise TrustError("keys.authority", f"No enacted plan names the authority {authority}.")


def partners() -> tuple[str, ...]:
    """The authorities of the joint plans in force other than this node's."""
    here = Node.config.authority
    found = {
        authority.id
        for instrument in in_force()
        if instrument.plan.kind == "joint"
        for authority in instrument.plan.authorities
    }
    return tuple(sorted(found - {here}))


def authority_of(unit: str) -> str:
    """The authority of a unit: the part before the slash of `BE-POLICE/WANTED`."""
    return unit.partition("/")[0]


def generation() -> str:
    """Changes when an instrument or key list does: what the gateway watches to trust a new partner's certificate."""
    latest = Instrument.objects.aggregate(last=Max("enacted"))["last"]
    lists = KeyList.objects.aggregate(last=Max("id"))["last"]
    return f"{latest}-{lists}"


MAX_SKEW = timedelta(minutes=10)


def recipients(plan_id: str, line_id: str, word: str, sender: str) -> tuple[str, ...]:
    """The units that a line's clauses let `sender` send the act `word` to; empty when there is none."""
    for instrument in in_force():
        if instrument.plan.id == plan_id:
            return engine.recipients(instrument.plan, line_id, word, sender)
    return ()


def settings(plan: Plan, line_id: str, word: str) -> dict[str, int]:
    """The integer settings of the clauses of a line that name an act (a threshold, a clock), over the defaults."""
    found = dict(DEFAULT_SETTINGS)
    for line in plan.lines:
        if line.id == line_id:
            for clause in line.clauses:
                if any(act.partition("@")[0] == word for act in clause.acts):
                    found.update({name: value for name, value in clause.settings.items() if isinstance(value, int)})
    return found


DEFAULT_SETTINGS = {"threshold_centibits": 800, "candidate_hours": 72, "crossings_retention_hours": 0}
