"""Alarms stay open until oversight closes them by an act, with what was found; nobody closes one about himself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import access, chain, local
from mithaq.node.acts.definition import Actor, Effects, Raised
from mithaq.node.oversight import alarms, doing, unusual
from mithaq.node.oversight.requests import CloseAlarm, HoldLog, ReleaseLog, ReopenAlarm
from tests.node.here import Here, rows, waits
from tests.node.oversight.material import PASSWORD, people, signed_in
from tests.node.oversight.test_chain import OVERSEER, as_owner, read
from tests.node.oversight.test_unusual import MONDAY, busy, officer

OTHER = Actor("second", "BE-POLICE/WANTED", frozenset({"oversight"}))
WORDS = "the unit was asked; each record was of the same case"


def raised(here: Here, code: str = "reading.unusual", detail: str = "1 records=40", about: str = "officer-a") -> str:
    effects = Effects(alarms=(Raised(code, detail, about),))
    local.apply("post", effects, here.clock.now())
    return str(rows("acts.Alarm")[-1].pk)


def close(key: str, who: Actor = OVERSEER, version: int = 1, finding: str = "allowed", words: str = WORDS) -> None:
    doing.do("close-alarm@1", CloseAlarm(key, version, finding, words), key, who)


def last_row() -> tuple[str, str, str]:
    row = rows("acts.Access")[-1]
    return row.actor, row.what, row.record


def test_an_alarm_is_closed_and_reopened_with_a_leaf_and_a_row_each(here: Here) -> None:
    key = raised(here)
    here.clock.forward(hours=50)
    close(key)
    assert last_row() == ("overseer", "oversight.close-alarm", key)
    here.clock.forward(hours=1)
    doing.do("reopen-alarm@1", ReopenAlarm(key, 2, "a colleague says otherwise"), key, OTHER)
    here.clock.forward(hours=1)
    close(key, OTHER, 3, "not-allowed", "two records were of nobody's case")
    found = alarms.alarm(key)
    said = [(one.kind, one.finding, one.by) for one in found.history]
    assert said == [("closed", "allowed", "overseer"), ("reopened", "", "second"), ("closed", "not-allowed", "second")]
    assert (found.closed, found.version, found.last and found.last.words) == (
        True,
        4,
        "two records were of nobody's case",
    )
    acts = [leaf.actor for leaf in rows("acts.Leaf", kind="act")]
    assert acts == ["overseer", "second", "second"]
    # The ledger names neither the person nor what was said.
    assert all(b"officer-a" not in bytes(leaf.data) and b"case" not in bytes(leaf.data) for leaf in rows("acts.Leaf"))


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        (Actor("officer-b", "BE-POLICE/BORDER", frozenset({"case-officer"})), {}, "role.missing"),
        (Actor("ada", "BE-POLICE/WANTED", frozenset({"administrator"})), {}, "role.missing"),
        (Actor("officer-a", "BE-POLICE/WANTED", frozenset({"oversight"})), {}, "alarm.self"),
        (OVERSEER, {"finding": "fine"}, "alarm.finding"),
        (OVERSEER, {"words": " ok \n "}, "alarm.words"),
        (OVERSEER, {"version": 2}, "record.stale"),
        (OVERSEER, {"key": "77"}, "alarm.unknown"),
        (OVERSEER, {"key": "x"}, "alarm.unknown"),
    ],
)
def test_who_may_not_or_says_nothing_closes_nothing(here: Here, who: Actor, given: dict[str, Any], code: str) -> None:
    key = raised(here)
    with pytest.raises((InputError, RefusedError, StateError)) as error:
        close(**{"key": key, "who": who, **given})
    assert error.value.code == code
    assert not rows("acts.Alarm")[0].closed
    assert rows("oversight.Finding") == []
    if isinstance(error.value, RefusedError):
        assert last_row() == (who.name, "refused:oversight.close-alarm", key)


def test_a_closed_alarm_is_not_closed_twice_nor_an_open_one_reopened_and_not_about_oneself(here: Here) -> None:
    key = raised(here, about="second")
    for act, error in (
        (lambda: doing.do("reopen-alarm@1", ReopenAlarm(key, 1, WORDS), key, OVERSEER), "alarm.open"),
        (lambda: [close(key, version=one) for one in (1, 2)], "alarm.closed"),
        (lambda: doing.do("reopen-alarm@1", ReopenAlarm(key, 2, WORDS), key, OTHER), "alarm.self"),
    ):
        with pytest.raises((StateError, RefusedError)) as found:
            act()
        assert found.value.code == error
    assert rows("acts.Alarm")[0].closed


def test_the_pages_show_open_alarms_with_their_age_and_closed_ones_with_who_when_why(here: Here) -> None:
    people(here)
    key, own = raised(here), raised(here, about="overseer")
    here.clock.forward(hours=3, minutes=5)
    client = signed_in("overseer")
    for path in ("/oversight", "/oversight/alarms"):
        text = client.get(path).content.decode()
        assert "3 h 05 min" in text, path
        assert f'href="/oversight/alarms/{key}"' in text
    assert f"/oversight/alarms/{key}" in client.get("/").content.decode()
    assert "/close" not in client.get(f"/oversight/alarms/{own}").content.decode()
    given = {"version": 1, "finding": "mistaken", "words": WORDS}
    assert client.post(f"/oversight/alarms/{own}/close", given).status_code == 403
    assert client.post(f"/oversight/alarms/{key}/close", {**given, "words": "x"}).status_code == 400
    assert client.post(f"/oversight/alarms/{key}/close", given).status_code == 302
    text = client.get("/oversight/alarms?state=closed").content.decode()
    for words in ("the alarm was mistaken", "overseer", WORDS):
        assert words in text
    text = client.get(f"/oversight/alarms/{key}").content.decode()
    assert f"/oversight/alarms/{key}/reopen" in text
    assert f"/oversight/alarms/{key}" not in client.get("/").content.decode()
    # An officer is refused at each door, and oversight reads that he tried.
    officer_a = signed_in("officer-a")
    for path in (f"/oversight/alarms/{own}/close", f"/oversight/alarms/{key}/reopen"):
        assert officer_a.post(path, {**given, "version": 2}).status_code == 403
        assert (rows("acts.Access")[-1].actor, rows("acts.Access")[-1].refused) == ("officer-a", True)
    assert "reading.unusual" not in officer_a.get("/ledger").content.decode()
    assert PASSWORD not in text


def test_unusual_reading_is_raised_once_and_anew_when_it_has_doubled_or_its_period_is_over(here: Here) -> None:
    def made() -> int:
        here.clock.forward(hours=1)
        unusual.make(here.clock.now())
        return len(rows("acts.Alarm", detail__startswith="1 "))

    busy(here)
    assert (made(), made()) == (1, 1)
    close(str(rows("acts.Alarm")[0].pk))
    assert made() == 1, "what was looked at is not told again"
    for number in range(45):
        access.log(officer("many"), "wanted.notice", here.clock.now(), f"more-{number}")
    assert made() == 2
    close(str(rows("acts.Alarm", detail__startswith="1 ")[1].pk))
    here.clock.moment = MONDAY + timedelta(days=2)
    for number in range(40):
        access.log(officer("many"), "wanted.notice", here.clock.now(), f"later-{number}")
    for name in ("a", "b", "c"):
        access.log(officer(name), "wanted.notice", here.clock.now(), "later-1")
    assert made() == 3


def test_a_fault_that_oversight_has_closed_is_not_told_again_while_it_stays(here: Here) -> None:
    read(5)
    as_owner(here, "UPDATE acts_access SET actor = 'nobody' WHERE id = 2")
    assert not chain.check_minute(here.clock.now())
    (alarm,) = rows("acts.Alarm")
    close(str(alarm.pk), finding="mistaken", words="the operator has repaired the wrong row")
    assert not chain.check_minute(here.clock.now())
    assert len(rows("acts.Alarm")) == 1
    as_owner(here, "UPDATE acts_access SET actor = 'officer-a' WHERE id = 2")
    assert chain.check_minute(here.clock.now())
    as_owner(here, "UPDATE acts_access SET actor = 'nobody' WHERE id = 2")
    assert not chain.check_minute(here.clock.now())
    assert [one.closed for one in rows("acts.Alarm")] == [True, False]
    assert [one.id for one in waits(OVERSEER, here.clock.now())] == [str(alarm.pk + 1)]


def test_a_hold_ends_by_another_person_and_within_a_year(here: Here) -> None:
    now = here.clock.now()
    for since, until in (
        (now + timedelta(days=1), now + timedelta(days=2)),
        (now, now),
        (now, now + timedelta(days=400)),
    ):
        with pytest.raises(InputError) as wrong:
            doing.do("hold-log@1", HoldLog(since, until, WORDS), "", OVERSEER)
        assert wrong.value.code == "oversight.hold.time"
    key = doing.do("hold-log@1", HoldLog(now, now + timedelta(days=9), WORDS), "", OVERSEER)
    for who, code in ((OVERSEER, "oversight.hold.second"), (officer("a"), "role.missing")):
        with pytest.raises(RefusedError) as refused:
            doing.do("release-log@1", ReleaseLog(key, 1, WORDS), key, who)
        assert refused.value.code == code
    doing.do("release-log@1", ReleaseLog(key, 1, WORDS), key, OTHER)
    with pytest.raises(StateError):
        doing.do("release-log@1", ReleaseLog(key, 2, WORDS), key, OTHER)
    people(here)
    client = signed_in("overseer")
    given = {"since": "2026-01-01", "until": (now + timedelta(days=30)).date().isoformat(), "reason": WORDS}
    assert client.post("/oversight/keeping/hold", given).status_code == 302
    page = client.get("/oversight/keeping").content.decode()
    assert page.count(WORDS) == 3
    assert (
        client.post(
            f"/oversight/keeping/{rows('oversight.LogHold')[-1].pk}/release", {"version": 1, "reason": WORDS}
        ).status_code
        == 403
    )
