"""Signing in and out.

Rule: a wrong name and a wrong password get the same sentence, and guessing is slowed, never locked out.
"""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mithaq.node.accounts.forms import SignIn
from mithaq.node.accounts.throttle import Throttle
from mithaq.node.start import Node

THROTTLE = Throttle()


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; a right name and password go on to where the person wanted to go."""
    form = SignIn(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/sign_in.html", {"form": form}, status=400 if request.method == "POST" else 200)
    name, address, now = form.cleaned_data["name"], request.META.get("REMOTE_ADDR", ""), Node.clock.now()
    if wait := THROTTLE.wait(name, address, now):
        answer = render(request, "accounts/sign_in.html", {"form": form, "wait": wait}, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    found = authenticate(request, username=name, password=form.cleaned_data["password"])
    if found is None:
        THROTTLE.failed(name, address, now)
        # One sentence for a wrong name and a wrong password: nobody learns who works here.
        return render(request, "accounts/sign_in.html", {"form": form, "failed": True}, status=403)
    THROTTLE.passed(name, address)
    login(request, found)
    target = request.GET.get("next", "/")
    return HttpResponseRedirect(target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/sign-in")
