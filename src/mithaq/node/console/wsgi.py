"""The WSGI application of a console worker: reads `MITHAQ_CONFIG`, starts the role `console`."""

from __future__ import annotations

import os
from pathlib import Path

from mithaq.node import database, start
from mithaq.node.config import read_config

_config = read_config(Path(os.environ["MITHAQ_CONFIG"]))
start.start(_config, "console", database.url_of(_config, "console"))

from django.core.wsgi import get_wsgi_application  # noqa: E402  Django must be configured first

application = get_wsgi_application()
