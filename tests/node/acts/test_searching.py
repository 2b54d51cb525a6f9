"""Search on a real database: an entry is there if and only if its record is, and need to know is in every query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.node.acts import erase, local, search_index, searching
from mithaq.node.acts.definition import Actor, Effects, Row
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.acts.searching import Results, search
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import ScreenManifest
from mithaq.node.wanted.requests import WithdrawNotice
from tests.node import acts_material as material
from tests.node.acts.test_road import drafted, published
from tests.node.authorities import NOW
from tests.node.border.test_border import NAMES, WANTED, judge, screen
from tests.node.here import Here, rows
from tests.node.lists.material import confirmed, imported, listed, un_list

BORDER, WANTED_UNIT = material.OFFICER_A, material.DRAFTER
HARBOUR = Actor("harbour", "BE-POLICE/HARBOUR", frozenset({"case-officer"}))
OVERSIGHT = Actor("overseer", "BE-POLICE/OVERSIGHT", frozenset({"oversight"}))
ANALYST = Actor("analyst", "BE-POLICE/BORDER", frozenset({"analyst"}))


@pytest.fixture
def post(here: Here) -> Here:
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", NAMES)), here.clock.now())
    return here


def found(who: Actor, words: str, kind: str = "") -> list[tuple[str, str]]:
    return [(one.kind, one.line.reference) for one in search(who, words, kind).found]


def kinds(who: Actor, words: str) -> set[str]:
    return {kind for kind, _ in found(who, words)}


def person(*names: str, **changes: Any) -> dict[str, Any]:
    return {"person": replace(material.content().person, names=names, **changes)}


def agrees() -> None:
    """Every record has the entries that its subject says, and no other entry is there."""
    standing: dict[tuple[str, str], set[Any]] = {}
    for row in rows("acts.SearchEntry"):
        standing.setdefault((row.model, row.record), set()).add((row.line, row.at, tuple(row.keys)))
    wanted = {}
    for label in REGISTRY.search:
        every = [str(key) for key in apps.get_model(label).objects.values_list("pk", flat=True)]
        wanted |= {(label, key): one for key, one in search_index.wanted_of(label, every).items() if one}
    assert standing == wanted


@pytest.mark.parametrize("words", ["زهير التفراستي", "Tafrasti Zouhair", "Зухаир Тафрасти", "suhair davrasti"])
def test_a_notice_in_two_scripts_is_found_in_any(here: Here, words: str) -> None:
    key = drafted(**person("Zouhair Tafrasti"))
    drafted(**person("Mimoun Bellal"))
    (one,) = search(BORDER, words).found
    assert (one.kind, one.line.url, one.name) == ("notice", f"/notices/{key}", "Zouhair Tafrasti")


def test_the_spelling_that_meets_the_question_is_the_one_that_is_shown(here: Here) -> None:
    drafted()
    assert search(BORDER, "Tafrasti").found[0].name == "Zouhair Tafrasti"
    assert search(BORDER, "التفراستي").found[0].name == "زهير التفراستي"


def test_the_reference_comes_first_and_the_newest_before_the_older(here: Here) -> None:
    first = drafted()
    here.clock.forward(hours=1)
    second = drafted()
    references = {key: rows("wanted.Notice", pk=key)[0].reference for key in (first, second)}
    assert [reference for _, reference in found(BORDER, "Tafrasti")] == [references[second], references[first]]
    assert found(BORDER, f"{references[first]} Tafrasti") == [("notice", references[first])]
    assert found(BORDER, references[second].lower()) == [("notice", references[second])]
    here.clock.forward(hours=1)
    drafted(**person("Zohir Tafrasty"))
    # As it is spelt before as it sounds, though the other is newer.
    assert [one.name for one in search(BORDER, "Zouhair Tafrasti").found][-1] == "Zohir Tafrasty"


def test_of_three_words_one_may_be_missing(here: Here) -> None:
    drafted(**person("Zouhair Tafrasti"))
    assert found(BORDER, "Zouhair Mimoun Tafrasti")
    assert not found(BORDER, "Zouhair Mimoun")


def test_a_flight_and_a_document_find_what_came_with_them_for_the_unit_of_the_post(post: Here) -> None:
    published()
    screen(WANTED)
    assert kinds(BORDER, "xx 123") == {"candidate", "manifest"}
    assert kinds(BORDER, "zx4417702") == {"candidate", "notice"}
    assert kinds(BORDER, "list.edi") == {"manifest"}
    for who in (WANTED_UNIT, HARBOUR):
        assert kinds(who, "xx 123") == set()
        assert kinds(who, "zx4417702") == {"notice"}
    assert kinds(OVERSIGHT, "xx 123") == {"candidate", "manifest"}


def test_a_hit_is_found_by_the_unit_that_found_it_and_the_one_whose_notice_it_is(post: Here) -> None:
    published()
    (one,) = screen(WANTED)
    judge(one, material.OFFICER_A)
    judge(one, material.OFFICER_B)
    reference = rows("border.Hit")[0].reference
    for who in (BORDER, WANTED_UNIT, OVERSIGHT):
        assert found(who, reference) == [("hit", reference)]
    assert found(HARBOUR, reference) == []


def test_a_victim_or_witness_is_found_by_reference_and_by_its_unit_alone(here: Here) -> None:
    for category in ("victim", "witness"):
        key = drafted(category=category)
        reference = rows("wanted.Notice", pk=key)[0].reference
        for who in (WANTED_UNIT, BORDER, OVERSIGHT):
            assert found(who, "Tafrasti") == found(who, "ZX4417702") == []
        assert found(WANTED_UNIT, reference) == found(OVERSIGHT, reference) == [("notice", reference)]
        assert search(WANTED_UNIT, reference).found[0].name == ""
        assert found(BORDER, reference) == []


def test_what_is_sensitive_is_never_found(here: Here) -> None:
    drafted(warnings="Carries a Kalashnikov", **person("Zouhair Tafrasti", marks="Scar Quantum"))
    for words in ("Kalashnikov", "Quantum", "Fraud", "Invented", "2026/117", "1984-03-17", "MAR"):
        assert found(WANTED_UNIT, words) == [], words


def test_a_refused_file_is_found_by_officers_of_its_unit(post: Here) -> None:
    with pytest.raises(InputError):
        perform("screen-manifest@1", ScreenManifest("BEBRU", "night.edi", b"nothing"), material.OFFICER_A)
    assert found(BORDER, "night.edi") == [("letter", "night.edi")]
    for who in (HARBOUR, ANALYST, OVERSIGHT):
        assert found(who, "night.edi") == []


def test_of_a_list_is_found_what_is_live(here: Here) -> None:
    waits = imported("UN", un_list(CDi001=("Zouhair Tafrasti", "1984")))
    assert found(BORDER, "Tafrasti") == []
    confirmed(waits["version"])
    assert found(BORDER, "Tafrasti") == found(BORDER, "CDi001") == [("list-entry", "UN CDi001")]
    other = imported("UN", un_list(CDi002=("Mimoun Bellal", "1984"), CDi003=("Idir Ouazzani", "1990")))
    confirmed(other["version"], "the list is whole", material.APPROVER)
    assert found(BORDER, "Tafrasti") == []
    assert found(BORDER, "Bellal") == [("list-entry", "UN CDi002")]
    agrees()


def test_an_entry_is_there_if_and_only_if_its_record_is(post: Here) -> None:
    key = published()
    listed("UN", un_list(CDi001=("Zouhair Tafrasti", "1984")))
    agrees()
    two = screen(WANTED)
    agrees()
    judge(two[0], material.OFFICER_A)
    agrees()
    version = rows("wanted.Notice", pk=key)[0].version
    perform("withdraw-notice@1", WithdrawNotice(key, version, "found"), material.APPROVER)
    agrees()
    with pytest.raises(InputError):
        perform("screen-manifest@1", ScreenManifest("BEBRU", "night.edi", b"nothing"), material.OFFICER_A)
    agrees()
    assert len(rows("acts.SearchEntry")) > 4
    post.clock.forward(days=31)
    assert erase.erase_expired(post.clock.now()) > 0
    assert rows("border.Candidate") == []
    assert kinds(BORDER, "Tafrasti") == {"notice", "list-entry"}
    assert found(BORDER, "night.edi") == []
    agrees()
    post.clock.forward(days=400)
    assert erase.erase_expired(post.clock.now()) > 0
    assert rows("wanted.Notice") == []
    assert kinds(BORDER, "Tafrasti") == {"list-entry"}
    agrees()


STEPS = st.lists(st.tuples(st.sampled_from(["add", "hide", "rename", "erase"]), st.integers(0, 5)), max_size=6)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_whatever_is_written_changed_and_erased_the_index_agrees(here: Here, steps: list[tuple[str, int]]) -> None:
    for step, number in steps:
        kept = rows("wanted.Notice")
        if step == "add" or not kept:
            drafted()
            continue
        row = kept[number % len(kept)]
        named = {**row.content, "person": {**row.content["person"], "names": [f"Idir Bellal {'a' * number}"]}}
        changes: dict[str, Any] = {"category": "victim"} if step == "hide" else {"content": named}
        made = Effects(rows=(Row("wanted.Notice", str(row.pk), row.version, changes),))
        local.apply("test", Effects(erase=(("wanted.Notice", str(row.pk)),)) if step == "erase" else made, NOW)
        agrees()
    agrees()
    assert len(rows("acts.SearchEntry")) == len(rows("wanted.Notice"))


def test_an_act_that_fails_leaves_no_entry(here: Here) -> None:
    key = drafted()
    before = len(rows("acts.SearchEntry"))
    broken = Effects(rows=(Row("wanted.Notice", key, 99, {"state": "approved"}),))
    with pytest.raises(Exception, match="changed this record"):
        local.apply("test", broken, here.clock.now())
    assert len(rows("acts.SearchEntry")) == before
    agrees()


def test_what_lay_here_before_the_index_is_found_after_a_rebuild(post: Here) -> None:
    published()
    screen(WANTED)
    listed("UN", un_list(CDi001=("Zouhair Tafrasti", "1984")))
    before = found(BORDER, "Tafrasti")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM acts_searchentry WHERE model <> 'wanted.Notice'")
        cursor.execute("UPDATE acts_searchentry SET keys = '{}'")
        cursor.execute(
            "INSERT INTO acts_searchentry (model, record, line, at, keys)"
            " SELECT model, gen_random_uuid(), line, at, keys FROM acts_searchentry"
        )
    told: list[tuple[str, int, int]] = []
    assert search_index.rebuild(lambda *one: told.append(one)) == 4
    assert ("wanted.Notice", 1, 1) in told
    assert found(BORDER, "Tafrasti") == before
    agrees()
    assert not search_index.is_missing()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM acts_searchentry")
    assert search_index.is_missing()


def hide(count: int, here: Here) -> None:
    """Records like those of the searcher, of a unit that is not the searcher's: the newest, and more of them."""
    now = here.clock.now() + timedelta(hours=1)
    traveller = {"names": ["Tafrasti Zouhair"], "documents": [{"kind": "P", "number": "ZX4417702"}]}
    fields = {
        "manifest": uuid7(now), "post": "BEANR", "unit": "BE-POLICE/HARBOUR", "subject": "notice:x", "score": 1.0,
        "traveller": traveller, "travel": {"flight": "XX123"}, "evidence": [], "state": "candidate", "created": now,
        "expires": now,
    }  # fmt: skip
    made = tuple(Row("border.Candidate", str(uuid7(now)), 0, fields) for _ in range(count))
    local.apply("test", Effects(rows=made), here.clock.now())


