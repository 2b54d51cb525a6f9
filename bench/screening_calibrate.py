"""Counts what calibration tells a post to expect, from the given half of the screening bench; writes its data files.

    python -m bench.screening_calibrate      # writes recall.json and arabic_words.json in src/mithaq/screening/data

recall.json: of each labelled list the share of listed persons among its travellers that are found (the person comes
first) from each score on, names in Latin letters (`latin`) and in the original script (`script`) apart, in steps of
one bit, and of how many. arabic_words.json: the common words of names (common_words.json) that are attested for an
Arabic name (`name_units_given_half.csv`, Wikidata, CC0) and are mostly borne by nationals of Arab countries, and
particles of Arabic names. Counts and words alone leave this script, no person.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from bench.screening import PROTOTYPE, SHARED, given
from mithaq.screening import build, screen
from mithaq.screening.evidence.nationality import code
from mithaq.screening.files import read_subjects
from mithaq.screening.names import parse
from mithaq.screening.symbols import encode, table

BITS = range(41)
ARAB = frozenset(
    ["ae", "bh", "dz", "eg", "iq", "jo", "kw", "lb", "ly", "ma", "mr", "om", "ps", "qa", "sa", "sd", "sy", "tn", "ye"]
)
LEAST = 0.6
PARTICLES = (
    "abd abdul abdel abdal abdol abdoul abdoel abdur abdar abder abdus abdes abdas abdou ben bin ibn bent bint bel bou "
    "abu abou aboul abul oum umm ould oulad ouled awlad wuld mint ait ayt el al "
    "eddine eddin edine addin uddin aldin eldin"
)
WHENCE = "Counted by bench/screening_calibrate.py from the given half of the screening bench (invented travellers)."


def recall() -> dict[str, dict[str, dict[str, Any]]]:
    """For each list and kind of name how many are found from each of `BITS` on."""
    _, gold, crowd = given()
    out: dict[str, dict[str, dict[str, Any]]] = {}
    for name in PROTOTYPE:
        subjects = list(read_subjects(SHARED / f"{name}.jsonl.gz"))
        people = [one for one in crowd if _is_listed(gold[one.id], name)]
        person = {subject.id: subject.person for subject in subjects}
        found: dict[str, list[float]] = {"latin": [], "script": []}
        for one, result in zip(people, screen(build(subjects), people, limit=1, evidence=False), strict=True):
            right = result.candidates and person[result.candidates[0].subject] == gold[one.id]["person"]
            kind = "script" if gold[one.id]["kind"] == "script" else "latin"
            found[kind].append(result.candidates[0].score if right else -1.0)
        out[name] = {
            kind: {"of": len(scores), "found": [sum(score >= bits for score in scores) for bits in BITS]}
            for kind, scores in found.items()
        }
    return out


def _is_listed(row: Mapping[str, str], name: str) -> bool:
    return bool(row["person"]) and row["list"] in (name, "both")


def arabic_words() -> list[str]:
    """The common words of names that are attested for an Arabic name, and borne by nationals of Arab countries."""
    with (SHARED / "name_units_given_half.csv").open(encoding="utf8") as lines:
        attested = {encode(word) for row in csv.DictReader(lines) for word in row["latin"].lower().split()}
    common = [word for word, _ in table("common_words")["words"] if encode(word) in attested and word.isascii()]
    _, gold, crowd = given()
    borne: Counter[bytes] = Counter()
    arab: Counter[bytes] = Counter()
    for one in crowd:
        if gold[one.id]["kind"] == "ordinary" and one.nationality:
            codes = {unit.code for name in one.names for unit in parse(name).units}
            borne.update(codes)
            arab.update(codes if code(one.nationality) in ARAB else ())
    return [word for word in common if arab[encode(word)] >= LEAST * borne[encode(word)]]


def _write(name: str, content: Mapping[str, Any]) -> None:
    from bench.screening_weights import DATA

    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    (DATA / f"{name}.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf8")


def main() -> None:
    """Write both files."""
    about = f"Arabic names in Latin letters: common words, and particles that alone tell. {WHENCE}"
    _write("arabic_words", {"about": about, "joining": PARTICLES.split(), "words": arabic_words()})
    told = f"How many listed persons are found from 0, 1, 2 ... bits on, by list and kind of name. {WHENCE}"
    _write("recall", {"about": told, **recall()})


if __name__ == "__main__":
    main()
