"""Template tags: a line of a plan by its title, in the reader's language, with its id beside it.

Rule: an id alone says nothing to a person; the plans in force are read once for a page, however many lines it names.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mithaq.node.acts import instruments
from mithaq.node.console.templatetags.mithaq import inlanguage, ltr, name
from mithaq.plan.document import Plan

register = template.Library()


@register.simple_tag(takes_context=True)
def line(context: Context, plan: object, key: object) -> SafeString:
    """A line by its title and id; by its id alone when no plan in force has it."""
    return _told([one for one in _plans(context) if one.id == plan], str(key))


@register.simple_tag(takes_context=True)
def joint_lines(context: Context, keys: Iterable[str]) -> SafeString:
    """Lines of joint plans, one under the other."""
    joint = [one for one in _plans(context) if one.kind == "joint"]
    return format_html_join(SafeString("<br>"), "{}", ((_told(joint, key),) for key in keys))


def _told(plans: Iterable[Plan], key: str) -> SafeString:
    said = next((inlanguage(one.title) for plan in plans for one in plan.lines if one.id == key), "")
    return format_html("{} <small>{}</small>", name(said), ltr(key)) if said else ltr(key)


def _plans(context: Context) -> tuple[Plan, ...]:
    # The request outlives the parts that a page includes; a page without one reads for each line.
    request = context.get("request")
    found: tuple[Plan, ...] | None = getattr(request, "mithaq_plans", None)
    if found is None:
        found = tuple(one.plan for one in instruments.in_force())
        if request is not None:
            request.mithaq_plans = found
    return found
