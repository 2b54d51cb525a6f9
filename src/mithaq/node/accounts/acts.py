"""Setting up people, posts and passwords: done by the operator at the node, before and beside any plan.

Rule: the one who sets up people can give no one the reading of content that the role does not give.
"""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from mithaq.errors import InputError
from mithaq.node.accounts import facts, passwords, rules
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts.definition import Effects, Row

PASSWORD_LENGTH = passwords.LEAST


def add_person(request: AddPerson, key: str) -> Effects:
    """A new person. InputError that names the field."""
    rules.check_roles(request.roles)
    if facts.name_taken(request.name):
        raise InputError("person.name", "There is a person of this name already.", where="name")
    check_password(request.password, request.name)
    fields = {
        "name": request.name,
        "full_name": request.full_name,
        "unit": request.unit,
        "roles": list(request.roles),
        "language": request.language,
        "password": make_password(request.password),
    }
    return Effects(rows=(Row("accounts.User", key, 0, fields),), answer=key, leaf={"roles": " ".join(request.roles)})


def check_password(password: str, name: str) -> None:
    """InputError `person.password` when a password is short, `person.password.weak` when it is tried early."""
    if len(password) < PASSWORD_LENGTH:
        raise InputError(
            "person.password", "A password has at least {least} characters.", where="password", least=PASSWORD_LENGTH
        )
    if passwords.is_weak(password, name):
        raise InputError("person.password.weak", "This password is easily guessed.", where="password")
