"""Serves the metrics beside the worker's rounds, on loopback.

Rule: who asks often does not ask the database often; a failure is an answer 500 and never ends the worker.
"""

from __future__ import annotations

import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from django.db import connection

from mithaq.node.config import Config
from mithaq.node.metrics import text
from mithaq.node.metrics.measured import Measured, Rounds

LOG = logging.getLogger("mithaq.metrics")
FRESH = 5.0  # seconds for which one reading serves


def start(config: Config, rounds: Rounds) -> HTTPServer | None:
    """Serve in a thread that ends with the process; None when `[metrics]` names no port."""
    if config.metrics is None:
        return None
    page = _Page(Measured(config, rounds))
    server = HTTPServer((config.metrics.host, config.metrics.port), _answering(page))
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server


class _Page:
    """The page, kept for a moment. One thread serves, so that nothing here is locked."""

    def __init__(self, measured: Measured) -> None:
        self._measured, self._at, self._data = measured, 0.0, b""

    def data(self) -> bytes:
        if not self._data or time.monotonic() - self._at > FRESH:
            try:
                self._data = text.written(self._measured.families()).encode()
                self._at = time.monotonic()
            finally:
                # Asked a few times a minute: a connection of its own is opened anew, and none is left to a thread.
                connection.close()
        return self._data


def _answering(page: _Page) -> type[BaseHTTPRequestHandler]:
    class Metrics(BaseHTTPRequestHandler):
        """`GET /metrics` and nothing else."""

        timeout = 5  # who says nothing does not keep the one thread
        server_version, sys_version = "mithaq", ""

        def do_GET(self) -> None:
            if self.path != "/metrics":
                self.send_error(404)
                return
            try:
                data = page.data()
            except Exception as error:  # noqa: BLE001  whatever it is, the worker goes on
                LOG.error("metrics failed: %s", type(error).__name__)
                self.send_error(500)
                return
            self.send_response(200)
            self.send_header("Content-Type", text.TYPE)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    return Metrics
