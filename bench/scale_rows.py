"""The records of the prepared node: notices, manifests, candidates, hits and what they left on the road. Invented.

Names are put together from the shared screening bench: a given name of one person, the family name of another, in each
script that both are written in. A year of them, in the order of time, as ids are; each candidate names a notice that
was there before it, and half of them are spelt as the listed person is.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from mithaq.screening import pack
from mithaq.screening.files import read_subjects, read_travellers

SHARED = Path(__file__).resolve().parents[2] / "shared/bench/screening"
UNITS = ("BE-POLICE/BORDER", "BE-POLICE/HARBOUR", "BE-POLICE/RAIL", "BE-POLICE/ROADS")
POSTS = {
    "BEBRU": UNITS[0], "BELGG": UNITS[0], "BECRL": UNITS[0], "BEANR": UNITS[1], "BEZEE": UNITS[1], "BEBRX": UNITS[2],
    "BEERQ": UNITS[3], "BEVEU": UNITS[3],
}  # fmt: skip
LINES = ("wanted-persons",) * 7 + ("missing-persons",) * 2 + ("trafficking",)
PLAN, DOMESTIC = "MA-BE/2025-2026", "BE-POLICE/domestic"
OFFENCES = ("Fraud", "Theft with violence", "Trafficking", "Forgery", "Assault", "Money laundering")
OWN, PARTNERS = (
    ("active",) * 14 + ("expired",) * 4 + ("withdrawn",) * 2,
    ("active",) * 16 + ("expired", "withdrawn") * 2,
)
Row = tuple[Any, ...]


@dataclass
class Year:
    """What was made, by id, in the order of time; `acted` are the leaves of acts (moment, act, subject, actor)."""

    now: datetime
    notices: list[str] = field(default_factory=list)
    manifests: list[str] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)
    acted: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    names: list[tuple[str, tuple[str, ...], str, str]] = field(default_factory=list)

    def moment(self, place: float) -> datetime:
        """The moment at a place of the year, from 0 to 1."""
        return self.now - timedelta(days=365) * (1 - place)


class Names:
    """People put together from the shared bench, each in one script or in two."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        shapes: dict[tuple[bool, ...], list[list[tuple[str, str]]]] = defaultdict(list)
        for one in read_subjects(SHARED / "national.jsonl.gz"):
            parts = [(name.partition(" ")[0], name.partition(" ")[2]) for name in one.names]
            if all(family for _given, family in parts):
                shapes[tuple(name.isascii() for name in one.names)].append(parts)
        self.shapes = list(shapes.values())
        self.weights = [len(some) for some in self.shapes]
        travellers: dict[bool, list[str]] = {True: [], False: []}
        for traveller in read_travellers(SHARED / "travellers.jsonl.gz"):
            if " " in traveller.names[0]:
                travellers[traveller.names[0].isascii()].append(traveller.names[0])
        self.travellers = travellers

    def listed(self) -> tuple[str, ...]:
        """The spellings of a listed person's name."""
        (some,) = self.dice.choices(self.shapes, self.weights)
        given, family = self.dice.choice(some), self.dice.choice(some)
        return tuple(f"{one[0]} {other[1]}" for one, other in zip(given, family, strict=True))

    def traveller(self) -> str:
        """A traveller's name, as a carrier writes it."""
        some = self.travellers[self.dice.random() > 0.05]
        return f"{self.dice.choice(some).partition(' ')[0]} {self.dice.choice(some).partition(' ')[2]}"

    def born(self) -> str:
        return f"{self.dice.randrange(1940, 2008)}-{self.dice.randrange(1, 13):02}-{self.dice.randrange(1, 29):02}"


def uuid_at(at: datetime, dice: random.Random) -> str:
    """An id as the node gives it: its first bits are the moment."""
    value = int(at.timestamp() * 1000) << 80 | dice.getrandbits(80)
    return str(UUID(int=value & ~(0xF << 76 | 0b11 << 62) | 7 << 76 | 0b10 << 62))


NOTICE = (
    "id", "reference", "authority", "unit", "plan", "line", "state", "category", "purpose", "urgency", "handling",
    "language", "content", "message", "drafted_by", "approved_by", "created", "changed", "review", "kept_until",
    "version",
)  # fmt: skip


