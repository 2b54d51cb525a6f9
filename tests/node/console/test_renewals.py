"""A page that renews itself leaves a row a minute, which says until when it stands; nothing else is folded away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mithaq.node.acts import access
from tests.node.here import Here, rows
from tests.node.oversight.material import prepared, signed_in

RENEWS = {"headers": {"hx-request": "true"}}


def said(what: str, actor: str = "officer-a") -> list[tuple[str, str]]:
    return [(row.record, row.reason) for row in rows("acts.Access", what=what, actor=actor)]


def renewed(here: Here, client: Any, path: str, times: int) -> None:
    """As the page does: every four seconds."""
    for _time in range(times):
        assert client.get(path, **RENEWS).status_code == 200
        here.clock.forward(seconds=4)


def test_renewals_of_a_minute_are_one_row_that_says_until_when(here: Here) -> None:
    place = prepared(here)
    client, path = signed_in("officer-a"), f"/notices/{place.notice}/road"
    begin = here.clock.now()
    renewed(here, client, path, 40)
    found = said("wanted.notice-road")
    assert len(found) == 3
    moments = [row.at for row in rows("acts.Access", what="wanted.notice-road")]
    # Every renewal lies in the minute that a row stands for: who saw it until when is known.
    stands = [(at, datetime.fromisoformat(reason.removeprefix(access.UNTIL))) for at, (_r, reason) in
              zip(moments, found, strict=True)]  # fmt: skip
    every = [begin + timedelta(seconds=4 * number) for number in range(40)]
    assert all(any(start <= one < end for start, end in stands) for one in every)
    assert {record for record, _reason in found} == {place.notice}


def test_only_the_same_persons_same_record_renewed_by_itself_is_folded(here: Here) -> None:
    place = prepared(here)
    a, b = signed_in("officer-a"), signed_in("officer-b")
    notice, hit = f"/notices/{place.notice}/road", f"/hits/{place.hit}/road"
    renewed(here, a, notice, 2)
    renewed(here, a, hit, 2)
    assert (len(said("wanted.notice-road")), len(said("border.hit-road"))) == (1, 1)
    renewed(here, b, notice, 1)
    assert len(said("wanted.notice-road", "officer-b")) == 1
    # Asked for by hand, a row each; and no such row stands for what is renewed later.
    for _time in range(2):
        assert b.get(hit).status_code == 200
    renewed(here, b, hit, 1)
    assert [reason[: len(access.UNTIL)] for _r, reason in said("border.hit-road", "officer-b")] == [
        "",
        "",
        access.UNTIL,
    ]
    # What is refused meanwhile is refused at once, with its row.
    from mithaq.node.border.models import Hit

    Hit.objects.filter(pk=place.hit).update(unit="BE-POLICE/OTHER", owner_unit="MA-POLICE/WANTED")
    assert a.get(hit, **RENEWS).status_code == 404
    assert a.get(f"/notices/{place.manifest}/road", **RENEWS).status_code == 404
    last = rows("acts.Access")[-2:]
    assert [(row.what, row.record) for row in last] == [
        ("refused:border.hit-road", place.hit), ("wanted.notice-road", place.manifest),
    ]  # fmt: skip


def test_the_piece_that_renews_itself_carries_nothing_of_a_person(here: Here) -> None:
    place = prepared(here)
    client = signed_in("officer-a")
    for path in (f"/notices/{place.notice}/road", f"/hits/{place.hit}/road"):
        text = client.get(path, **RENEWS).content.decode()
        assert "road-steps" in text
        assert not [word for word in ("Tafrasti", "TAFRASTI", "التفراستي", "ZX4417702", "1984", place.reference) if
                    word in text]  # fmt: skip
