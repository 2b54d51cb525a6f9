"""Lists of a few invented people whose names come near each other in every way, to be drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from mithaq.screening import Subject, Traveller

# Words that somebody is written with and others have as two; slips, of which one lacks a consonant; particles, the
# article, two scripts; some that the crowd bears and some that nobody does.
_WORDS = (
    "Karim Zouher", "Karimzouher", "Karimzouer", "Kaimzouher", "Pieter Vandamme", "Pietervandamme", "Pitervandamme",
    "Ben Chekroun", "Benchekroun", "Chekroun", "Bechekroun", "Mohamed", "محمد", "زهير", "El Idrissi", "Elidrissi",
    "Abd Alouahed", "Qarqour", "...",
)  # fmt: skip
_DATES = ("1980-03-04", "1980-04-03", "1981-03-04", "1980", "1980-03", "1970/1975", "1973-01-01", "none")
_NATIONS = ("ma", "MAR", "be", "nl", "qq", "xx")
_PAPERS = ("AB12345", "ab 123-45", "CD67890", "12")

NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2).map(" ".join)


def _few(texts: Iterable[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(tuple(texts)), max_size=most).map(tuple)


SUBJECTS: st.SearchStrategy[Subject] = st.builds(
    Subject,
    id=st.integers(0, 11).map("s{:02}".format),
    names=st.lists(NAMES, max_size=2).map(tuple),
    # By default a record's own id; some that are those of other records.
    person=st.sampled_from(("", "", "p1", "p2", "s03", "s04")),
    weak_names=st.lists(NAMES, max_size=1).map(tuple),
    birth_dates=_few(_DATES),
    nationalities=_few(_NATIONS),
    documents=_few(_PAPERS, 1),
    sex=st.sampled_from((None, "F", "M", "X")),
)
LISTS = st.lists(SUBJECTS, max_size=10, unique_by=lambda one: one.id)
TRAVELLERS: st.SearchStrategy[list[Traveller]] = st.lists(
    st.builds(
        Traveller,
        id=st.just("t"),
        names=st.lists(NAMES, min_size=1, max_size=2).map(tuple),
        birth_date=st.sampled_from((None, *_DATES)),
        nationality=st.sampled_from((None, *_NATIONS)),
        document=st.sampled_from((None, *_PAPERS)),
        sex=st.sampled_from((None, "F", "M")),
    ),
    min_size=1,
    max_size=4,
)
ASKED: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "limit": st.integers(0, 4),
        "floor": st.sampled_from((-30.0, 0.0, 6.0)),
        "documented": st.booleans(),
        "evidence": st.booleans(),
        "told_from": st.sampled_from((None, -10.0, 0.0)),
    }
)
