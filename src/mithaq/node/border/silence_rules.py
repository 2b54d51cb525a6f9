"""The rules of silence for a pair: what it is bound to, who asks and agrees, when it holds. Pure.

Rules: it is bound to a document (a keyed hash of number, issuing State and birth date) and to one listed record as it
stood; a second person of another unit agrees. Whoever carries a listed document is never silenced.
Design: subjects, "Wanted persons" (Hit) and safeguards 8 and 11; decision 21.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import envelope, wire
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.nouns import Card, Document
from mithaq.node.border.clause import is_documented
from mithaq.node.border.requests import TravellerData
from mithaq.seal import canonical

LEAST_KEY = 32
MOST_WORDS = 500
# The German code of a zone is one letter, of a list three.
_SAME_STATE = {"D": "DEU"}


@dataclass(frozen=True, slots=True)
class Holding:
    """A silence that was agreed to, as screening asks for it: both hashes, and until when at the latest."""

    id: str
    subject: str
    document: str
    record: str
    until: datetime


def paper_of(one: TravellerData) -> Document | None:
    """The document that a silence on this traveller is bound to: the first with a number and an issuing State; None
    without one, or without a whole birth date."""
    return next((paper for paper in one.documents if _parts(paper, one.birth_date)), None)


def _parts(paper: Document, born: str) -> tuple[str, str, str] | None:
    # As the crossings register compares them: capital letters and digits only.
    plain, issuer = (re.sub(r"[^0-9A-Z]", "", text.upper()) for text in (paper.number, paper.issuer))
    try:
        whole = date.fromisoformat(born).isoformat() == born
    except ValueError:
        whole = False
    return (plain, _SAME_STATE.get(issuer, issuer), born) if plain and issuer and whole else None


def document_hash(key: bytes, paper: Document, born: str) -> str:
    """The keyed hash of number, issuing State and birth date. InputError `silence.document` where one is missing."""
    parts = _parts(paper, born)
    if parts is None:
        raise without_document()
    return _keyed(key, "document", list(parts))


def without_document() -> InputError:
    """What is told where a traveller has no document to bind a silence to."""
    return InputError(
        "silence.document",
        "A silence is bound to a document: its number, the State that issued it, and the whole birth date.",
        remedy="Without them nothing is silenced. Scan the document at the counter, and ask on that candidate.",
    )


def hashes(key: bytes, one: TravellerData) -> frozenset[str]:
    """The hashes of every document of a traveller that one could be silenced by."""
    papers = (paper for paper in one.documents if _parts(paper, one.birth_date))
    return frozenset(document_hash(key, paper, one.birth_date) for paper in papers)


def record_hash(key: bytes, card: Card) -> str:
    """The keyed hash of a listed record as it stands: who it is, what is asked, until when, and its edition."""
    review = envelope.text_of(card.review) if card.review else ""
    said = [wire.encode(card.person), card.category, card.purpose, card.warnings, card.basis, card.handling]
    return _keyed(key, "record", [card.reference, card.source, card.edition, review, said])


def _keyed(key: bytes, what: str, parts: list[Any]) -> str:
    return hmac.digest(key, canonical.canonical([f"mithaq/silence/{what}/1", *parts]), "sha256").hex()


def holds(one: Holding, card: Card, key: bytes, now: datetime) -> bool:
    """Whether a silence is in force at `now` against the record as it stands now."""
    return now < one.until and card.live and hmac.compare_digest(one.record, record_hash(key, card))


def silencing(
    several: Iterable[Holding], traveller: TravellerData, whys: Iterable[str], card: Card, key: bytes, now: datetime
) -> str:
    """The silence by which this traveller is no candidate for this record; empty when there is none."""
    if is_documented(whys):
        return ""
    mine = hashes(key, traveller)
    return next((one.id for one in several if one.document in mine and holds(one, card, key, now)), "")


# who asks, agrees and ends


def check_asked(state: str, whys: Iterable[str]) -> None:
    """StateError `silence.candidate` for a candidate that is not rejected, RefusedError `silence.listed` for one whose
    document is the listed one."""
    if state != "rejected":
        raise StateError(
            "silence.candidate", "A silence is asked for on a rejected candidate; this one is: {state}.",
            remedy="Judge the candidate first.", state=state,
        )  # fmt: skip
    if is_documented(whys):
        raise RefusedError(
            "silence.listed", "The document of this traveller is a listed one, which is never silenced.",
            remedy="Ask the owner of the record to correct it.",
        )  # fmt: skip


def words(text: str, where: str) -> str:
    """A reason as it is kept. InputError `silence.reason` for an empty one."""
    plain = " ".join(text.split())[:MOST_WORDS]
    if not plain:
        raise InputError("silence.reason", "A silence is asked for, declined and ended with a reason.", where=where)
    return plain


def check_second(unit: str, asked_by: str, actor: Actor) -> None:
    """RefusedError `silence.second_person` when who decides is of the unit that asks, or who asked."""
    if actor.unit == unit or actor.name == asked_by:
        raise RefusedError(
            "silence.second_person",
            "The second person is of another unit than the one that asks.",
            remedy="Leave it to the unit that decides on silences by the domestic instrument.",
        )


def check_state(state: str, wanted: str) -> None:
    """StateError `silence.state` when a silence is not in the state that an act needs."""
    if state != wanted:
        raise StateError("silence.state", "This silence is in another state: {state}.", remedy="Open it again.",
                         state=state)  # fmt: skip


def last_moment(now: datetime, days: int, review: datetime | None) -> datetime:
    """Until when a silence holds at the latest: so many days, and no longer than to the review of the notice."""
    latest = now + timedelta(days=days)
    return min(latest, review) if review else latest
