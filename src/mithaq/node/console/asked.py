"""What a row of the access log says was asked for, in the reader's language.

Rule: by which reading it is tells how its text is read; what a person typed, and what has no such form, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mithaq.node.acts.access import ENTRY, UNTIL
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import standing, words
from mithaq.node.start import Node

COMMAND = re.compile(r"command line:? ?")
_NUMBER = re.compile(r"(\d+) chosen")
# The kind of words that the value of a name has; other values stay as they are.
_KINDS = {"network": "network", "browser": "browser", "why": "over", "state": "state"}
# What is asked as addresses ask, and what as names and values with blanks between.
_ADDRESSED = frozenset({"oversight.log", "oversight.export", "wanted.list"})
_PAIRED = frozenset({"oversight.unusual", *ENTRY})
_FACTORS = frozenset({"accounts.factor-added", "accounts.factor-removed"})
Pair = tuple[str, str]


def labelled() -> str:
    """How a name stands before its value, as the language sets a colon."""
    return _("{label}: {said}")


def pieces(what: str, text: str) -> list[Pair]:
    """The pieces of what was asked, each with its name; without a name what needs none."""
    what = what.removeprefix("refused:")
    if what.startswith("api."):
        return _by_system(what, text)
    what = words.SAME_READING.get(what, what)
    if text.startswith(UNTIL):
        return [(_("renews itself until"), _time(text.removeprefix(UNTIL)))]
    by_command = COMMAND.search(text) if text.startswith("command line") or what in _PAIRED else None
    if by_command is not None:
        rest = f"{text[: by_command.start()]} {text[by_command.end() :]}".strip()
        return [*(_read(what, rest) if rest else ()), ("", _("on the command line"))]
    return _read(what, text)


def _read(what: str, text: str) -> list[Pair]:
    if what in _ADDRESSED:
        return list(_named(parse_qsl(text))) or [("", text)]
    if what in _PAIRED and "=" in text:
        return list(_named(_split(text)))
    if what == "lists.version":
        kind, _blank, page = text.partition(" ")
        return [("", words.word("change", kind)), *([(words.word("asked", "page"), page)] if page else [])]
    told = _ONE.get(what)
    return [("", told(text) if told else text)]


def _by_system(what: str, text: str) -> list[Pair]:
    """What an own system asked for: in whose name it acts, or which notices; a search has no form."""
    if text.startswith("for "):
        return [(_("in the name of"), text.removeprefix("for "))]
    if what == "api.notices":
        state, _blank, authority = text.partition(" ")
        return [("", " ".join(filter(None, (words.word("state", state), authority))))]
    return [("", text)]


def _split(text: str) -> Iterable[Pair]:
    for one in text.split():
        name, _equals, value = one.partition("=")
        yield name, value


def _named(pairs: Iterable[Pair]) -> Iterable[Pair]:
    for name, value in pairs:
        if name == "refused":
            yield "", words.word("asked", name)
        else:
            yield words.word("asked", name), _value(name, value)


def _value(name: str, value: str) -> str:
    if name == "what":
        return words.reading(value)
    if name == "by":
        return _(", ").join(_how(one) for one in value.split("+"))
    return words.word(_KINDS[name], value) if name in _KINDS else value


def _how(code: str) -> str:
    found = words.word("how", code)
    return words.word("act", code) if found == code else found


def _heading(name: str) -> str:
    few = {kind: heading for one in REGISTRY.few for kind, heading in one.headings.items()}
    queues = {queue.name: queue.heading for queue in REGISTRY.queues.values()}
    return str({**queues, **few, **standing.HEADINGS}.get(name, name))


def _kind(text: str) -> str:
    """A kind of records and, if it was asked for, within how many days they end."""
    kind, _blank, days = text.partition(" ")
    title = next((str(rule.title) for rule in REGISTRY.retention if rule.name == kind), kind)
    return " ".join(filter(None, (title, f"({_days(int(days))})" if days.isdigit() else days)))


def _days(number: int) -> str:
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def _search(text: str) -> str:
    kind, colon, asked = text.partition(": ")
    source = next((one for one in REGISTRY.search.values() if colon and one.kind == kind), None)
    return labelled().format(label=source.title, said=asked) if source else text


def _chosen(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    number = int(found[1]) if found else 0
    return ngettext("%(number)s chosen", "%(number)s chosen", number) % {"number": number} if found else text


def _time(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    zone = ZoneInfo(Node.config.time_zones[0])
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M} {words.zone(zone.key)}"


_ONE: dict[str, Callable[[str], str]] = {
    "console.needs": _heading,
    "console.search": _search,
    "retention.ending": _kind,
    "oversight.alarms": lambda text: words.word("alarms", text),
    "acts.named": lambda text: words.word("act", text),
    "accounts.sessions-ended": _how,
    "wanted.bulk.approve": _chosen,
    "wanted.bulk.publish": _chosen,
    **dict.fromkeys(_FACTORS, _how),
}
