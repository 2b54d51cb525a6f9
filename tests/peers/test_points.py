"""The written list of commit points is complete: no transaction of node/acts is without a name in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.peers import points


def test_every_transaction_of_the_road_is_a_point_or_says_why_not() -> None:
    alone = {"deliver._again", "deliver._receipt_again", "deliver._receipt_kept"}  # single statements
    named = {name for name in points.names() if not name.startswith("link.")} - alone
    assert set(points.transactions()) == named | set(points.ELSEWHERE)
    assert not points.names() & set(points.ELSEWHERE)


def test_a_point_stands_once_in_its_process() -> None:
    for victim, road in points.ROAD.items():
        assert not [name for name, count in Counter(point.name for point in road).items() if count > 1], victim
    assert set(points.ROAD) == {(node, role) for node in ("ma", "be") for role in ("gateway", "worker")}


def test_a_new_transaction_is_seen(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text(
        "def keep():\n    with transaction.atomic():\n"
        "        def inner():\n            with transaction.atomic(): ...\n"
        "@transaction.atomic\ndef marked(): ...\nfrom django.db.transaction import atomic\n"
    )
    assert list(points.transactions(tmp_path)) == ["late.keep", "late.inner", "late.marked", "late.import"]
