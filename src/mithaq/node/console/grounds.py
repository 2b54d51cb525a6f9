"""Sentences for the grounds that a receipt RX, a wish, a refusal or an alarm carries: what a person reads beside the
code.

Rule: every ground that this node or a partner of the same version can give, and every one that refuses a person, has a
sentence; tests/node/console/test_grounds.py compares them with the source. A ground of a newer partner falls back to
that of its family.
Design: exchange, "Receipts".
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mithaq.plan.grounds import GROUNDS

# Grounds of the road itself, which no clause gives.
ROAD: dict[str, object] = {
    "record.gone": lazy("What was to be sent is no longer in force, so it was not sent."),
    "clock.future": lazy("The message is dated in the future: the clocks of the two nodes differ."),
    "envelope.expired": lazy("The message reached the end of its time before it was accepted."),
    "plan.digest": lazy("The two nodes do not hold the same text of the plan."),
    "inbox.reused": lazy("The id of the message was used before, for other bytes."),
    "access.chain": lazy("The access log does not hold together: a row was changed, taken out or put in."),
    "reading.unusual": lazy("A person's reading stands out from that of the unit."),
    "inbox.poison": lazy("The message could not be worked on and was put aside."),
    "envelope_terms.differ": lazy("The content is not what the envelope states."),
    "partner.unreachable": lazy("The partner's node cannot be reached; the message is sent again by itself."),
    "act.local": lazy("This act is not exchanged."),
    "act.unknown": lazy("The partner's node does not know this act."),
    "body.field": lazy("A field of the content is not as it has to be."),
    "channel.certificate": lazy("No partner of an enacted plan has this certificate."),
    "channel.recipient": lazy("The envelope is addressed to a unit that is not here."),
    "channel.sender": lazy("The envelope names another sender than the certificate."),
    "content.core": lazy("The content was signed for another envelope."),
    "content.digest": lazy("The content is not the one that the envelope was signed for."),
    "content.field": lazy("The content lacks a field, or one is of the wrong kind."),
    "content.recipient": lazy("The content was signed for another unit."),
    "content.size": lazy("The content is larger than 1 MiB."),
    "envelope.field": lazy("The envelope lacks a field, or one is of the wrong kind."),
    "hit.evidence": lazy("A hit needs its own reference, two officers and an identifier."),
    "extension.basis": lazy("What you wrote of the judicial basis is not what the notice rests on."),
    "extension.person": lazy("The person who set a notice's review the last time does not put it off again."),
    "extension.review": lazy("The new review is not one that the line allows."),
    "extension.standing": lazy("The judicial basis is not in force any more; the notice cannot rest on it."),
    "hit.known": lazy("A hit with this reference is here already."),
    "hit.terms": lazy("The hit states another purpose or handling code than its notice."),
    "hit.notice": lazy("The hit names no notice of this authority."),
    "silence.notice": lazy("The silence names no notice of this authority."),
    "silence.terms": lazy("The silence states another purpose or handling code than its notice."),
    "silence.times": lazy("The silence has no time at which it holds."),
    "keys.none": lazy("There is no key list of the authority."),
    "message.frame": lazy("The message does not begin with an envelope."),
    "message.size": lazy("The content is larger than a message may carry."),
    "notice.birth_date": lazy("A birth date is YYYY, YYYY-MM, YYYY-MM-DD or YYYY/YYYY, in the past."),
    "notice.identity": lazy("A name alone does not identify a person (gate G6)."),
    "notice.issued": lazy("The warrant cannot be dated in the future."),
    "notice.unit": lazy("This notice belongs to another unit."),
    "notice.known": lazy("A notice with this reference is here already."),
    "notice.names": lazy("A notice needs at least one name."),
    "notice.reference": lazy("The reference is not of the sender's own series."),
    "notice.review": lazy("The review is not a day that is still to come."),
    "notice.state": lazy("The notice is not in a state that allows this."),
    "notice.unknown": lazy("The withdrawal names no notice of its sender."),
    "notice.warrant": lazy("A notice needs its warrant, the court and the offence (gate G7)."),
    "partner.answer": lazy(
        "The partner's gateway answered otherwise than agreed; the message is sent again by itself."
    ),
    "partner.receipt": lazy("The partner's receipt is for another message."),
    "person.guessed": lazy("Wrong codes were given with a person's right password: somebody knows it."),
    "person.overseer": lazy("An administrator has shut out a person of oversight."),
    "person.for_himself": lazy("An administrator has proposed roles, or a new second factor, for himself."),
    "portrait.size": lazy("The portrait is larger than 10 MiB."),
    "portrait.unreadable": lazy("The portrait is not a readable JPEG or PNG."),
    "receipt.envelope": lazy("The receipt is for other bytes than were sent."),
    "receipt.field": lazy("The receipt lacks a field, or one is of the wrong kind."),
    "receipt.ground": lazy("The partner gave a ground that is no code of an error."),
    "receipt.signer": lazy("The receipt is not signed by the node or unit that it names."),
    "receipt.unit": lazy("The receipt of delivery is not by the unit that the message was sent to."),
    "receipt.unknown": lazy("The receipt is for a message that this node did not send to its signer."),
    "record.exists": lazy("A record of this id exists already."),
    "unit.key": lazy("This worker holds no key of the unit."),
    "unit.unknown": lazy("The partner's key list names no such unit."),
}
# What the roles of an act, or a rule of its subject, refuse to a person here.
RULES: dict[str, object] = {
    "candidate.second_person": lazy("You have judged this candidate; the second judgement is another officer's."),
    "candidate.supervisor": lazy("Two officers disagree on this candidate."),
    "candidate.unit": lazy("This is for the officers of another unit."),
    "silence.listed": lazy("The document of this traveller is a listed one, which is never silenced."),
    "silence.partner": lazy("This silence is the partner's, who ends it."),
    "silence.second_person": lazy("The second person is of another unit than the one that asks."),
    "delegation.other": lazy("This delegation is between others."),
    "letter.role": lazy("A role that this letter is for was missing."),
    "list.older": lazy("This version of the list is older than the live one, or was here before."),
    "list.second": lazy("The domestic instrument asks that another person than its importer confirms a list."),
    "list.vanished": lazy("Half or more of the entries would vanish."),
    "notice.second_person": lazy("The person who drafted a notice cannot approve it."),
    "officer.second": lazy("The second person decides at the node itself; a system cannot bring this decision."),
    "person.last": lazy("Two administrators have to stay: one alone could change nothing any more."),
    "person.last.overseer": lazy("Somebody of oversight has to stay."),
    "person.second": lazy(
        "A second person decides: another administrator, or a supervisor of the unit, and never for himself."
    ),
    "person.self": lazy("Nobody shuts himself out."),
    "read.line": lazy("It belongs to a line on which the person does not work."),
    "role.missing": lazy("The person has none of the roles that the act is for."),
}
FAMILIES: dict[str, object] = {
    "seal.age": lazy("The sealed content cannot be opened with the unit's key, or was changed on the way."),
    "seal.signature": lazy("A signature does not verify."),
    "seal.signer": lazy("It is not signed with a key that is known here."),
    "seal": lazy("The bytes are not a signed statement in its one written form."),
}


def ground(code: str) -> str:
    """The sentence of a ground; the code itself when it has none."""
    if code in GROUNDS:
        return _(GROUNDS[code].text)
    family = next((name for name in FAMILIES if code == name or code.startswith(f"{name}.")), "")
    return str(ROAD.get(code) or RULES.get(code) or FAMILIES.get(family) or code)
