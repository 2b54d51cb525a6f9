"""Who asks is asked first: nothing is looked up for who may not read, and what was looked up has its row, whatever
came of it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mithaq.node.oversight import follow, log
from mithaq.node.wanted import facts
from tests.node.here import Here, rows
from tests.node.oversight.material import prepared, signed_in

ZOHAIR = {"name": "Zouhair Tafrasti", "birth_date": "1984-03-17", "reference": ""}
NOBODY = {"name": "Nobody Nowhere", "birth_date": "1984-03-17", "reference": ""}
# Where content lies, and what is told of it.
CONTENT = ('"wanted_', '"border_', '"lists_', '"acts_wish', '"acts_inbox', '"acts_leaf', '"search_', '"exchange_')


def test_nothing_is_looked_up_for_who_may_not_read(here: Here) -> None:
    place = prepared(here)
    officer, administrator = signed_in("other"), signed_in("administrator")
    asked = [
        *((officer, "post", "/oversight/person", given) for given in (ZOHAIR, NOBODY)),
        *((officer, "post", "/oversight/person/evidence", given) for given in (ZOHAIR, NOBODY)),
        *((officer, "get", "/oversight/log", {"record": one}) for one in (place.reference, "MA-POLICE/2026/WP/09999")),
        (officer, "get", "/oversight/log.csv", {"record": place.reference}),
        (officer, "get", "/oversight/unusual", {}),
        *((administrator, "get", path, {}) for path in ("/notices", "/hits", "/needs/overdue", "/lists/no-such-id")),
    ]  # fmt: skip
    # The first request of a session reads what later ones know.
    assert [one.get("/oversight").status_code for one in (officer, administrator)] == [403, 403]
    counts: dict[str, set[int]] = {}
    for client, method, path, given in asked:
        before = len(rows("acts.Access"))
        with CaptureQueriesContext(connection) as made:
            assert getattr(client, method)(path, given).status_code == 403, path
        assert not [one["sql"] for one in made if any(table in one["sql"] for table in CONTENT)], path
        counts.setdefault(path, set()).add(len(made))
        (row,) = rows("acts.Access")[before:]
        assert row.what.startswith("refused:"), path
    # What is there and what is not take as many statements.
    assert {path: some for path, some in counts.items() if len(some) != 1} == {}


def test_what_fails_on_the_way_has_its_row(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    place = prepared(here)
    overseer, officer = signed_in("overseer"), signed_in("officer-a")

    def fail(*_any: object, **_more: object) -> None:
        raise RuntimeError

    for module, name in ((follow, "trail"), (log, "page"), (log, "export"), (facts, "listing")):
        monkeypatch.setattr(module, name, fail)
    for client, path, what in (
        (overseer, f"/oversight/person?reference={place.notice}", "oversight.person"),
        (overseer, f"/oversight/person/evidence?reference={place.notice}", "oversight.bundle"),
        (overseer, "/oversight/log?unit=x", "oversight.log"),
        (overseer, "/oversight/log.csv?unit=x", "oversight.export"),
        (officer, "/notices?q=x", "wanted.list"),
    ):
        with pytest.raises(RuntimeError):
            client.get(path)
        assert rows("acts.Access")[-1].what == what


def test_a_day_that_no_log_can_hold_is_the_nearest_that_one_can(here: Here) -> None:
    prepared(here)
    overseer, officer = signed_in("overseer"), signed_in("officer-a")
    assert officer.get("/notices").status_code == 200
    for query, all_of_it in (
        ("since=0001-01-01", True), ("until=9999-12-31", True), ("since=0001-01-01&until=9999-12-31", True),
        ("since=9999-12-31", False), ("until=0001-01-01", False),
    ):  # fmt: skip
        answer = overseer.get(f"/oversight/log?{query}")
        assert answer.status_code == 200, query
        assert ("officer-a" in answer.content.decode()) is all_of_it, query
        assert overseer.get(f"/oversight/log.csv?{query}").status_code == 200, query
    for day in ("0001-01-01", "9999-12-31"):
        assert overseer.post("/oversight/person", {**NOBODY, "birth_date": day}).status_code == 200
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        for path in ("/needs/overdue", "/retention?kind=notice"):
            mark = "&" if "?" in path else "?"
            answer = officer.get(f"{path}{mark}after={quote(moment)}~x~y")
            assert answer.status_code in {200, 404}, (path, moment)
