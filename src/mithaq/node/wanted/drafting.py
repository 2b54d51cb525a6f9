"""The acts `draft-notice` and `approve-notice`: a notice until it may go out. Pure but for `load_draft`.

Rule: both are domestic; the one who drafted never approves (safeguard 8). Design: subjects, "Wanted persons".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import instruments, portraits, second, store
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row
from mithaq.node.acts.need_to_know import check_line
from mithaq.node.start import Node
from mithaq.node.wanted import rules
from mithaq.node.wanted.moves import (
    NOTICE,
    MoveFacts,
    check_own,
    content_fields,
    domestic_terms,
    load_move,
    minor_days,
    moved,
    own_terms,
)
from mithaq.node.wanted.requests import ApproveNotice, DraftNotice


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What drafting needs: the joint plan's id, the next reference, and for how long a notice about a minor is used."""

    plan: str
    domestic: str
    reference: str
    minor_days: int


def load_draft(request: DraftNotice, actor: Actor) -> DraftFacts:
    """Reads the plans and takes the next reference: `MA-BE/2026/WP/00042`, by the authority's own series.

    RefusedError `read.line`: a draft itself is domestic, and nobody drafts under a line on which he does not work.
    """
    check_line(actor, request.line)
    joint, domestic, year = instruments.joint_plan(), instruments.domestic_plan(), Node.clock.now().year
    series = f"{Node.config.authority}/{year}/WP"
    return DraftFacts(joint.id, domestic.id, f"{series}/{store.next_number(series):05d}", minor_days(domestic))


def draft(request: DraftNotice, found: DraftFacts, context: Context) -> Effects:
    """A new draft; its portrait is decoded and encoded anew, so that nothing else hides in the file."""
    content = replace(request.content, reference=found.reference)
    rules.check_content(content, context.now)
    portrait = portraits.reencode(content.portrait) if content.portrait else None
    most = rules.longest(content.person.birth_dates, context.now, found.minor_days)
    key, review = str(context.new_id()), rules.review_of(content.review, context.now, most)
    fields = {
        "reference": found.reference,
        "authority": context.authority,
        "unit": context.actor.unit,
        "plan": found.plan,
        "line": request.line,
        "state": "draft",
        "drafted_by": context.actor.name,
        "created": context.now,
        "changed": context.now,
        "review": review,
        "kept_until": review,
        **content_fields(content, portrait),
    }
    return Effects(rows=(Row(NOTICE, key, 0, fields),), answer=key, leaf={"record": found.reference})


def approve(request: ApproveNotice, found: MoveFacts, context: Context) -> Effects:
    """The second person approves what she has read."""
    notice = found.notice
    check_own(notice, context)
    rules.check_version(notice.version, request.version)
    rules.second_person(notice.drafted_by, context.actor.name)
    second.check_present(context.actor)
    return moved(notice, "approve", context, approved_by=context.actor.name)


DRAFT = Act(
    "draft-notice", 1, _("Draft a notice"), DraftNotice, frozenset({"case-officer", "supervisor"}),
    lambda request, found: domestic_terms(
        found.domestic, rules.categories(request.content), request.content.language, request.content.handling
    ),
    load_draft, draft,
    says=(
        "Draft a notice. Gates G6 (identity sufficient) and G7 (warrant) hold before a draft is kept; the portrait is "
        "encoded anew."
    ),
    command="wanted draft", page="/notices/new",
)  # fmt: skip
APPROVE = Act(
    "approve-notice", 1, _("Approve a notice"), ApproveNotice, frozenset({"supervisor"}),
    lambda _request, found: own_terms(found, rules.categories(found.notice.content)),
    load_move, approve,
    says=(
        "Approve a notice. The drafter never approves; `version` is the version that the approver has read."
    ),
    command="wanted approve", page="/notices/KEY/approve",
)  # fmt: skip
