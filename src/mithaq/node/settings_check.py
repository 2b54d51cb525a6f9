"""Settings for the type checker's Django plugin and for making migrations: no database, no secret."""

from __future__ import annotations

import os
from pathlib import Path

from mithaq.node.config import parse_config
from mithaq.node.start import Node, django_settings

os.environ.setdefault("MITHAQ_CHECK_KEY", "not-a-secret-check-only")
Node.role = "console"
Node.config = parse_config(
    {
        "authority": "XX-POLICE",
        "gateway": {"port": 1},
        "console": {"port": 2, "secret_key": "env:MITHAQ_CHECK_KEY"},
        "database": {"embedded": "none"},
    },
    Path("node.toml").resolve(),
)
globals().update(django_settings(Node.config, "console", "postgresql:///none"))
