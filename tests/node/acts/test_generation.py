"""The generation of the notices changes with whatever changes who is looked for, by an act or past every act."""

from __future__ import annotations

import threading
from datetime import timedelta

from django.db import connection, transaction

from mithaq.node.acts import perform
from mithaq.node.border import matcher
from mithaq.node.wanted import facts
from mithaq.node.wanted.models import Notice
from mithaq.node.wanted.requests import WithdrawNotice
from tests.node import acts_material as material
from tests.node.acts.test_road import published
from tests.node.here import Here, rows


def test_each_change_is_another_generation(here: Here) -> None:
    seen = [facts.generation()]
    key = published()
    seen.append(facts.generation())
    (row,) = rows("wanted.Notice", pk=key)
    perform.perform("withdraw-notice@1", WithdrawNotice(key, row.version, "found"), material.APPROVER)
    seen.append(facts.generation())
    # Whatever writes: a record changed by hand, one that is erased.
    Notice.objects.filter(pk=key).update(state="active")
    seen.append(facts.generation())
    Notice.objects.filter(pk=key).delete()
    seen.append(facts.generation())
    assert len(set(seen)) == len(seen), seen
    assert not [one for one in matcher.current() if " " in one]


def test_a_draft_changes_nobody_who_is_looked_for(here: Here) -> None:
    key = published()
    before = facts.generation().partition("/")[0]
    (row,) = rows("wanted.Notice", pk=key)
    row.pk, row.reference, row.state = row.pk.__class__(int=row.pk.int - 1), "BE/2026/WP/9", "draft"
    Notice.objects.bulk_create([row])
    Notice.objects.filter(pk=row.pk).update(changed=here.clock.now() + timedelta(hours=1))
    Notice.objects.filter(pk=row.pk).delete()
    assert facts.generation().partition("/")[0] == before


def test_no_change_hides_behind_another(here: Here) -> None:
    """One who changes a notice while another's change is not committed waits, and counts on from it."""
    key = published()
    (row,) = rows("wanted.Notice", pk=key)
    row.pk, row.reference = row.pk.__class__(int=row.pk.int - 1), "BE/2026/WP/9"
    Notice.objects.bulk_create([row])
    before, begun, seen = int(facts.generation().partition("/")[0]), threading.Event(), list[str]()

    def other() -> None:
        try:
            with transaction.atomic():
                begun.set()
                Notice.objects.filter(pk=row.pk).update(state="withdrawn")
        finally:
            connection.close()

    second = threading.Thread(target=other)
    with transaction.atomic():
        Notice.objects.filter(pk=key).update(state="withdrawn")
        second.start()
        assert begun.wait(30)
    seen.append(facts.generation())
    second.join()
    seen.append(facts.generation())
    assert int(seen[-1].partition("/")[0]) == before + 2, seen
