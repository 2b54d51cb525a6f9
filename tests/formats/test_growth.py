"""Hostile bytes take processor time that grows with their size, and not with its square, whichever reader takes them.

Rule: compared is the processor time that one process takes for a size and for four times that size, so that neither
the machine nor its load decides: what grows with the size takes about 4 times as long, with its square 16 times. What
looks like a square is measured again before it is called one.
"""

from __future__ import annotations

import pytest

from mithaq.formats.known import FORMATS
from tests.formats.apart import apart
from tests.formats.growth import CASES, LIMITED, READERS, is_linear, measured, of_a_line, of_a_square


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_the_size_and_not_with_its_square(name: str) -> None:
    small, large = apart(measured, name)
    assert is_linear(small, large), f"{small:.3f} s, then {large:.3f} s"


def test_a_square_is_found() -> None:
    """What compares each with each, and what is done once for each: the tests above tell them apart."""
    assert not is_linear(*(square := apart(of_a_square))), square
    assert is_linear(*(line := apart(of_a_line))), line


def test_every_format_is_tried() -> None:
    assert {one.kind.removesuffix(" list") for one in FORMATS} <= {name for name, _, _ in READERS}
    assert set(CASES) >= LIMITED
