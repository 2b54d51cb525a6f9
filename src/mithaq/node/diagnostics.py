"""How a process writes its diagnostics: a line for people, or one JSON object a line.

Rule: no content and no names. What an exception says of itself may hold either (a value that did not fit, a key that is
there twice), so that only its kind and where it came from are written. Design: architecture, invariant 8.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from mithaq.errors import MithaqError


class Line(logging.Formatter):
    """Time, level, logger and message, then what went wrong by kind and place."""

    def __init__(self, process: str = "") -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._process = process

    def formatException(self, ei: Any) -> str:
        return "\n".join(told(ei))


class Json(Line):
    """One object a line: time, level, logger, process, message and, of an exception, kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": self._process,
            "pid": record.process,
            "text": record.getMessage(),
        }
        if record.exc_info:
            fields["fault"] = told(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


class Pathless(logging.Filter):
    """Takes the path of a page out of what Django says of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "a request failed", ()
        return True


def told(info: Any) -> list[str]:
    """An exception and its causes without their words: kind (with the code of an error of ours), then its frames."""
    error: BaseException | None = info[1]
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        code = f" [{error.code}]" if isinstance(error, MithaqError) else ""
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}{code}")
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        error = error.__cause__ or error.__context__
    return lines


def logging_of(level: str, form: str, process: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, in the form that the configuration names."""
    kind = {"line": Line, "json": Json}[form]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"own": {"()": kind, "process": process}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "own"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django would print the path of a page that failed, which holds ids and what somebody looked for.
        "filters": {"pathless": {"()": Pathless}},
        "loggers": {"django.request": {"level": "ERROR", "filters": ["pathless"]}},
    }
