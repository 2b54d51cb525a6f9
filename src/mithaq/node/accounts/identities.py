"""Which identity of the authority's own provider is whose.

Rules: an identity is linked by the person who has proved himself here a moment ago, with all that the account asks for;
nothing that the provider says of a name links it. One identity a person and one person an identity, told apart by the
provider's `sub`, which never changes hands. Nothing else that the provider says is kept. Design: subjects, safeguard 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import transaction
from django.db.models.signals import pre_save
from django.http import HttpRequest

from mithaq.errors import RefusedError
from mithaq.node.accounts import facts, sessions
from mithaq.node.accounts.models import User
from mithaq.node.acts import access
from mithaq.node.start import PROVIDER, Node

LINKED, REMOVED = "accounts.identity-linked", "accounts.identity-removed"
CONNECT = "connect"


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of a person at the provider; the moments are those of the page, of the node's clock."""

    linked: datetime
    used: datetime


def listen() -> None:
    """Have nothing kept of an identity but its `sub` (called once, at start)."""
    pre_save.connect(_bare, sender=SocialAccount, dispatch_uid="mithaq.identities")


def _bare(instance: SocialAccount, **_more: Any) -> None:
    instance.extra_data = {}


def of(user: User) -> Identity | None:
    """The identity that is linked to a person, or None."""
    row = SocialAccount.objects.filter(user=user, provider=PROVIDER).first()
    shift = getattr(Node.clock, "shift", None)
    return Identity(*(one + shift if shift else one for one in (row.date_joined, row.last_login))) if row else None


def link(request: HttpRequest, found: SocialLogin) -> None:
    """Link an identity to the person who has signed in (effects: the library's row, and one of the access log).

    RefusedError `identity.taken` when it is another person's, or the person has another one.
    """
    assert isinstance(request.user, User)
    with transaction.atomic():
        # Held while it is decided: two answers at once link one.
        person = User.objects.select_for_update().get(pk=request.user.pk)
        is_other = found.is_existing and found.user.pk != person.pk
        if is_other or SocialAccount.objects.filter(user=person, provider=PROVIDER).exists():
            raise RefusedError(
                "identity.taken",
                "This identity is another person's, or your account is linked to one already.",
                remedy="Remove the link first; if the identity is yours, ask an administrator.",
            )
        found.connect(request, person)
        access.log(facts.actor_of(person), LINKED, Node.clock.now())


def unlink(request: HttpRequest) -> bool:
    """Remove the link of the person who has signed in, and end the other sessions, which may have come by it.

    False when there is none (effects: the library's rows, and one of the access log).
    """
    assert isinstance(request.user, User)
    with transaction.atomic():
        rows = list(SocialAccount.objects.select_for_update().filter(user=request.user, provider=PROVIDER))
        for row in rows:
            row.delete()
        if rows:
            sessions.end(request, "others")
            access.log(facts.actor_of(request.user), REMOVED, Node.clock.now())
    return bool(rows)
