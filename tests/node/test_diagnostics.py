"""Diagnostics hold no content and no names: what an exception says of itself is not written, in either form."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest

from mithaq.errors import InputError
from mithaq.node import diagnostics

MARK = "Zorzi-Marker Qqzx"


@pytest.fixture(params=["line", "json"])
def written(request: pytest.FixtureRequest) -> tuple[logging.Logger, io.StringIO, str]:
    """A logger of its own with the node's formatter and filter."""
    settings = diagnostics.logging_of("WARNING", request.param, "worker")
    target, own = io.StringIO(), settings["formatters"]["own"]
    handler = logging.StreamHandler(target)
    handler.setFormatter(own["()"](own["process"]))
    logger = logging.Logger("mithaq.test")
    logger.addHandler(handler)
    return logger, target, request.param


def fail() -> None:
    try:
        raise ValueError(f"Key (name)=({MARK}) already exists")
    except ValueError:
        raise InputError("name.bad", f"{MARK} is no name") from RuntimeError(MARK)


def test_an_exception_is_told_by_kind_and_place(written: tuple[logging.Logger, io.StringIO, str]) -> None:
    logger, target, form = written
    try:
        fail()
    except InputError:
        logger.exception("message %s could not be opened", "019a")
    text = target.getvalue()
    assert MARK not in text
    assert "mithaq.errors.InputError [name.bad]" in text
    assert "builtins.RuntimeError" in text
    assert f"{__file__}:" in text
    if form == "json":
        (line,) = text.splitlines()
        fields = json.loads(line)
        assert set(fields) == {"time", "level", "logger", "process", "pid", "text", "fault"}
        assert (fields["process"], fields["level"]) == ("worker", "ERROR")


def test_a_line_of_json_is_one_line(written: tuple[logging.Logger, io.StringIO, str]) -> None:
    logger, target, form = written
    logger.warning("two\nlines")
    if form == "json":
        assert json.loads(target.getvalue())["text"] == "two\nlines"
        assert len(target.getvalue().splitlines()) == 1


def test_a_request_that_failed_does_not_tell_its_path() -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "x", 1, "Internal Server Error: %s", (f"/n/{MARK}",), None
    )
    assert diagnostics.Pathless().filter(record)
    assert MARK not in record.getMessage()
    settings = diagnostics.logging_of("DEBUG", "line", "console")
    assert settings["loggers"]["django.request"] == {"level": "ERROR", "filters": ["pathless"]}
    logging.config.DictConfigurator(settings)
