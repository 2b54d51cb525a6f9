"""What the domestic instrument lays down for a post and a feed: threshold, clocks, retention. Pure.

Rule: the more precise name of a setting wins (`..._hours_bebru_paxlst` over `..._hours_bebru` over `..._hours`); what
no clause sets is the default of `instruments.DEFAULT_SETTINGS`, which keeps no crossing. Who carries a listed
document is a candidate whatever the threshold.
Design: architecture, "Border" (retention a clause per post and feed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

SILENCE, DEFAULT_SILENCE = "feed_silence_hours", 24
# The evidence that makes a candidate at any score: a listed passport under another name is what an officer must see.
DOCUMENT_SAME = "document.same"


@dataclass(frozen=True, slots=True)
class PostClause:
    """For one post and feed: the threshold in bits; hours until a candidate is erased, for which crossings are kept
    (0: screen and forget), and after which a silent feed is warned of; days for which counts of scores are kept.

    `chosen` is the choice that set the threshold (`threshold_facts`); empty when it is the clause's own."""

    threshold: float
    candidate_hours: int
    retention_hours: int
    silence_hours: int
    score_days: int = 400
    chosen: str = ""

    def kept_until(self, now: datetime) -> datetime | None:
        """Until when a crossing screened at `now` is kept, or None when it is not."""
        return now + timedelta(hours=self.retention_hours) if self.retention_hours else None


def post_clause(settings: Mapping[str, int], post: str, feed: str) -> PostClause:
    """The clause of a post and a feed out of the settings of its act."""

    def setting(name: str, default: int = 0) -> int:
        place = _word(post)
        for known in (f"{name}_{place}_{_word(feed)}", f"{name}_{place}", name):
            if known in settings:
                return settings[known]
        return default

    return PostClause(
        threshold=setting("threshold_centibits") / 100,
        candidate_hours=setting("candidate_hours"),
        retention_hours=setting("crossings_retention_hours"),
        silence_hours=setting(SILENCE, DEFAULT_SILENCE),
        score_days=setting("score_days", 400),
    )


def reaches(score: float, whys: Iterable[str], threshold: float) -> bool:
    """Whether a match with this score (bits) and these reasons is a candidate: from the threshold on, or at any score
    when the document is the listed one."""
    return score >= threshold or is_documented(whys)


def is_documented(whys: Iterable[str]) -> bool:
    """Whether the document is the listed one, which makes a candidate whatever the threshold."""
    return DOCUMENT_SAME in whys


def names(settings: Mapping[str, int], post: str, feed: str) -> bool:
    """Whether a setting is for this post and this feed: the instrument expects the feed there."""
    return any(name.endswith(f"_{_word(post)}_{_word(feed)}") for name in settings)


def lays_silence_down(settings: Mapping[str, int], post: str) -> bool:
    """Whether the instrument itself says for how long feeds of the post may be silent."""
    return any(name in settings for name in (SILENCE, f"{SILENCE}_{_word(post)}"))


def _word(text: str) -> str:
    """A code as part of a setting's name: small letters, digits and _."""
    return re.sub(r"[^a-z0-9]", "_", text.lower())
