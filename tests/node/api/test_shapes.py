"""One definition: the API's bodies are the acts' requests, and the document in docs is what the routes say."""

from __future__ import annotations

import base64
import dataclasses
import os
import subprocess
import sys
from typing import Any, get_type_hints

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from mithaq.node.acts import wire
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.api import document
from mithaq.node.api.bodies import BODIES
from mithaq.node.api.shapes import model_of, request_of
from mithaq.node.border.requests import JudgeCandidate, ScreenManifest, ScreenTraveller
from mithaq.node.wanted.requests import DraftNotice
from tests.docs import pages
from tests.node import acts_material as material


@pytest.mark.parametrize("kind", BODIES, ids=lambda kind: str(kind.__name__))
def test_a_body_is_the_request_without_what_the_address_gives(kind: Any) -> None:
    assert kind in {act.request for act in REGISTRY.acts.values()}
    body, leaving = model_of(kind, BODIES[kind]), BODIES[kind]
    fields = {one.name: one for one in dataclasses.fields(kind)}
    assert leaving <= set(fields)
    assert list(body.model_fields) == [name for name in fields if name not in leaving]
    for name, field in body.model_fields.items():
        plain = fields[name]
        assert field.is_required() == (plain.default is dataclasses.MISSING), name
        if not field.is_required():
            assert field.default == plain.default, name


def _schema(kind: Any) -> Any:
    """The JSON schema of a type, without what the API adds: patterns, closed objects, the alphabet of bytes."""

    def bare(node: Any) -> Any:
        if isinstance(node, list):
            return [bare(one) for one in node]
        if not isinstance(node, dict):
            return node
        left = {"additionalProperties", "pattern", "format", "description"}
        return {key: bare(value) for key, value in node.items() if key not in left}

    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return bare(kind.model_json_schema())
    return bare(TypeAdapter(kind).json_schema())


@pytest.mark.parametrize("kind", [kind for kind, leaving in BODIES.items() if not leaving])
def test_a_whole_body_has_the_schema_of_the_frozen_type(kind: Any) -> None:
    assert _schema(model_of(kind)) == _schema(kind)


def test_what_the_wire_holds_the_api_reads_as_the_same_request() -> None:
    for made in (DraftNotice(material.content()), ScreenTraveller("BEBRU", name="Zouhair")):
        body = model_of(type(made)).model_validate(wire.encode(made))
        assert request_of(type(made), body) == made


def test_bytes_are_base64_in_either_alphabet() -> None:
    body = model_of(ScreenManifest)
    data = bytes(range(248, 256)) + b"\xfb\xff"
    for text in (base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()):
        read = body.model_validate({"post": "X", "name": "", "data": text})
        assert request_of(ScreenManifest, read).data == data
    for wrong in ("é", "a", "====", 7, None):
        with pytest.raises(ValidationError):
            body.model_validate({"post": "X", "name": "", "data": wrong})


def test_a_field_that_is_not_there_is_an_error_at_every_depth() -> None:
    content = wire.encode(material.content(portrait=None))
    content["person"]["eye_colour"] = "green"
    with pytest.raises(ValidationError):
        model_of(DraftNotice).model_validate({"content": content})
    with pytest.raises(ValidationError):
        model_of(JudgeCandidate, BODIES[JudgeCandidate]).model_validate({"candidate": "x", "version": 1})


def test_what_has_no_shape_is_no_body() -> None:
    @dataclasses.dataclass(frozen=True)
    class Odd:
        value: set[str]

    assert get_type_hints(Odd)
    with pytest.raises(TypeError):
        model_of(Odd)


def test_the_document_is_what_the_routes_say() -> None:
    assert pages.text("docs/api/openapi.json") == document.text(), (
        "write it anew: python -m mithaq.node.api.document > docs/api/openapi.json"
    )


def test_the_command_prints_the_document_without_a_node() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mithaq.node.api.document"], capture_output=True, check=True,
        env={key: value for key, value in os.environ.items() if key != "MITHAQ_CONFIG"},
    )  # fmt: skip
    assert done.stdout.decode() == document.text()


def test_every_operation_says_its_answers_and_its_errors() -> None:
    made = document.document()
    for path, methods in made["paths"].items():
        for method, one in methods.items():
            answers = one["responses"]
            assert {"400", "401", "429"} <= set(answers), path
            assert answers["400"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2] in {
                "ErrorAnswer", "TokenRefused",
            }  # fmt: skip
            assert one["description"].endswith("."), path
            names = {parameter["name"] for parameter in one.get("parameters", ())}
            assert ("Idempotency-Key" in names) == (method == "post" and not path.endswith(("/token", "/search"))), path
