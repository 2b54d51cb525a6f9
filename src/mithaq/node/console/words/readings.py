"""What the access log and oversight say: what was read, of which kind a record is, figures, checks.

Rule: what is read by a page, an own system or a command has one word, whatever the row calls it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from mithaq.node.acts.registry import REGISTRY

WORDS: dict[str, dict[str, object]] = {
    "read": {
        "console.home": lazy("home page"),
        "console.file": lazy("a file that was received"),
        "console.names": lazy("how names are read"),
        "wanted.list": lazy("list of notices"),
        "wanted.new": lazy("form of a notice"),
        "wanted.notice": lazy("a notice"),
        "wanted.portrait": lazy("portrait of a notice"),
        "wanted.notice-road": lazy("receipts of a notice"),
        "wanted.extend": lazy("a notice to extend"),
        "retention.ending": lazy("what ends next"),
        "retention.erased": lazy("what was erased"),
        "retention.proof": lazy("proof of an erasure"),
        "wanted.bulk.approve": lazy("notices to approve together"),
        "wanted.bulk.publish": lazy("notices to publish together"),
        "border.manifests": lazy("list of manifests"),
        "border.manifest": lazy("a manifest with its candidates"),
        "border.posts": lazy("posts"),
        "border.post": lazy("a post"),
        "border.threshold": lazy("threshold of a post"),
        "border.silences": lazy("list of silences"),
        "border.silence": lazy("a silence for a pair"),
        "border.silence-portrait": lazy("portrait beside a candidate"),
        "border.silence-road": lazy("a silence on its road"),
        "border.travellers": lazy("form for one traveller"),
        "border.traveller": lazy("one traveller compared"),
        "border.crossings": lazy("crossings register"),
        "border.hits": lazy("list of hits"),
        "border.hit": lazy("a hit"),
        "border.hit-road": lazy("receipts of a hit"),
        "border.candidates": lazy("list of candidates"),
        "border.candidate": lazy("a candidate"),
        "border.portrait": lazy("portrait beside a candidate"),
        "acts.named": lazy("an act on a record that is not there"),
        "exchange.ledger": lazy("the ledger"),
        "exchange.messages": lazy("list of messages"),
        "exchange.message": lazy("a message"),
        "exchange.bundle": lazy("evidence of a message"),
        "exchange.plan": lazy("the plan"),
        "exchange.suspend": lazy("form to suspend a line"),
        "exchange.letters": lazy("dead letters"),
        "exchange.letter": lazy("a dead letter"),
        "exchange.letter-mend": lazy("form to mend a dead letter"),
        "exchange.letter-bytes": lazy("bytes of a dead letter"),
        "lists.listing": lazy("the lists"),
        "lists.versions": lazy("versions of a list"),
        "lists.version": lazy("a version of a list"),
        "console.needs": lazy("what waits, by heading"),
        "console.planned": lazy("what is planned"),
        "console.plan": lazy("many acts at once, in half a minute"),
        "console.undo": lazy("a planned act undone"),
        "console.take": lazy("the next one taken"),
        "console.release": lazy("a thing in hand given back"),
        "console.free": lazy("a thing in a colleague's hand freed"),
        "console.search": lazy("a search"),
        "border.reject": lazy("candidates to reject together"),
        "accounts.own": lazy("the own account"),
        "accounts.confirm": lazy("the own account: who one is"),
        "accounts.app": lazy("the own account: an app that shows codes"),
        "accounts.passkeys": lazy("the own account: passkeys"),
        "accounts.password": lazy("the own account: the password"),
        "accounts.sign-in": lazy("signing in"),
        "accounts.sign-out": lazy("signing out"),
        "accounts.recovery-code": lazy("a recovery code used"),
        "accounts.sessions-ended": lazy("sessions ended"),
        "accounts.factor-added": lazy("a second factor added"),
        "accounts.factor-removed": lazy("a second factor removed"),
        "accounts.recovery-codes": lazy("new recovery codes"),
        "accounts.password-changed": lazy("the password changed"),
        "accounts.code": lazy("wrong codes with a right password"),
        "accounts.identity-linked": lazy("the own account: the authority's sign-in linked"),
        "accounts.identity-removed": lazy("the own account: the link to the authority's sign-in removed"),
        "accounts.delegations": lazy("roles lent while away"),
        "accounts.people": lazy("list of people"),
        "accounts.person": lazy("a person who works here"),
        "accounts.proposal": lazy("a change of a person that waits"),
        "oversight.home": lazy("oversight: where it stands"),
        "oversight.log": lazy("oversight: the access log"),
        "oversight.export": lazy("oversight: the access log as a file"),
        "oversight.chain": lazy("oversight: the chain of the access log"),
        "oversight.person": lazy("oversight: one person's data"),
        "oversight.bundle": lazy("oversight: evidence of one person's data"),
        "oversight.alarms": lazy("oversight: alarms"),
        "oversight.alarm": lazy("oversight: an alarm"),
        "oversight.keeping": lazy("oversight: how long the access log is kept"),
        "oversight.close-alarm": lazy("oversight: closing an alarm"),
        "oversight.reopen-alarm": lazy("oversight: reopening an alarm"),
        "oversight.hold-log": lazy("oversight: keeping the access log as evidence"),
        "oversight.release-log": lazy("oversight: releasing the access log"),
        "oversight.unusual": lazy("oversight: unusual reading"),
    },
    # What leaves a row and is no reading.
    "done": {
        "console.take": lazy("the next one, taken in hand"),
        "console.release": lazy("what was in hand, given back"),
        "console.free": lazy("what a colleague had in hand, freed"),
        "console.plan": lazy("several acts planned together"),
        "console.undo": lazy("a planned act, undone"),
        "console.keys": lazy("single keys, switched on or off"),
        "accounts.factor-added": lazy("the own account: a second factor added"),
        "accounts.factor-removed": lazy("the own account: a second factor removed"),
        "accounts.password-changed": lazy("the own account: the password changed"),
        "accounts.recovery-codes": lazy("the own account: new recovery codes"),
        "accounts.sessions-ended": lazy("the own account: sessions ended"),
    },
    "held": {
        "wanted.Notice": lazy("notice"),
        "border.Candidate": lazy("candidate"),
        "border.Judgement": lazy("judgement"),
        "border.Hit": lazy("hit"),
        "border.Crossing": lazy("crossing"),
        "border.KeptManifest": lazy("crossings of a manifest"),
        "lists.ListEntry": lazy("entry of a list"),
        "exchange.RefusedFile": lazy("refused file"),
    },
    "figure": {
        "records": lazy("Records opened"),
        "unrelated": lazy("Without an act"),
        "listed": lazy("Shown in lists"),
        "refused": lazy("Refused attempts"),
        "outside": lazy("Outside the hours"),
    },
    "event": {
        "act": lazy("act"),
        "message": lazy("exchange"),
        "receipt": lazy("receipt"),
        "read": lazy("reading"),
        "erased": lazy("erasure"),
    },
    "finding": {
        "allowed": lazy("it was allowed"),
        "not-allowed": lazy("it was not allowed"),
        "mistaken": lazy("the alarm was mistaken"),
    },
    "looked": {"closed": lazy("closed"), "reopened": lazy("reopened")},
    "chain": {
        "missing": lazy("a row is missing"),
        "changed": lazy("a row was changed, or one was put in"),
        "head": lazy("the rows are not those whose head stands in the ledger"),
        "leaf": lazy("the ledger's entry of the head was changed"),
        "tree": lazy("the ledger is not the one whose head was signed"),
        "cut": lazy("the rows before it were ended by no rule"),
    },
}
# What own systems and the command line read is the same as on a page, under another name.
SAME_READING = {
    "api.search": "console.search",
    "api.notices": "wanted.list",
    "wanted.notices": "wanted.list",
    "api.notice": "wanted.notice",
    "api.manifest": "border.manifest",
    "api.candidates": "border.candidates",
    "api.candidate": "border.candidate",
    "api.lists": "lists.listing",
    "api.versions": "lists.versions",
    "api.version": "lists.version",
    "exchange.proof": "exchange.bundle",
}
# What an own system asks to have done, by the act.
_DONE = {"api.manifests": "screen-manifest", "api.travellers": "screen-traveller", "api.judge": "judge-candidate"}


def reading(what: str) -> str:
    """The word for what a row of the access log says was read, done or asked for, refused or not."""
    what = what.removeprefix("refused:")
    act = _DONE.get(what, what.removeprefix("api.").removeprefix("accounts."))
    found = next((one for one in REGISTRY.acts.values() if one.word == act), None)
    if found is not None:
        return str(found.title)
    name = SAME_READING.get(what, what)
    return str(WORDS["read"].get(name) or WORDS["done"].get(name, name))


def offered() -> list[tuple[str, str]]:
    """What rows tell of, by its words, for a form to choose from."""
    every = {**WORDS["done"], **WORDS["read"]}
    return sorted(((code, str(said)) for code, said in every.items()), key=lambda one: one[1])


def same_reading(what: str) -> tuple[str, ...]:
    """The names under which rows of the access log tell of one reading, refused ones among them."""
    names = (what, *(other for other, one in SAME_READING.items() if one == what))
    return (*names, *(f"refused:{name}" for name in names))
