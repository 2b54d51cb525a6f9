"""Template tags: isolation of left-to-right pieces, moments in both zones, words for codes, form fields.

Rule: a date, id or number never stands bare in a page, since right-to-left text would turn it around; and nothing here
makes an inline style, which the content security policy would refuse.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.contrib.staticfiles import finders
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import get_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mithaq.errors import MithaqError
from mithaq.formats.reading import Warning
from mithaq.node.console import asked, errors, grounds, words
from mithaq.node.start import Node
from mithaq.screening.explain import shown

register = template.Library()
# Bits that fill half of an evidence bar; what is heavier fills it, too.
FULL = 20.0
# Numbers with signs between them: dates, times, numbers of cases.
NUMBERS = re.compile(r"(\d+(?:[-/.:]\d+)+)")


@register.filter
def ltr(value: object) -> SafeString:
    """An id, number, date or code, isolated from the text around it."""
    return format_html('<bdi dir="ltr">{}</bdi>', "" if value is None else str(value))


@register.filter
def ltr_list(values: Iterable[object]) -> SafeString | str:
    """Ids, numbers or codes with commas between, each isolated; a dash when there is none."""
    parts = [(str(value),) for value in (sorted(values) if isinstance(values, frozenset) else values)]
    return format_html_join(_(", "), '<bdi dir="ltr">{}</bdi>', parts) if parts else "–"


@register.filter
def name(value: object) -> SafeString:
    """A person's name, or other text of its own language, in its own direction; a date in it is an island of its own,
    since Arabic around it would turn it round."""
    parts = NUMBERS.split(str(value))
    if len(parts) == 1:
        return format_html('<bdi dir="auto">{}</bdi>', parts[0])
    pieces = (ltr(part) if place % 2 else part for place, part in enumerate(parts))
    return format_html('<bdi dir="auto">{}</bdi>', format_html_join("", "{}", ((piece,) for piece in pieces)))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment in the node's zones: the first in full, the others as time alone when their day is the same."""
    if value is None:
        return "–"
    at = [(zone, value.astimezone(ZoneInfo(zone))) for zone in Node.config.time_zones]
    first = at[0][1].date()
    parts = (
        (local.strftime("%H:%M" if number and local.date() == first else "%Y-%m-%d %H:%M"), words.zone(zone))
        for number, (zone, local) in enumerate(at)
    )
    zones = format_html_join(
        format_html(' <span class="{}" aria-hidden="true">·</span> ', "sep"),
        '<bdi class="zone"><bdi dir="ltr">{}</bdi> <small>{}</small></bdi>',
        parts,
    )
    return format_html('<time datetime="{}" class="moment">{}</time>', value.isoformat(timespec="seconds"), zones)


@register.filter
def day(value: datetime | None) -> SafeString | str:
    """The day of a moment in the node's first zone."""
    if value is None:
        return "–"
    local = value.astimezone(ZoneInfo(Node.config.time_zones[0]))
    return format_html('<time datetime="{}" class="moment"><bdi dir="ltr">{}</bdi></time>', local.date(), local.date())


@register.filter
def text_moment(value: str) -> SafeString | str:
    """A moment that a signed document carries as text (RFC 3339)."""
    return moment(datetime.fromisoformat(value.replace("Z", "+00:00"))) if value else "–"


def countdown_texts() -> dict[str, str]:
    """The words of a countdown, with places for its numbers."""
    return {
        "late-days": _("overdue by %(days)d d %(hours)d h"),
        "days": _("in %(days)d d %(hours)d h"),
        "late-hours": _("overdue by %(hours)d h %(minutes)02d min"),
        "hours": _("in %(hours)d h %(minutes)02d min"),
    }


@register.simple_tag
def countdown_data() -> SafeString:
    """The same as attributes, for the script that renews countdowns."""
    return format_html_join(" ", 'data-{}="{}"', countdown_texts().items())


