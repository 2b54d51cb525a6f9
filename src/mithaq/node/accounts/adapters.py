"""What django-allauth asks of the node: who may come in, how secrets are kept, whom an outside identity stands for.

Rules: nobody signs up; nothing is mailed; secrets lie under the console's key; an identity of the authority's provider
is linked to a person who was set up here, once, and then only that identity is taken for the person. Decision 15.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from mithaq.errors import RefusedError
from mithaq.node.accounts import entries, entry, identities
from mithaq.node.accounts.models import User
from mithaq.node.start import Node
from mithaq.seal import kept

USE = "second-factor"
ACCOUNT = "/account"


class Entry(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in: a password or an identity, then the second factor of who has one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor; there is no mail and no telephone to verify."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def add_message(self, *_args: Any, **_more: Any) -> None:
        """Our pages say what was done, in the words of our officers."""

    def send_notification_mail(self, *_args: Any, **_more: Any) -> None:
        """Nothing is mailed: what changes stands in the access log."""

    def is_reauthentication_required(self, **_more: Any) -> bool:
        """Our own pages ask for a fresh proof (`entry.is_fresh`)."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the server saw, or that a proxy of ours tells (`console/forwarded.py`)."""
        return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104  no address was seen

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponseRedirect:
        """Who may not sign in any more is told nothing else than who never could."""
        return HttpResponseRedirect(settings.LOGIN_URL)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets under the console's key, which does not lie in the database."""

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return kept.keep(text, _key(), USE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; TrustError `seal.kept` when the key was changed."""
        return kept.open_kept(encrypted_text, _key(), USE)

    def send_notification_mail(self, *_args: Any, **_more: Any) -> None:
        """Nothing is mailed."""

    def _get_site_name(self) -> str:
        return f"Mithaq {Node.config.authority}"

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A name for a passkey that was given none."""
        return _("Passkey")


def _key() -> bytes:
    return str(settings.SECRET_KEY).encode()


class Outside(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identities of the authority's own provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody is made by signing in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Take an identity that is linked, or link it for who has signed in and asked for it. RefusedError
        `sign_in.outside`, `identity.taken`."""
        if sociallogin.state.get("process") == identities.CONNECT:
            # Whoever sits down at an open session links nothing: the proof is as fresh now as when it was asked for.
            if not request.user.is_authenticated or not entry.is_fresh(request):
                raise ImmediateHttpResponse(HttpResponseRedirect(ACCOUNT))
            identities.link(request, sociallogin)
            raise ImmediateHttpResponse(HttpResponseRedirect(ACCOUNT))
        # What the provider calls someone links nothing: names change hands there, and some may choose their own.
        if not sociallogin.is_existing:
            entries.failed(request, "", "provider")
            refuse_outside()

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> NoReturn:
        """The provider said no, or nothing that can be believed."""
        entries.failed(request, "", "provider")
        raise ImmediateHttpResponse(HttpResponseRedirect(f"{settings.LOGIN_URL}?outside=failed"))

    def send_notification_mail(self, *_args: Any, **_more: Any) -> None:
        """Nothing is mailed."""


def refuse_outside() -> NoReturn:
    """RefusedError `sign_in.outside`: the identity stands for nobody here."""
    raise RefusedError(
        "sign_in.outside",
        "The authority's sign-in is linked to nobody here.",
        remedy="Sign in with your name and password, and link it under My account.",
    )
