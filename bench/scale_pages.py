"""Every page of the console that the bench asks for, with records of the prepared node in their places.

Rule: each route that answers a reading is asked for, or is named in `LEFT` with the reason why not: the bench stops at
a route that is in neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.node.nodes import RunningNode

# Routes that are not asked for, and why.
LEFT = {
    "way in and out": (
        "sign-in", "account_login", "mfa_authenticate", "sign-in-passkey", "openid_connect_login", "account_signup",
        "openid_connect_callback", "account_inactive", "welcome", "language", "sign-out", "account_reauthenticate",
    ),
    "an act, not a page": (
        "take-next", "release", "reason-end", "planned-undo", "letter-send-again", "letter-mend", "letter-close",
        "letter-open-again", "post-rescreen", "list-confirm", "list-discard", "list-refresh", "notice-bulk",
        "notice-withdraw", "notice-move", "judge", "hit-report", "manifest-reject", "person-confirm", "person-refuse",
        "person-change", "person-reset", "person-deactivate", "delegation-end", "account-factor-remove",
        "account-session-end", "account-codes", "account-identity-link", "account-identity-remove", "alarm-close",
        "alarm-reopen", "log-hold", "log-release",
    ),
    "of a factor that the person has not": ("account-app-picture", "account-app", "account-passkeys",
                                            "account-password", "person-password"),
    "needs a message that is signed, a portrait, a proof or a file, which the prepared node has not": (
        "portrait", "candidate-portrait", "message", "bundle", "erasure-proof", "letter-bytes", "dead-letter",
        "planned", "person-proposal", "traveller",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked, by whom: `form` is posted."""

    name: str
    route: str
    who: str
    path: str
    form: Mapping[str, str] = field(default_factory=dict)