def everything(who: Actor, questions: Iterable[str]) -> tuple[list[Results], list[str]]:
    """All answers, page by page, and the statements that gave them."""
    answers = []
    with CaptureQueriesContext(connection) as queries:
        for words in questions:
            following = ""
            while True:
                answers.append(search(who, words, following=following, limit=2))
                following = answers[-1].following
                if not following:
                    break
    return answers, [one["sql"] for one in queries.captured_queries]


def test_hidden_records_change_no_answer_no_order_no_count_and_no_statement(post: Here) -> None:
    published()
    for _ in range(3):
        drafted()
    screen(WANTED)
    questions = ("Tafrasti", "Zouhair Tafrasti", "زهير", "XX123", "ZX4417702", "Nobody Atall", "BEANR", "")
    before = everything(BORDER, questions)
    assert max(one.total for one in before[0]) == 5
    hide(searching.RANKED + 1, post)
    assert everything(BORDER, questions) == before


def test_of_very_many_the_newest_come_first_page_by_page(post: Here) -> None:
    hide(searching.RANKED + 40, post)
    kept = sorted((str(row.pk) for row in rows("border.Candidate")), reverse=True)
    for words in ("XX123", "Tafrasti", "زهير"):
        first = search(HARBOUR, words)
        second = search(HARBOUR, words, following=first.following)
        assert (first.total, first.more, second.total, second.more) == (1000, True, 1000, True)
        shown = [one.line.url.partition("#")[2] for one in (*first.found, *second.found)]
        assert shown == kept[: 2 * searching.PAGE]
    # Where all sound alike and none is closer, the newest are shown all the same.
    loose = search(HARBOUR, "Dafrasti")
    assert (loose.total, loose.more) == (1000, True)
    assert [one.line.url.partition("#")[2] for one in loose.found] == kept[: searching.PAGE]
    assert search(BORDER, "XX123") == Results((), 0, False, "")
    assert search(HARBOUR, "Tafrasti Mimoun") == Results((), 0, False, "")


