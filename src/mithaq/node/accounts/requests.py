"""The frozen request types of this subject."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Add a person who may sign in; `password` is kept as an Argon2 hash only."""

    name: str
    full_name: str
    unit: str
    roles: tuple[str, ...]
    password: str
    language: str = ""
