"""Wrong codes after a right password: told to the person at the next sign-in, and to oversight when they are many.

Rule: whoever gives wrong codes knows a password that is another's, or is its person; an alarm says so at the fifth, and
again at ten times as many. From wherever they come they are counted together, and slow nobody: that is the work of
`throttle.py`. The count ends when the person signs in.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import ngettext

from mithaq.node.accounts.models import User
from mithaq.node.acts import access, local
from mithaq.node.acts.definition import Actor, Effects, Raised
from mithaq.node.start import Node

ROW = f"{access.REFUSED}accounts.code"
MANY = frozenset(5 * 10**power for power in range(6))
_COUNT = """
INSERT INTO accounts_wrongcode AS held (person, count, last) VALUES (%s, 1, %s::timestamptz)
ON CONFLICT (person) DO UPDATE SET count = held.count + 1, last = excluded.last
RETURNING count
"""
_TAKE = "DELETE FROM accounts_wrongcode WHERE person = %s RETURNING count"


def note(user: User) -> None:
    """Count a wrong code of who gave a right password (effects: a row; an alarm and a row of the access log)."""
    now: datetime = Node.clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, (user.pk, now))
        (count,) = cursor.fetchone() or (0,)
    if count in MANY:
        alarm = Effects(alarms=(Raised("person.guessed", str(user.pk), user.name),))
        local.apply_logged(alarm, Actor(user.name, user.unit), ROW, str(user.pk), now)


def tell(request: HttpRequest, user: User) -> None:
    """Tell who has signed in of the wrong codes since the last time, and forget them (effects: the row goes)."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, (user.pk,))
        found = cursor.fetchone()
    if found:
        text = ngettext(
            "Since you last signed in, %(number)d wrong code was given with your password. If that was not you, "
            "change the password and tell your administrator.",
            "Since you last signed in, %(number)d wrong codes were given with your password. If that was not you, "
            "change the password and tell your administrator.",
            found[0],
        )
        messages.warning(request, text % {"number": found[0]})
