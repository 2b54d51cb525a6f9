"""The one error tree.

    MithaqError
    ├── ConfigError     the node is set up wrongly: it refuses to start
    ├── InputError      bytes or fields that cannot be read; says where
    ├── RefusedError    the plan or a rule of a subject forbids it; carries the ground
    ├── TrustError      a signature, key, proof or certificate does not hold
    ├── StateError      the record is not where the caller thought it was
    └── TransportError  the partner cannot be reached, or did not answer as agreed

Every error has a stable `code` (dotted, as documented in docs/errors.md), a safe `sentence` in English that names no
person and has places `{name}` that `params` fill (so that a page can translate it; `detail` is the filled sentence, in
the form that its number asks for: `mithaq.plurals`), a
`remedy` that says what to do next, and `where` (a path and line, an offset, a field) when there is one.
Doors map errors to status and exit codes in one table (`mithaq.cli.exits`, `mithaq.node.console.errors`); there is no
HTTP status in here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mithaq import plurals

_PLACE = re.compile(r"\{(\w+)\}")


def filled(sentence: str, params: Mapping[str, object]) -> str:
    """The sentence with each `{name}` that `params` has put in; any other brace stays as it is."""
    return _PLACE.sub(lambda place: str(params.get(place[1], place[0])), sentence)


def english(sentence: str, params: Mapping[str, object]) -> str:
    """The filled sentence in English, in the form that its number asks for."""
    return filled(plurals.said(sentence, params), params)


class MithaqError(Exception):
    """What went wrong, by code. `params` are safe values for a translated message; never names of persons."""

    def __init__(self, code: str, sentence: str, *, remedy: str = "", where: str = "", **params: str | int) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence
        self.detail = english(sentence, params)
        self.remedy = remedy
        self.where = where
        self.params = params

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.detail} [{self.code}]{remedy}"


class ConfigError(MithaqError):
    """The node is set up wrongly."""


class InputError(MithaqError):
    """Bytes or fields that cannot be read."""


class RefusedError(MithaqError):
    """A clause of a plan, or a rule of a subject, forbids it. `code` is the ground."""


class TrustError(MithaqError):
    """A signature, key, proof or certificate does not hold."""


class StateError(MithaqError):
    """The record is not in the state, or at the version, that this needs."""


class TransportError(MithaqError):
    """The partner cannot be reached or did not answer as agreed."""
