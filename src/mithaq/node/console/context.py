"""What every page shows: whose node it is, the clock in both zones, the navigation, the languages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from mithaq.node.start import LANGUAGES, Node

NAVIGATION = (
    ("/", _("Home")),
    ("/notices", _("Notices")),
    ("/manifests", _("Manifests")),
    ("/hits", _("Hits")),
    ("/plan", _("Plan")),
    ("/ledger", _("Ledger")),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the base page."""
    path = request.path
    return {
        "authority": Node.config.authority,
        "banner": Node.config.banner,
        "now": Node.clock.now(),
        "real_clock": Node.clock.is_real,
        "zones": Node.config.time_zones,
        "navigation": [(url, text, path == url or (url != "/" and path.startswith(url))) for url, text in NAVIGATION],
        "languages": [(code, name) for code, name in LANGUAGES if code in Node.config.languages],
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
