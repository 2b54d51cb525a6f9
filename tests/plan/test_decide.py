"""decide: each numbered check alone turns a Permit into a Refusal with its own ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mithaq.plan.clauses import Clause, Quota
from mithaq.plan.conditions import CONDITIONS
from mithaq.plan.decide import (
    DUTIES,
    ActFacts,
    Instrument,
    Permit,
    Refusal,
    Suspension,
    decide,
    quota_window,
    recipients,
    with_used,
)
from mithaq.plan.document import read_plan
from mithaq.plan.grounds import GROUNDS
from tests.plan.samples import ACT, CLAUSE, EXAMPLES, LINE, NOW, PLAN, instrument, with_clauses

SUSPENDED = {LINE: Suspension(NOW, "BE", "a court's order")}
Case = tuple[Callable[[], Instrument], Callable[[ActFacts], ActFacts], datetime]


def test_the_sample_act_is_permitted_with_its_obligations() -> None:
    answer = decide([instrument()], ACT, NOW)
    assert isinstance(answer, Permit)
    assert (answer.plan, answer.line, answer.clauses, answer.duty) == (PLAN.id, LINE, (CLAUSE.id,), False)
    assert answer.digest == instrument().digest
    owed = answer.obligations
    assert (owed.retention_days, owed.due, owed.handling) == (365, NOW + timedelta(hours=8), "H2")
    assert owed.purposes == ("locate",)
    assert owed.settings == {"candidate_hours": 72}


PROHIBITION = Clause(id="no-portraits", effect="prohibit", categories=("portrait",))
# number of the check, ground, instrument, change of the act, moment
REFUSING = [
    (1, "plan.unknown", instrument, {"plan": "MA-FR/test"}, NOW),
    (2, "plan.signatures", lambda: instrument(signed=("MA",)), {}, NOW),
    (2, "plan.signatures", lambda: instrument(signed=()), {}, NOW),
    (2, "plan.signatures", lambda: instrument(replace(PLAN, parties=())), {}, NOW),
    (3, "plan.period.early", instrument, {}, datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)),
    (3, "plan.period.over", instrument, {}, datetime(2027, 1, 1, tzinfo=UTC)),
    (4, "plan.line", instrument, {"line": "border-data"}, NOW),
    (5, "plan.line.suspended", lambda: instrument(suspended=SUSPENDED), {}, NOW),
    (6, "plan.prohibited", lambda: instrument(with_clauses(CLAUSE, PROHIBITION)), {"categories": {"portrait"}}, NOW),
    (7, "plan.act", instrument, {"word": "report-hit"}, NOW),
    (8, "plan.act.version", instrument, {"version": 2}, NOW),
    (9, "plan.sender", instrument, {"sender": "MA-POLICE/BORDER"}, NOW),
    (10, "plan.recipient", instrument, {"recipient": "BE-POLICE/BORDER"}, NOW),
    (10, "plan.recipient", instrument, {"recipient": "MA-POLICE/WANTED"}, NOW),
    (10, "plan.recipient", instrument, {"recipient": None}, NOW),
    (11, "plan.category", instrument, {"categories": {"identity", "travel"}}, NOW),
    (11, "plan.category", instrument, {"categories": set()}, NOW),
    (12, "plan.handling", instrument, {"handling": "H3"}, NOW),
    (12, "plan.handling", instrument, {"handling": "SECRET"}, NOW),
    (13, "plan.purpose", instrument, {"purpose": "arrest"}, NOW),
    (14, "plan.language", instrument, {"language": "nl"}, NOW),
    (15, "plan.urgency", instrument, {"urgency": "to-obtain"}, NOW),
    (16, "plan.retention", lambda: instrument(with_clauses(replace(CLAUSE, retention_days=None))), {}, NOW),
    (17, "plan.quota", instrument, {"used": 5}, NOW),
    (17, "plan.quota", instrument, {"used": -1}, NOW),
]


def changed(act: ActFacts, change: dict[str, object]) -> ActFacts:
    values = {key: frozenset(value) if isinstance(value, set) else value for key, value in change.items()}
    return replace(act, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "ground", "enacted", "change", "now"), REFUSING)
def test_each_check_alone_refuses_with_its_own_ground(
    number: int, ground: str, enacted: Callable[[], Instrument], change: dict[str, object], now: datetime
) -> None:
    answer = decide([enacted()], changed(ACT, change), now)
    assert isinstance(answer, Refusal)
    assert answer.ground == ground
    assert {condition.ground: condition.number for condition in CONDITIONS}.get(ground, number) == number
    assert not set(answer.params) & {"code", "detail", "remedy", "where"}  # names that errors keep for themselves


def test_every_ground_is_given_by_some_refusal() -> None:
    assert {ground for _, ground, *_ in REFUSING} | {"plan.ambiguous"} == set(GROUNDS)


def test_two_instruments_of_one_name_permit_nothing() -> None:
    answer = decide([instrument(), instrument()], ACT, NOW)
    assert isinstance(answer, Refusal)
    assert answer.ground == "plan.ambiguous"


def test_the_first_and_last_moments_of_the_plan() -> None:
    assert isinstance(decide([instrument()], ACT, PLAN.starts), Permit)
    assert isinstance(decide([instrument()], ACT, PLAN.ends - timedelta(microseconds=1)), Permit)


def test_a_refusal_says_what_the_clause_would_have_allowed_and_nothing_that_the_sender_wrote() -> None:
    answer = decide([instrument()], replace(ACT, purpose="A Person's Name"), NOW)
    assert isinstance(answer, Refusal)
    assert (answer.clause, answer.params) == (CLAUSE.id, {"allowed": "locate"})
    answer = decide([instrument()], replace(ACT, used=5), NOW)
    assert isinstance(answer, Refusal)
    assert answer.params == {"count": 5, "hours": 24}


@pytest.mark.parametrize(
    "empty",
    [
        {"acts": ()},
        {"senders": ()},
        {"recipients": ()},
        {"categories": ()},
        {"handling": ""},
        {"handling": "H9"},
        {"purposes": ()},
        {"languages": ()},
        {"deadlines": {}},
        {"deadlines": {"urgent": 0}},
        {"quota": Quota(0, 24)},
        {"retention_days": None},
        {"effect": "allow"},
        {"effect": ""},
        {"categories": ("identity", "dna"), "acts": ("publish-notice",)},
    ],
)
def test_an_empty_or_unknown_value_of_a_clause_permits_nothing(empty: dict[str, object]) -> None:
    plan = with_clauses(replace(CLAUSE, **empty))  # type: ignore[arg-type]
    assert isinstance(decide([instrument(plan)], ACT, NOW), Refusal)


def test_values_that_the_plan_does_not_define_permit_nothing_even_when_a_clause_names_them() -> None:
    odd = replace(CLAUSE, senders=("XX/Y",), categories=("dna",), purposes=("revenge",), languages=("tlh",))
    plan = with_clauses(replace(CLAUSE, categories=("dna",)))
    assert isinstance(decide([instrument(plan)], replace(ACT, categories=frozenset({"dna"})), NOW), Refusal)
    for name, value in (("sender", "XX/Y"), ("purpose", "revenge"), ("language", "tlh")):
        field = {"sender": "senders", "purpose": "purposes", "language": "languages"}[name]
        plan = with_clauses(replace(CLAUSE, **{field: getattr(odd, field)}))
        assert isinstance(decide([instrument(plan)], changed(ACT, {name: value}), NOW), Refusal)


def test_no_clauses_refuse() -> None:
    assert isinstance(decide([instrument(with_clauses())], ACT, NOW), Refusal)
    assert isinstance(decide([], ACT, NOW), Refusal)


def test_permissions_of_two_clauses_do_not_add_up() -> None:
    one, other = replace(CLAUSE, id="a", categories=("identity",)), replace(CLAUSE, id="b", categories=("portrait",))
    both = replace(ACT, categories=frozenset({"identity", "portrait"}))
    answer = decide([instrument(with_clauses(one, other))], both, NOW)
    assert isinstance(answer, Refusal)
    assert answer.ground == "plan.category"


def test_of_several_clauses_that_permit_the_strictest_obligations_hold() -> None:
    other = replace(
        CLAUSE, id="b", handling="H1", retention_days=30, deadlines={"urgent": 4}, settings={"candidate_hours": 24}
    )
    answer = decide([instrument(with_clauses(CLAUSE, other))], ACT, NOW)
    assert isinstance(answer, Permit)
    assert answer.clauses == (CLAUSE.id, "b")
    owed = answer.obligations
    assert (owed.handling, owed.retention_days, owed.due) == ("H1", 30, NOW + timedelta(hours=4))
    assert owed.settings == {"candidate_hours": 24}


@pytest.mark.parametrize(
    "narrowed",
    [
        {},
        {"acts": ("publish-notice@1",)},
        {"senders": ("MA-POLICE/WANTED",)},
        {"recipients": ("BE-POLICE/WANTED",)},
        {"categories": ("portrait", "identity")},
        {"handling": "H1"},
        {"handling": "H0"},
        {"handling": "unheard-of"},
        {"purposes": ("locate",)},
        {"languages": ("fr",)},
        {"deadlines": {"urgent": 8}},
    ],
)
def test_a_prohibition_wins_when_all_that_it_says_fits(narrowed: dict[str, object]) -> None:
    clause = Clause(id="no", effect="prohibit", **narrowed)  # type: ignore[arg-type]
    answer = decide([instrument(with_clauses(CLAUSE, clause))], ACT, NOW)
    assert isinstance(answer, Refusal)
    assert (answer.ground, answer.clause) == ("plan.prohibited", "no")


@pytest.mark.parametrize(
    "narrowed",
    [
        {"acts": ("withdraw-notice@1",)},
        {"senders": ("BE-POLICE/WANTED",)},
        {"recipients": ("MA-POLICE/WANTED",)},
        {"categories": ("portrait",)},
        {"handling": "H2"},
        {"purposes": ("arrest",)},
        {"languages": ("en",)},
        {"deadlines": {"normal": 8}},
    ],
)
def test_a_prohibition_leaves_alone_what_does_not_fit(narrowed: dict[str, object]) -> None:
    clause = Clause(id="no", effect="prohibit", **narrowed)  # type: ignore[arg-type]
    assert isinstance(decide([instrument(with_clauses(CLAUSE, clause))], ACT, NOW), Permit)


def test_a_prohibition_from_a_handling_code_catches_a_code_that_is_unknown() -> None:
    clause = Clause(id="no", effect="prohibit", handling="H0")
    answer = decide([instrument(with_clauses(CLAUSE, clause))], replace(ACT, handling="SECRET"), NOW)
    assert isinstance(answer, Refusal)
    assert answer.ground == "plan.prohibited"


def test_the_word_of_a_suspension_passes_a_suspended_line() -> None:
    plan = with_clauses(replace(CLAUSE, acts=("suspend-line@1",)))
    answer = decide([instrument(plan, suspended=SUSPENDED)], replace(ACT, word="suspend-line"), NOW)
    assert isinstance(answer, Permit)


def test_a_suspension_binds_its_own_line_only_and_names_who_suspended() -> None:
    other = {"another-line": SUSPENDED[LINE]}
    assert isinstance(decide([instrument(suspended=other)], ACT, NOW), Permit)
    answer = decide([instrument(suspended=SUSPENDED)], ACT, NOW)
    assert isinstance(answer, Refusal)
    assert answer.params == {"by": "BE", "since": "2025-06-01T12:00:00Z"}


@pytest.mark.parametrize("word", sorted(DUTIES))
@pytest.mark.parametrize(
    "instruments",
    [
        [instrument()],
        [instrument(suspended=SUSPENDED)],
        [instrument(signed=())],
        [instrument(with_clauses())],
        [instrument(with_clauses(CLAUSE, Clause(id="no", effect="prohibit")))],
        [instrument(replace(PLAN, lines=()))],
        [],
    ],
)
@pytest.mark.parametrize("now", [NOW, PLAN.starts - timedelta(days=1), PLAN.ends + timedelta(days=900)])
def test_a_duty_outlives_line_and_plan(word: str, instruments: list[Instrument], now: datetime) -> None:
    answer = decide(instruments, replace(ACT, word=word, version=9, duty_for="0190-message", used=10**9), now)
    assert isinstance(answer, Permit)
    assert answer.duty


def test_a_duty_word_for_nothing_exchanged_is_an_act_like_others() -> None:
    for nothing in (None, ""):
        answer = decide([instrument()], replace(ACT, word="erase", duty_for=nothing), NOW)
        assert isinstance(answer, Refusal)
    assert isinstance(decide([instrument()], replace(ACT, duty_for="m", purpose="arrest"), NOW), Refusal)


def test_a_duty_names_the_clause_as_long_as_the_plan_has_it() -> None:
    answer = decide([instrument(suspended=SUSPENDED)], replace(ACT, word="withdraw-notice", duty_for="m"), NOW)
    assert isinstance(answer, Permit)
    assert (answer.clauses, answer.obligations.retention_days) == ((CLAUSE.id,), 365)


def test_the_domestic_instrument_permits_local_acts_under_one_signature() -> None:
    text = (EXAMPLES / "domestic-MA-POLICE.toml").read_text(encoding="utf-8")
    plan = read_plan(text, "domestic.toml", draft=True)
    act = replace(
        ACT, word="draft-notice", plan=plan.id, line="domestic", recipient=None, purpose="domestic", language="ar"
    )
    assert isinstance(decide([instrument(plan, ("MA",))], act, NOW), Permit)
    for ground, enacted, asked in (
        ("plan.signatures", instrument(plan, ("BE",)), act),
        ("plan.sender", instrument(plan, ("MA",)), replace(act, sender="BE-POLICE/WANTED")),
        ("plan.recipient", instrument(plan, ("MA",)), replace(act, recipient="MA-POLICE/BORDER")),
        ("plan.recipient", instrument(plan, ("MA",)), replace(act, recipient="local")),
        ("plan.act", instrument(plan, ("MA",)), replace(act, word="publish-notice")),
    ):
        answer = decide([instrument(), enacted], asked, NOW)
        assert isinstance(answer, Refusal)
        assert answer.ground == ground


def test_the_quota_window_is_the_longest_of_the_clauses_that_name_the_act() -> None:
    long = replace(CLAUSE, id="b", quota=Quota(9, 168))
    assert quota_window([instrument()], ACT) == timedelta(hours=24)
    assert quota_window([instrument(with_clauses(CLAUSE, long))], ACT) == timedelta(hours=168)
    assert quota_window([instrument()], replace(ACT, word="report-hit")) is None
    assert quota_window([instrument()], replace(ACT, plan="other")) is None
    assert isinstance(decide([instrument()], with_used(ACT, 4), NOW), Permit)


def test_recipients_are_the_partners_units_that_a_clause_names() -> None:
    assert recipients(PLAN, LINE, "publish-notice", "MA-POLICE/WANTED") == ("BE-POLICE/WANTED",)
    assert recipients(PLAN, LINE, "report-hit", "MA-POLICE/WANTED") == ()
    assert recipients(PLAN, "none", "publish-notice", "MA-POLICE/WANTED") == ()
    assert recipients(PLAN, LINE, "publish-notice", "XX/Y") == ()


def test_the_end_of_the_calendar_is_no_exception() -> None:
    late = replace(PLAN, ends=datetime.max.replace(tzinfo=UTC))
    answer = decide([instrument(late)], ACT, datetime.max.replace(tzinfo=UTC) - timedelta(minutes=1))
    assert isinstance(answer, Permit)
    assert answer.obligations.due == datetime.max.replace(tzinfo=UTC)
