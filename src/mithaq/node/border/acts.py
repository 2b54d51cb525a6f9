"""The acts of the border, each defined in the module of its use case.

Design: subjects, "Border posts" and "Wanted persons" (Hit).
"""

from __future__ import annotations

from mithaq.node.border import crossings, hits, judging, manifests, silence_telling, silences, thresholds, travellers

ACTS = (manifests.SCREEN, travellers.SCREEN, crossings.RESCREEN, judging.JUDGE, hits.REPORT, thresholds.SET,
        silences.ASK, silences.DECIDE, silences.END, silence_telling.TELL)  # fmt: skip
