"""Rows of persons as the evidence tables take them."""

from __future__ import annotations

from collections.abc import Sequence


def rows(*listed: Sequence[str]) -> tuple[list[int], list[str], int]:
    """(owners, texts, persons) of what is listed of each person."""
    owners = [person for person, texts in enumerate(listed) for _ in texts]
    return owners, [text for texts in listed for text in texts], len(listed)