def notices(count: int, year: Year, people: Names) -> Iterator[Row]:
    """Two of five are ours; the last few of ours wait for approval or publication."""
    dice = people.dice
    for number in range(count):
        at, own = year.moment(number / count), dice.random() < 0.4
        key, message = uuid_at(at, dice), uuid_at(at, dice)
        waits = own and number > count * 0.99
        state = dice.choice(("draft", "approved")) if waits else dice.choice(OWN if own else PARTNERS)
        authority = "BE-POLICE" if own else "MA-POLICE"
        reference, names, born = f"{authority}/{at.year}/WP/{number:06d}", people.listed(), people.born()
        category = dice.choices(("wanted", "missing", "suspect", "witness"), (70, 15, 13, 2))[0]
        purpose = "missing" if category == "missing" else dice.choice(("arrest", "locate", "information"))
        language, urgency = dice.choice(("fr", "ar", "nl", "en")), dice.choices(("normal", "urgent"), (9, 1))[0]
        documents = [{"kind": "P", "number": f"LX{number:07d}", "issuer": "MAR"}] if dice.random() < 0.5 else []
        person = {
            "names": names, "sex": dice.choice(("male", "female")), "nationalities": ["MAR"], "documents": documents,
            "birth_dates": [born if dice.random() < 0.85 else born[:4]], "marks": "", "weak_names": [],
        }  # fmt: skip
        basis = {
            "warrant": f"{at.year}/{number}", "court": "Invented court", "issued": at.date().isoformat(),
            "offence": dice.choice(OFFENCES), "law": "Invented code, article 1", "facts": "Invented facts.",
            "penalty": "",
        }  # fmt: skip
        content = {
            "category": category, "purpose": purpose, "person": person, "basis": basis, "language": language,
            "urgency": urgency, "handling": "H1", "warnings": "", "portrait": None, "reference": reference,
            "review": "",
        }  # fmt: skip
        line, later = dice.choice(LINES), at + timedelta(days=dice.randrange(370, 700))
        drafter = f"officer-{dice.randrange(400):03d}" if own else ""
        year.notices.append(key)
        if category != "witness":
            year.names.append((key, names, born, reference))
        if own:
            steps = ("draft-notice@1",) if state == "draft" else ("draft-notice@1", "approve-notice@1")
            for step, act in enumerate(steps if waits else (*steps, "publish-notice@1")):
                year.acted.append((at + timedelta(minutes=step), act, reference, drafter))
        yield (
            key, reference, authority, f"{authority}/WANTED", PLAN, line, state, category, purpose, urgency, "H1",
            language, json.dumps(content, ensure_ascii=False), "" if own else message, drafter,
            "approver" if own and state != "draft" else "", at, at, later, later, 3,
        )  # fmt: skip


MANIFEST = (
    "id", "post", "name", "digest", "flight", "departure", "arrival", "departs", "arrives", "travellers", "crew",
    "candidates", "subjects", "warnings", "screened_by", "at", "version", "feed", "part", "sender", "interchange",
    "prepared", "content", "generation", "compared", "threshold", "again", "relation", "kept_until",
)  # fmt: skip
KEPT = ("id", "post", "feed", "generation", "at", "expires", "roll", "version")
CROSSING = ("id", "kept_id", "position", "traveller", "documents", "found", "version")
CANDIDATE = (
    "id", "manifest", "post", "unit", "subject", "traveller", "travel", "score", "evidence", "state", "created",
    "expires", "version",
)  # fmt: skip
JUDGEMENT = ("id", "candidate", "officer", "verdict", "identifier", "remark", "at", "version")
HIT = (
    "id", "reference", "found_here", "candidate", "notice", "owner", "owner_unit", "partner", "plan", "line", "unit",
    "message", "report", "state", "at", "kept_until", "version",
)  # fmt: skip
KEEPS = timedelta(hours=72)


