"""The 200 notices as a file that `mithaq wanted draft` reads, with a drawn portrait each."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from examples.demo.people import COURTS, OFFENCES, Cast, Person
from examples.demo.portraits import portrait


def write(cast: Cast, folder: Path) -> tuple[Path, Path]:
    """Write notices.jsonl and the directory of portraits; returns both paths."""
    portraits, rng = folder / "portraits", random.Random(cast.seed)
    portraits.mkdir(parents=True)
    lines = []
    for number, person in enumerate(cast.listed, 1):
        name = f"{number:03d}.jpg"
        (portraits / name).write_bytes(portrait(f"{cast.seed}/{number}", person.sex))
        lines.append(json.dumps(_notice(person, number, name, rng), ensure_ascii=False))
    path = folder / "notices.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return path, portraits


def _notice(person: Person, number: int, portrait_file: str, rng: random.Random) -> dict[str, Any]:
    language = rng.choice(("fr", "ar"))
    return {
        "category": "wanted",
        "purpose": rng.choice(("arrest", "locate")),
        "language": language,
        "urgency": rng.choice(("normal", "normal", "to-obtain", "urgent")),
        "person": {
            "names": [person.arabic, person.latin],
            "sex": person.sex,
            "birth_dates": [person.born.isoformat()],
            "nationalities": [person.nationality],
            "documents": [{"kind": "P", "number": person.document, "issuer": person.nationality}],
        },
        "basis": {
            "warrant": f"2025/{number:04d}",
            "court": COURTS[language],
            "issued": f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            "offence": rng.choice(OFFENCES[language]),
            "law": "Code pénal (exemple)" if language == "fr" else "القانون الجنائي (مثال)",
            "facts": "Faits inventés pour la démonstration." if language == "fr" else "وقائع مختلقة للعرض.",
        },
        "portrait_file": portrait_file,
    }
