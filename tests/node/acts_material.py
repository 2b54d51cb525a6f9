"""Material of the road's tests: invented people, notices, and messages as a partner would send them."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts import wire
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.envelope import Head
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.nouns import Document, Person
from mithaq.node.wanted.requests import Basis, NoticeContent
from mithaq.plan.document import plan_digest
from tests.node.authorities import NOW, PLAN_ID, Authority
from tests.node.here import Here

DRAFTER = Actor("drafter", "BE-POLICE/WANTED", frozenset({"case-officer"}))
APPROVER = Actor("approver", "BE-POLICE/WANTED", frozenset({"supervisor"}))
OFFICER_A = Actor("officer-a", "BE-POLICE/BORDER", frozenset({"case-officer"}))
OFFICER_B = Actor("officer-b", "BE-POLICE/BORDER", frozenset({"case-officer"}))
CHIEF = Actor("chief", "BE-POLICE/BORDER", frozenset({"supervisor"}))
COORDINATOR = Actor("coordinator", "BE-POLICE/WANTED", frozenset({"party-coordinator"}))

_NUMBERS = itertools.count(1)


def portrait() -> bytes:
    """A small PNG."""
    target = io.BytesIO()
    Image.new("RGB", (40, 50), (120, 90, 60)).save(target, "PNG")
    return target.getvalue()


def content(**changes: Any) -> NoticeContent:
    """A notice of an invented person."""
    person = Person(
        names=("Zouhair Tafrasti", "زهير التفراستي"),
        sex="male",
        birth_dates=("1984-03-17",),
        nationalities=("MAR",),
        documents=(Document("P", "ZX4417702", "MAR"),),
    )
    basis = Basis("2026/117", "Invented court", "2026-01-12", "Fraud", "Invented code, article 1", "Invented facts.")
    plain = NoticeContent("wanted", "locate", person, basis, "fr", portrait=portrait())
    return replace(plain, **changes)


def head(here: Here, **changes: Any) -> Head:
    """The head of a `publish-notice@1` from MA-POLICE/WANTED to BE-POLICE/WANTED."""
    ma, be = here.partner, here.own
    plain = Head(
        id=uuid7(NOW),
        plan=PLAN_ID,
        plan_digest=plan_digest(here.world.joint.plan),
        line="wanted-persons",
        act="publish-notice@1",
        clauses=("wanted-persons/publish",),
        from_node=ma.id,
        from_unit="MA-POLICE/WANTED",
        from_key=ma.signing["MA-POLICE/WANTED"].kid,
        to_node=be.id,
        to_unit="BE-POLICE/WANTED",
        to_key=be.sealing["BE-POLICE/WANTED"].kid,
        thread=uuid7(NOW),
        in_reply_to=None,
        created=here.clock.now(),
        expires=here.clock.now() + timedelta(days=30),
        urgency="normal",
        due=None,
        handling="H1",
        purposes=("locate",),
        retention_days=365,
        categories=("document", "identity", "judicial-basis"),
        language="fr",
    )
    if "act" in changes and "clauses" not in changes:
        changes |= _clauses(here, changes)
    return replace(plain, **changes)


def _clauses(here: Here, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The clauses that an honest sender of the act cites, and how long they let it be kept."""
    line = here.world.joint.plan.line(changes.get("line", "wanted-persons"))
    named = [one for one in (line.clauses if line else ()) if one.permits and changes["act"] in one.acts]
    kept = [one.retention_days for one in named if one.retention_days]
    return {"clauses": tuple(one.id for one in named), "retention_days": min(kept, default=0)} | dict(changes)


def notice_body(**changes: Any) -> dict[str, Any]:
    """The body of a partner's notice with a reference of its own series."""
    reference = f"MA-POLICE/2026/WP/{next(_NUMBERS):05d}"
    return wire.encode(content(**{"reference": reference, "portrait": None, **changes}))


def message(
    here: Here,
    body: Mapping[str, Any] | None = None,
    *,
    sequence: int = 1,
    node: Authority | None = None,
    unit: str = "",
    **changes: Any,
) -> bytes:
    """A framed message as MA-POLICE would send it; what a test changes, its sender has not checked."""
    made = head(here, **changes)
    ma = here.partner
    signer = (
        ma.signing[unit or made.from_unit] if (unit or made.from_unit) in ma.signing else ma.signing["MA-POLICE/WANTED"]
    )
    recipient = here.own.sealing.get(made.to_unit, here.own.sealing["BE-POLICE/WANTED"]).public
    sealed = envelopes.seal_content(made, notice_body() if body is None else body, signer, recipient)
    token = envelopes.sign_envelope(made, sealed, sequence, "", (node or ma).node)
    return envelopes.frame(token, sealed)


def id_of(framed: bytes) -> str:
    """The message id of a framed message."""
    from mithaq.seal import jws

    return str(jws.peek(envelopes.unframe(framed)[0])["id"])


def moment(text: str) -> datetime:
    """A moment from RFC 3339."""
    return envelopes.time_of(text)
