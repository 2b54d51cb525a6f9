"""Own systems of the tests: a client with its token, over Django's test client."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.test import Client as DjangoClient

from mithaq.node.acts import local
from mithaq.node.acts.ids import uuid7
from mithaq.node.api import clients, facts
from mithaq.node.api.requests import AddClient
from tests.node.here import Here

SECRET = "a secret of the tests, made once"


@dataclass
class System:
    """An own system that has its token."""

    name: str
    token: str
    browser: DjangoClient = field(default_factory=lambda: DjangoClient(headers={"host": "127.0.0.1"}))

    def get(self, path: str, **headers: str) -> Any:
        return self.browser.get(f"/api/v1{path}", headers={**self._bearer(), **headers})

    def post(self, path: str, body: Any, key: str = "", officer: str = "", **headers: str) -> Any:
        kind, data = (
            ("application/octet-stream", body)
            if isinstance(body, bytes)
            else ("application/json", json.dumps(body).encode())
        )
        sent = {**self._bearer(), "Idempotency-Key": key or str(uuid4()), **headers}
        if officer:
            sent["Mithaq-Officer"] = officer
        return self.browser.post(f"/api/v1{path}", data, content_type=kind, headers=sent)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def add(here: Here, name: str, unit: str, *roles: str, pace: int = 1000, lines: tuple[str, ...] = ()) -> None:
    """Add a client, as the operator does."""
    now = here.clock.now()
    request = AddClient(name, unit, roles, pace, lines)
    local.apply("client", clients.add(request, facts.is_taken(name), str(uuid7(now)), SECRET), now)


def ask_token(name: str, secret: str = SECRET, **form: str) -> Any:
    """The answer to a request for a token."""
    basic = base64.b64encode(f"{name}:{secret}".encode()).decode()
    return DjangoClient(headers={"host": "127.0.0.1"}).post(
        "/api/v1/token",
        "&".join(f"{key}={value}" for key, value in {"grant_type": "client_credentials", **form}.items()),
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {basic}"},
    )


def system(here: Here, name: str = "counters", unit: str = "BE-POLICE/BORDER", *roles: str, pace: int = 1000) -> System:
    """A system of a unit, with a token."""
    add(here, name, unit, *(roles or ("case-officer",)), pace=pace)
    return System(name, ask_token(name).json()["access_token"])