def border(count: int, year: Year, people: Names) -> Iterator[tuple[str, Row]]:
    """(Table, row) of manifests with five candidates each, their judgements and hits; the crossings of three days."""
    dice, posts, travellers = people.dice, list(POSTS), 0
    lists, hits = max(1, count // 5), 0
    for number in range(lists):
        at, post = year.moment(number / lists), posts[int(dice.random() ** 2 * len(posts))]
        manifest, flight = uuid_at(at, dice), f"XX{dice.randrange(100, 1000)}"
        aboard, kept = dice.randrange(90, 280), at > year.now - KEEPS
        day, hour = at.date().isoformat(), at.strftime("%Y-%m-%dT%H:%M")
        officer = f"officer-{dice.randrange(400):03d}"
        year.manifests.append(manifest)
        year.acted.append((at, "screen-manifest@1", f"manifest/{manifest}", officer))
        yield "border_manifest", (
            manifest, post, f"{flight}-{day}.edi", f"sha256:{dice.getrandbits(256):064x}", flight, "CMN", post[2:],
            hour, hour, aboard, 6, 5, 75_000, "[]", officer, at, 1, "paxlst", "", "XX", str(number), hour,
            f"{number:064x}", "g", "[]", 12.0, 0, "", at + KEEPS if kept else None,
        )  # fmt: skip
        if kept:
            crossed = [(people.traveller(), people.born()) for _place in range(aboard)]
            roll = pack((name,) for name, _born in crossed)
            yield "border_keptmanifest", (manifest, post, "paxlst", "g", at, at + KEEPS, roll, 1)
            for place, (name, born) in enumerate(crossed):
                travellers += 1
                one = _traveller(name, born, f"CX{travellers:07d}")
                said = json.dumps(one, ensure_ascii=False)
                yield "border_crossing", (uuid_at(at, dice), manifest, place, said, f'["CX{travellers:07d}"]', "[]", 1)
        travel = {
            "flight": flight,
            "departure": "CMN",
            "arrival": post[2:],
            "departs": hour,
            "arrives": hour,
            "post": post,
        }
        for place in range(count // lists):
            serial = number * 5 + place
            listed, names, born, reference = year.names[int(len(year.names) * (number / lists) * dice.random())]
            same = dice.random() < 0.5
            document = f"LX{serial:07d}" if dice.random() < 0.1 else f"ZX{serial:07d}"
            found = _traveller(
                names[0].upper() if same else people.traveller(), born if same else people.born(), document
            )
            key, unit = uuid_at(at, dice), POSTS[post]
            state = _state(number / lists, dice)
            evidence = [
                {"kind": "name", "weight": 11.2, "left": found["names"][0], "right": names[0], "why": "name.sound",
                 "params": {}},
                {"kind": "birth", "weight": 4.1, "left": found["birth_date"], "right": born, "why": "birth.same",
                 "params": {}},
            ]  # fmt: skip
            yield "border_candidate", (
                key, manifest, post, unit, f"notice:{listed}", json.dumps(found, ensure_ascii=False),
                json.dumps(travel), round(dice.uniform(8, 30), 2), json.dumps(evidence, ensure_ascii=False), state, at,
                at + timedelta(days=400), 1,
            )  # fmt: skip
            said = {"rejected": ("no-match",), "confirmed": ("match", "match"), "verifying": ("match",)}
            for turn, verdict in enumerate(said.get(state, ())):
                judged = at + timedelta(hours=1 + turn)
                who = f"officer-{dice.randrange(400):03d}"
                yield "border_judgement", (uuid_at(judged, dice), key, who, verdict, "document", "", judged, 1)
                if state == "confirmed" or number > lists * 0.92:
                    year.acted.append((judged, "judge-candidate@1", f"candidate/{key}", who))
            if state == "confirmed":
                hits += 1
                hit = uuid_at(at + timedelta(hours=2), dice)
                year.hits.append(hit)
                own = f"BE-POLICE/{at.year}/HIT/{hits:05d}"
                report = {
                    "hit": own, "notice": reference, "traveller": found, "travel": travel, "identifiers": ["document"],
                    "officers": 2, "confirmed": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "purpose": "locate",
                    "handling": "H1", "language": "en", "remark": "",
                }  # fmt: skip
                yield "border_hit", (
                    hit, own, True, key, reference, "MA-POLICE", "MA-POLICE/WANTED", "MA-POLICE", PLAN,
                    "wanted-persons", unit, "", json.dumps(report, ensure_ascii=False), "confirmed",
                    at + timedelta(hours=2), year.now + timedelta(days=200), 1,
                )  # fmt: skip


def _traveller(name: str, born: str, document: str) -> dict[str, Any]:
    documents = [{"kind": "P", "number": document, "issuer": "MAR"}]
    fixed = {"sex": "unknown", "nationality": "MAR", "role": "passenger"}
    return {"names": [name], "birth_date": born, "documents": documents, **fixed}


def _state(place: float, dice: random.Random) -> str:
    # Of the last week most wait; of older ones one in a hundred, which nobody came to.
    chance = dice.random()
    if chance < (0.8 if place > 0.98 else 0.01):
        return ("candidate", "candidate", "verifying", "disputed")[int(chance * 1000) % 4]
    return "confirmed" if chance > 0.98 else "rejected"
