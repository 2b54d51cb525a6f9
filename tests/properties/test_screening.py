"""What always holds: the same answer alone, in a batch, in any order; evidence adds up; any text is answered."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.screening import Index, Result, Subject, Traveller, build, screen
from mithaq.screening.explain import shown
from mithaq.screening.names import MAX_WORDS, parse

WORDS = (
    "mohamed", "muhammad", "mohammed", "محمد", "tarik", "tariq", "طارق", "al", "el", "ben", "abd", "van", "zemmouri",
    "zamouri", "الزموري", "petrovic", "петровић", "ali", "aya", "rahman", "abdelrahman",
    "عبد", "الرحمن", "eddine", "jan", "o", "x",
)  # fmt: skip
NAMES = st.one_of(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), st.text(max_size=30))
DATES = st.sampled_from(["1980", "1980-03-04", "1980-04-03", "1980-01-01", "1981-03-04", "1979/1982", "1990-12", "?"])
NATIONS = st.sampled_from(["ma", "MAR", "be", "fr", "XXA"])
NUMBERS = st.sampled_from(["AB12345", "ZZ99999", "1"])


def some(values: st.SearchStrategy[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=most).map(tuple)


RECORDS = st.lists(
    st.tuples(
        some(NAMES, 3), st.integers(0, 6), some(NAMES), some(DATES), some(NATIONS), some(NUMBERS),
        st.sampled_from(["F", "M", None]),
    ),
    max_size=12,
)  # fmt: skip
CROWDS = st.lists(
    st.tuples(
        some(NAMES), st.none() | DATES, st.none() | NATIONS, st.none() | NUMBERS, st.sampled_from(["F", "M", None])
    ),
    max_size=6,
)


def subjects(records: list[tuple[object, ...]]) -> list[Subject]:
    return [
        Subject(f"s{place}", names, f"p{person}", weak, dates, nations, numbers, sex)  # type: ignore[arg-type]
        for place, (names, person, weak, dates, nations, numbers, sex) in enumerate(records)
    ]


def travellers(crowd: list[tuple[object, ...]]) -> list[Traveller]:
    return [Traveller(f"t{place}", *row) for place, row in enumerate(crowd)]  # type: ignore[arg-type]


def alone(index: Index, crowd: list[Traveller]) -> list[Result]:
    return [screen(index, [one], floor=-50)[0] for one in crowd]


@settings(max_examples=60, deadline=None)
@given(RECORDS, CROWDS)
def test_the_same_answer_alone_and_in_a_batch_in_any_order(
    records: list[tuple[object, ...]], rows: list[tuple[object, ...]]
) -> None:
    crowd = travellers(rows)
    together = screen(build(subjects(records)), crowd, floor=-50)
    backwards = screen(build(reversed(subjects(records))), crowd[::-1], floor=-50)
    assert together == backwards[::-1]
    assert together == alone(build(subjects(records)), crowd)
    without = screen(build(subjects(records)), crowd, floor=-50, evidence=False)
    assert [[(c.subject, c.score) for c in r.candidates] for r in together] == [
        [(c.subject, c.score) for c in r.candidates] for r in without
    ]


@settings(max_examples=60, deadline=None)
@given(RECORDS, CROWDS)
def test_evidence_adds_up_and_humans_are_distinct_and_in_order(
    records: list[tuple[object, ...]], rows: list[tuple[object, ...]]
) -> None:
    for result in screen(build(subjects(records)), travellers(rows), limit=20, floor=-50):
        people = [candidate.person for candidate in result.candidates]
        assert len(people) == len(set(people))
        order = [(-candidate.score, int(candidate.subject[1:])) for candidate in result.candidates]
        assert [score for score, _ in order] == sorted(score for score, _ in order)
        for candidate in result.candidates:
            assert sum(one.weight for one in candidate.evidence) == candidate.score
            assert all(one.weight == 0 for one in candidate.evidence if one.why.endswith(".missing"))


@settings(max_examples=60, deadline=None)
@given(RECORDS, NAMES, DATES)
def test_a_batch_of_strangers_changes_nothing(records: list[tuple[object, ...]], name: str, date: str) -> None:
    index = build(subjects(records))
    one = Traveller("t", (name,), date)
    others = [Traveller(f"o{place}", (f"{word} {name}",)) for place, word in enumerate(WORDS)]
    assert screen(index, [*others, one, *others], floor=-50)[len(others)] == screen(index, [one], floor=-50)[0]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_a_name(text: str) -> None:
    name = parse(text)
    assert len(name.words) == len(name.shown) <= MAX_WORDS
    covered = 0
    for unit in name.units:
        covered |= unit.mask
    assert covered < 1 << len(name.words) or not name.words
    assert all(word.isascii() for word in name.words)


LISTED = Subject(
    "listed", ("Tarik Zemmouri", "طارق الزموري"), birth_dates=("1980-03-04",), nationalities=("ma",),
    documents=("AB12345",), sex="M",
)  # fmt: skip
OTHERS = tuple(
    Subject(f"{given}{family}", (f"{given} {family}",), birth_dates=("1979",), nationalities=("be",))
    for given in ("Mohamed", "Jan", "Tariq", "Aya")
    for family in ("Petrovic", "Zamouri", "Rahmani", "Peeters")
)
ROUNDABOUT = st.sampled_from(
    [
        "Tarik Zemmouri",
        "Tariq Zamouri",
        "ZEMOURI TAREK",
        "طارق الزموري",
        "Tarik",
        "Tarik Peeters",
        "Jan Zemmouri",
        "Aya",
    ]
)
AGREEING = {
    "birth_date": ("1980-03-04", "1980-03", "1980"), "nationality": ("ma", "MAR"), "document": ("AB12345",),
    "sex": ("M",),
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ROUNDABOUT, st.fixed_dictionaries({kind: st.none() | st.sampled_from(told) for kind, told in AGREEING.items()}))
def test_evidence_that_agrees_never_lowers_a_score(name: str, told: dict[str, str | None]) -> None:
    """Whatever else is told: who tells a date, nationality, document or sex as it is listed is not less like."""
    index = build([LISTED, *OTHERS])

    def score(more: dict[str, str | None]) -> float:
        one = Traveller("t", (name,), **more)  # type: ignore[arg-type]
        found = screen(index, [one], limit=99, floor=-200)[0].candidates
        return next((each.score for each in found if each.subject == "listed"), float("-inf"))

    for kind, values in AGREEING.items():
        silent = score(told | {kind: None})
        assert all(score(told | {kind: value}) >= silent for value in values), (kind, told)


PLAIN = st.lists(
    st.sampled_from(["mohamed", "tariq", "طارق", "zamouri", "الزموري", "petrovic", "peeters", "jan", "aya"]),
    min_size=1, max_size=4,
)  # fmt: skip
# What two neighbours written as one may be worth more than apart, and what the particles before a word cost.
MOST_OF_ORDER = 8.0


@settings(max_examples=60, deadline=None)
@given(PLAIN, st.randoms(use_true_random=False))
def test_the_order_of_words_changes_nobody_who_is_found_and_little_of_the_score(words: list[str], dice: Random) -> None:
    index = build([LISTED, *OTHERS])
    shuffled = dice.sample(words, len(words))

    def found(order: list[str]) -> dict[str, float]:
        asked = [Traveller("t", (" ".join(order),), "1980-03-04")]
        return {one.subject: one.score for one in screen(index, asked, limit=99, floor=-200)[0].candidates}

    one, two = found(words), found(shuffled)
    assert one.keys() == two.keys()
    assert all(abs(one[key] - two[key]) <= MOST_OF_ORDER for key in one)


def test_a_list_of_one_spelling_borne_by_all_is_answered() -> None:
    """All subjects alike: nobody is special, everybody is told as far as is asked, the same each time."""
    index = build([Subject(f"{place:04}", ("Mohamed Said",)) for place in range(500)])
    (found,) = screen(index, [Traveller("t", ("Mohammed Saïd",))], limit=3, floor=-200)
    assert [one.subject for one in found.candidates] == ["0000", "0001", "0002"]
    assert len({one.score for one in found.candidates}) == 1


@given(st.lists(st.integers(-3000, 3000).map(lambda steps: steps / 64), max_size=12))
def test_weights_as_they_are_shown_add_up_to_the_score_as_it_is_shown(weights: list[float]) -> None:
    told = shown(weights)
    assert all(abs(one - weight) < 0.01 for one, weight in zip(told, weights, strict=True))
    assert all(one == weight for one, weight in zip(told, weights, strict=True) if weight == 0)
    assert f"{sum(told):.2f}" == f"{round(sum(weights) * 100) / 100:.2f}"
