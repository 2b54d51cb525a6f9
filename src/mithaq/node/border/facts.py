"""Reads of this subject, in one place for who asks: posts, manifests, candidates, hits. No QuerySet leaves here."""

from __future__ import annotations

from mithaq.node.border.candidate_facts import (
    CandidateFacts,
    JudgementFacts,
    candidate,
    candidate_or_none,
    candidates,
    candidates_page,
    judgements_of,
    open_candidates,
    pairs,
)
from mithaq.node.border.hit_facts import (
    HitFacts,
    hit,
    hit_known,
    hit_target,
    hit_targets,
    hits,
    hits_by_candidate,
    hits_of,
)
from mithaq.node.border.manifest_facts import (
    TRAVELLER,
    ManifestFacts,
    earlier,
    is_same,
    just_screened,
    manifest,
    manifest_target,
    manifests,
    manifests_by_id,
    screened_again,
)
from mithaq.node.border.post_facts import (
    PostFacts,
    post,
    posts,
)

__all__ = [
    "TRAVELLER",
    "CandidateFacts",
    "HitFacts",
    "JudgementFacts",
    "ManifestFacts",
    "PostFacts",
    "candidate",
    "candidate_or_none",
    "candidates",
    "candidates_page",
    "earlier",
    "hit",
    "hit_known",
    "hit_target",
    "hit_targets",
    "hits",
    "hits_by_candidate",
    "hits_of",
    "is_same",
    "judgements_of",
    "just_screened",
    "manifest",
    "manifest_target",
    "manifests",
    "manifests_by_id",
    "open_candidates",
    "pairs",
    "post",
    "posts",
    "screened_again",
]
