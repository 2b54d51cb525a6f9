"""What every page shows: whose node it is, the clock in both zones, the navigation, the languages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from mithaq.node.accounts import rules
from mithaq.node.console import choices, people, tasks
from mithaq.node.start import LANGUAGES, Node

# What is offered to whom: a page that would refuse a person is no link of that person's.
EVERYONE = (("/", _("Home")),)
READERS = (
    ("/notices", _("Notices")),
    ("/manifests", _("Manifests")),
    ("/travellers", _("Travellers")),
    ("/posts", _("Posts")),
    ("/hits", _("Hits")),
    ("/lists", _("Lists")),
    ("/files", _("Read a file")),
    ("/dead-letters", _("Dead letters")),
    ("/retention", _("Retention")),
)
OPEN = (("/plan", _("Plan")), ("/ledger", _("Ledger")))
WATCHERS = (("/people", _("People")),)
OVERSIGHT = (("/oversight", _("Oversight")),)
# For those who have given a reason that may be in force.
REASONS = (("/reasons", _("My reasons for reading")),)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the base page."""
    path = request.path
    roles = _roles(request)
    shown = (
        *EVERYONE,
        *(READERS if roles & people.READERS else ()),
        *OPEN,
        *(WATCHERS if roles & rules.WATCHERS else ()),
        *(OVERSIGHT if "oversight" in roles else ()),
        *(REASONS if roles and request.session.get(tasks.KEY) else ()),
    )
    return {
        "node_name": Node.config.authority,
        "banner": Node.config.banner,
        "now": Node.clock.now(),
        "keys_on": choices.has_keys(request),
        "real_clock": Node.clock.is_real,
        "navigation": [(url, text, _current(path, url)) for url, text in shown],
        # Whose roles see no content is shown no box that would refuse.
        "may_search": bool(roles & people.READERS),
        "languages": [(code, name) for code, name in LANGUAGES if code in Node.config.languages],
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        # A form's page comes back as a page; what was only posted comes back as home.
        "return_to": request.get_full_path() if request.method in {"GET", "HEAD"} else "/",
    }


def _roles(request: HttpRequest) -> frozenset[str]:
    """The roles of who has signed in, lent ones among them; none for anyone else."""
    user = getattr(request, "user", None)
    return people.actor(request).roles if user and user.is_authenticated else frozenset()


def _current(path: str, url: str) -> str:
    """What `aria-current` says of a link of the navigation."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(f"{url}/") else ""
