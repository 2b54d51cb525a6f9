"""The acts of notices, each defined in the module of its use case.

Rule: `publish-notice`, `extend-notice` and `withdraw-notice` go out under a line of the joint plan; the others are
domestic.
Design: subjects, "Wanted persons"; architecture, "The road".
"""

from __future__ import annotations

from mithaq.node.wanted import drafting, extending, publishing, withdrawing

ACTS = (drafting.DRAFT, drafting.APPROVE, publishing.PUBLISH, extending.EXTEND, withdrawing.WITHDRAW)
