"""Python's start-up hook for the demo's auditor: no network, and no file of either node.

Rule: whatever touches either ends the process with status 70, so that a proof that needs a node cannot seem to hold.
"""

import os
import sys

FORBIDDEN = tuple(path for path in os.environ.get("DEMO_FORBIDDEN", "").split(":") if path)


def _refuse(event, arguments):
    touched = str(arguments[0]) if event == "open" and arguments else ""
    if event in {"socket.connect", "socket.getaddrinfo"} or (touched and touched.startswith(FORBIDDEN)):
        os.write(2, f"offline: {event} {touched} is refused\n".encode())
        os._exit(70)


if FORBIDDEN:
    sys.addaudithook(_refuse)
