"""Performs an act that a person or an own system asks for: decide, run the pure function, write once.

    1 load the facts, with row versions        2 decide -> Permit, or RefusedError with the ground
    3 the act's pure function -> Effects       4 ONE transaction: rows, wishes, leaf; a changed row is retried once

Rule: nothing is written for an act that is not permitted, except the refusal itself, whoever refused: the plan, the
act's roles or a rule of its subject. Design: architecture, "The road".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import access, instruments, refused_files, store, wake, wire
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Terms
from mithaq.node.acts.ids import is_uuid, uuid7
from mithaq.node.acts.models import Refusal
from mithaq.node.acts.need_to_know import NAMED, UnknownError, check_line
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.start import Node
from mithaq.plan.decide import Permit
from mithaq.plan.decide import Refusal as PlanRefusal
from mithaq.seal import canonical

Beside = Callable[[Effects], Effects]
"""What a door writes in the act's own transaction, of its effects: after its rows, without a leaf of its own."""


@dataclass(frozen=True, slots=True)
class _Along:
    """What goes with an act in its transaction."""

    beside: Beside | None
    reading: access.Reading | None
    mends: str


def perform(
    name: str,
    request: Any,
    actor: Actor,
    beside: Beside | None = None,
    reading: access.Reading | None = None,
    mends: str = "",
    *,
    logged: bool = True,
) -> Any:
    """Perform the act `name` ("draft-notice@1") for `actor`; returns its answer.

    The row of the access log for `reading` is written in the act's transaction, if there is one. `mends` is the id of
    a refused file whose place the file of this request takes: it is closed with the act, or says what is wrong now.
    A record that is not there for the actor is asked for in vain: that leaves its row, too, unless the worker acts,
    whose own row tells it (`logged`).

    Raises RefusedError (plan, role or subject rule), StateError (changed record, wrong state), InputError.
    """
    act = REGISTRY.act(name)
    with _kept(act, request, actor):
        check_role(act, actor)
    actor = actor.acting(act.roles)
    try:
        return _retried(act, request, actor, _Along(beside, reading, mends))
    except UnknownError as error:
        if logged:
            what = f"{access.REFUSED}{NAMED}" if error.is_hidden else NAMED
            access.log(actor, what, Node.clock.now(), _about(request)[:64], act.name)
        raise
    except InputError as error:
        if act.takes_file:
            refused_files.keep_refused(act, request, actor, error, mends)
        raise


def _retried(act: Act, request: Any, actor: Actor, along: _Along) -> Any:
    try:
        return _once(act, request, actor, along)
    except StateError as error:
        if error.code != "record.changed":
            raise
        # The facts moved between reading and writing: read them again, once. A person's own stale page is told by
        # the act's rules, which compare the version that the request names.
        return _once(act, request, actor, along)


def _once(act: Act, request: Any, actor: Actor, along: _Along) -> Any:
    now = Node.clock.now()
    with instruments.snapshot():
        with _kept(act, request, actor):
            facts = act.load(request, actor)
        permit = _permit(act, request, facts, actor)
    context = Context(now, actor, permit, lambda: uuid7(now), Node.config.authority)
    with _kept(act, request, actor, permit):
        effects = act.run(request, facts, context)
    with transaction.atomic():
        store.apply(effects, now, lambda: uuid7(now))
        if along.beside is not None:
            store.apply(along.beside(effects), now, lambda: uuid7(now))
        told = leaf_facts(act, permit, actor, effects)
        if act.takes_file:
            told |= refused_files.link_mended(act, request, actor, effects, now, along.mends)
        asked = canonical.canonical(wire.encode(request))
        with store.together():
            store.queue_leaf("act", now, told, asked, effects.leaf.get("record", ""), actor=actor.name)
            wake.wake()
            if along.reading is not None:
                # Who is answered with the record that the act makes reads it.
                if not along.reading.record and is_uuid(str(effects.answer)):
                    along.reading.record = str(effects.answer)
                access.add(along.reading, now)
    if along.reading is not None:
        along.reading.is_written = True
    return effects.answer


