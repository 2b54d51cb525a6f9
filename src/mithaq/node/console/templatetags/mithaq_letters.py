"""Template tags: two spellings letter by letter, with what differs marked, and the same in words.

Rule: marks are shapes and not colours alone; who does not see them hears what is written otherwise. The letters run as
the traveller's script does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mithaq.node.console.templatetags.mithaq import name
from mithaq.screening.letters import Step, beside
from mithaq.screening.symbols import script_of

register = template.Library()


@register.filter
def letters(evidence: Mapping[str, Any]) -> SafeString | str:
    """The letters of the two names of a piece of evidence side by side; nothing where they are the same, or too long,
    or the evidence is not of two names."""
    left, right = str(evidence["left"] or ""), str(evidence["right"] or "")
    steps = beside(left, right) if evidence["kind"] == "name" and left and right else ()
    if all(one.how == "same" for one in steps):
        return ""
    columns = ((one.how, one.left or "\u00b7", one.right or "\u00b7") for one in steps)
    return format_html(
        '<span class="letters" dir="{}" aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
        "rtl" if script_of(left) == "arabic" else "ltr",
        format_html_join("", '<span class="{}"><bdi>{}</bdi><bdi>{}</bdi></span>', columns),
        _told(steps),
    )


def _told(steps: Iterable[Step]) -> SafeString:
    """What is written otherwise, as a sentence for who hears the page."""
    other = [(name(one.left), name(one.right)) for one in steps if one.left and one.right and one.how != "same"]
    alone = [(name(one.left or one.right),) for one in steps if not (one.left and one.right)]
    pairs = format_html_join(_(", "), "{} | {}", other)
    single = format_html_join(_(", "), "{}", alone)
    said = [format_html(_("Written otherwise: {pairs}."), pairs=pairs)] if other else []
    said += [format_html(_("On one side only: {letters}."), letters=single)] if alone else []
    return format_html_join(" ", "{}", ((one,) for one in said))
