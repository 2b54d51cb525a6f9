"""What a person chose for the pages: whether single keys do something (WCAG 2.2, 2.1.4: they can be switched off).

Rule: a choice is the person's and lasts; the session remembers it, so that a page does not ask the database.
Design: issue 4, part 4.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from mithaq.node.acts import local
from mithaq.node.acts.definition import Actor, Effects, Row
from mithaq.node.console.models import Choice

CHOICE, KEYS = "console.Choice", "keys"


def has_keys(request: HttpRequest) -> bool:
    """Whether single keys do something for the person who has signed in."""
    if not request.user.is_authenticated:
        return False
    if KEYS not in request.session:
        request.session[KEYS] = of_person(request.user.get_username())
    return bool(request.session[KEYS])


def of_person(name: str) -> bool:
    """What a person chose; keys are on until they are switched off."""
    found = Choice.objects.filter(pk=name).values_list("keys", flat=True).first()
    return True if found is None else found


def choose_keys(actor: Actor, now: datetime, *, on: bool) -> None:
    """Keep a person's choice. Effects: one row, and a row of the access log."""
    version = Choice.objects.filter(pk=actor.name).values_list("version", flat=True).first() or 0
    row = Row(CHOICE, actor.name, version, {"keys": on})
    local.apply_logged(Effects(rows=(row,)), actor, "console.keys", "on" if on else "off", now)
