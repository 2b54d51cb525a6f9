"""The page of keys: what each does, and the switch.

Rule: everything that a key does stands on a page as a link or a button, too. Design: issue 4, part 4.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from mithaq.node.console import choices, people
from mithaq.node.start import Node

# Each as `static/keys.js` has it; a test compares.
KEYS = (
    (("?",), lazy("Show the keys")),
    (("j", "k"), lazy("Next row, row before; arrows do it from row to row")),
    (("Enter",), lazy("Open the row")),
    (("t",), lazy("Take the next one")),
    (("/",), lazy("Search")),
    (("g", "h"), lazy("Go to: home")),
    (("g", "n"), lazy("Go to: notices")),
    (("g", "m"), lazy("Go to: manifests")),
    (("g", "t"), lazy("Go to: hits")),
    (("g", "s"), lazy("Go to: search")),
    (("Esc",), lazy("Close the list of keys")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """What the keys do, and whether they do it."""
    if request.method == "POST":
        on = request.POST.get("keys") == "on"
        choices.choose_keys(people.actor(request), Node.clock.now(), on=on)
        request.session[choices.KEYS] = on
        messages.info(request, _("The keys are on.") if on else _("The keys are off."))
        return HttpResponseRedirect("/keys")
    return render(request, "console/keys.html", {"keys": KEYS})
