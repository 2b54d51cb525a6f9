"""Setting up posts: done by the operator at the node. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mithaq.errors import InputError
from mithaq.node.acts.definition import Effects, Row


@dataclass(frozen=True, slots=True)
class AddPost:
    """Add a border post: its code, the unit of its officers, its kind and its names by language."""

    code: str
    unit: str
    kind: str
    names: Mapping[str, str]


def add(request: AddPost) -> Effects:
    """A new post. InputError when the kind is none or a language lacks its name."""
    if request.kind not in {"air", "sea", "land"}:
        raise InputError("post.kind", "A post is air, sea or land.", where="kind")
    missing = [language for language in ("en", "fr", "nl", "ar") if not request.names.get(language)]
    if missing:
        raise InputError(
            "post.names", "The post needs its name in: {missing}.", where="names", missing=" ".join(missing)
        )
    fields = {"unit": request.unit, "kind": request.kind, "names": dict(request.names)}
    return Effects(rows=(Row("border.Post", request.code, 0, fields),), answer=request.code)