def rehearse(name: str, request: Any, actor: Actor) -> Any:
    """What the act would answer now, with nothing written: for a page that says what will happen before it does.

    For acts whose facts take no number of a series. Raises what `perform` would raise.
    """
    act = REGISTRY.act(name)
    check_role(act, actor)
    actor = actor.acting(act.roles)
    now = Node.clock.now()
    with instruments.snapshot():
        facts = act.load(request, actor)
        asked = [(act.word, act.version, act.terms(request, facts))]
        if act.leads_to is not None and (other := act.leads_to(request, facts)) is not None:
            asked.append(other)
        answers = [instruments.decide_terms(*one, actor.unit, now, count=instruments.sent_before(now)) for one in asked]
    for answer in answers:
        if isinstance(answer, PlanRefusal):
            raise instruments.refused(answer)
    permit = next(answer for answer in answers if isinstance(answer, Permit))
    return act.run(request, facts, Context(now, actor, permit, lambda: uuid7(now), Node.config.authority)).answer


def leaf_facts(act: Act, permit: Permit, actor: Actor, effects: Effects) -> dict[str, str]:
    """The public facts of an act's leaf: plan words and record ids, never content or names of persons sought."""
    return {
        "act": act.name,
        "plan": permit.plan,
        "line": permit.line,
        "clauses": " ".join(permit.clauses),
        "unit": actor.unit,
        # What is done in the place of a colleague who is away says under which delegation.
        **({"under": " ".join(under)} if (under := actor.under(act.roles)) else {}),
        **effects.leaf,
    }


def check_role(act: Act, actor: Actor) -> None:
    """RefusedError `role.missing` when the actor has none of the act's roles."""
    if act.roles and not act.roles & actor.roles:
        raise RefusedError(
            "role.missing",
            "The act “{act}” needs one of the roles: {roles}.",
            remedy="Ask a colleague who has it.",
            act=act.name,
            roles=", ".join(sorted(act.roles)),
        )


@contextmanager
def _kept(act: Act, request: Any, actor: Actor, permit: Permit | None = None) -> Iterator[None]:
    """Keep what the act's roles, or a rule of its subject, refuse within: who tries in vain has tried."""
    try:
        yield
    except RefusedError as error:
        plan, line = (permit.plan, permit.line) if permit else ("", "")
        record_refusal(act.name, plan, line, actor.name, error.code, _about(request))
        raise


def _permit(act: Act, request: Any, facts: Any, actor: Actor) -> Permit:
    about = act.about(request, facts) if act.about is not None else _about(request)
    permit = _decided(act.word, act.version, act.terms(request, facts), actor, about)
    if act.leads_to is not None and (other := act.leads_to(request, facts)) is not None:
        _decided(*other, actor, about)
    return permit


def _about(request: Any) -> str:
    """The id of the record that a request is about: the one that it names; empty for one that makes its record."""
    values = (getattr(request, each.name) for each in dataclasses.fields(request))
    return next((value for value in values if isinstance(value, str) and is_uuid(value)), "")


def _decided(word: str, version: int, terms: Terms, actor: Actor, about: str) -> Permit:
    now = Node.clock.now()
    if not actor.knows(terms.line):
        record_refusal(f"{word}@{version}", terms.plan, terms.line, actor.name, "read.line", about)
        check_line(actor, terms.line)
    answer = instruments.decide_terms(word, version, terms, actor.unit, now, count=instruments.sent_before(now))
    if isinstance(answer, PlanRefusal):
        record_refusal(f"{word}@{version}", terms.plan, terms.line, actor.name, answer.ground, about)
        raise instruments.refused(answer)
    return answer


def record_refusal(act: str, plan: str, line: str, actor: str, ground: str, about: str = "") -> None:
    """Keep a refusal, with its leaf, which is found by the record that it is `about`: refusals are answers."""
    now = Node.clock.now()
    with transaction.atomic():
        Refusal.objects.create(id=uuid7(now), at=now, act=act, plan=plan, line=line, actor=actor, ground=ground)
        said = {"act": act, "plan": plan, "line": line, "ground": ground}
        store.queue_leaf("refusal", now, said, actor.encode(), about, actor=actor)
        wake.wake()
