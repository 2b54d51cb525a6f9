"""What was asked for when something was read, as a row of the access log holds it: names and values with words.

Rule: a row keeps what a machine wrote down, since it is chained; a page says it in the reader's language.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

WORDS: dict[str, dict[str, object]] = {
    "asked": {
        "actor": lazy("person"),
        "unit": lazy("unit"),
        "what": lazy("what was read"),
        "record": lazy("record"),
        "since": lazy("from the day"),
        "until": lazy("to the day"),
        "refused": lazy("refused only"),
        "state": lazy("state"),
        "authority": lazy("authority"),
        "page": lazy("number of the page"),
        "size": lazy("rows of a page"),
        "days": lazy("last days"),
        "by": lazy("how"),
        "network": lazy("network"),
        "browser": lazy("browser"),
        "why": lazy("why it ended"),
        "sessions": lazy("sessions ended"),
        "left": lazy("codes left"),
    },
    "how": {
        "password": lazy("password"),
        "code": lazy("code of an app"),
        "recovery-code": lazy("recovery code"),
        "passkey": lazy("Passkey"),
        "provider": lazy("the authority's sign-in"),
        "totp": lazy("code of an app"),
        "others": lazy("all others"),
    },
    "network": {
        "own": lazy("this machine"),
        "inside": lazy("inside the house"),
        "outside": lazy("outside the house"),
    },
    "browser": {
        "known": pgettext_lazy("browser", "known"),
        "new": pgettext_lazy("browser", "new"),
    },
    "over": {
        "idle": lazy("nobody used it"),
        "age": lazy("it was too old"),
        "clock": lazy("the clock went back"),
        "browser": lazy("another browser"),
    },
    "alarms": {"open": lazy("Open alarms"), "closed": lazy("Closed alarms")},
}
