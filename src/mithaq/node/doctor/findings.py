"""What the doctor can find: each outcome of a check by its stable code, with its state, sentence and remedy.

Rule: every outcome has its row here and in docs/doctor.md, which a test compares; no sentence names a person.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mithaq import plurals
from mithaq.errors import english, filled

if TYPE_CHECKING:
    from django.utils.translation import gettext_noop as say
else:

    def say(text: str) -> str:
        """Marks a text for the catalogues: Django's own needs Django configured, which it is not here."""
        return text


LOCALE = Path(__file__).resolve().parents[1] / "console" / "locale"
OK, WARN, WRONG = "ok", "warn", "wrong"
SETTINGS = say("Look the setting up in docs/settings.md.")  # where an error of the configuration gives no advice itself


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome: `state` is ok, warn or wrong; `params` fill the places of `sentence` and `remedy`."""

    code: str
    state: str
    sentence: str
    remedy: str
    params: Mapping[str, str | int]

    @property
    def detail(self) -> str:
        return english(self.sentence, self.params)

    @property
    def advice(self) -> str:
        return filled(self.remedy, self.params)

    def told(self, language: str) -> tuple[str, str]:
        """Sentence and advice in a language (`fr`, `nl`, `ar`); in English where it has no words for them."""
        words = gettext.translation("django", LOCALE, languages=[language], fallback=True)

        def say_it(text: str) -> str:
            return words.gettext(text) if text else ""  # the empty text is a catalogue's head

        counted = plurals.forms(self.sentence, self.params)
        sentence = words.ngettext(*counted) if counted else say_it(self.sentence)
        params = {name: say_it(text) if isinstance(text, str) else text for name, text in self.params.items()}
        return filled(sentence, params), filled(say_it(self.remedy), params)


def found(code: str, /, **params: str | int) -> Finding:
    """The outcome of that code with its values."""
    state, sentence, remedy = OUTCOMES[code]
    return Finding(code, state, sentence, remedy, params)


OUTCOMES: dict[str, tuple[str, str, str]] = {
    "configuration": (OK, say("The configuration is read and its secrets are there."), ""),
    "configuration.unread": (WRONG, say("The configuration cannot be used: {detail}"), "{advice}"),
    "configuration.secret": (WRONG, say("A secret is not there: {detail}"), "{advice}"),
    "proxies": (OK, say("The console knows from where a browser comes."), ""),
    "proxies.none": (
        WARN,
        say("The console has a proxy before it that [console] does not name: everybody comes from one address."),
        say('Name it, such as proxies = ["127.0.0.1"], and let it set X-Forwarded-For.'),
    ),
    "rights": (OK, say("{count} files and directories with secrets are their owner's alone."), ""),
    "rights.open": (
        WRONG,
        say("{path} has the rights {mode}: others than its owner may open it."),
        "chmod {least} {path}",
    ),
    "keys": (OK, say("{count} private keys open with their passphrases."), ""),
    "keys.unread": (
        WRONG,
        say("A private key cannot be opened: {detail}"),
        say("Check [keys] and the passphrase of the {role}."),
    ),
    "keys.differ": (
        WRONG,
        say("The gateway and the worker hold different node keys."),
        say("Bring both back from the same backup of keys."),
    ),
    "certificate": (OK, say("The TLS certificate is in force for {days} more days."), ""),
    "certificate.unread": (
        WRONG,
        say("The TLS certificate of the {role}, or its key, cannot be used: {detail}"),
        say("Bring tls.pem and tls.key back from the backup of keys."),
    ),
    "certificate.name": (
        WRONG,
        say("The TLS certificate is for {name}, not for {authority}."),
        say("Check authority and [keys] directory."),
    ),
    "certificate.ending": (
        WARN,
        say("The TLS certificate ends in {days} days."),
        say("Make new keys, have the root sign a new list, enact it."),
    ),
    "certificate.over": (
        WRONG,
        say("The TLS certificate is over, or not in force yet, by this machine's clock."),
        say("Check the machine's clock; else make new keys, have the root sign a new list, enact it."),
    ),
    "disk": (OK, say("{percent} percent of the disk is free."), ""),
    "disk.low": (
        WARN,
        say("{percent} percent of the disk ({mebibytes} MiB) is free."),
        say("Make room before it is full."),
    ),
    "disk.full": (
        WRONG,
        say("{percent} percent of the disk ({mebibytes} MiB) is free."),
        say("Make room now: a full disk stops all."),
    ),
    "kernel": (OK, say("The screening kernel is compiled."), ""),
    "kernel.missing": (
        WARN,
        say("The screening kernel is not compiled: the first query at a post waits for it."),
        say("Run as who may write there: python -m mithaq.screening.kernel"),
    ),
    "translations": (OK, say("The pages' languages are compiled: {languages}."), ""),
    "translations.missing": (WRONG, say("The pages' words in {language} are not compiled."), say("Run: make setup")),
    "clock": (OK, say("The node runs by the machine's clock."), ""),
    "clock.own": (
        WARN,
        say("The node runs by a clock of its own, as a demo does."),
        say("Remove [clock] from node.toml."),
    ),
    "clock.database": (
        WARN,
        say("The database's clock differs from this machine's by {seconds} s."),
        say("Let both machines keep time (NTP)."),
    ),
    "database": (OK, say("The database answers: PostgreSQL {version}."), ""),
    "database.stopped": (
        WRONG,
        say("The embedded database does not run; what needs it was not looked at."),
        say("Run: mithaq node serve"),
    ),
    "database.silent": (
        WRONG,
        say("The database does not answer the {role} ({error}); what needs it was not looked at."),
        say("Check the URL in [database], that PostgreSQL runs, and that it lets this machine and role in."),
    ),
    "database.old": (
        WRONG,
        say("PostgreSQL {version} is too old."),
        say("Upgrade the server to version {needed} or later."),
    ),
    "database.embedded": (
        WARN,
        say("The database is the embedded one: its roles have no passwords."),
        say("For a service, name a PostgreSQL server in [database] (docs/operating.md)."),
    ),
    "migrations": (OK, say("All migrations are applied."), ""),
    "migrations.missing": (
        WRONG,
        say("{count} migrations are not applied, first {first}."),
        say("Run: mithaq node init"),
    ),
    "migrations.newer": (
        WRONG,
        say("The database has migrations that this version does not know, first {first}."),
        say("Install the version that the database was upgraded to."),
    ),
    "grants": (OK, say("The three database roles may do what is written for them, and no more."), ""),
    "grants.missing": (WRONG, say("The {role} may not {right} on {table}, as it must."), say("Run: mithaq node init")),
    "grants.extra": (WRONG, say("The {role} may {right} on {table}, as it must not."), say("Run: mithaq node init")),
    "grants.powers": (
        WRONG,
        say("The database role of the {role} is more than a plain one: {powers}."),
        say("ALTER ROLE ... NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS; revoke its memberships."),
    ),
    "grants.shared": (
        WRONG,
        say("The {role} uses the database role of the {other}."),
        say("Give each its own role in [database]."),
    ),
    "plan": (OK, say("The plan {plan} is signed and in force for {days} more days."), ""),
    "plan.none": (WRONG, say("No {kind} instrument is enacted: every act is refused."), say("Run: mithaq plan enact")),
    "plan.unsigned": (
        WRONG,
        say("The signatures of the plan {plan} do not hold: it permits nothing."),
        say("Bring the database back from a backup, and find out who changed it."),
    ),
    "plan.early": (WARN, say("The plan {plan} is not in force yet."), say("Wait for its first day: {day}.")),
    "plan.ending": (
        WARN,
        say("The plan {plan} ends in {days} days."),
        say("Have the parties sign its renewal in time."),
    ),
    "plan.over": (WRONG, say("The plan {plan} is over: only duties pass."), say("Enact the plan that renews it.")),
    "plan.suspended": (
        WARN,
        say("The line {line} of the plan {plan} is suspended."),
        say("Nothing, while that is meant."),
    ),
    "key-list": (OK, say("The key list of {authority} is in force for {days} more days."), ""),
    "key-list.none": (WRONG, say("There is no key list of {authority}."), say("Enact the plan with its key lists.")),
    "key-list.ending": (
        WARN,
        say("The key list of {authority} ends in {days} days."),
        say("Have its root sign the next version."),
    ),
    "key-list.over": (
        WRONG,
        say("The key list of {authority} is over."),
        say("Enact the plan with the next version of the list."),
    ),
    "key-list.old": (
        WARN,
        say("The keys of {authority} were listed {days} days ago."),
        say("Make new keys at least once a year."),
    ),
    "key-list.differs": (
        WRONG,
        say("The {key} that this node holds is not the one in its key list: the partner trusts another."),
        say("Enact the key list that belongs to these keys, or bring back the keys that belong to the list."),
    ),
    "ledger": (OK, say("The ledger's {size} leaves lead to its last signed head."), ""),
    "ledger.size": (
        WRONG,
        say("The ledger has {leaves} numbered leaves, and its last signed head says {size}."),
        say("Stop the node. Leaves are lost or added: compare with the partner's copy and a backup."),
    ),
    "ledger.root": (
        WRONG,
        say("The ledger's tree does not lead to its last signed head."),
        say("Stop the node. Somebody changed the ledger: compare with the partner's copy and a backup."),
    ),
    "ledger.head": (
        WRONG,
        say("The last head of the ledger is not signed by this node's ledger key: {detail}"),
        say("Stop the node, and find out who changed the database or the keys."),
    ),
    "queues": (OK, say("Nothing waits longer than it should."), ""),
    "queues.slow": (
        WARN,
        say("Waiting in {queue}: {count}, the oldest for {minutes} minutes."),
        say("Look at the worker and the partner."),
    ),
    "queues.stuck": (
        WRONG,
        say("Waiting in {queue}: {count}, the oldest for {minutes} minutes."),
        say("Look at the worker and the partner."),
    ),
    "queues.poison": (
        WARN,
        say("{count} messages are put aside as poison."),
        say("Look at the dead letters; open them again after a mend."),
    ),
    "queues.alarms": (
        WARN,
        say("{count} alarms wait for somebody, the latest {code}."),
        say("Oversight closes each by an act: mithaq oversight alarms."),
    ),
    "lists": (OK, say("{count} lists are refreshed as they should be."), ""),
    "lists.never": (
        WRONG,
        say("The list {list} was never loaded from its source."),
        say("Look at [lists.{list}] and at its page."),
    ),
    "lists.failing": (
        WARN,
        say("The list {list} failed to refresh {count} times ({code})."),
        say("Look the code up in docs/errors.md."),
    ),
    "lists.old": (
        WRONG,
        say("The list {list} was last refreshed {hours} hours ago."),
        say("Screening uses old data: mend its source."),
    ),
    "worker": (OK, say("The worker listens to the database."), ""),
    "worker.silent": (
        WRONG,
        say("No worker is connected to the database: nothing is sent or opened."),
        say("Start it: mithaq node serve"),
    ),
    "gateway": (OK, say("The gateway answers with its certificate and demands the partner's."), ""),
    "gateway.silent": (
        WRONG,
        say("The gateway does not answer at {address} ({error})."),
        say("Start it: mithaq node serve"),
    ),
    "gateway.certificate": (
        WRONG,
        say("At {address} another certificate answers than this node's."),
        say("Start the gateway again after keys were changed; see that no other program has its port."),
    ),
    "gateway.open": (
        WRONG,
        say("What answers at {address} demands no certificate."),
        say("Nothing may stand between the gateway and the partner that ends TLS."),
    ),
    "console": (OK, say("The console answers."), ""),
    "console.silent": (
        WRONG,
        say("The console does not answer at {address} ({error})."),
        say("Start it: mithaq node serve"),
    ),
    "partner": (OK, say("The gateway of {partner} answers with the certificate of its key list."), ""),
    "partner.address": (WRONG, say("[partners] names no address of {partner}."), say("Add it to node.toml.")),
    "partner.silent": (
        WRONG,
        say("The gateway of {partner} cannot be reached ({error})."),
        say("Messages wait; ask the partner, and check the network."),
    ),
    "partner.certificate": (
        WRONG,
        say("At the address of {partner} another certificate answers than its key list holds."),
        say("Ask the partner for its newest key list; if it has none, somebody stands between."),
    ),
    "partner.refuses": (
        WRONG,
        say("The gateway of {partner} does not accept this node's certificate ({error})."),
        say("Give the partner this node's newest key list to enact."),
    ),
    "partner.other": (
        WRONG,
        say("At the address of {partner} the node of {name} answers."),
        say("Check [partners] in node.toml."),
    ),
    "partner.clock": (
        WARN,
        say("The clock of {partner} differs from this machine's by {seconds} s."),
        say("Let both machines keep time (NTP)."),
    ),
    "doctor.fault": (
        WRONG,
        say("The check {check} could not be made ({error})."),
        say("What stands above may be why; else report it."),
    ),
}
QUEUES = {
    "wishes": say("the wishes to send"),
    "outbox": say("the outbox"),
    "inbox": say("the inbox"),
    "receipts": say("the receipts to deliver"),
    "leaves": say("the leaves for the ledger"),
}
