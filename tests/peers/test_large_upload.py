"""100 MB through the console's own door: what is too large is answered by its length, before it is read."""

from __future__ import annotations

import re
import socket

import httpx2

from tests.node.nodes import PASSWORD, Pair, wait_for

SIZE, SENT = 100 * 1024 * 1024, 1024 * 1024


def test_a_manifest_of_hundred_megabytes_is_answered_while_it_still_arrives(pair: Pair) -> None:
    node = pair.be
    node.start("console")
    try:
        with httpx2.Client(base_url=node.console, trust_env=False, follow_redirects=True) as client:
            token = _token(client.get("/sign-in").text)
            form = {"name": "officer-a", "password": PASSWORD, "csrfmiddlewaretoken": token}
            assert client.post("/sign-in", data=form).status_code == 200
            token = _token(client.get("/manifests").text)
            cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
            # A session is for the browser that began it.
            browser = client.headers["User-Agent"]
        begun = (
            f'--edge\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            '--edge\r\nContent-Disposition: form-data; name="post"\r\n\r\nBEBRU\r\n'
            '--edge\r\nContent-Disposition: form-data; name="data"; filename="large.edi"\r\n\r\n'
        ).encode()
        head = (
            f"POST /manifests HTTP/1.1\r\nHost: 127.0.0.1:{node.config.console.port}\r\nCookie: {cookies}\r\n"
            f"User-Agent: {browser}\r\n"
            f"Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {SIZE}\r\n\r\n"
        ).encode()
        with socket.create_connection(("127.0.0.1", node.config.console.port), timeout=60) as line:
            # One megabyte of a hundred, and never more: whoever waits for the rest does not answer.
            line.sendall(head + (begun + b"UNB+UNOA:4+XM+BE'" + b"x" * SENT)[:SENT])
            answer = b""
            while b"upload.size" not in answer and (part := line.recv(65536)):
                answer += part
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"upload.size" in answer
        assert node.sql("SELECT count(*) FROM border_manifest") == [(0,)]
        # The console is none the worse for it.
        wait_for(lambda: httpx2.get(f"{node.console}/sign-in", trust_env=False).status_code == 200, node.log)
    finally:
        node.stop("console")


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]
