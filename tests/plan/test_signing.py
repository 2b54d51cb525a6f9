"""A plan is signed when every party has signed this very text with the root that the text pins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mithaq.errors import InputError, TrustError
from mithaq.plan.document import plan_digest
from mithaq.plan.signing import TYPE, check_signatures, sign_plan
from mithaq.seal import jws
from mithaq.seal.keys import SigningKey
from tests.plan.samples import PLAN, ROOTS

BOTH = [sign_plan(PLAN, party, ROOTS[party]) for party in ("MA", "BE")]


def test_all_parties() -> None:
    signed = check_signatures(PLAN, BOTH[::-1])
    assert (signed.plan, signed.digest, signed.parties) == (PLAN.id, plan_digest(PLAN), frozenset({"MA", "BE"}))


def test_a_half_signed_plan_names_who_has_not_signed() -> None:
    with pytest.raises(TrustError, match="not signed by BE") as caught:
        check_signatures(PLAN, [BOTH[0], BOTH[0]])
    assert (caught.value.code, caught.value.params["parties"]) == ("plan.unsigned", "BE")
    with pytest.raises(TrustError, match="MA, BE"):
        check_signatures(PLAN, [])


def test_a_signature_of_another_text_does_not_count() -> None:
    other = replace(PLAN, title={"en": "Another", "fr": "Autre"})
    with pytest.raises(TrustError, match="MA is of another text") as caught:
        check_signatures(other, BOTH)
    assert caught.value.code == "plan.signature"


def test_a_party_cannot_sign_for_the_other() -> None:
    forged = jws.sign({"plan": PLAN.id, "digest": plan_digest(PLAN), "party": "BE"}, [ROOTS["MA"]], TYPE)
    with pytest.raises(TrustError, match="BE does not verify"):
        check_signatures(PLAN, [BOTH[0], forged])
    with pytest.raises(TrustError, match="not the root key"):
        sign_plan(PLAN, "BE", ROOTS["MA"])


def test_what_is_no_signature_of_this_plan() -> None:
    stranger = jws.sign({"plan": PLAN.id, "digest": plan_digest(PLAN), "party": "FR"}, [SigningKey(b"x" * 32)], TYPE)
    with pytest.raises(TrustError, match="no party of this plan"):
        check_signatures(PLAN, [*BOTH, stranger])
    with pytest.raises(InputError):
        check_signatures(PLAN, [*BOTH, b"{}"])
    wrong_type = jws.sign({"plan": PLAN.id, "digest": plan_digest(PLAN), "party": "MA"}, [ROOTS["MA"]], "other+jws")
    with pytest.raises((InputError, TrustError)):
        check_signatures(PLAN, [wrong_type, BOTH[1]])
    with pytest.raises(InputError, match="no party FR"):
        sign_plan(PLAN, "FR", ROOTS["MA"])
