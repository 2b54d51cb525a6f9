"""Signing in and out.

Rule: a wrong name and a wrong password get the same sentence, and guessing is slowed, never locked out.
"""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.node.accounts import entries, entry
from mithaq.node.accounts.forms import CodeForm, SignIn
from mithaq.node.start import Node

SIGN_IN = "/sign-in"
PAGE = "accounts/sign_in.html"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; a right name and password go on to the second factor, or to where the person wanted to go."""
    form = SignIn(request.POST or None)
    about: dict[str, object] = {
        "form": form,
        "provider": Node.config.accounts.provider,
        "next": entry.destination(request),
    }
    if request.method != "POST" or not form.is_valid():
        about["outside"] = request.GET.get("outside") == "failed"
        about["key_failed"] = request.GET.get("passkey") == "failed"
        return render(request, PAGE, about, status=400 if request.method == "POST" else 200)
    try:
        done = entry.by_password(request, form.cleaned_data["name"], form.cleaned_data["password"])
    except entry.TooFastError as wait:
        return _wait(request, PAGE, about, wait)
    # One sentence for a wrong name and a wrong password: nobody learns who works here.
    return done or render(request, PAGE, {**about, "failed": True}, status=403)


def _wait(request: HttpRequest, page: str, about: dict[str, object], wait: entry.TooFastError) -> HttpResponse:
    answer = render(request, page, {**about, "wait": wait.seconds}, status=429)
    answer["Retry-After"] = str(wait.seconds)
    return answer


@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second factor of who has given a right password: a code, a recovery code or a passkey."""
    user = entry.waiting(request)
    if user is None:
        return HttpResponseRedirect(SIGN_IN)
    page, posted = "accounts/second.html", request.method == "POST"
    form = CodeForm(request.POST if "code" in request.POST else None)
    if posted and "credential" in request.POST and (done := entry.by_second_passkey(request)):
        return done
    about = {"form": form, "failed": posted}
    if posted and form.is_valid():
        try:
            if done := entry.by_code(request, form.cleaned_data["code"]):
                return done
        except entry.TooFastError as wait:
            return _wait(request, page, {**about, "failed": False, "options": entry.passkey_options(user)}, wait)
    return render(request, page, {**about, "options": entry.passkey_options(user)}, status=403 if posted else 200)


@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """What a browser needs to ask for a passkey, and the passkey that it brings."""
    if request.method != "POST":
        return JsonResponse(entry.passkey_options(None))
    return entry.by_passkey(request) or HttpResponseRedirect(f"{SIGN_IN}?passkey=failed")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    entries.left(request)
    logout(request)
    return HttpResponseRedirect(SIGN_IN)


@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Where the library sends whom it has no page for."""
    return HttpResponseRedirect(SIGN_IN)
