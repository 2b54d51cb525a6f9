"""Template tags: isolation of left-to-right pieces, moments in both zones, words for codes.

Rule: a date, id or number never stands bare in a page, since right-to-left text would turn it around.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mithaq.node.console import words
from mithaq.node.start import Node

register = template.Library()


@register.filter
def ltr(value: object) -> SafeString:
    """An id, number, date or Latin text, isolated."""
    return format_html('<bdi dir="ltr">{}</bdi>', "" if value is None else str(value))


@register.filter
def name(value: object) -> SafeString:
    """A person's name in its own direction."""
    return format_html('<bdi dir="auto">{}</bdi>', str(value))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment in the node's zones: the first written out, the others beside it."""
    if value is None:
        return "–"
    parts = [(zone.rpartition("/")[2], value.astimezone(ZoneInfo(zone))) for zone in Node.config.time_zones]
    return format_html(
        '<time datetime="{}" class="moment">{}</time>',
        value.isoformat(timespec="seconds"),
        format_html_join(
            " · ",
            '<bdi dir="ltr">{}</bdi> <small>{}</small>',
            ((at.strftime("%Y-%m-%d %H:%M"), city) for city, at in parts),
        ),
    )


@register.filter
def countdown(value: datetime | None) -> SafeString | str:
    """How long until a moment on the node's clock, or how long since."""
    if value is None:
        return ""
    left = value - Node.clock.now()
    late = left < timedelta()
    hours, minutes = divmod(int(abs(left).total_seconds()) // 60, 60)
    text = f"{hours // 24} d {hours % 24} h" if hours >= 48 else f"{hours} h {minutes:02d}"
    label = _("overdue by") if late else _("in")
    return format_html('<span class="countdown" data-late="{}">{} <bdi dir="ltr">{}</bdi></span>', late, label, text)


@register.filter
def word(value: object, kind: str) -> str:
    """The word for a code of a kind: `{{ notice.state|word:"state" }}`."""
    return words.word(kind, str(value))


@register.filter
def ground(value: object) -> str:
    """The sentence of a refusal's ground."""
    return words.ground(str(value))


@register.filter
def why(evidence: Mapping[str, Any]) -> str:
    """The sentence of a piece of evidence."""
    return words.why(str(evidence["why"]), evidence.get("params") or {})


@register.filter
def width(weight: float) -> str:
    """The class of a bar's width: 5 % a step, 100 % at 20 bits."""
    return f"w-{max(5, min(100, round(abs(weight) * 5 / 5) * 5))}"


@register.filter
def bits(weight: float) -> SafeString:
    """A weight with its sign, isolated."""
    return format_html('<bdi dir="ltr">{}</bdi>', f"{weight:+.1f}")


@register.filter
def inlanguage(texts: Mapping[str, str]) -> str:
    """The text of a plan or post in the reader's language."""
    from django.utils.translation import get_language

    return texts.get(get_language() or "en") or texts.get("en", "")
