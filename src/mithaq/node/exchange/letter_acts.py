"""The acts on dead letters: send again, close, open again. Each function is pure.

Rule: what is sent again is a new message for the same record, decided on by the plan as any other; the old message
stays as it was signed and logged. Design: exchange, "Delivery"; architecture, "The road".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.errors import StateError
from mithaq.node.acts import aside, instruments, undelivered
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row, Sending, Terms
from mithaq.node.exchange import letters, rules
from mithaq.node.exchange.files import HANDLED
from mithaq.node.exchange.letters import Letter
from mithaq.node.exchange.requests import CloseDeadLetter, OpenAgain, SendAgain

Request = SendAgain | CloseDeadLetter | OpenAgain
LINE = "domestic"
EVERYONE = frozenset({"case-officer", "supervisor", "party-coordinator"})


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """The letter; the act and terms that it would be sent under now; whether its sender has overtaken it."""

    letter: Letter
    domestic: str
    again: tuple[str, int, Terms] | None = None
    overtaken: bool = False


def load(request: Request, actor: Actor) -> LetterFacts:
    """Reads the letter. UnknownError `letter.unknown`; RefusedError and StateError as `rules.check_act` says."""
    # Before anything is decided: whose letter it is, is no question for the plan.
    letter = letters.letter(request.letter, actor)
    rules.check_act(letter, actor)
    return LetterFacts(
        letter,
        instruments.domestic_plan().id,
        undelivered.terms_now(letter.sent) if letter.sent else None,
        aside.overtaken(letter.received) if letter.received else False,
    )


def terms(_request: Request, found: LetterFacts) -> Terms:
    """The act itself moves no data of persons: the record that goes out again is decided on by its own terms."""
    return Terms(found.domestic, LINE, frozenset({"organisational"}), "domestic", "en", "H0")


def _handled(found: LetterFacts, how: str, reason: str, context: Context) -> Row:
    # The letter's id is the row's: a second word on the same letter finds the place taken.
    fields = {"how": how, "reason": reason, "by": context.actor.name, "at": context.now}
    return Row(HANDLED, found.letter.id, 0, fields)


def send_again(_request: SendAgain, found: LetterFacts, context: Context) -> Effects:
    """A new wish for the same record and recipient, which takes the place of the old one."""
    rules.check_kind(found.letter, "sent")
    old = found.letter.sent
    assert old is not None
    if old.replaced:
        raise StateError(
            "letter.replaced",
            "The record has gone to this unit by another message since.",
            remedy="Look at the record's own page.",
        )
    if found.again is None:
        raise StateError(
            "letter.gone", "What was to be sent is no longer in force.", remedy="Close the letter with a reason."
        )
    sending = Sending(
        old.act, old.plan, old.line, old.sender, old.recipient, old.model, old.record, old.urgency,
        old.follows, old.in_reply_to, supersedes=old.wish,
    )  # fmt: skip
    return Effects(
        rows=(_handled(found, "sent-again", "", context),),
        sendings=(sending,),
        answer=found.letter.id,
        leaf={"record": f"letter/{found.letter.id}", "message": old.journey.message},
    )


def close(request: CloseDeadLetter, found: LetterFacts, context: Context) -> Effects:
    """Nothing more is done about it; the reason is kept."""
    reason = rules.check_reason(request.reason)
    return Effects(
        rows=(_handled(found, "closed", reason, context),),
        answer=found.letter.id,
        leaf={"record": f"letter/{found.letter.id}"},
    )


def open_again(_request: OpenAgain, found: LetterFacts, context: Context) -> Effects:
    """The worker tries once more, with all its attempts."""
    rules.check_kind(found.letter, "received")
    message = found.letter.received
    assert message is not None
    if message.waits:
        raise StateError("letter.waits", "The worker is about to try this message again.", remedy="Look again soon.")
    if found.overtaken:
        raise StateError(
            "letter.overtaken",
            "The sender has since withdrawn or replaced this message.",
            remedy="Close the letter with a reason.",
        )
    fields = {"sender": message.sender, "message": str(message.message), "by": context.actor.name, "at": context.now}
    return Effects(
        rows=(Row("acts.Retry", str(context.new_id()), 0, fields),),
        answer=found.letter.id,
        leaf={"record": f"letter/{found.letter.id}", "message": str(message.message)},
    )


def _about(_request: Request, found: LetterFacts) -> str:
    # A refusal stands in the history of the record that was to go out, not of its letter alone.
    return found.letter.sent.record if found.letter.sent else found.letter.id


def _leads_to(_request: SendAgain, found: LetterFacts) -> tuple[str, int, Terms] | None:
    return found.again


SEND = Act(
    "send-again", 1, _("Send again"), SendAgain, EVERYONE, terms, load, send_again, leads_to=_leads_to,
    says=(
        "Send again what came to nothing: refused by the plan, rejected by the partner, held back, or expired. The "
        "record goes as it is now, as a new message that names the old one (`supersedes`) in the same thread. Once "
        "for a letter; only who may do the act itself may send it again, and the plan under which it goes is asked "
        "first."
    ),
    command="exchange send-again", page="/dead-letters/KEY/send-again", about=_about,
)  # fmt: skip
CLOSE = Act(
    "close-dead-letter",
    1,
    _("Close a dead letter"),
    CloseDeadLetter,
    EVERYONE,
    terms,
    load,
    close,
    says=(
        "Close a dead letter: nothing more is done about a message, a message put aside or a refused file, for a "
        "reason that is kept. The letter of a refused file is also closed by a mended one (`mithaq exchange mend`, or "
        "its page): the act that refused the file is done once more, by the same rules, and closes the letter in its "
        "own transaction; refused again, the letter stays and says why."
    ),
    command="exchange close",
    page="/dead-letters/KEY/close",
    about=_about,
)
OPEN = Act(
    "open-again",
    1,
    _("Open a message again"),
    OpenAgain,
    frozenset({"supervisor"}),
    terms,
    load,
    open_again,
    says=(
        "Open a message again that was put aside as poison, after the software was mended. The worker tries it with "
        "all its attempts; R2 follows when it opens, and the RX that was given stands beside it. What the sender has "
        "since withdrawn or replaced is not opened."
    ),
    command="exchange open-again",
    page="/dead-letters/KEY/open-again",
)
ACTS = (SEND, CLOSE, OPEN)
