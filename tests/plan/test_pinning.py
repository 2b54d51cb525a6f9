"""Pinning changes root values and nothing else of the text."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.plan.document import read_plan
from mithaq.plan.pinning import pin_roots
from tests.plan.samples import PLAN, ROOTS, TEXT

DRAFT = TEXT.replace(ROOTS["MA"].public.text, "unpinned").replace(ROOTS["BE"].public.text, "unpinned")
PUBLIC = {party: key.public for party, key in ROOTS.items()}


def test_the_pinned_draft_is_the_text_with_roots() -> None:
    assert pin_roots(DRAFT, "p.toml", PUBLIC) == TEXT
    assert read_plan(pin_roots(DRAFT, "p.toml", PUBLIC), "p.toml") == PLAN


def test_one_party_at_a_time() -> None:
    half = pin_roots(DRAFT, "p.toml", {"BE": PUBLIC["BE"]})
    assert half == DRAFT[::-1].replace("dennipnu", PUBLIC["BE"].text[::-1], 1)[::-1]


def test_comments_and_line_ends_stay() -> None:
    draft = DRAFT.replace('root = "unpinned"', 'root   =   "unpinned"  # ours').replace("\n", "\r\n")
    assert pin_roots(draft, "p.toml", PUBLIC).count(f'root   =   "{PUBLIC["MA"].text}"  # ours\r\n') == 1


def test_what_cannot_be_pinned() -> None:
    with pytest.raises(InputError, match="no party FR"):
        pin_roots(DRAFT, "p.toml", {"FR": PUBLIC["MA"]})
    inline = (
        DRAFT[: DRAFT.index("[[parties]]")].replace(
            "title =",
            f'parties = [{{ id = "MA", name = {{ en = "M", fr = "M" }}, root = "{PUBLIC["MA"].text}" }},\n'
            '{ id = "BE", name = { en = "B", fr = "B" }, root = "unpinned" }]\ntitle =',
        )
        + DRAFT[DRAFT.index("[[authorities]]") :]
    )
    with pytest.raises(InputError, match="line of its own"):
        pin_roots(inline, "p.toml", {"BE": PUBLIC["BE"]})
