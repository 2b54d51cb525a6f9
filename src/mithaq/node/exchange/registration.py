"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Collection

from mithaq.node.acts import aside, facts_plan
from mithaq.node.acts.registry import REGISTRY, Target
from mithaq.node.exchange import acts, endings, files, letter_acts, queues, search


def register() -> None:
    """Acts on lines and on dead letters, what waits for a person, and the keeping of refused files."""
    REGISTRY.add(*acts.ACTS, *letter_acts.ACTS)
    REGISTRY.few.extend(queues.FEW)
    REGISTRY.add_queues(*queues.QUEUES)
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.kept.update(endings.KEPT)
    REGISTRY.every_minute.append(aside.forget)
    REGISTRY.refused = files.refused
    REGISTRY.mended = files.mended
    REGISTRY.targets[acts.SUSPENSION] = _lines
    REGISTRY.search[files.FILE] = search.SOURCE


def _lines(keys: Collection[str]) -> dict[str, Target]:
    """Suspensions as another subject's page names them: by their lines."""
    return {key: Target(row.line, f"/plan#{row.line}") for key, row in facts_plan.suspensions(keys).items()}
