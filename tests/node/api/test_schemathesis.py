"""Requests made from the document, against the real WSGI application on a real database.

Checked of each: no fault of ours, a status that the document names, JSON of the shape that it names, and that nothing
is done without the token. Bounded in number; what was found once is a test of its own elsewhere.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as specified

from mithaq.node.api import document
from tests.node.api import systems
from tests.node.api.test_api import ASKED, post
from tests.node.border.test_border import notice
from tests.node.here import Here, rows

__all__ = ["post"]
CHECKS = [
    not_a_server_error,
    specified.status_code_conformance,
    specified.content_type_conformance,
    specified.response_schema_conformance,
    specified.ignored_auth,
]
EXAMPLES = 40


def described() -> Any:
    """The document; the token as a plain bearer, which the tool knows how to leave out."""
    made = document.document()
    made["components"]["securitySchemes"]["ClientCredentials"] = {"type": "http", "scheme": "bearer"}
    found = schemathesis.openapi.from_dict(made)
    found.app = get_wsgi_application()
    return found


SCHEMA = described()
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations()}


def test_every_operation_is_asked() -> None:
    assert len(OPERATIONS) >= 13


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_requests_made_from_the_document(post: Here, label: str) -> None:
    notice(post)
    system = systems.system(post, "everything", "BE-POLICE/BORDER", "case-officer", "supervisor", pace=100_000)
    found = system.post("/travellers", ASKED).json()
    keys = [found["candidates"][0]["id"], found["id"], str(rows("wanted.Notice")[0].pk)]
    operation, statuses = OPERATIONS[label], set()
    modes = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=modes, key=st.sampled_from([*keys, ""]), post_=st.sampled_from(["BEBRU", "BEBRU", ""]))
    def ask(case: Any, key: str, post_: str) -> None:
        if key and isinstance(case.path_parameters, dict) and "key" in case.path_parameters:
            case.path_parameters["key"] = key
        for held in (case.query, case.body):
            if post_ and isinstance(held, dict) and "post" in held:
                held["post"] = post_
        # Half of the decisions name an officer who is there.
        headers = {"Authorization": f"Bearer {system.token}", "Host": "127.0.0.1"}
        if post_ and case.headers and "Mithaq-Officer" in case.headers:
            case.headers["Mithaq-Officer"] = "officer-a"
        response = case.call(headers=headers)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS, headers=headers)

    ask()
    assert not statuses <= {401, 429}, "nothing got past the door"
