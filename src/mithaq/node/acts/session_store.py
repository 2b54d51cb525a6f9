"""Sessions in the database, of which a change is one statement.

Rule: what Django's store does in a transaction of its own is done by the statement alone: a change is written over a
session that is there, and never brings one back that has ended meanwhile. A new session is made as Django makes it.
"""

from __future__ import annotations

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Store


class SessionStore(Store):
    """The `SESSION_ENGINE` of a node."""

    def save(self, must_create: bool = False) -> None:
        """Keep what the session holds. Django's UpdateError when the session has ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        held = {"session_data": self.encode(dict(self.items())), "expire_date": self.get_expiry_date()}
        if not self.model.objects.filter(session_key=self.session_key).update(**held):
            raise UpdateError
