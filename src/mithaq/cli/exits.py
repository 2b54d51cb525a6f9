"""The one table from errors to exit codes."""

from __future__ import annotations

from mithaq.errors import (
    ConfigError,
    InputError,
    MithaqError,
    RefusedError,
    StateError,
    TransportError,
    TrustError,
)

OK, FINDING, USAGE, REFUSED, UNREACHABLE, BAD_INPUT = range(6)

_CODES: dict[type[MithaqError], int] = {
    ConfigError: USAGE,
    InputError: BAD_INPUT,
    RefusedError: REFUSED,
    TrustError: FINDING,
    StateError: REFUSED,
    TransportError: UNREACHABLE,
}


def exit_code(error: MithaqError) -> int:
    """The exit code of an error of the tree."""
    return next((code for kind, code in _CODES.items() if isinstance(error, kind)), FINDING)
