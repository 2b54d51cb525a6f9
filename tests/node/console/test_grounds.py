"""Every ground that a receipt RX or an alarm can carry has a sentence: no page shows a bare code."""

from __future__ import annotations

import re

from mithaq.node.console import grounds
from mithaq.plan.grounds import GROUNDS
from tests.docs import constructed

# Where a message, a receipt or a delivery can fail; what only a page, the command line or setting up raises is named.
MODULES = {
    "node/acts/arrive.py", "node/acts/deliver.py", "node/acts/envelope.py", "node/acts/opening.py",
    "node/acts/portraits.py", "node/acts/receipts.py", "node/acts/wire.py", "node/gateway/app.py",
    "node/wanted/rules.py", "seal/age.py", "seal/canonical.py", "seal/header.py", "seal/jws.py", "seal/signing.py",
    "seal/stream.py",
}  # fmt: skip
# Caught and tried again by the road itself, or raised for people only.
LOCAL = {"alarm.unknown", "notice.second_person", "record.changed", "record.stale"}


# Where an act is refused to a person: by its roles, or by a rule of its subject.
RULES = {
    "node/acts/perform.py", "node/acts/need_to_know.py", "node/acts/second.py", "node/accounts/rules.py",
    "node/accounts/delegation_acts.py", "node/border/rules.py", "node/border/silence_rules.py",
    "node/border/silences.py",
    "node/exchange/rules.py", "node/lists/rules.py",
    "node/wanted/rules.py",
}  # fmt: skip
# Reading the people here is no act.
READ = {"person.reader"}


def refusing() -> set[str]:
    made = (one for one in constructed.in_source() if one.module in RULES and one.kind == "RefusedError")
    return {code for one in made for code in one.codes if code} - READ


def carried() -> set[str]:
    found = {code for one in constructed.in_source() if one.module in MODULES for code in one.codes if code}
    for module in ("arrive", "opening", "deliver", "dispatch", "aside", "receipts", "chain"):
        text = (constructed.SRC / f"node/acts/{module}.py").read_text(encoding="utf8")
        found |= {word for word in constructed.dotted(text) if not word.startswith("mithaq.")}
    # Inbound acts of the subjects, and what the road asks of the registry and the keys.
    found |= {
        "notice.reference",
        "notice.known",
        "notice.unknown",
        "hit.notice",
        "hit.known",
        "hit.evidence",
        "hit.terms",
        "silence.notice",
        "silence.terms",
        "silence.times",
    }
    # Alarms that an act raises.
    found |= set(constructed.dotted((constructed.SRC / "node/oversight/alarms.py").read_text(encoding="utf8")))
    for module in ("people_acts", "wrong_codes"):
        raised = (constructed.SRC / f"node/accounts/{module}.py").read_text(encoding="utf8")
        found |= set(re.findall(r'Raised\("([a-z_.]+)"', raised))
    return (found | {"act.unknown", "keys.none", "record.exists"}) - LOCAL


def test_every_ground_has_a_sentence() -> None:
    codes = carried()
    assert len(codes) > 50
    assert {"role.missing", "candidate.second_person"} <= refusing()
    assert not sorted(code for code in codes | refusing() if grounds.ground(code) == code)


def test_every_sentence_is_of_a_ground_that_there_is() -> None:
    assert not set(grounds.ROAD) - carried() - {"partner.unreachable", "record.gone"}
    assert not set(grounds.RULES) - refusing()
    assert not set(grounds.ROAD) & set(GROUNDS)


def test_a_ground_of_a_newer_partner_falls_back_to_its_family() -> None:
    assert grounds.ground("seal.age.newer") == grounds.ground("seal.age.mac") != "seal.age.newer"
    assert grounds.ground("newer.ground") == "newer.ground"
