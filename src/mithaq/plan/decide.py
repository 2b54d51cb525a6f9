"""decide: may this act be done, now, under the instruments in force?

Rule: pure and total. Any input of the right types gives a Permit or a Refusal, never an exception; adding a prohibition
or taking a permitting clause away never permits more; a duty for something already exchanged is never refused. Numbered
checks, in order:

    0 a duty is owed for something exchanged: permitted, whatever became of plan and line
    1 the plan is enacted, once    2 every party has signed it     3 its period includes now
    4 it has the line              5 the line is not suspended     6 no clause prohibits the act
    and one clause that permits has  7 the act    8 in this version     9 this sender   10 this recipient, of another
    authority   11 every data category   12 the handling code   13 the purpose   14 the language   15 a deadline for the
    urgency   16 a retention   17 room in its quota

Check 5 lets `suspend-line` pass: a suspension binds its author at once, and the partner must still be told, and may
suspend in turn. Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mithaq.plan.clauses import LOCAL, Clause, rank, word_of
from mithaq.plan.conditions import first_failing, prohibits
from mithaq.plan.instruments import ActFacts, Instrument, Obligations, Permit, Refusal, Suspension
from mithaq.plan.parts import Line, Plan

__all__ = [
    "DUTIES",
    "ActFacts",
    "Instrument",
    "Obligations",
    "Permit",
    "Refusal",
    "Suspension",
    "decide",
    "is_duty",
    "quota_window",
    "recipients",
    "with_used",
]

DUTIES = frozenset({"receipt", "refusal", "correction", "withdraw-notice", "erase", "wrong-person", "evidence"})
PASSES_SUSPENSION = frozenset({"suspend-line"})


def decide(instruments: Sequence[Instrument], act: ActFacts, now: datetime) -> Permit | Refusal:
    """Permit, with the clauses used and what they oblige to, or Refusal with the first ground that refuses.

    `now` is timezone-aware. Of several clauses the refusal names the one that came nearest.
    """
    named = [instrument for instrument in instruments if instrument.plan.id == act.plan]
    if is_duty(act):
        return _owed(named, act, now)
    if not named:
        return _refuse("plan.unknown", act)
    if len(named) > 1:
        return _refuse("plan.ambiguous", act)
    return _in_force(named[0], act, now) or _on_line(named[0], act, now)


def is_duty(act: ActFacts) -> bool:
    """True for an act that is owed for something already exchanged. The caller knows that it was exchanged."""
    return act.word in DUTIES and bool(act.duty_for)


def quota_window(instruments: Sequence[Instrument], act: ActFacts) -> timedelta | None:
    """The time over which `ActFacts.used` is to be counted; the longest of several clauses, None without a quota."""
    hours = [
        clause.quota.hours
        for instrument in instruments
        for clause in _naming(instrument.plan, act)
        if clause.quota is not None
    ]
    return timedelta(hours=max(hours)) if hours else None


def with_used(act: ActFacts, used: int) -> ActFacts:
    """The act with what was used of its quota."""
    return replace(act, used=used)


def recipients(plan: Plan, line_id: str, word: str, sender: str) -> tuple[str, ...]:
    """The units of other authorities that a line's clauses let `sender` send the act `word` to, in the plan's order."""
    line = plan.line(line_id)
    allowed = {
        unit
        for clause in (line.clauses if line else ())
        if clause.permits and sender in clause.senders and word in {word_of(name) for name in clause.acts}
        for unit in clause.recipients
    }
    own = plan.authority_of(sender)
    return tuple(unit.id for unit in plan.units if unit.id in allowed and unit.authority != own)


def _refuse(ground: str, act: ActFacts, clause: str | None = None, **params: str | int) -> Refusal:
    return Refusal(ground, act.plan, act.line, clause, params)


def _in_force(instrument: Instrument, act: ActFacts, now: datetime) -> Refusal | None:
    """Checks 2 and 3: the plan as a whole."""
    plan = instrument.plan
    unsigned = [party.id for party in plan.parties if party.id not in instrument.signed]
    if unsigned or not plan.parties:
        return _refuse("plan.signatures", act, missing=", ".join(unsigned))
    if now < plan.starts:
        return _refuse("plan.period.early", act, starts=_text(plan.starts))
    if now >= plan.ends:
        return _refuse("plan.period.over", act, ends=_text(plan.ends))
    return None


def _on_line(instrument: Instrument, act: ActFacts, now: datetime) -> Permit | Refusal:
    """Checks 4 to 6, and 7 to 17 when they hold."""
    line = instrument.plan.line(act.line)
    if line is None:
        return _refuse("plan.line", act)
    suspension = instrument.suspended.get(line.id)
    if suspension is not None and act.word not in PASSES_SUSPENSION:
        return _refuse("plan.line.suspended", act, by=suspension.by, since=_text(suspension.since))
    for clause in line.clauses:
        if not clause.permits and prohibits(clause, act):
            return _refuse("plan.prohibited", act, clause.id)
    return _by_clauses(instrument, line, act, now)


def _by_clauses(instrument: Instrument, line: Line, act: ActFacts, now: datetime) -> Permit | Refusal:
    """Checks 7 to 17, on each permitting clause by itself: permissions of two clauses do not add up."""
    used: list[Clause] = []
    nearest: tuple[int, Refusal] = (0, _refuse("plan.act", act))
    for clause in line.clauses:
        if not clause.permits:
            continue
        failing = first_failing(instrument.plan, clause, act)
        if failing is None:
            used.append(clause)
        elif failing.number > nearest[0]:
            about = clause.id if failing.ground != "plan.act" else None
            nearest = failing.number, _refuse(failing.ground, act, about, **failing.allowed(clause))
    return _permit(instrument, act, used, now) if used else nearest[1]


def _permit(
    instrument: Instrument, act: ActFacts, used: Sequence[Clause], now: datetime, *, duty: bool = False
) -> Permit:
    return Permit(
        plan=act.plan,
        digest=instrument.digest,
        line=act.line,
        clauses=tuple(clause.id for clause in used),
        obligations=_obligations(used, act, now),
        duty=duty,
    )


def _owed(named: Sequence[Instrument], act: ActFacts, now: datetime) -> Permit:
    """Check 0. The clauses are named as far as the plan still has them; without a plan the duty stands alone."""
    if not named:
        return Permit(act.plan, "", act.line, (), _obligations((), act, now), duty=True)
    used = [
        clause
        for clause in _naming(named[0].plan, act)
        if act.sender in clause.senders and (act.recipient or LOCAL) in clause.recipients
    ]
    return _permit(named[0], act, used, now, duty=True)


def _naming(plan: Plan, act: ActFacts) -> list[Clause]:
    """The permitting clauses of the act's line that name the act."""
    line = plan.line(act.line) if plan.id == act.plan else None
    return [clause for clause in (line.clauses if line else ()) if clause.permits and act.name in clause.acts]


def _obligations(used: Sequence[Clause], act: ActFacts, now: datetime) -> Obligations:
    hours = [clause.deadlines[act.urgency] for clause in used if clause.deadlines.get(act.urgency, 0) > 0]
    caps = [clause.handling for clause in used if rank(clause.handling) >= 0]
    kept = [clause.retention_days for clause in used if clause.retention_days]
    settings: dict[str, int | str] = {}
    for clause in used:
        for name, value in clause.settings.items():
            settings[name] = _smaller(settings.get(name), value)
    first = used[0].purposes if used else ()
    return Obligations(
        retention_days=min(kept) if kept else None,
        due=_later(now, min(hours)) if hours else None,
        handling=min(caps, key=rank) if caps else act.handling,
        purposes=tuple(purpose for purpose in first if all(purpose in clause.purposes for clause in used)),
        settings=settings,
    )


def _smaller(one: int | str | None, other: int | str) -> int | str:
    """Of two figures the smaller; of two texts the first."""
    if isinstance(one, int) and isinstance(other, int):
        return min(one, other)
    return other if one is None else one


def _later(now: datetime, hours: int) -> datetime:
    """Hours after now; the end of the calendar when there is no such moment."""
    try:
        return now + timedelta(hours=hours)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
