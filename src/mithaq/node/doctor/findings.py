"""What the doctor can find: each outcome of a check by its stable code, with its state, sentence and remedy.

Rule: every outcome has its row here and in docs/doctor.md, which a test compares; no sentence names a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mithaq.errors import filled

OK, WARN, WRONG = "ok", "warn", "wrong"
SETTINGS = "Look the setting up in docs/settings.md."  # where an error of the configuration gives no advice itself


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
        return filled(self.sentence, self.params)

    @property
    def advice(self) -> str:
        return filled(self.remedy, self.params)


def found(code: str, /, **params: str | int) -> Finding:
    """The outcome of that code with its values."""
    state, sentence, remedy = OUTCOMES[code]
    return Finding(code, state, sentence, remedy, params)


OUTCOMES: dict[str, tuple[str, str, str]] = {
    "configuration": (OK, "The configuration is read and its secrets are there.", ""),
    "configuration.unread": (WRONG, "The configuration cannot be used: {detail}", "{advice}"),
    "configuration.secret": (WRONG, "A secret is not there: {detail}", "{advice}"),
    "rights": (OK, "{count} files and directories with secrets are their owner's alone.", ""),
    "rights.open": (WRONG, "{path} has the rights {mode}: others than its owner may open it.", "chmod {least} {path}"),
    "keys": (OK, "{count} private keys open with their passphrases.", ""),
    "keys.unread": (
        WRONG,
        "A private key cannot be opened: {detail}",
        "Check [keys] and the passphrase of the {role}.",
    ),
    "keys.differ": (
        WRONG,
        "The gateway and the worker hold different node keys.",
        "Bring both back from the same backup of keys.",
    ),
    "certificate": (OK, "The TLS certificate is in force for {days} more days.", ""),
    "certificate.unread": (
        WRONG,
        "The TLS certificate of the {role}, or its key, cannot be used: {detail}",
        "Bring tls.pem and tls.key back from the backup of keys.",
    ),
    "certificate.name": (
        WRONG,
        "The TLS certificate is for {name}, not for {authority}.",
        "Check authority and [keys] directory.",
    ),
    "certificate.ending": (
        WARN,
        "The TLS certificate ends in {days} days.",
        "Make new keys, have the root sign a new list, enact it.",
    ),
    "certificate.over": (
        WRONG,
        "The TLS certificate is over, or not in force yet, by this machine's clock.",
        "Check the machine's clock; else make new keys, have the root sign a new list, enact it.",
    ),
    "disk": (OK, "{percent} % of the disk are free.", ""),
    "disk.low": (WARN, "{percent} % of the disk ({mebibytes} MiB) are free.", "Make room before it is full."),
    "disk.full": (
        WRONG,
        "{percent} % of the disk ({mebibytes} MiB) are free.",
        "Make room now: a full disk stops all.",
    ),
    "kernel": (OK, "The screening kernel is compiled.", ""),
    "kernel.missing": (
        WARN,
        "The screening kernel is not compiled: the first query at a post waits for it.",
        "Run as who may write there: python -m mithaq.screening.kernel",
    ),
    "translations": (OK, "The pages' languages are compiled: {languages}.", ""),
    "translations.missing": (WRONG, "The pages' words in {language} are not compiled.", "Run: make setup"),
    "clock": (OK, "The node runs by the machine's clock.", ""),
    "clock.own": (WARN, "The node runs by a clock of its own, as a demo does.", "Remove [clock] from node.toml."),
    "clock.database": (
        WARN,
        "The database's clock differs from this machine's by {seconds} s.",
        "Let both machines keep time (NTP).",
    ),
    "database": (OK, "The database answers: PostgreSQL {version}.", ""),
    "database.stopped": (
        WRONG,
        "The embedded database does not run; what needs it was not looked at.",
        "Run: mithaq node serve",
    ),
    "database.silent": (
        WRONG,
        "The database does not answer the {role} ({error}); what needs it was not looked at.",
        "Check the URL in [database], that PostgreSQL runs, and that it lets this machine and role in.",
    ),
    "database.old": (WRONG, "PostgreSQL {version} is too old.", "Upgrade the server to version {needed} or later."),
    "database.embedded": (
        WARN,
        "The database is the embedded one: its roles have no passwords.",
        "For a service, name a PostgreSQL server in [database] (docs/operating.md).",
    ),
    "migrations": (OK, "All migrations are applied.", ""),
    "migrations.missing": (WRONG, "{count} migrations are not applied, first {first}.", "Run: mithaq node init"),
    "migrations.newer": (
        WRONG,
        "The database has migrations that this version does not know, first {first}.",
        "Install the version that the database was upgraded to.",
    ),
    "grants": (OK, "The three database roles may do what is written for them, and no more.", ""),
    "grants.missing": (WRONG, "The {role} may not {right} on {table}, as it must.", "Run: mithaq node init"),
    "grants.extra": (WRONG, "The {role} may {right} on {table}, as it must not.", "Run: mithaq node init"),
    "grants.powers": (
        WRONG,
        "The database role of the {role} is more than a plain one: {powers}.",
        "ALTER ROLE ... NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS; revoke its memberships.",
    ),
    "grants.shared": (
        WRONG,
        "The {role} uses the database role of the {other}.",
        "Give each its own role in [database].",
    ),
    "plan": (OK, "The plan {plan} is signed and in force for {days} more days.", ""),
    "plan.none": (WRONG, "No {kind} instrument is enacted: every act is refused.", "Run: mithaq plan enact"),
    "plan.unsigned": (
        WRONG,
        "The signatures of the plan {plan} do not hold: it permits nothing.",
        "Bring the database back from a backup, and find out who changed it.",
    ),
    "plan.early": (WARN, "The plan {plan} is not in force yet.", "Wait for its first day: {day}."),
    "plan.ending": (WARN, "The plan {plan} ends in {days} days.", "Have the parties sign its renewal in time."),
    "plan.over": (WRONG, "The plan {plan} is over: only duties pass.", "Enact the plan that renews it."),
    "plan.suspended": (WARN, "The line {line} of the plan {plan} is suspended.", "Nothing, while that is meant."),
    "key-list": (OK, "The key list of {authority} is in force for {days} more days.", ""),
    "key-list.none": (WRONG, "There is no key list of {authority}.", "Enact the plan with its key lists."),
    "key-list.ending": (
        WARN,
        "The key list of {authority} ends in {days} days.",
        "Have its root sign the next version.",
    ),
    "key-list.over": (
        WRONG,
        "The key list of {authority} is over.",
        "Enact the plan with the next version of the list.",
    ),
    "key-list.old": (
        WARN,
        "The keys of {authority} were listed {days} days ago.",
        "Make new keys at least once a year.",
    ),
    "key-list.differs": (
        WRONG,
        "The {key} that this node holds is not the one in its key list: the partner trusts another.",
        "Enact the key list that belongs to these keys, or bring back the keys that belong to the list.",
    ),
    "ledger": (OK, "The ledger's {size} leaves lead to its last signed head.", ""),
    "ledger.size": (
        WRONG,
        "The ledger has {leaves} numbered leaves, and its last signed head says {size}.",
        "Stop the node. Leaves are lost or added: compare with the partner's copy and a backup.",
    ),
    "ledger.root": (
        WRONG,
        "The ledger's tree does not lead to its last signed head.",
        "Stop the node. Somebody changed the ledger: compare with the partner's copy and a backup.",
    ),
    "ledger.head": (
        WRONG,
        "The last head of the ledger is not signed by this node's ledger key: {detail}",
        "Stop the node, and find out who changed the database or the keys.",
    ),
    "queues": (OK, "Nothing waits longer than it should.", ""),
    "queues.slow": (
        WARN,
        "{count} wait in {queue}, the oldest for {minutes} minutes.",
        "Look at the worker and the partner.",
    ),
    "queues.stuck": (
        WRONG,
        "{count} wait in {queue}, the oldest for {minutes} minutes.",
        "Look at the worker and the partner.",
    ),
    "queues.poison": (
        WARN,
        "{count} messages are put aside as poison.",
        "Look at the dead letters; open them again after a mend.",
    ),
    "queues.alarms": (WARN, "{count} alarms wait for somebody, the latest {code}.", "Look it up in docs/errors.md."),
    "lists": (OK, "{count} lists are refreshed as they should be.", ""),
    "lists.never": (
        WRONG,
        "The list {list} was never loaded from its source.",
        "Look at [lists.{list}] and at its page.",
    ),
    "lists.failing": (
        WARN,
        "The list {list} failed to refresh {count} times ({code}).",
        "Look the code up in docs/errors.md.",
    ),
    "lists.old": (
        WRONG,
        "The list {list} was last refreshed {hours} hours ago.",
        "Screening uses old data: mend its source.",
    ),
    "worker": (OK, "The worker listens to the database.", ""),
    "worker.silent": (
        WRONG,
        "No worker is connected to the database: nothing is sent or opened.",
        "Start it: mithaq node serve",
    ),
    "gateway": (OK, "The gateway answers with its certificate and demands the partner's.", ""),
    "gateway.silent": (WRONG, "The gateway does not answer at {address} ({error}).", "Start it: mithaq node serve"),
    "gateway.certificate": (
        WRONG,
        "At {address} another certificate answers than this node's.",
        "Start the gateway again after keys were changed; see that no other program has its port.",
    ),
    "gateway.open": (
        WRONG,
        "What answers at {address} demands no certificate.",
        "Nothing may stand between the gateway and the partner that ends TLS.",
    ),
    "console": (OK, "The console answers.", ""),
    "console.silent": (WRONG, "The console does not answer at {address} ({error}).", "Start it: mithaq node serve"),
    "partner": (OK, "The gateway of {partner} answers with the certificate of its key list.", ""),
    "partner.address": (WRONG, "[partners] names no address of {partner}.", "Add it to node.toml."),
    "partner.silent": (
        WRONG,
        "The gateway of {partner} cannot be reached ({error}).",
        "Messages wait; ask the partner, and check the network.",
    ),
    "partner.certificate": (
        WRONG,
        "At the address of {partner} another certificate answers than its key list holds.",
        "Ask the partner for its newest key list; if it has none, somebody stands between.",
    ),
    "partner.refuses": (
        WRONG,
        "The gateway of {partner} does not accept this node's certificate ({error}).",
        "Give the partner this node's newest key list to enact.",
    ),
    "partner.other": (
        WRONG,
        "At the address of {partner} the node of {name} answers.",
        "Check [partners] in node.toml.",
    ),
    "partner.clock": (
        WARN,
        "The clock of {partner} differs from this machine's by {seconds} s.",
        "Let both machines keep time (NTP).",
    ),
    "doctor.fault": (
        WRONG,
        "The check {check} could not be made ({error}).",
        "What stands above may be why; else report it.",
    ),
}
