"""The instruments in force at this node, and decisions under them.

Rule: what is decided on comes from the signed documents in the database, read anew when their generation changes: each
time their signatures are verified and their digests computed. How often a clause has been used is counted from the
messages themselves, never from a counter that could drift.
Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from mithaq.errors import InputError, RefusedError, StateError, TrustError
from mithaq.node.acts.definition import Terms
from mithaq.node.acts.models import Inbox, Instrument, KeyList, Suspension, Wish
from mithaq.node.start import Node
from mithaq.plan import decide as engine
from mithaq.plan.document import Clause, Plan, load_canonical, plan_digest
from mithaq.plan.grounds import GROUNDS
from mithaq.plan.signing import signer_of
from mithaq.seal.keylist import KeyList as Keys
from mithaq.seal.keylist import read_key_list
from mithaq.seal.keys import VerifyKey

LOG = logging.getLogger("mithaq.road")


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that decisions and signatures rest on, as it stood at one generation."""

    generation: tuple[int, ...]
    instruments: tuple[engine.Instrument, ...]
    keys: dict[str, Keys]
    enacted: dict[str, datetime]


_LATEST: list[_State] = []
_HELD = threading.local()


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """Within it, plans and keys are read at most once: one message is judged by one state of them."""
    _HELD.depth = getattr(_HELD, "depth", 0) + 1
    if _HELD.depth == 1:
        _HELD.state = None
    try:
        yield
    finally:
        _HELD.depth -= 1
        if not _HELD.depth:
            _HELD.state = None


def _state() -> _State:
    held: _State | None = getattr(_HELD, "state", None) if getattr(_HELD, "depth", 0) else None
    if held is not None:
        return held
    now = generation()
    found = _LATEST[0] if _LATEST and _LATEST[0].generation == now else _read(now)
    _LATEST[:] = [found]
    if getattr(_HELD, "depth", 0):
        _HELD.state = found
    return found


def generation() -> tuple[int, ...]:
    """Changes when an instrument, a suspension or a key list does: rows are only added, and suspensions lifted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT count(*) FROM acts_instrument), (SELECT count(*) FROM acts_suspension),
            (SELECT count(until) FROM acts_suspension), (SELECT coalesce(max(id), 0) FROM acts_keylist),
            (SELECT coalesce(extract(epoch FROM max(enacted)) * 1000, 0)::bigint FROM acts_instrument)"""
        )
        row: tuple[int, ...] = cursor.fetchone()
    return row


def _read(now: tuple[int, ...]) -> _State:
    suspended: dict[str, dict[str, engine.Suspension]] = {}
    for row in Suspension.objects.filter(until=None).order_by("since"):
        suspended.setdefault(row.plan, {}).setdefault(
            row.line, engine.Suspension(since=row.since, by=row.by, reason=row.reason)
        )
    rows = list(Instrument.objects.order_by("plan"))
    instruments = tuple(_instrument(row, suspended.get(row.plan, {})) for row in rows)
    newest = {row.authority: bytes(row.token) for row in KeyList.objects.order_by("number")}
    roots = _roots(instruments)
    keys = {name: read_key_list(token, roots[name]) for name, token in newest.items() if name in roots}
    return _State(now, instruments, keys, {row.plan: row.enacted for row in rows})


def _instrument(row: Instrument, suspended: dict[str, engine.Suspension]) -> engine.Instrument:
    # The database is not believed: a party has signed when its signature verifies with the root that the plan pins.
    plan = load_canonical(bytes(row.document))
    return engine.Instrument(plan=plan, digest=plan_digest(plan), signed=_signed(plan, row), suspended=suspended)


def _signed(plan: Plan, row: Instrument) -> frozenset[str]:
    found = set()
    for token in row.signatures.values():
        try:
            found.add(signer_of(plan, token.encode()))
        except (InputError, TrustError) as error:
            LOG.error("a stored signature of plan %s does not hold: %s", row.plan, error.code)
    return frozenset(found)


def _roots(instruments: tuple[engine.Instrument, ...]) -> dict[str, VerifyKey]:
    """The root key of each authority's party, as a plan pins it that all its parties have signed."""
    return {
        authority.id: VerifyKey.parse(next(one.root for one in instrument.plan.parties if one.id == authority.party))
        for instrument in instruments
        if is_signed(instrument)
        for authority in instrument.plan.authorities
    }


