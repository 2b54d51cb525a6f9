"""What a system is told of itself, and of its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """An access token (RFC 6749, section 5.1); `expires_in` in seconds."""

    access_token: str
    token_type: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """Why there is no token: the standard's word and sentence (section 5.2), and ours as in every error."""

    error: str
    error_description: str
    code: str
    detail: str
    remedy: str
    where: str


@dataclass(frozen=True, slots=True)
class ClientAnswer:
    """Who the node takes the system for; `pace` is how many requests it may make in ten seconds."""

    name: str
    unit: str
    roles: tuple[str, ...]
    pace: int
    now: datetime
