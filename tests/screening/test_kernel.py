"""The compiled kernels give what the plain rules give, and pass over nobody who could reach the floor."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.screening import Subject, Traveller, build, screen
from mithaq.screening.costs import ADD, CHANGE, DROP, FAR, HABIT, KIND, SWAP, TOO_FAR, Words, costs
from mithaq.screening.evidence import birth_date
from mithaq.screening.kernel import keys_of, sieve_of
from mithaq.screening.kernel_names import why
from mithaq.screening.keys import COARSE_OF, keys, sieve
from mithaq.screening.symbols import FIRST_ARABIC, SYMBOLS, encode, fold, table
from mithaq.screening.vocabulary import CLASSES
from mithaq.screening.weights import GRID

CODES = st.lists(st.integers(0, len(SYMBOLS) - 1), max_size=20).map(bytes)
LETTERS = list(table("classes")["coarse"])
GIVEN = ("Mohamed", "Ahmed", "Fatima", "Khadija", "Youssef", "Ali", "Jan", "Marie", "محمد", "احمد", "فاطمة", "Сергей")
FAMILY = (
    "Alaoui", "El Alaoui", "Benali", "Ben Ali", "Ouazzani", "Bouchaib", "Van Damme", "Janssens", "العلوي", "بن علي",
    "Abdelrahman", "Abd al Rahman", "Idrissi", "Иванов",
)  # fmt: skip
DATES = (None, "1980", "1981-05", "1980-01-01", "1980-05-04", "1980-04-05", "1981-05-04", "1975-11-30", "1979/1981")


@settings(deadline=None)  # the first loads the compiled code
@given(CODES)
def test_keys_and_sieve_are_those_of_the_plain_rules(code: bytes) -> None:
    symbols = np.frombuffer(bytearray(code.ljust(20, b"\0")), np.uint8)
    digits, out = np.empty(CLASSES.longest, np.uint8), np.empty(CLASSES.longest + 2, np.uint64)
    count = keys_of(symbols, len(code), CLASSES, digits, out)
    names = dict(enumerate(LETTERS, 1))
    read = ["".join(names[int(digit, 16)] for digit in f"{int(key):x}") if key else "-" for key in out[:count]]
    assert tuple(read) == keys(code)
    assert int(sieve_of(symbols, len(code), CLASSES)) == sieve(code)
    assert set(COARSE_OF.values()) == set(names)


Date = tuple[int, int, int, int]


def standing(seen: Date, listed: Date) -> str:
    """How dates stand, rule by rule; the first that holds decides."""
    (year, until, month, day), (low, high, other_month, other_day) = seen, listed
    both, apart, ranged = day > 0 and other_day > 0, abs(year - low), high > low or until > year
    same_day, january = both and (month, day) == (other_month, other_day), (month, day) == (1, 1)
    same_year = year == low and not ranged
    rules = (
        ("missing", not year or not low),
        ("range", ranged and year <= high and until >= low),
        ("contradicts", ranged),
        ("exact_january", same_year and same_day and january),
        ("exact", same_year and same_day),
        ("swapped", same_year and both and (month, day) == (other_day, other_month)),
        ("near_year", apart == 1 and same_day and not january),
        ("first_january", same_year and both and january),
        ("listed_january", same_year and both and (other_month, other_day) == (1, 1)),
        ("same_year", same_year and both),
        ("same_year", same_year and month > 0 and other_month > 0 and month != other_month),
        ("month", same_year and month > 0 and other_month > 0),
        ("year", same_year),
        ("year_off_by_one", apart == 1 and not both),
        ("contradicts", True),
    )
    return next(name for name, holds in rules if holds)


@settings(deadline=None)
@given(st.data())
def test_dates_stand_as_the_rules_say(data: st.DataObject) -> None:
    part = st.sampled_from((0, 1, 3, 5))
    seen, listed = (
        data.draw(st.tuples(st.sampled_from((0, 1979, 1980, 1981)), st.sampled_from((0, 2)), part, part)) for _ in "12"
    )
    one, two = ((year, year + wide if year else 0, 0 if wide else month, 0 if wide or not month else day)
                for year, wide, month, day in (seen, listed))  # fmt: skip
    columns = (np.array(date, np.int64).reshape(4, 1) for date in (one, two))
    steps, told = birth_date.compare(*columns)
    assert birth_date.WHYS[told[0]] == standing(one, two)
    assert told[0] == why(*one, *two)
    assert standing(one, two) == "range" or steps[0] == birth_date.bits(standing(one, two))


def cost(listed: bytes, seen: bytes) -> int:
    """The cost of a spelling by the textbook: the whole grid, nothing left early and nothing shared."""
    latin = [bool(code) and code[0] >= FIRST_ARABIC for code in (listed, seen)]
    kinds = [0, *(int(KIND[symbol]) for symbol in listed), 0]
    chance = 0.0
    for k in range(len(HABIT)):
        grid = [[0] * (len(seen) + 1) for _ in range(len(listed) + 1)]
        grid[0][0] = int(HABIT[k, int(latin[0]), int(latin[1])])
        for i in range(len(listed) + 1):
            for j in range(len(seen) + 1):
                ways = []
                if j:
                    gap = 3 * kinds[i] + kinds[i + 1]
                    ways.append(grid[i][j - 1] + int(ADD[k, int(latin[0]), gap, seen[j - 1]]))
                if i:
                    beside = 3 * kinds[i - 1] + kinds[i + 1]
                    ways.append(grid[i - 1][j] + int(DROP[k, int(latin[1]), beside, listed[i - 1]]))
                if i and j:
                    ways.append(grid[i - 1][j - 1] + int(CHANGE[k, listed[i - 1], seen[j - 1]]))
                if i > 1 and j > 1 and listed[i - 2 : i] == seen[j - 2 : j][::-1]:
                    ways.append(grid[i - 2][j - 2] + int(SWAP))
                grid[i][j] = min(ways, default=grid[i][j])
        if grid[-1][-1] <= FAR:
            chance += 2.0 ** (-grid[-1][-1] / GRID)
    found = round(-math.log2(chance) * GRID) if chance else int(TOO_FAR)
    return found if found <= FAR else int(TOO_FAR)


def test_costs_are_those_of_the_whole_grid_in_any_company() -> None:
    draw = random.Random(4)
    known = [encode(fold(word)) for word in (*GIVEN, "Mohammed", "Mhamed", "Hamdaoui", "Hamdawi", "حمداوي", "Bouchayb")]
    words = {*known}
    while len(words) < 150:
        word = list(draw.choice(known))
        for _ in range(draw.randint(1, 3)):
            place = draw.randrange(len(word))
            if draw.random() < 0.4 and len(word) > 1:
                word.pop(place)
            elif draw.random() < 0.5 and place:
                word[place - 1 : place + 1] = word[place - 1 : place + 1][::-1]
            else:
                word.insert(place, draw.choice(draw.choice(known)))
        words.add(bytes(word[:20]))
    codes = sorted(words)
    pairs = np.array([(one, two) for one in range(len(codes)) for two in range(len(codes))])
    together = costs(Words.of(codes), Words.of(codes), pairs[:, 0], pairs[:, 1])
    told = draw.sample(range(len(pairs)), 2_000)
    assert [int(together[k]) for k in told] == [cost(codes[pairs[k, 0]], codes[pairs[k, 1]]) for k in told]
    assert 0.01 < (together < TOO_FAR).mean() < 0.5


def respelt(draw: random.Random, name: str) -> str:
    """The name with other vowels, letters doubled or two changed about."""
    letters = list(name)
    for _ in range(draw.randint(0, 3)):
        place = draw.randrange(len(letters))
        if letters[place] in "aeiou":
            letters[place] = draw.choice("aeiou")
        elif draw.random() < 0.5:
            letters.insert(place, letters[place])
        elif place:
            letters[place - 1 : place + 1] = letters[place - 1 : place + 1][::-1]
    return "".join(letters)


def someone(draw: random.Random) -> tuple[str, str | None, str | None]:
    words = [draw.choice(GIVEN), *draw.sample(FAMILY, draw.randint(1, 2))]
    draw.shuffle(words)
    return " ".join(words[: draw.randint(1, 3)]), draw.choice(DATES), draw.choice(("ma", "be", None))


@pytest.mark.parametrize("floor", [0.0, 2.0, 4.0, 6.0, 12.0, 20.0])
def test_nobody_who_reaches_the_floor_is_passed_over(floor: float) -> None:
    """Asked from far below, as good as everybody who shares a word is looked at: the same people are found."""
    draw = random.Random(9)
    subjects = []
    for number in range(400):
        (name, date, nation), other, second = someone(draw), someone(draw)[0], draw.choice(DATES)
        dates = tuple(text for text in {date, second if number % 5 == 0 else date} if text)
        nations, weak = (nation,) if nation else (), (other,) if number % 3 == 0 else ()
        names = (name, respelt(draw, name))
        subjects.append(
            Subject(f"{number:03d}", names, weak_names=weak, birth_dates=dates, nationalities=nations)
        )  # fmt: skip
    index = build(subjects)
    travellers = [
        Traveller(str(number), (name, someone(draw)[0]) if number % 7 == 0 else (name,), date, nation)
        for number, (name, date, nation) in enumerate(someone(draw) for _ in range(300))
    ] + [
        Traveller(f"r{number}", (respelt(draw, name),), date, nation)
        for number, (name, date, nation) in enumerate(someone(draw) for _ in range(3000))
    ]
    asked = screen(index, travellers, 50, floor, evidence=False)
    below = screen(index, travellers, 50, floor, evidence=False, told_from=-100.0)
    assert [one.candidates for one in asked] == [one.candidates for one in below]
    assert any(one.candidates for one in asked)