def is_signed(instrument: engine.Instrument) -> bool:
    """Whether the stored signatures of all parties of a plan hold."""
    parties = {party.id for party in instrument.plan.parties}
    return bool(parties) and parties <= instrument.signed


def in_force() -> tuple[engine.Instrument, ...]:
    """Every instrument that this node has enacted, with the suspensions that bind it now."""
    return _state().instruments


def last_read() -> tuple[engine.Instrument, ...]:
    """The instruments as this process read them last, for the words of a page alone: nothing is decided by them."""
    return _LATEST[0].instruments if _LATEST else in_force()


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


def domestic_since() -> datetime:
    """When the domestic instrument was enacted here. StateError `plan.none` when none is."""
    return _state().enacted[domestic_plan().id]


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

    Raises TrustError `keys.none`.
    """
    found = _state().keys.get(authority)
    if found is None:
        raise TrustError(
            "keys.none",
            "There is no key list of {authority}.",
            remedy="Enact the plan with its key lists.",
            authority=authority,
        )
    return found


def root_of(authority: str) -> tuple[str, VerifyKey]:
    """The party of an authority and its root key, as a plan in force pins it. StateError `plan.none`."""
    for instrument in in_force():
        for one in instrument.plan.authorities:
            if one.id == authority:
                return one.party, _roots((instrument,))[authority]
    raise StateError("plan.none", "No plan is enacted here.", remedy="Enact one: mithaq plan enact.")


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


MAX_SKEW = timedelta(minutes=10)


def recipients(plan_id: str, line_id: str, word: str, sender: str) -> tuple[str, ...]:
    """The units that a line's clauses let `sender` send the act `word` to; empty when there is none."""
    for instrument in in_force():
        if instrument.plan.id == plan_id:
            return engine.recipients(instrument.plan, line_id, word, sender)
    return ()


def clauses(plan_id: str, line_id: str, act: str, ids: Sequence[str]) -> tuple[Clause, ...]:
    """The permitting clauses of these ids on a line that name the act (`publish-notice@1`), each once."""
    found = (instrument.plan.line(line_id) for instrument in in_force() if instrument.plan.id == plan_id)
    return tuple(
        clause
        for line in found
        for clause in (line.clauses if line else ())
        if clause.permits and act in clause.acts and clause.id in ids
    )


def retention_days(plan_id: str, line_id: str, word: str) -> int | None:
    """The days that a line lets be kept what an act brings, by the shortest of its clauses; None when none says."""
    found = (instrument.plan.line(line_id) for instrument in in_force() if instrument.plan.id == plan_id)
    days = [
        clause.retention_days
        for line in found
        for clause in (line.clauses if line else ())
        if clause.permits and clause.retention_days and any(act.partition("@")[0] == word for act in clause.acts)
    ]
    return min(days, default=None)


def lets(plan: Plan, line_id: str, act: str, unit: str) -> bool:
    """Whether a clause of a line lets a unit do an act (`screen-manifest@1`) at all, whatever its terms."""
    line = plan.line(line_id)
    clauses = line.clauses if line else ()
    return any(clause.permits and act in clause.acts and unit in clause.senders for clause in clauses)


def settings(plan: Plan, line_id: str, word: str) -> dict[str, int]:
    """The integer settings of the clauses of a line that name an act (a threshold, a clock), over the defaults."""
    found = dict(DEFAULT_SETTINGS)
    for line in plan.lines:
        if line.id == line_id:
            for clause in line.clauses:
                if any(act.partition("@")[0] == word for act in clause.acts):
                    found.update({name: value for name, value in clause.settings.items() if isinstance(value, int)})
    return found


DEFAULT_SETTINGS = {
    "threshold_centibits": 800,
    "candidate_hours": 72,
    "crossings_retention_hours": 0,
    "refused_file_days": 30,
    "refused_bytes_hours": 72,
    "minor_review_days": 90,
    "letter_reason_days": 365,
    "score_days": 400,
    "silence_days": 365,
    "silence_kept_days": 90,
}
