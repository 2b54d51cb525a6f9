"""Erasure: every model has a rule or a reason, nothing of a person is left or half erased, and it is proved."""

from __future__ import annotations

import json
import os
import signal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from mithaq.errors import InputError
from mithaq.ledger.verify import verify_file
from mithaq.node.acts import (
    arrive,
    deliver,
    dispatch,
    erase,
    opening,
    perform,
    prove_erasure,
    retention,
    sequence,
    store,
)
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.retention import facts as pages
from mithaq.node.start import SUBJECTS
from mithaq.node.wanted.requests import ApproveNotice, DraftNotice, PublishNotice
from tests.node import acts_material as material
from tests.node.border.test_border import WANTED, judge, notice, post, screen  # noqa: F401  a fixture
from tests.node.here import Here, rows, waits
from tests.peers.partner import Partner, worker_keys

# Words of the invented person and of the invented case, in each writing that they come in.
OVERSIGHT = Actor("overseer", "BE-POLICE/WANTED", frozenset({"oversight"}))
MARKS = ("tafrasti", "zx4417702", "zohair", "zouhair", "التفراستي", "2026/117", "invented facts")


def held(words: tuple[str, ...] = MARKS) -> set[str]:
    """The tables that hold one of the words in any column, whatever its type."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns "
                       "WHERE table_schema = 'public'")  # fmt: skip
        for table, column, kind in cursor.fetchall():
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            for word in words:
                # Beyond ASCII `escape` writes octal, as the word is written in bytes here.
                sought = _octal(word) if kind == "bytea" else word
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE lower({text}) LIKE %s', [f"%{sought}%"])
                if cursor.fetchone()[0]:
                    found.add(table)
    return found


def _octal(word: str) -> str:
    return "".join(chr(byte) if byte < 128 else f"\\\\{byte:03o}" for byte in word.encode())


def confirmed() -> None:
    """A partner's notice, a traveller who is screened, confirmed by two officers, and reported."""
    (found,) = screen(WANTED)
    judge(found, material.OFFICER_A)
    judge(found, material.OFFICER_B, identifier="portrait")


def alarms(here: Here) -> list[str]:
    return [one.record for one in waits(material.CHIEF, here.clock.now()) if one.kind == "not-erased"]


def sequenced(here: Here) -> None:
    sequence.sequence(worker_keys(here), here.clock.now())


def test_every_model_ends_by_a_rule_or_stays_for_a_reason() -> None:
    models = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in {*SUBJECTS, "acts", "api", "console"}
    }  # fmt: skip
    ended = set(retention.covered(REGISTRY.retention))
    assert models - ended - set(REGISTRY.kept) == set()
    assert ended | set(REGISTRY.kept) <= models
    assert not ended & set(REGISTRY.kept)
    assert all(REGISTRY.kept.values())


def test_each_rule_reads_and_says_what_it_is(here: Here) -> None:
    assert len({rule.name for rule in REGISTRY.retention}) == len(REGISTRY.retention) >= 6
    for rule in REGISTRY.retention:
        assert rule.until(here.clock.now()).values(*rule.fields()).first() is None
        assert str(rule.title)
        assert str(rule.ends)
        assert rule.source.split()[0]


def test_no_table_holds_the_person_when_all_has_ended(post: Here) -> None:  # noqa: F811
    notice(post)
    data = material.message(post, material.notice_body(portrait=material.portrait()), sequence=2)
    arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now())
    opening.open_waiting(worker_keys(post))
    key = perform.perform("draft-notice@1", DraftNotice(material.content()), material.DRAFTER)
    perform.perform("approve-notice@1", ApproveNotice(key, 1), material.APPROVER)
    perform.perform("publish-notice@1", PublishNotice(key, 2), material.APPROVER)
    for one in screen(WANTED):
        judge(one, material.OFFICER_A)
        judge(one, material.OFFICER_B, identifier="portrait")
    dispatch.dispatch_open(worker_keys(post))
    deliver.deliver_due(Partner(post), post.clock.now())
    assert held() >= {"wanted_notice", "border_hit", "border_candidate"}
    post.clock.forward(days=366)
    assert erase.erase_expired(post.clock.now()) > 3
    assert held() == set()
    assert all(rows(label) == [] for label in ("wanted.Notice", "border.Hit", "border.Candidate", "border.Judgement"))


