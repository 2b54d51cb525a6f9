"""The frozen request types of this subject: the one definition that forms, CLI and documents derive from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ListName = Literal["UN", "OFAC", "EU", "OWN"]


@dataclass(frozen=True, slots=True)
class ImportList:
    """Import a list of persons: the file's bytes as published, packed or not. `more` is OFAC's second file, with the
    aliases; `mapping` says what the columns of an own list are that comes as a table (CSV)."""

    list: ListName
    name: str
    data: bytes
    more: bytes = b""
    mapping: bytes = b""


@dataclass(frozen=True, slots=True)
class ConfirmList:
    """Let a pending version of a list take effect; `reason` where half or more of its entries vanish, or where it
    seems older than the live one."""

    version: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DiscardList:
    """Drop a pending version of a list."""

    version: str


@dataclass(frozen=True, slots=True)
class RefreshList:
    """Fetch a list from its source now, instead of when it is due."""

    list: ListName
