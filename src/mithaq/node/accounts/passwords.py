"""Whether a password is easily guessed: what stays of it without everything that a guesser tries first. Pure.

Rule: no mixture of kinds of characters is asked for; length is, and that the password is not made of the person's name,
of words that stand in so many passwords, of keys that lie side by side, or of a piece that is repeated.
"""

from __future__ import annotations

import unicodedata
from functools import cache

LEAST = 12
REST = LEAST // 2
_DISTINCT = LEAST // 3
_RUN = 4  # keys side by side that are taken as one
_WORDS = (
    "password", "passwort", "wachtwoord", "paswoord", "motdepasse", "welcome", "welkom", "bienvenue", "letmein",
    "secret", "geheim", "administrator", "admin", "mithaq", "police", "politie", "login",
    "كلمةالسر", "كلمةالمرور", "مرحبا",
)  # fmt: skip
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm",
    "wxcvbn", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "ضصثقفغعهخحجد", "شسيبلاتنمك",
)  # fmt: skip


def is_weak(password: str, name: str) -> bool:
    """Whether it is one that a guesser tries early, for a person of this name to sign in with."""
    text = _plain(password)
    if len(set(text)) < _DISTINCT or _is_repeated(text) or text in _common():
        return True
    for word in sorted({_plain(name), *_plain(name).replace(".", " ").split(), *_WORDS}, key=len, reverse=True):
        text = text.replace(word, "") if len(word) > 2 else text
    rest = _without_runs(text)
    return len(rest) < REST or len(set(rest)) < _DISTINCT or rest.strip("0123456789!?.-_ ") in _common()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_repeated(text: str) -> bool:
    """Whether a piece, repeated at least twice, makes the whole."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1))


def _without_runs(text: str) -> str:
    """The text without four or more keys that lie side by side, in either direction."""
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    kept, place = "", 0
    while place < len(text):
        size = _RUN
        while place + size <= len(text) and any(text[place : place + size] in row for row in rows):
            size += 1
        if size > _RUN:
            place += size - 1
        else:
            kept, place = kept + text[place], place + 1
    return kept


@cache
def _common() -> frozenset[str]:
    """The twenty thousand passwords that are found most, as Django keeps them."""
    from django.contrib.auth.password_validation import CommonPasswordValidator

    return frozenset(CommonPasswordValidator().passwords)
