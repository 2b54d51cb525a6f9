"""Enacting a plan: a half-signed one never is, another text never replaces a standing one, key lists only rise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mithaq.errors import InputError, StateError, TrustError
from mithaq.node.acts import enact, instruments
from tests.node.authorities import EXAMPLES, NOW, signed
from tests.node.here import Here, rows


def test_a_half_signed_plan_is_refused_and_names_who_has_not_signed(here: Here) -> None:
    world = here.world
    plan = signed(EXAMPLES / "plan.toml", world.ma, world.be, change=('id = "MA-BE/2025-2026"', 'id = "MA-BE/2027"'))
    for half in (plan.signatures[:1], plan.signatures[1:], ()):
        with pytest.raises(TrustError) as refused:
            enact.enact(plan.plan, half, world.key_lists, NOW)
        assert refused.value.code == "plan.unsigned"
    assert [row.plan for row in rows("acts.Instrument")] == ["BE-POLICE/domestic", "MA-BE/2025-2026"]
    enact.enact(plan.plan, plan.signatures, world.key_lists, NOW)
    assert len(rows("acts.Instrument")) == 3


def test_signatures_of_another_text_are_refused(here: Here) -> None:
    world = here.world
    plan = signed(EXAMPLES / "plan.toml", world.ma, world.be, change=('"24h"', '"48h"'))
    with pytest.raises(TrustError) as refused:
        enact.enact(plan.plan, world.joint.signatures, world.key_lists, NOW)
    assert refused.value.code == "plan.signature"
    with pytest.raises(StateError) as standing:
        enact.enact(plan.plan, plan.signatures, world.key_lists, NOW)
    assert standing.value.code == "plan.standing"


def test_enacting_again_changes_nothing(here: Here) -> None:
    leaves = len(rows("acts.Leaf"))
    enact.enact(here.world.joint.plan, here.world.joint.signatures, here.world.key_lists, NOW + timedelta(days=1))
    assert len(rows("acts.Leaf")) == leaves


def test_key_lists_are_the_roots_and_never_go_back(here: Here) -> None:
    world = here.world
    own, signatures = world.joint.plan, world.joint.signatures
    forged = world.ma.key_list(2).replace(b"a", b"b", 1)
    with pytest.raises((TrustError, InputError)):
        enact.enact(own, signatures, [forged], NOW)
    enact.enact(own, signatures, [world.ma.key_list(3)], NOW)
    assert instruments.keys_of("MA-POLICE").version == 3
    with pytest.raises(TrustError) as back:
        enact.enact(own, signatures, [world.ma.key_list(2)], NOW)
    assert back.value.code == "keys.rollback"


def test_a_plan_without_this_authority_or_without_keys(here: Here) -> None:
    other = here.world.domestic["MA-POLICE"]
    with pytest.raises(InputError) as wrong:
        enact.enact(other.plan, other.signatures, (), NOW)
    assert wrong.value.code == "plan.authority"
    rows("acts.KeyList")[0].__class__.objects.all().delete()
    with pytest.raises(TrustError) as none:
        enact.enact(here.world.joint.plan, here.world.joint.signatures, (), NOW)
    assert none.value.code == "keys.none"
