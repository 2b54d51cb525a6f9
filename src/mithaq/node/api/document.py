"""The OpenAPI document, made of the routes: `python -m mithaq.node.api.document` prints it.

Rule: docs/api/openapi.json is what this prints; a test compares.
"""

from __future__ import annotations

import json
from typing import Any


def document() -> dict[str, Any]:
    """The document as plain JSON types. Django is configured before."""
    from mithaq.node.api.urls import PREFIX, api

    made = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    schemes = made["components"]["securitySchemes"]
    schemes["Basic"] = {"type": "http", "scheme": "basic"}
    return {**made, "servers": [{"url": "/"}]}


def text() -> str:
    """The document as the file holds it."""
    return json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    """Print the document, without a node."""
    import os
    import sys

    os.environ["DJANGO_SETTINGS_MODULE"] = "mithaq.node.settings_check"
    import django

    django.setup()
    sys.stdout.write(text())


if __name__ == "__main__":
    main()
