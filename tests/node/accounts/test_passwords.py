"""Passwords that are tried early are not taken; long ones of several words are, in every script."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.node.accounts.acts import check_password


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elevenchars", "person.password"),
        ("passwordpassword", "person.password.weak"),
        ("Password12345678", "person.password.weak"),
        ("wachtwoord2026", "person.password.weak"),
        ("Welkom-Politie-1", "person.password.weak"),
        ("qwertyuiop1234", "person.password.weak"),
        ("azertyuiopqsdf", "person.password.weak"),
        ("abcdefghijklmnop", "person.password.weak"),
        ("zyxwvutsrqponm", "person.password.weak"),
        ("tulptulptulptulp", "person.password.weak"),
        ("aaaaaaaaaaaabbb", "person.password.weak"),
        ("j.de-smet12345", "person.password.weak"),
        ("de-smet de-smet!", "person.password.weak"),
        ("iloveyou2026!!", "person.password.weak"),
        ("كلمةالمرور12345", "person.password.weak"),
        ("correct horse 4am staple", ""),
        ("four words that do not belong", ""),
        ("a first password to be changed", ""),
        ("blauwe fiets onder water", ""),
        ("قطار أزرق تحت الماء", ""),
        ("9vK2-xTq7-mWd4", ""),
    ],
)
def test_what_is_tried_early_is_not_taken(password: str, code: str) -> None:
    if not code:
        check_password(password, "j.de-smet")
        return
    with pytest.raises(InputError) as wrong:
        check_password(password, "j.de-smet")
    assert wrong.value.code == code
