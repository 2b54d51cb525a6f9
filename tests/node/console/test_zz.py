from __future__ import annotations

import tempfile

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.node.console.test_routes import *  # noqa
from tests.node.console.test_routes import QUERY, routes, signed_in, url


def sent(go):
    connection.health_check_enabled = True
    connection.health_check_done = False
    with tempfile.TemporaryFile() as f:
        connection.ensure_connection()
        connection.connection.pgconn.trace(f.fileno())
        try:
            with CaptureQueriesContext(connection) as asked:
                answer = go()
        finally:
            connection.connection.pgconn.untrace()
        f.seek(0)
        lines = f.read().decode(errors="replace").splitlines()
    return answer, lines, [q["sql"] for q in asked.captured_queries]


def test_zz(places, here):
    people = {name: signed_in(name) for name in ("officer-a", "approver", "overseer", "administrator")}
    out = []
    for name in routes():
        for who, client in people.items():
            path = url(name, places)
            if name in ("sign-out",):
                continue
            for _ in (1, 2):
                answer, lines, sqls = sent(lambda: client.get(path, QUERY.get(name)))
            n = sum(1 for l in lines if "\tF\t" in l and l.split("\t")[3] in ("Execute", "Query"))
            out.append((n, len(sqls), name, who, answer.status_code, sqls))
    out.sort(key=lambda x: -x[0])
    with open("/tmp/w/scratch-statements/out.txt", "w") as f:
        for n, m, name, who, st, sqls in out:
            f.write(f"{n} {m} {name} {who} {st}\n")
        for n, m, name, who, st, sqls in out:
            f.write(f"\n=== {n} {m} {name} {who} {st}\n" + "\n".join(s[:300] for s in sqls) + "\n")
