"""The WSGI application of a console worker: reads `MITHAQ_CONFIG`, starts the role `console`; ends with its server."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

from mithaq.node import database, lifeline, start
from mithaq.node.config import read_config

if (_server := multiprocessing.parent_process()) is not None and _server.pid is not None:
    lifeline.end_with(_server.pid)
_config = read_config(Path(os.environ["MITHAQ_CONFIG"]))
start.start(_config, "console", database.url_of(_config, "console"))

from django.core.wsgi import get_wsgi_application  # noqa: E402  Django must be configured first

application = get_wsgi_application()