def pages(node: RunningNode) -> list[Page]:
    """All of them."""

    def one(query: str) -> str:
        return str(node.sql(query)[0][0])

    own = one(
        "SELECT id FROM wanted_notice WHERE authority = 'BE-POLICE' AND state = 'active' ORDER BY id DESC LIMIT 1"
    )
    many = one(
        "SELECT id FROM wanted_notice WHERE reference = (SELECT notice FROM border_hit ORDER BY id DESC LIMIT 1)"
    )
    reference, born, name = node.sql(
        "SELECT reference, content->'person'->'birth_dates'->>0, content->'person'->'names'->>0 FROM wanted_notice"
        " WHERE id = %s", many)[0]  # fmt: skip
    full = one("SELECT id FROM wanted_notice WHERE length(content->'person'->'birth_dates'->>0) = 10"
               " AND category = 'wanted' ORDER BY id DESC OFFSET 100 LIMIT 1")  # fmt: skip
    person = node.sql("SELECT content->'person'->'names'->>0, content->'person'->'birth_dates'->>0 FROM wanted_notice"
                      " WHERE id = %s", full)[0]  # fmt: skip
    manifest = one("SELECT id FROM border_manifest WHERE post = 'BEBRU' ORDER BY at DESC LIMIT 1")
    judged = one("SELECT id FROM border_candidate WHERE state = 'rejected' ORDER BY id DESC LIMIT 1")
    hit = one("SELECT id FROM border_hit WHERE unit = 'BE-POLICE/BORDER' ORDER BY at DESC LIMIT 1")
    listed = one("SELECT id FROM lists_listversion LIMIT 1")
    alarm = one("SELECT min(id) FROM acts_alarm WHERE NOT closed")
    somebody = one("SELECT id FROM accounts_user WHERE name = 'officer-007'")
    crossed = {"name": "Mohamed Benali", "since": "2026-05-03", "until": "2026-05-03", "reason": "bench"}
    officer, chief, approver, overseer = "officer-a", "chief", "approver", "overseer"
    log, person_page = "oversight-log", "oversight-person"
    found = [
        ("home, an officer", "home", officer, "/"),
        ("home, a supervisor of a post", "home", chief, "/"),
        ("home, a supervisor of wanted persons", "home", approver, "/"),
        ("home, oversight", "home", overseer, "/"),
        ("candidates to judge", "needs", officer, "/needs/candidate"),
        ("what ends soon", "needs", officer, "/needs/expiring"),
        ("what is overdue", "needs", chief, "/needs/overdue"),
        ("what waits on the partner", "needs", approver, "/needs/waiting"),
        ("notices to approve", "needs", approver, "/needs/draft"),
        ("notices", "notices", officer, "/notices"),
        ("active notices, 200 a page", "notices", officer, "/notices?state=active&size=200"),
        ("notices, the 1,000th page", "notices", officer, "/notices?page=1000"),
        ("notices by a word", "notices", officer, "/notices?q=Benali"),
        ("a new notice", "notice-new", officer, "/notices/new"),
        ("a notice", "notice", approver, f"/notices/{own}"),
        ("a notice with hits", "notice", officer, f"/notices/{many}"),
        ("a notice's road", "notice-road", officer, f"/notices/{own}/road"),
        ("a notice's extension", "notice-extend", approver, f"/notices/{own}/extend"),
        ("manifests", "manifests", officer, "/manifests"),
        ("manifests, oversight", "manifests", overseer, "/manifests"),
        ("a manifest", "manifest", officer, f"/manifests/{manifest}"),
        ("posts", "posts", officer, "/posts"),
        ("a post", "post", officer, "/posts/BEBRU"),
        ("one traveller", "travellers", officer, "/travellers"),
        ("hits", "hits", officer, "/hits"),
        ("hits, oversight", "hits", overseer, "/hits"),
        ("a hit", "hit", officer, f"/hits/{hit}"),
        ("a hit's road", "hit-road", officer, f"/hits/{hit}/road"),
        ("lists", "lists", officer, "/lists"),
        ("a version of a list", "list-version", officer, f"/lists/{listed}"),
        ("the ledger", "ledger", officer, "/ledger"),
        ("the plan", "plan", officer, "/plan"),
        ("a line's suspension", "plan-suspend", "coordinator",
         "/plan/suspend?plan=MA-BE/2025-2026&line=wanted-persons"),
        ("dead letters", "dead-letters", approver, "/dead-letters"),
        ("retention", "retention", officer, "/retention"),
        ("retention, oversight", "retention", overseer, "/retention"),
        ("candidates that end", "retention", overseer, "/retention?kind=candidate&days=365"),
        ("what was erased", "erased", overseer, "/retention/erased"),
        ("oversight", "oversight", overseer, "/oversight"),
        ("the access log", log, overseer, "/oversight/log"),
        ("the access log by person", log, overseer, "/oversight/log?actor=officer-011"),
        ("the access log by a person who read nothing", log, overseer, "/oversight/log?actor=nobody"),
        ("the access log by unit, refused", log, overseer, "/oversight/log?unit=BE-POLICE/U03&refused=on"),
        ("the access log by what was read", log, overseer, "/oversight/log?what=border.hit"),
        ("the access log by record", log, overseer, f"/oversight/log?record={reference}"),
        ("the access log by period", log, overseer, "/oversight/log?since=2026-01-10&until=2026-01-12"),
        ("the access log by person and record", log, overseer, f"/oversight/log?actor=officer-350&record={reference}"),
        ("the access log, from its middle", log, overseer, "/oversight/log?before=5000000"),
        ("the access log as a file", "oversight-log-file", overseer, "/oversight/log.csv?actor=officer-011"),
        ("one person's data", person_page, overseer, f"/oversight/person?reference={reference}"),
        ("one person's data, by an id", person_page, overseer, f"/oversight/person?reference={manifest}"),
        ("one person's evidence", "oversight-evidence", overseer,
         f"/oversight/person/evidence?reference={judged}"),
        ("alarms", "oversight-alarms", overseer, "/oversight/alarms"),
        ("an alarm", "oversight-alarm", overseer, f"/oversight/alarms/{alarm}"),
        ("how long the log stays", "oversight-keeping", overseer, "/oversight/keeping"),
        ("unusual reading", "oversight-unusual", overseer, "/oversight/unusual"),
        ("unusual reading, a week", "oversight-unusual", overseer, "/oversight/unusual?days=7"),
        ("the chain", "oversight-chain", overseer, "/oversight/chain"),
        ("people", "people", "administrator", "/people"),
        ("a person", "person", "administrator", f"/people/{somebody}"),
        ("the own account", "account", officer, "/account"),
        ("delegations", "delegations", officer, "/account/delegations"),
        ("own reasons", "reasons", officer, "/reasons"),
        ("reading a file", "file", officer, "/files"),
        ("how names are read", "names", officer, "/names"),
        ("the register, its form", "crossings", officer, "/crossings"),
    ]  # fmt: skip
    posted = [
        ("one person's data, by name and birth date", person_page, overseer, "/oversight/person",
         {"name": person[0], "birth_date": person[1]}),
        ("one person's data, by a traveller's name", person_page, overseer, "/oversight/person",
         {"name": name, "birth_date": born if len(born) == 10 else "1980-01-01"}),
        ("the register, asked", "crossings", officer, "/crossings", crossed),
        *((f"search, {kind}", "search", who, "/search", {"words": words})
          for kind, words in (("a name", name), ("a name that many bear", "Mohamed"), ("Arabic", "محمد"),
                              ("a reference", reference), ("a flight", "XX123"), ("a document", "ZX0001234"))
          for who in (officer, overseer)),
    ]  # fmt: skip
    return [Page(*one) for one in found] + [
        Page(f"{one[0]}, {one[2]}" if one[1] == "search" else one[0], *one[1:]) for one in posted
    ]


FLOOR = Page("what the keys do", "keys", "officer-a", "/keys")
