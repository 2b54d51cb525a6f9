"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from mithaq.node.accounts.forms import SignIn


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; a right name and password go on to where the person wanted to go."""
    form = SignIn(request.POST or None)
    target = request.GET.get("next", "/")
    failed = False
    if request.method == "POST" and form.is_valid():
        found = authenticate(request, username=form.cleaned_data["name"], password=form.cleaned_data["password"])
        if found is not None:
            login(request, found)
            safe = url_has_allowed_host_and_scheme(target, {request.get_host()})
            return HttpResponseRedirect(target if safe else "/")
        failed = True
    # One sentence for a wrong name and a wrong password: nobody learns who works here.
    return render(request, "accounts/sign_in.html", {"form": form, "failed": failed}, status=403 if failed else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/sign-in")
