"""The frozen request types of this subject: the one definition that forms, CLI and documents derive from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ImportList:
    """Import a list of persons (`UN`): the file's bytes as published."""

    list: Literal["UN"]
    name: str
    data: bytes