def test_a_received_notice_is_kept_as_long_as_its_clause_says(here: Here) -> None:
    notice(here)
    (kept,) = rows("wanted.Notice")
    here.clock.forward(days=364)
    assert erase.erase_expired(here.clock.now()) == 0
    here.clock.forward(days=1)
    assert erase.erase_expired(here.clock.now()) == 1
    assert rows("wanted.Notice") == []
    (stone,) = rows("acts.Tombstone")
    assert (stone.rule, stone.model, stone.unit) == ("notice", "wanted.Notice", "MA-POLICE/WANTED")
    assert stone.ended == kept.kept_until
    everything = str(vars(stone)) + "".join(str(bytes(leaf.data)) for leaf in rows("acts.Leaf", kind="erased"))
    assert kept.reference not in everything
    assert str(kept.id) not in everything


def test_what_was_put_off_meanwhile_is_not_erased(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    notice(here)
    here.clock.forward(days=366)
    now, whole = here.clock.now(), erase._erase

    def late(rule: Any, key: Any, moment: Any) -> int:
        apps.get_model("wanted.Notice").objects.update(kept_until=now.replace(year=now.year + 1))
        return whole(rule, key, moment)

    monkeypatch.setattr(erase, "_erase", late)
    assert erase.erase_expired(now) == 0
    assert len(rows("wanted.Notice")) == 1
    assert rows("acts.Tombstone") == []


def test_an_erasure_that_breaks_off_leaves_all_of_it_and_keeps_no_other(
    post: Here, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    notice(post)
    confirmed()
    post.clock.forward(days=366)
    whole, seen = store.queue_leaf, []

    def broken(kind: str, *rest: Any, **named: Any) -> None:
        if kind == "erased" and rest[1]["rule"] == "hit":
            seen.append(kind)
            raise RuntimeError("the power fails")
        whole(kind, *rest, **named)

    monkeypatch.setattr(store, "queue_leaf", broken)
    assert erase.erase_expired(post.clock.now()) == 1
    assert seen
    assert rows("wanted.Notice") == []
    assert [len(rows(f"border.{label}")) for label in ("Hit", "Candidate", "Judgement")] == [1, 1, 2]
    assert len(rows("acts.Tombstone")) == 1
    monkeypatch.undo()
    assert erase.erase_expired(post.clock.now()) == 1
    assert [len(rows(f"border.{label}")) for label in ("Hit", "Candidate", "Judgement")] == [0, 0, 0]
    assert [stone.records for stone in rows("acts.Tombstone", rule="hit")] == [4]


def test_the_proof_of_an_erasure_holds_offline_and_for_no_other_record(here: Here) -> None:
    notice(here)
    (kept,) = rows("wanted.Notice")
    with pytest.raises(InputError) as unknown:
        prove_erasure.proof(kept.reference)
    assert unknown.value.code == "erasure.unknown"
    here.clock.forward(days=366)
    erase.erase_expired(here.clock.now())
    sequenced(here)
    for named in (kept.reference, str(kept.id)):
        data = prove_erasure.proof(named)
        report = verify_file(data)
        assert report.ok, report.checks
        assert named in report.story[0]
        assert report.plain()["facts"]["rule"] == "notice"
    told = json.loads(data)
    for change, number in (
        ({"named": kept.reference.replace("MA", "BE")}, 5),
        ({"leaf": {**told["leaf"], "index": told["leaf"]["index"] + 1}}, 4),
        ({"key_lists": []}, 3),
        ({"plan": {**told["plan"], "signatures": told["plan"]["signatures"][:1]}}, 2),
    ):
        spoilt = verify_file(json.dumps({**told, **change}, sort_keys=True, ensure_ascii=False).encode())
        assert [check.number for check in spoilt.checks if check.result == "failed"] == [number]
        assert not spoilt.ok
    with pytest.raises(InputError):
        verify_file(json.dumps({**told, "more": 1}).encode())


def test_a_record_is_found_over_months_by_its_reference(here: Here) -> None:
    for month in range(3):
        data = material.message(here, sequence=month + 1)
        arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
        opening.open_waiting(worker_keys(here))
        here.clock.forward(days=32)
    references = [row.reference for row in rows("wanted.Notice")]
    here.clock.forward(days=300)
    for _month in range(3):
        erase.erase_expired(here.clock.now())
        here.clock.forward(days=32)
    erase.erase_expired(here.clock.now())
    assert len({bytes(stone.salt) for stone in rows("acts.Tombstone")}) > 1
    assert len({bytes(stone.opening) for stone in rows("acts.Tombstone")}) == 3
    for reference in references:
        assert [stone.rule for stone in prove_erasure.tombstones(reference)] == ["notice"]
    assert prove_erasure.tombstones("MA-POLICE/2026/WP/99999") == ()


def test_who_does_not_work_on_a_line_is_told_nothing_of_it(here: Here) -> None:
    notice(here)
    rule, now = pages.rule("notice"), here.clock.now()
    elsewhere = Actor("x", "BE-POLICE/WANTED", lines=frozenset({"terrorism"}))
    assert [len(pages.ending(rule, who, now, 366, None, 9)) for who in (material.APPROVER, elsewhere)] == [1, 0]


def test_a_death_at_any_moment_of_an_erasure_leaves_all_or_nothing(post: Here) -> None:  # noqa: F811
    notice(post)
    confirmed()
    post.clock.forward(days=366)
    for module, name, when in (
        (erase, "_delete", "after"), (erase, "_bury", "before"), (store, "queue_leaf", "before"),
        (store, "queue_leaf", "after"),
    ):  # fmt: skip
        connection.close()
        child = os.fork()
        if not child:
            _die(module, name, when)
            erase._erase_kind(pages.rule("hit"), post.clock.now())
            os._exit(0)  # not reached
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        assert [len(rows(f"border.{label}")) for label in ("Hit", "Candidate", "Judgement")] == [1, 1, 2]
        assert rows("acts.Tombstone") == rows("acts.Leaf", kind="erased") == []
    assert erase.erase_expired(post.clock.now()) == 2
    assert len(rows("acts.Tombstone")) == len(rows("acts.Leaf", kind="erased")) == 2


def _die(module: Any, name: str, when: str) -> None:
    whole = getattr(module, name)

    def dying(*args: Any, **named: Any) -> Any:
        if when == "after":
            whole(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, dying)


def test_what_is_overdue_is_counted_and_alarms(post: Here) -> None:  # noqa: F811
    notice(post)
    (found,) = screen(WANTED)
    assert found.is_open
    post.clock.forward(hours=71)
    kinds = {one.rule.name: one for one in pages.kinds(material.OFFICER_A, post.clock.now())}
    assert (kinds["candidate"].here, kinds["candidate"].week, kinds["candidate"].overdue) == (1, 1, 0)
    assert {one.here for one in pages.kinds(Actor("x", "BE-POLICE/OTHER"), post.clock.now())} == {0, 1}
    post.clock.forward(hours=2)
    kinds = {one.rule.name: one for one in pages.kinds(OVERSIGHT, post.clock.now())}
    assert kinds["candidate"].overdue == 1
    assert alarms(post) == ["candidate"]
    (row,) = pages.ending(pages.rule("candidate"), material.OFFICER_A, post.clock.now(), 7, None, 10)
    assert row.overdue
    assert pages.ending(pages.rule("candidate"), material.OFFICER_A, post.clock.now(), 7, (row.ends, row.id), 10) == ()
    erase.erase_expired(post.clock.now())
    assert alarms(post) == []
