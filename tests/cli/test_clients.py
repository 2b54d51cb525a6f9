"""`mithaq node add-client` and `revoke-client`: the secret is shown once, kept as a hash, and ends at once."""

from __future__ import annotations

import base64

from django.test import Client

from tests.cli.conftest import Mithaq


def token(name: str, secret: str) -> int:
    basic = base64.b64encode(f"{name}:{secret}".encode()).decode()
    answer = Client(headers={"host": "127.0.0.1"}).post(
        "/api/v1/token",
        "grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {basic}"},
    )
    return answer.status_code


def test_a_system_is_added_and_revoked(mithaq: Mithaq) -> None:
    words = ("--unit", "BE-POLICE/BORDER", "--role", "case-officer")
    added = mithaq("node", "add-client", "counters", *words, "--json")
    assert added.code == 0
    secret = added.json["client_secret"]
    assert (added.json["client_id"], len(secret)) == ("counters", 43)
    (client,) = mithaq.rows("api.Client")
    assert secret not in str(vars(client))
    assert (client.unit, client.roles, client.pace) == ("BE-POLICE/BORDER", ["case-officer"], 1000)
    assert token("counters", secret) == 200
    again = mithaq("node", "add-client", "counters", *words)
    assert (again.code, "client.taken" in again.err) == (5, True)
    assert mithaq("node", "revoke-client", "counters").code == 0
    assert token("counters", secret) == 401
    assert mithaq("node", "revoke-client", "counters").code == 3
    assert mithaq("node", "revoke-client", "nobody").code == 5
    plain = mithaq(
        "node", "add-client", "registry", "--unit", "BE-POLICE/WANTED", "--role", "supervisor", "--pace", "5"
    )
    assert token("registry", plain.lines[0]) == 200
