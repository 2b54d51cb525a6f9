"""Every ground on which a plan refuses an act: what it says to people, and what to do next.

Rule: one table; a Refusal names a ground of this table and nothing else, and every ground here can be given. The
sentences name no person and no value that a partner wrote. The node translates them. Design: architecture, "One idea"
(refusals are answers with a ground); subjects, safeguard 10.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground by its code: one English sentence, and what to do next."""

    code: str
    text: str
    remedy: str


_ALL = (
    Ground(
        "plan.unknown",
        "The act names a plan that is not enacted here.",
        "Name a plan that is enacted, or enact it with all its signatures.",
    ),
    Ground(
        "plan.ambiguous",
        "Two enacted instruments bear the name of this plan.",
        "Withdraw one of the two instruments before acting under either.",
    ),
    Ground(
        "plan.signatures",
        "Not every party has signed this plan, so it permits nothing.",
        "Obtain the signatures that are missing and enact the plan again.",
    ),
    Ground(
        "plan.period.early",
        "The plan is not in force yet.",
        "Wait until the plan's first day.",
    ),
    Ground(
        "plan.period.over",
        "The plan's period is over.",
        "Act under the plan that renews it, when all parties have signed it.",
    ),
    Ground(
        "plan.line",
        "The plan has no such line of action.",
        "Name a line that the plan has: mithaq plan show.",
    ),
    Ground(
        "plan.line.suspended",
        "The line of action is suspended.",
        "Wait until the party that suspended the line resumes it; corrections, withdrawals and erasures still pass.",
    ),
    Ground(
        "plan.prohibited",
        "A clause of the line prohibits this act.",
        "Read the clause that is named; only an amendment signed by all parties changes it.",
    ),
    Ground(
        "plan.act",
        "No clause of the line permits this act.",
        "Use a line whose clauses name the act.",
    ),
    Ground(
        "plan.act.version",
        "The line permits this act in another version only.",
        "Use the version that the clause names, or agree on the newer one by an amendment.",
    ),
    Ground(
        "plan.sender",
        "The clause does not let this unit perform the act.",
        "Let a unit that the clause names perform it.",
    ),
    Ground(
        "plan.recipient",
        "The clause does not let this recipient receive the act.",
        "Send it to a unit of the partner that the clause names.",
    ),
    Ground(
        "plan.category",
        "The act holds a category of data that the clause does not permit, or names none.",
        "Leave that data out, or use a clause that permits it.",
    ),
    Ground(
        "plan.handling",
        "The handling code is stricter than the clause permits, or is not a handling code.",
        "Use a code up to the clause's highest; content that needs a stricter one may not travel on this line.",
    ),
    Ground(
        "plan.purpose",
        "The clause does not permit this purpose.",
        "State a purpose that the clause names; data may not be used for another.",
    ),
    Ground(
        "plan.language",
        "The clause does not permit this language.",
        "Write in a language that the clause names.",
    ),
    Ground(
        "plan.urgency",
        "The clause has no deadline for this urgency.",
        "Choose an urgency for which the clause gives a deadline.",
    ),
    Ground(
        "plan.retention",
        "The clause does not say how long data may be kept, so it permits nothing.",
        "Have the parties add the retention to the clause.",
    ),
    Ground(
        "plan.quota",
        "The number of acts that the clause permits in this time is used up.",
        "Wait until earlier acts leave the clause's window; what is waiting is sent then.",
    ),
)
GROUNDS: dict[str, Ground] = {ground.code: ground for ground in _ALL}