@register.filter
def countdown(value: datetime | None) -> SafeString | str:
    """How long until a moment on the node's clock, or how long since."""
    if value is None:
        return ""
    left = value - Node.clock.now()
    late = left < timedelta()
    hours, minutes = divmod(int(abs(left).total_seconds()) // 60, 60)
    long = hours >= 48
    amount = {"days": hours // 24, "hours": hours % 24 if long else hours, "minutes": minutes}
    name = ("late-" if late else "") + ("days" if long else "hours")
    text = countdown_texts()[name] % amount
    due = value.isoformat(timespec="milliseconds")
    return format_html('<bdi class="countdown" data-late="{}" data-due="{}">{}</bdi>', late, due, text)


@register.filter
def age(value: datetime) -> SafeString:
    """How long ago a moment of the node's clock was: for how long something has waited."""
    hours, minutes = divmod(max(0, int((Node.clock.now() - value).total_seconds())) // 60, 60)
    long = hours >= 48
    amount = {"days": hours // 24, "hours": hours % 24 if long else hours, "minutes": minutes}
    text = _("%(days)d d %(hours)d h") if long else _("%(hours)d h %(minutes)02d min")
    return format_html("<bdi>{}</bdi>", text % amount)


@register.simple_tag
def holder(need: Any, holders: Mapping[str, Any] | str) -> Any:
    """Who works on what waits, of the holds by address that a page has; None when nobody does."""
    return holders.get(need.url) if isinstance(holders, Mapping) else None


@register.filter
def word(value: object, kind: str) -> str:
    """The word for a code of a kind: `{{ notice.state|word:"state" }}`."""
    return words.word(kind, str(value))


@register.filter
def reading(what: object) -> str:
    """The word for what a row of the access log says was read."""
    return words.reading(str(what))


@register.filter
def asked_for(text: object, what: object) -> SafeString:
    """What a row of the access log says was asked for, in words: `{{ row.reason|asked_for:row.what }}`."""
    pieces = ((label, name(said)) for label, said in asked.pieces(str(what), str(text)))
    parts = (format_html(asked.labelled(), label=label, said=said) if label else said for label, said in pieces)
    return format_html_join(" · ", "<span>{}</span>", ((one,) for one in parts))


@register.filter
def words_of(values: Iterable[object], kind: str) -> str:
    """Words for codes, with commas between."""
    return _(", ").join(words.word(kind, str(value)) for value in values) or "–"


@register.filter
def state(value: object) -> SafeString:
    """A state as its word, with the mark that its colour and shape give."""
    return format_html('<span class="state" data-state="{}">{}</span>', str(value), words.word("state", str(value)))


@register.filter
def ground(value: object) -> SafeString | str:
    """The sentence of a refusal's ground; a code that has none, isolated."""
    found = grounds.ground(str(value))
    return ltr(found) if found == str(value) else found


@register.filter
def why(evidence: Mapping[str, Any]) -> str:
    """The sentence of a piece of evidence."""
    return words.why(str(evidence["why"]), evidence.get("params") or {})


@register.filter
def adding_up(evidence: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Pieces of evidence with weights as they are shown, which add up to the score as it is shown."""
    ones = list(evidence)
    return [{**one, "weight": weight} for one, weight in zip(ones, shown([one["weight"] for one in ones]), strict=True)]


@register.filter
def told(said: str | MithaqError | Warning | Mapping[str, Any]) -> SafeString:
    """A sentence of an error, a warning or a stored warning, marked with the language that it is in."""
    if isinstance(said, (MithaqError, Warning)):
        found, language = errors.told(said.sentence, said.params, said.code)
    elif isinstance(said, str):
        found, language = errors.told(said)
    else:
        found, language = errors.told(str(said["detail"]), said.get("params"), str(said.get("code") or ""))
    return format_html('<bdi lang="{}">{}</bdi>', language or "en", found)


@register.filter
def refusal(file: Any) -> SafeString:
    """The sentence of the error that refused a file, marked with the language that it is in."""
    return told({"detail": file.sentence, "params": file.params})


@register.filter
def source(name: str) -> SafeString | str:
    """What was compared with: the word for the notices, or the name of a list, isolated."""
    found = words.word("source", name)
    return found if found != name else ltr(name)


@register.filter
def offices(text: object) -> str:
    """Roles, by their words."""
    return _(", ").join(words.word("office", role) for role in str(text).split())


@register.filter
def place(text: object) -> SafeString:
    """A place in a file, isolated."""
    return format_html("<bdi>{}</bdi>", words.place(str(text)))


@register.filter
def document(code: object) -> SafeString | str:
    """The word for a kind of document, which the first letter of its code tells; else the code, isolated."""
    return words.document(str(code)) or ltr(code)


@register.filter
def recipients(units: Iterable[str]) -> SafeString | str:
    """Who may receive: units, and the word for what stays with the authority itself."""
    found = [word for unit in units if (word := words.word("recipient", unit)) != unit]
    rest = [unit for unit in units if words.word("recipient", unit) == unit]
    return format_html_join(_(", "), "{}", [(one,) for one in (*found, *([ltr_list(rest)] if rest else []))]) or "–"


@register.filter
def segment(tag: str) -> SafeString:
    """A segment of an EDIFACT file, by its word and its tag."""
    found = words.word("segment", tag)
    return ltr(tag) if found == tag else format_html('<bdi>{}</bdi> <bdi dir="ltr">{}</bdi>', found, tag)


@register.filter
def small_print(error: MithaqError) -> list[tuple[str, str]]:
    """What an error says beside its sentence, in words."""
    return errors.small_print(error)


def _figure(text: str) -> str:
    """A figure with the decimal separator of the reader's language; grouped it never is."""
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))


@register.filter
def decimal(value: float, places: int) -> str:
    """A figure with so many decimals, as the reader's language writes it: `{{ rate|decimal:1|ltr }}`."""
    return _figure(f"{value:.{places}f}")


@register.filter
def bits(weight: float) -> SafeString:
    """A weight with its sign, isolated."""
    return ltr(_figure(f"{weight:+.2f}" if weight else "0.00").replace("-", "\u2212"))


@register.filter
def percent(share: float) -> SafeString:
    """A share, isolated: three significant figures, as one alert in 10,000 travellers is a share, too."""
    return ltr(_figure(f"{share * 100:.3g} %") if share >= 1e-6 else "0 %")


@register.filter
def bar(weight: float) -> SafeString:
    """A weight as a bar from the middle: what speaks for to one side, what speaks against to the other."""
    half = min(1.0, abs(weight) / FULL) * 50
    x = 50 - half if weight < 0 else 50
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="{}" x="{}" y="1" width="{}" height="8"/>'
        '<line class="axis" x1="50" y1="0" x2="50" y2="10"/></svg>',
        "against" if weight < 0 else "for",
        f"{x:.1f}",
        f"{half:.1f}",
    )


@register.filter
def inlanguage(texts: Mapping[str, str]) -> str:
    """The text of a plan or post in the reader's language."""
    return texts.get(get_language() or "en") or texts.get("en", "")


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file with a part of its digest, so that an upgrade is seen at once."""
    return f"{static(path)}?v={_digest(path)}"


@cache
def _digest(path: str) -> str:
    found = finders.find(path)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:10] if found else "none"


@register.inclusion_tag("console/field.html")
def field(bound: BoundField, size: str = "") -> dict[str, Any]:
    """A form's field with its label, its help and what is wrong with it."""
    kind = getattr(bound.field.widget, "input_type", "")
    style = "form-select" if kind == "select" else "form-control"
    attributes: dict[str, Any] = {"class": f"{style} {style}-sm" if size == "small" else style}
    described = [
        f"{bound.auto_id}-{part}" for part, there in (("help", bound.help_text), ("errors", bound.errors)) if there
    ]
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
        attributes["class"] += " is-invalid"
    return {"field": bound, "widget": bound.as_widget(attrs=attributes)}


@register.filter
def under_way(journeys: Iterable[Any]) -> bool:
    """Whether a message of these journeys still waits for its last receipt, so that the page looks again."""
    return any(one.state in {"open", "sent", "waiting", "accepted"} for one in journeys)


@register.filter
def local_time(text: str) -> str:
    """A local time as a manifest gives it (`2026-05-04T02:10`), for people."""
    return str(text).replace("T", " ")


@register.filter
def agrees(code: str) -> SafeString:
    """Whether two values agree, as a word with its mark: never by colour alone."""
    marks = {"same": "=", "near": "~", "differs": "×", "other": "–", "missing": "?"}
    return format_html(
        '<span class="{}"><span aria-hidden="true">{}</span> {}</span>',
        code,
        marks.get(code, ""),
        words.word("agrees", code),
    )
