"""Template tags: a line of a plan by its title, in the reader's language, with its id beside it.

Rule: an id alone says nothing to a person; the plans are those that this process read last, and are
read anew, once for a page, for a line that none of them has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
    return _told(context, str(key), lambda one: one.id == plan)


@register.simple_tag(takes_context=True)
def joint_lines(context: Context, keys: Iterable[str]) -> SafeString:
    """Lines of joint plans, one under the other."""
    told = (_told(context, key, lambda one: one.kind == "joint") for key in keys)
    return format_html_join(SafeString("<br>"), "{}", ((one,) for one in told))


def _told(context: Context, key: str, chosen: Callable[[Plan], bool]) -> SafeString:
    said = _title((one.plan for one in instruments.last_read()), key, chosen)
    said = said or _title(_anew(context), key, chosen)
    return format_html("{} <small>{}</small>", name(said), ltr(key)) if said else ltr(key)


def _title(plans: Iterable[Plan], key: str, chosen: Callable[[Plan], bool]) -> str:
    return next((inlanguage(one.title) for plan in plans if chosen(plan) for one in plan.lines if one.id == key), "")


def _anew(context: Context) -> tuple[Plan, ...]:
    """The plans in force, read once for a page: a plan may have been enacted since this process last looked."""
    request = context.get("request")
    found: tuple[Plan, ...] | None = getattr(request, "mithaq_plans", None)
    if found is None:
        found = tuple(one.plan for one in instruments.in_force())
        if request is not None:
            request.mithaq_plans = found
    return found
