"""How records of this subject end: the retention rules of candidates, crossings and hits.

Rule: who is not confirmed goes when the clock of the post's clause ends; a hit goes with the candidate that it came of
and with what the officers said. Design: subjects, safeguard 6; architecture, "Border" (retention a clause).
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.retention import RetentionRule, Takes
from mithaq.node.border.candidates import CANDIDATE
from mithaq.node.border.crossings import KEPT as KEPT_MANIFEST
from mithaq.node.border.hits import HIT
from mithaq.node.border.models import Post

JUDGEMENT = "border.Judgement"


def _of_unit(unit: str) -> Q:
    return Q(unit=unit)


def _at_posts(unit: str) -> Q:
    return Q(post__in=Post.objects.filter(unit=unit).values("id"))


def _hit_of(unit: str) -> Q:
    return Q(unit=unit) | Q(owner_unit=unit)


RULES = (
    RetentionRule(
        "candidate", _("Candidates without a confirmation"), CANDIDATE, "expires",
        _("The hours of the post's clause are over and nobody has confirmed."), "screen-manifest candidate_hours",
        where=~Q(state="confirmed"), takes=(Takes(JUDGEMENT, "candidate"),), whose=_of_unit, unit="unit",
    ),
    RetentionRule(
        "crossings", _("Crossings of a manifest"), KEPT_MANIFEST, "expires",
        _("The hours of the post's clause are over."), "screen-manifest crossings_retention_hours",
        takes=(Takes("border.Crossing", "kept"),), whose=_at_posts, url="/manifests/{}",
    ),
    RetentionRule(
        "scores", _("Counts of scores of a month"), "border.ScoreMonth", "expires",
        _("The days that the domestic instrument keeps them are over."), "screen-manifest score_days",
        takes=(Takes("border.ScoreCount", "month"),), whose=_at_posts,
    ),
    RetentionRule(
        "silence", _("Silences for a pair"), "border.Silence", "expires",
        _("The days after its end are over, or nobody has decided while the candidate was here."),
        "decide-silence silence_kept_days", takes=(Takes("border.Silenced", "silence"),), whose=_hit_of, unit="unit",
        reference="reference", line="line", url="/silences/{}",
    ),
    RetentionRule(
        "hit", _("Hits, with what the officers said"), HIT, "kept_until",
        _("The days that the line keeps a hit are over."), "report-hit retention_days",
        takes=(Takes(JUDGEMENT, "candidate", "candidate"), Takes(CANDIDATE, "pk", "candidate")),
        whose=_hit_of, unit="unit", reference="reference", line="line", url="/hits/{}",
    ),
)  # fmt: skip

KEPT = {
    "border.Threshold": "a threshold of a post, who chose it and why: the answer to which one was used; no person",
    "border.Post": "a border post and its names; no person",
    "border.Manifest": "counts of a list, and the officer who brought it; never a traveller",
}
