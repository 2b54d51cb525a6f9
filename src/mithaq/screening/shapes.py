"""The columns that the compiled kernels take, by name: tuples of arrays and numbers.

Rule: nothing is reckoned here, and the compiler is not loaded. Implements design: screening, "Cost" (columns).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

from mithaq.screening.names import MAX_WORDS

Array = NDArray[Any]

# A row of the alignment packed into one number, so that one plain sort orders all rows of a batch:
# group (seen name, listed name) | steps to the heaviest possible | mask of seen words | mask of listed words.
MASK, WEIGHT, HEAVIEST = MAX_WORDS, 12, 2047
WEIGHT_AT, GROUP_AT = 2 * MASK, 2 * MASK + WEIGHT
LOW = (1 << MASK) - 1


class Spellings(NamedTuple):
    """What `costs` knows of spellings, as the kernels take it (shapes: `costs._tables`)."""

    change: Array
    drop: Array
    add: Array
    habit: Array
    kind: Array  # of each symbol: consonant 1, vowel 2
    first_arabic: int
    swap: int
    far: int
    too_far: int


class Lookup(NamedTuple):
    """Keys of listed words: an open table from key to run, runs of words with each one's sieve beside it, those first
    that somebody is written with (`names.PLAIN`), which have all their keys; the others have one."""

    table: Array  # place of a key + 1, 0 where free
    keys: Array
    starts: Array
    plain_ends: Array
    words: Array
    sieves: Array
    traits: Array  # length, 32 where the skeleton is short, 64 where the word is Arabic


class Listed(NamedTuple):
    """The words of a list, by number: symbols, lengths, bearers to expect, whether anybody listed bears them."""

    symbols: Array
    lengths: Array
    expected: Array
    borne: Array


class Classes(NamedTuple):
    """Consonant classes of symbols (0: none), and of finer classes whether a habit writes one for the other."""

    coarse: Array
    fine: Array
    habits: Array
    fines: int  # how many finer classes
    longest: int  # classes of a skeleton


class Limits(NamedTuple):
    """How far words may be apart to be compared, and what is kept of them (steps)."""

    occur: int
    differ: int
    differ_short: int
    differ_otherwise: int
    longer: int
    least: int
    unseen: float
    across_of_arabic: float  # bits a letter of a word seen in Arabic that nobody listed in Latin bears
    across_of_latin: float


class Seen(NamedTuple):
    """Names of travellers: runs of units by name; of each unit the place of its word, mask and form; words; dates."""

    starts: Array
    slots: Array
    masks: Array
    forms: Array
    words: Array  # how many words the name has
    kinds: Array  # the row of `Needs.sums`
    dates: Array  # year, last year, month, day by name


class Near(NamedTuple):
    """What seen words say: runs of listed words (in order) with weights in steps, by slot."""

    starts: Array
    ends: Array
    words: Array
    weights: Array


class Names(NamedTuple):
    """The names of a list: their units, bearers of words by year of birth, names of persons, dates of persons."""

    unit_starts: Array
    unit_words: Array
    unit_masks: Array
    unit_forms: Array
    post_starts: Array
    post_names: Array
    post_years: Array
    post_days: Array
    persons: Array
    of_person: Array  # starts of the run of names, by person
    date_starts: Array
    dates: Array  # rows: year, last year, month, day
    gone: Array  # persons that are left out


class Needs(NamedTuple):
    """The least sum of a name's words for its person to be looked at (`looked`), and for the score (`sums`), by kind of
    seen name, words of it without a partner, and how the dates stand (steps). `forms`: what a form of a unit costs;
    `least`: the least weight of a pair."""

    looked: Array
    sums: Array
    forms: Array
    least: int
