"""My account: second factors, recovery codes, password and sessions of the person who has signed in.

Rules: what guards the account is changed only shortly after a proof of the person (`confirm`); each change and each
look leaves a row in the access log; recovery codes and the key of the app are shown once.
"""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import flows as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import MithaqError
from mithaq.node.accounts import entry, factors, identities, own, sessions, throttle
from mithaq.node.accounts.forms import ConfirmSelf, NewPassword, PasskeyForm
from mithaq.node.start import Node

ACCOUNT = "/account"


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What guards the account, and where it is signed in."""
    user = own.looks(request, "accounts.own")
    about = {
        "factors": factors.overview(user),
        "must": factors.must(user),
        "missing": factors.is_missing(request),
        "sessions": sessions.open_sessions(request),
        "identity": identities.of(user) if Node.config.accounts.provider else None,
        "settings": Node.config.accounts,
        "idle": Node.config.accounts.idle_of(user.unit),
    }
    return render(request, "accounts/account.html", about)


def proof_needed(request: HttpRequest, back: str = ACCOUNT) -> HttpResponse | None:
    """Where to prove oneself first, before what guards the account is changed, and go `back` to from what was posted;
    None when that was a moment ago."""
    # A session that someone else sits down at, or has stolen, must not be enough to change what guards the account.
    if entry.is_fresh(request):
        return None
    if request.method == "GET":
        return HttpResponseRedirect(f"/account/confirm?next={request.path}")
    messages.info(request, _("Give your password first, then choose once more what you want to change."))
    return HttpResponseRedirect(f"/account/confirm?next={back}")


@sensitive_post_parameters("password", "code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The person proves himself once more: by password, and a code where he has a second factor; or by a passkey."""
    user = own.looks(request, "accounts.confirm")
    coded, posted = factors.has(user), request.method == "POST"
    if posted and coded and "credential" in request.POST and entry.proved_by_passkey(request, user):
        return HttpResponseRedirect(entry.destination(request))
    form = ConfirmSelf(request.POST if posted and "credential" not in request.POST else None, coded=coded)
    about: dict[str, object] = {"form": form, "next": entry.destination(request), "failed": posted and not form.errors}
    status = 400 if form.errors else 403 if posted else 200
    if form.is_valid():
        try:
            if entry.proved(request, user, form.cleaned_data["password"], form.cleaned_data.get("code")):
                return HttpResponseRedirect(entry.destination(request))
        except entry.TooFastError as wait:
            about |= {"wait": wait.seconds, "failed": False}
            status = 429
    about["options"] = entry.passkey_options(user) if coded else None
    return render(request, "accounts/confirm.html", about, status=status)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Add the app that shows codes: its key as a picture and as text, and a first code as proof."""
    user = own.looks(request, "accounts.app")
    if needed := proof_needed(request):
        return needed
    if factors.overview(user).totp:
        return HttpResponseRedirect(ACCOUNT)
    form = ActivateTOTPForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST":
        try:
            made = entry.attempt(request, user.name, "app")
        except entry.TooFastError as wait:
            return render(request, "accounts/app.html", {"form": form, "wait": wait.seconds}, status=429)
        if form.is_valid():
            throttle.passed(made)
            factors.use_up(user, form.cleaned_data["code"])
            with own.changing(request, "factor-added", "totp"):
                _row, codes = activate_totp(request, form)
            return _added(request, codes)
    about = {"form": form, "key": form.secret, "failed": request.method == "POST"}
    return render(request, "accounts/app.html", about, status=400 if request.method == "POST" else 200)


def _added(request: HttpRequest, codes: object) -> HttpResponse:
    messages.info(request, _("The second factor is added. The next sign-in asks for it."))
    if codes is None:
        return HttpResponseRedirect(ACCOUNT)
    return render(request, "accounts/codes.html", {"codes": factors.codes_of(codes)})


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The key of the app that is being added, as a picture (QR) to be photographed."""
    user = own.looks(request, "accounts.app")
    if needed := proof_needed(request):
        return needed
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(user, totp.get_totp_secret()))
    return HttpResponse(drawn, content_type="image/svg+xml")


@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
def passkeys(request: HttpRequest) -> HttpResponse:
    """Add a passkey. It needs the browser's own script: nothing else can speak to a key."""
    user, failed = own.looks(request, "accounts.passkeys"), False
    if needed := proof_needed(request):
        return needed
    form = PasskeyForm(request.POST or None)
    if request.method == "POST":
        found = AddWebAuthnForm(request.POST, user=user)
        if form.is_valid() and found.is_valid():
            name = form.cleaned_data["name"] or _("Passkey")
            with own.changing(request, "factor-added", "passkey"):
                _row, codes = webauthn.add_authenticator(request, name, found.cleaned_data["credential"])
            return _added(request, codes)
        failed = True
    options = webauthn.begin_registration(request, user, True)
    about = {"form": form, "options": options, "failed": failed}
    return render(request, "accounts/passkeys.html", about, status=400 if failed else 200)


@require_POST
def remove(request: HttpRequest, key: int) -> HttpResponse:
    """Take a second factor away."""
    if needed := proof_needed(request):
        return needed
    own.remove_factor(request, key)
    messages.info(request, _("The second factor is removed."))
    return HttpResponseRedirect(ACCOUNT)


@require_POST
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    if needed := proof_needed(request):
        return needed
    user = own.person(request)
    if not factors.has(user):
        return HttpResponseRedirect(ACCOUNT)
    with own.changing(request, "recovery-codes"):
        made = factors.new_codes(request)
    return render(request, "accounts/codes.html", {"codes": made})


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of the person ends."""
    own.looks(request, "accounts.password")
    if needed := proof_needed(request):
        return needed
    form, problem = NewPassword(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            own.change_password(request, form.cleaned_data["password"])
            messages.info(request, _("The password is changed. Your other sessions have ended."))
            return HttpResponseRedirect(ACCOUNT)
        except MithaqError as error:
            problem = error
    about = {"form": form, "problem": problem}
    return render(request, "accounts/password.html", about, status=400 if request.method == "POST" else 200)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End a session of one's own, or all others."""
    which = request.POST.get("which", "")
    if sessions.end(request, which):
        own.changed(request, "sessions-ended", which)
        messages.info(request, _("What you chose has ended."))
    return HttpResponseRedirect(ACCOUNT)
