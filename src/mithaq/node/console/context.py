"""What every page shows: whose node it is, the clock in both zones, the navigation, the languages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from mithaq.node.console import choices, people, tasks
from mithaq.node.start import LANGUAGES, Node

NAVIGATION = (
    ("/", _("Home")),
    ("/notices", _("Notices")),
    ("/manifests", _("Manifests")),
    ("/travellers", _("Travellers")),
    ("/posts", _("Posts")),
    ("/hits", _("Hits")),
    ("/lists", _("Lists")),
    ("/files", _("Read a file")),
    ("/dead-letters", _("Dead letters")),
    ("/retention", _("Retention")),
    ("/plan", _("Plan")),
    ("/ledger", _("Ledger")),
    ("/people", _("People")),
)
# For those who may open it alone.
OVERSIGHT = (("/oversight", _("Oversight")),)
# For those who have given a reason that may be in force.
REASONS = (("/reasons", _("My reasons for reading")),)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the base page."""
    path = request.path
    roles = getattr(getattr(request, "user", None), "roles", ())
    shown = (*NAVIGATION, *OVERSIGHT) if "oversight" in roles else NAVIGATION
    if roles and request.session.get(tasks.KEY):
        shown = (*shown, *REASONS)
    return {
        "node_name": Node.config.authority,
        "banner": Node.config.banner,
        "now": Node.clock.now(),
        "keys_on": choices.has_keys(request),
        "real_clock": Node.clock.is_real,
        "navigation": [(url, text, _current(path, url)) for url, text in shown],
        "may_search": _reads(request),
        "languages": [(code, name) for code, name in LANGUAGES if code in Node.config.languages],
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        # A form's page comes back as a page; what was only posted comes back as home.
        "return_to": request.get_full_path() if request.method in {"GET", "HEAD"} else "/",
    }


def _reads(request: HttpRequest) -> bool:
    """Whether the person's roles see content: whose do not is shown no box that would refuse."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and people.actor(request).roles & people.READERS)


def _current(path: str, url: str) -> str:
    """What `aria-current` says of a link of the navigation."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(f"{url}/") else ""
