"""The text format of Prometheus, version 0.0.4, written from samples.

Rules: labels are those of LABELS and nothing else; a value that is no code becomes `other`, so that what somebody wrote
can never stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TYPE = "text/plain; version=0.0.4; charset=utf-8"
LABELS = frozenset({"act", "direction", "ground", "kind", "le", "list", "queue", "role", "state"})
_CODE = re.compile(r"\+Inf|[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_NAME = re.compile(r"mithaq_[a-z_]+")

Sample = tuple[Mapping[str, str], float]


@dataclass(frozen=True, slots=True)
class Family:
    """One metric: `kind` is counter, gauge or histogram; a histogram's samples carry `le` or `part`."""

    name: str
    kind: str
    about: str
    samples: tuple[Sample, ...]


def written(families: Iterable[Family]) -> str:
    """The page. ValueError for a name or a label that is not allowed: a mistake of this project."""
    lines: list[str] = []
    for one in families:
        if not _NAME.fullmatch(one.name):
            raise ValueError(one.name)
        lines += [f"# HELP {one.name} {one.about}", f"# TYPE {one.name} {one.kind}"]
        lines += [_line(one, labels, value) for labels, value in one.samples]
    return "\n".join([*lines, ""])


def _line(one: Family, labels: Mapping[str, str], value: float) -> str:
    part = labels.get("part", "bucket" if "le" in labels else "")
    named = {name: text for name, text in labels.items() if name != "part"}
    if extra := set(named) - LABELS:
        raise ValueError(f"{one.name} {sorted(extra)}")
    inside = ",".join(f'{name}="{_code(text)}"' for name, text in sorted(named.items()))
    return f"{one.name}{'_' + part if part else ''}{'{' + inside + '}' if inside else ''} {value:.10g}"


def _code(text: str) -> str:
    return text if _CODE.fullmatch(text) and not _UUID.search(text) else "other"
