"""What always holds of the plan engine, over plans, clauses, acts and moments drawn at random."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.plan.clauses import CATEGORIES, HANDLING, URGENCIES, Clause, Quota
from mithaq.plan.decide import DUTIES, ActFacts, Instrument, Permit, Refusal, Suspension, decide
from mithaq.plan.document import canonical_plan, load_canonical, read_plan
from mithaq.plan.grounds import GROUNDS
from mithaq.plan.locate import locate
from mithaq.plan.problems import PlanErrors
from tests.plan.samples import ACT, LINE, NOW, PLAN, TEXT, with_clauses

UNITS = ("MA-POLICE/WANTED", "BE-POLICE/WANTED", "XX/NOBODY", "local", "")
PLACES = ("wanted-persons", "border-data", "")
WORDS = ("publish-notice", "withdraw-notice", "suspend-line", "receipt", "")
NAMES = ("publish-notice@1", "publish-notice@2", "withdraw-notice@1", "suspend-line@1", "broken")


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=len(values)).map(tuple)


moments = st.one_of(
    st.just(NOW),
    st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))))),
)
clauses = st.builds(
    Clause,
    id=st.sampled_from(("a", "b", "c")),
    effect=st.sampled_from(("permit", "permit", "permit", "prohibit", "allow", "")),
    acts=some(NAMES),
    senders=some(UNITS),
    recipients=some(UNITS),
    categories=some((*CATEGORIES, "dna")),
    handling=st.sampled_from((*HANDLING, "H9", "")),
    purposes=some(("locate", "arrest", "")),
    languages=some(("en", "fr", "ar")),
    deadlines=st.dictionaries(st.sampled_from((*URGENCIES, "?")), st.integers()),
    quota=st.none() | st.builds(Quota, st.integers(-1, 9), st.integers()),
    retention_days=st.none() | st.integers(),
    settings=st.dictionaries(st.sampled_from(("x", "y")), st.integers() | st.text(max_size=3)),
)
permits = clauses.map(lambda clause: replace(clause, effect="permit"))
acts = st.builds(
    ActFacts,
    word=st.sampled_from(WORDS),
    version=st.integers(-1, 3),
    plan=st.sampled_from((PLAN.id, PLAN.id, "other", "")),
    line=st.sampled_from(PLACES),
    sender=st.sampled_from(UNITS),
    recipient=st.none() | st.sampled_from(UNITS),
    categories=st.frozensets(st.sampled_from((*CATEGORIES, "dna", ""))),
    handling=st.sampled_from((*HANDLING, "H9", "")),
    purpose=st.sampled_from(("locate", "arrest", "")),
    language=st.sampled_from(("en", "fr", "ar", "")),
    used=st.integers(),
    duty_for=st.sampled_from((None, "", "message")),
    urgency=st.sampled_from((*URGENCIES, "?", "")),
)
# near the sample, so that a good part is permitted
near = st.builds(lambda act, one: replace(ACT, **{one: getattr(act, one)}), acts, st.sampled_from(tuple(ACT.__slots__)))
asked = st.one_of(acts, near, st.just(ACT))
wide = st.builds(lambda clause, one: replace(clause, **{one: getattr(PLAN.lines[0].clauses[0], one)}),
                 clauses, st.sampled_from(tuple(Clause.__slots__)))  # fmt: skip
narrow = st.builds(
    lambda clause, one: replace(PLAN.lines[0].clauses[0], **{one: getattr(clause, one)}),
    clauses,
    st.sampled_from(tuple(Clause.__slots__)),
)
good = st.just(PLAN.lines[0].clauses[0])
lines_of_clauses = st.lists(st.one_of(clauses, wide, good), max_size=4) | st.lists(good | narrow, max_size=3)
suspensions = st.dictionaries(
    st.sampled_from(PLACES), st.builds(Suspension, moments, st.sampled_from(("MA", "BE")), st.text(max_size=3))
)
signatures = st.frozensets(st.sampled_from(("MA", "BE", "FR")))


@st.composite
def any_instrument(draw: st.DrawFn) -> Instrument:
    plan = with_clauses(*draw(lines_of_clauses))
    starts, ends = draw(st.sampled_from(((PLAN.starts, PLAN.ends),)) | st.tuples(moments, moments))
    kind = draw(st.sampled_from(("joint", "joint", "domestic", "?")))
    plan = replace(plan, starts=starts, ends=ends, kind=kind)
    return Instrument(plan, "sha256:x", draw(signatures | st.just(frozenset({"MA", "BE"}))), draw(suspensions))


def instruments() -> st.SearchStrategy[Instrument]:
    """Any, and as often one in force, so that many drawn acts are permitted and the properties say something."""
    in_force = lines_of_clauses.map(lambda some: Instrument(with_clauses(*some), "sha256:x", frozenset({"MA", "BE"})))
    return any_instrument() | in_force


@given(st.lists(instruments(), max_size=3), asked, moments)
def test_decide_is_total_and_refuses_on_a_known_ground(enacted: list[Instrument], act: ActFacts, now: datetime) -> None:
    answer = decide(enacted, act, now)
    assert isinstance(answer, Permit) or (isinstance(answer, Refusal) and answer.ground in GROUNDS)


def permitted(enacted: Instrument, clauses_: list[Clause], act: ActFacts) -> bool:
    plan = replace(enacted.plan, lines=(replace(enacted.plan.lines[0], clauses=tuple(clauses_)),))
    return isinstance(decide([replace(enacted, plan=plan)], act, NOW), Permit)


@given(instruments(), lines_of_clauses, clauses, st.integers(0, 4), asked)
def test_adding_a_prohibition_never_permits_more(
    enacted: Instrument, before: list[Clause], extra: Clause, at: int, act: ActFacts
) -> None:
    after = [*before[:at], replace(extra, effect="prohibit"), *before[at:]]
    assert permitted(enacted, before, act) or not permitted(enacted, after, act)


@given(instruments(), lines_of_clauses, permits, st.integers(0, 4), asked)
def test_taking_a_permitting_clause_away_never_permits_more(
    enacted: Instrument, before: list[Clause], extra: Clause, at: int, act: ActFacts
) -> None:
    assert permitted(enacted, [*before[:at], extra, *before[at:]], act) or not permitted(enacted, before, act)


@given(instruments(), suspensions, asked, moments)
def test_a_suspension_or_a_missing_signature_never_permits_more(
    enacted: Instrument, suspended: dict[str, Suspension], act: ActFacts, now: datetime
) -> None:
    free = isinstance(decide([replace(enacted, suspended={})], act, now), Permit)
    for stricter in (replace(enacted, suspended=suspended), replace(enacted, signed=frozenset({"MA"}))):
        assert free or not isinstance(decide([stricter], act, now), Permit)


@given(st.lists(instruments(), max_size=3), acts, st.sampled_from(sorted(DUTIES)), moments)
def test_nothing_refuses_a_duty(enacted: list[Instrument], act: ActFacts, word: str, now: datetime) -> None:
    assert isinstance(decide(enacted, replace(act, word=word, duty_for="message"), now), Permit)


@given(instruments(), asked)
def test_a_permit_names_clauses_that_permit_alone(enacted: Instrument, act: ActFacts) -> None:
    answer = decide([enacted], act, NOW)
    if isinstance(answer, Permit) and not answer.duty:
        assert answer.clauses
        assert act.line == LINE
        assert act.purpose in answer.obligations.purposes
        assert act.handling <= answer.obligations.handling


@given(st.text(max_size=300))
def test_any_text_that_is_no_plan_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError, match=r"any\.toml"):  # no text this short is a plan
        read_plan(text, "any.toml")


LINES_OF_TEXT = TEXT.splitlines()


@given(st.lists(st.tuples(st.integers(0, len(LINES_OF_TEXT) - 1), st.sampled_from(
    ("", "x = 1", 'id = "MA"', "id = 5", "[lines]", "[[lines]]", "acts = []", 'title = "x"', "a = [[{}]]")
)), min_size=1, max_size=3))  # fmt: skip
def test_a_plan_with_lines_replaced_is_read_or_refused_with_lines(edits: list[tuple[int, str]]) -> None:
    lines = list(LINES_OF_TEXT)
    for at, line in edits:
        lines[at] = line
    try:
        plan = read_plan("\n".join(lines), "edited.toml")
    except PlanErrors as error:
        assert all(0 <= problem.line <= len(lines) for problem in error.problems)  # noqa: PT017
    else:
        assert load_canonical(canonical_plan(plan)) == plan


keys = st.sampled_from(("a", "b", '"c d"', "'e.f'", '"g#=["'))
scalars = st.sampled_from(
    ("1", "true", "2025-01-01 00:00:00Z", '"x # [="', "'y]'", '"""\n[z]\n"""', "'''\n}\n'''", '"\\""')
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3).map(lambda items: "[" + " , # note\n".join(items) + "\n]"),
    max_leaves=5,
)
inline = st.dictionaries(keys, values, max_size=3).map(
    lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items() if "#" not in value) + " }"
)
bodies = st.dictionaries(keys, values | inline, max_size=3)
heads = st.sampled_from(("", "[[t]]", "[[t]]", "[t.s]", "[[t.s]]", "[u]", "[u.v]", "[[w]] # note"))


@given(st.lists(st.tuples(heads, bodies), max_size=5))
def test_every_path_of_a_parsed_text_has_a_line(sections: list[tuple[str, dict[str, str]]]) -> None:
    text = "".join(
        f"{head}\n" + "".join(f"{key} = {value}\n" for key, value in body.items()) for head, body in sections
    )
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = locate(text)
    expected = [path for path in paths(data, ()) if path]
    assert set(expected) <= set(lines)
    for path in expected:
        if isinstance(path[-1], str):
            assert path[-1] in text.splitlines()[lines[path] - 1]


def paths(value: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += paths(inner, (*path, key))
    return found