def test_a_question_is_asked_of_the_index_of_keys_and_of_no_row_beside(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted()
    plans: list[str] = []
    asking = searching._asking

    @contextmanager
    def explained() -> Iterator[Any]:
        with asking() as ask:

            def told(ways: Any, statement: str, params: Any) -> list[Any]:
                plans.append("\n".join(row[0] for row in ask(ways, f"EXPLAIN {statement}", params)))
                return ask(ways, statement, params)

            yield told

    monkeypatch.setattr(searching, "_asking", explained)
    for words in ("Tafrasti", "عبد العزيز اباكريم", "Zouhair Mimoun Tafrasti", "XX123", "Ali"):
        search(OVERSIGHT, words)
    assert len(plans) == 5
    for plan in plans:
        assert "Bitmap Index Scan on search_keys" in plan
        assert not re.search(r"Seq Scan on acts_searchentry|search_record|search_latest", plan)


def test_what_a_search_barred_is_open_again_after_it(here: Here) -> None:
    drafted()
    ways = ("seqscan", "indexscan", "indexonlyscan", "bitmapscan")
    with connection.cursor() as cursor:
        for within in (False, True):
            with transaction.atomic() if within else nullcontext():
                search(OVERSIGHT, "Tafrasti")
                for way in ways:
                    cursor.execute(f"SHOW enable_{way}")
                    assert cursor.fetchone() == ("on",), (way, within)


@pytest.mark.parametrize(
    "kind", ["unit:BE-POLICE/BORDER", "border.Candidate", "*", "oversight", "' OR true --", "{candidate}"]
)
def test_a_kind_that_is_none_widens_nothing(post: Here, kind: str) -> None:
    with pytest.raises(InputError, match="no records of this kind"):
        search(HARBOUR, "Tafrasti", kind)


@pytest.mark.parametrize(
    "words",
    [
        "unit:BE-POLICE/BORDER\0x:XX123", "*\0XX123", "oversight XX123", "%", "XX123' OR 'a'='a", "XX123) OR (true",
        "x:XX123 OR unit:BE-POLICE/BORDER", "{XX123}",
    ],
)  # fmt: skip
def test_no_words_reach_what_another_unit_reads(post: Here, words: str) -> None:
    published()
    screen(WANTED)
    assert kinds(BORDER, "XX123") == {"candidate", "manifest"}
    assert kinds(HARBOUR, words) == set()


@pytest.mark.parametrize(
    "following",
    ["x", "1|2026-01-01|x", "1|2026-01-01T00:00:00+00:00", "-1|2026-01-01T00:00:00+00:00|x", "9" * 40 + "|a|b",
     "1|2026-01-01T00:00:00+00:00|\0", "1|9999-99-01T00:00:00+00:00|x", "1|2026-01-01T00:00:00+00:00|" + "x" * 600],
)  # fmt: skip
def test_a_page_that_follows_from_none_is_refused(here: Here, following: str) -> None:
    with pytest.raises(InputError, match="no page of a search"):
        search(BORDER, "Tafrasti", following=following)


def test_pages_follow_each_other_without_a_gap_or_a_repeat(here: Here) -> None:
    keys = []
    for _ in range(7):
        keys.append(drafted())
        here.clock.forward(minutes=1)
    answers, _queries = everything(BORDER, ("Tafrasti",))
    shown = [one.line.url.rpartition("/")[2] for page in answers for one in page.found]
    assert shown == keys[::-1]
    assert [page.total for page in answers] == [7] * 4
    assert searching.kinds() == ("notice", "list-entry", "hit", "candidate", "manifest", "letter")
