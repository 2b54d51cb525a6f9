"""The frozen request types of own systems, and what they are told of themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddClient:
    """Add an own system of a unit, with roles, for some lines of plans or (none named) for all of the unit; `pace` is
    how many requests it may make in ten seconds."""

    name: str
    unit: str
    roles: tuple[str, ...]
    pace: int = 1000
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevokeClient:
    """Take an own system's right to ask; its tokens end at once."""

    name: str
