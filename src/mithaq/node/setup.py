"""Sets a node up, or brings it to the present version: database, roles, tables, grants.

Rule: only here, to enact a plan (`acts/enact.py`) and to look (`doctor`, read-only), does a process connect as the
owner of the database.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from mithaq.node import database, start
from mithaq.node.config import ROLES, read_config


def init(path: Path) -> None:
    """Create what is missing and migrate; safe to repeat."""
    config = read_config(path)
    ran = database.is_running(config)
    database.start_embedded(config)
    database.prepare(config)
    start.start(config, "owner", database.url_of(config, "owner"))
    from django.core.management import call_command

    from mithaq.node.acts import search_index

    call_command("migrate", verbosity=0, interactive=False)
    # A database of before there was search: what is in it is indexed once.
    if search_index.is_missing():
        search_index.rebuild(lambda _label, _done, _every: None)
    users = {role: unquote(urlsplit(database.url_of(config, role)).username or "") for role in ROLES}
    with psycopg.connect(database.url_of(config, "owner")) as connection:
        database.grant(connection, users)
    if not ran:
        database.stop_embedded(config)
