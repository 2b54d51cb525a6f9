"""The rules of notices: states, moves and gates. Pure.

Rules: the one who drafted never approves (safeguard 8); a notice is live only while `active`; gates G6 (identity
sufficient) and G7 (a warrant that can be valid) hold before a draft is kept. Design: subjects, "Wanted persons".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.wanted import minors
from mithaq.node.wanted.requests import Basis, BasisAgain, NoticeContent

MOVES = {
    ("draft", "approve"): "approved",
    ("approved", "publish"): "active",
    ("active", "withdraw"): "withdrawn",
    ("approved", "withdraw"): "withdrawn",
    ("draft", "withdraw"): "withdrawn",
    ("active", "expire"): "expired",
    ("active", "extend"): "active",
    # A withdrawal or an extension of the partner's, which may have been on its way when its notice ended here.
    ("expired", "withdraw"): "withdrawn",
    ("active", "renew"): "active",
    ("expired", "renew"): "active",
}
REVIEW = timedelta(days=365)
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|\d{4}/\d{4}")


def move(state: str, verb: str) -> str:
    """The state after `verb`. StateError `notice.state` when the notice is not where that is possible."""
    if (state, verb) not in MOVES:
        raise StateError(
            "notice.state",
            "A notice that is “{state}” does not allow the step “{verb}”.",
            remedy="Open it again.",
            where="notice",
            state=state,
            verb=verb,
        )
    return MOVES[state, verb]


def check_version(found: int, read: int) -> None:
    """StateError `record.stale` when the person has read another version than there is now."""
    if found != read:
        raise StateError(
            "record.stale",
            "Someone else has changed this record since you opened it.",
            remedy="Open it again and look at what changed.",
        )


def second_person(drafted_by: str, actor: str) -> None:
    """RefusedError `notice.second_person` when the approver is the one who drafted."""
    if drafted_by == actor:
        raise RefusedError(
            "notice.second_person",
            "The person who drafted a notice cannot approve it.",
            remedy="Ask a colleague with the role of supervisor.",
        )


def check_content(content: NoticeContent, now: datetime) -> None:
    """Gates G6 and G7 and the shapes of dates. InputError that names the field."""
    person = content.person
    if not any(name.strip() for name in person.names):
        raise InputError("notice.names", "A notice needs at least one name.", where="person.names")
    for text in person.birth_dates:
        _check_birth_date(text, now)
    if not (person.birth_dates or person.documents or content.portrait or person.marks):
        raise InputError(
            "notice.identity",
            "A name alone does not identify a person (gate G6).",
            remedy="Add a birth date, a document, a portrait or marks.",
            where="person",
        )
    basis = content.basis
    if content.purpose != "missing" and not (basis.warrant.strip() and basis.court.strip() and basis.offence.strip()):
        raise InputError(
            "notice.warrant", "A notice needs its warrant, the court and the offence (gate G7).", where="basis.warrant"
        )
    if basis.issued:
        _check_issued(basis.issued, now)


def _check_birth_date(text: str, now: datetime) -> None:
    if not _DATE.fullmatch(text) or int(text[:4]) > now.year or int(text[:4]) < now.year - 130:
        raise InputError(
            "notice.birth_date",
            "A birth date is YYYY, YYYY-MM, YYYY-MM-DD or YYYY/YYYY, in the past.",
            where="person.birth_dates",
        )
    if len(text) == 10:
        try:
            date.fromisoformat(text)
        except ValueError:
            raise InputError("notice.birth_date", "This day does not exist.", where="person.birth_dates") from None


def _check_issued(text: str, now: datetime) -> None:
    try:
        issued = date.fromisoformat(text)
    except ValueError:
        raise InputError("notice.issued", "The date of the warrant is YYYY-MM-DD.", where="basis.issued") from None
    if issued > now.date():
        raise InputError("notice.issued", "The warrant cannot be dated in the future.", where="basis.issued")


def review_of(text: str, now: datetime, most: timedelta = REVIEW) -> datetime:
    """When a notice must be reviewed: as asked, and within `most`, a year or less. InputError `notice.review`."""
    latest = now + min(most, REVIEW)
    if not text:
        return latest
    try:
        asked = datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        asked = now
    if asked <= now:
        raise InputError(
            "notice.review", "The review is not a day that is still to come.", remedy="Write it as 2026-12-31.",
            where="review",
        )  # fmt: skip
    return min(asked, latest)


def longest(birth_dates: Iterable[str], now: datetime, days: int) -> timedelta:
    """How long a notice about a person is used before it is looked at again: `days` for who may be a minor."""
    until = minors.minor_until(birth_dates)
    return timedelta(days=days) if until is not None and until > now else REVIEW


def kept_for(days: int | None) -> timedelta:
    """How long a notice is kept under a clause that keeps it `days`; a year when it says nothing."""
    return timedelta(days=days) if days else REVIEW


def extended_review(text: str, before: datetime, now: datetime, latest: datetime) -> datetime:
    """The new review of a notice whose review was `before`: later than that, and at `latest` at most.

    InputError `extension.review`.
    """
    try:
        asked = datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        asked = now
    last = min(latest, now + REVIEW)
    if not max(before, now) < asked <= last:
        raise InputError(
            "extension.review",
            "The new review lies after {after} and is {latest} at the latest.",
            remedy="Choose a day between them.",
            where="review",
            after=before.date().isoformat(),
            latest=last.date().isoformat(),
        )
    return asked


def still_used(state: str, review: datetime, now: datetime) -> None:
    """StateError `notice.state` unless the notice is active and its review has not come: who comes late drafts anew."""
    move("expired" if state == "active" and review <= now else state, "extend")


def another_person(last: str, actor: str) -> None:
    """RefusedError `extension.person` when the actor set the review the last time, too."""
    if last == actor:
        raise RefusedError(
            "extension.person",
            "The person who set a notice's review the last time does not put it off again.",
            remedy="Ask a colleague with the role of supervisor.",
        )


def check_unit(owner: str, unit: str) -> None:
    """RefusedError `notice.unit` when the notice is another unit's."""
    if owner != unit:
        raise RefusedError(
            "notice.unit", "This notice belongs to another unit.", remedy="Ask the unit that drafted it."
        )


def stated_basis(warrant: str, court: str, issued: str) -> BasisAgain:
    """A basis in force, as an extension states it."""
    return BasisAgain(warrant, court, issued)


def check_basis(again: BasisAgain, known: Basis) -> None:
    """RefusedError `extension.basis` when the basis is another than the notice's, `extension.standing` when it is no
    more in force."""
    if again.standing != "in-force":
        raise RefusedError(
            "extension.standing",
            "The judicial basis is not in force any more; the notice cannot rest on it.",
            remedy="Withdraw the notice.",
            where="basis.standing",
        )
    for name in ("warrant", "court", "issued"):
        if _plain(getattr(again, name)) != _plain(getattr(known, name)):
            raise RefusedError(
                "extension.basis",
                "What you wrote of the judicial basis is not what the notice rests on.",
                remedy="Look at the warrant again; for another basis draft a new notice.",
                where=f"basis.{name}",
            )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def categories(content: NoticeContent) -> frozenset[str]:
    """The data categories that a notice's content holds, as the plan names them."""
    held = {"identity", "judicial-basis"}
    if content.person.documents:
        held.add("document")
    if content.portrait:
        held.add("portrait")
    if content.warnings:
        held.add("warning")
    return frozenset(held)
