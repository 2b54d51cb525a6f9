"""Which templates a view may show, read from its syntax tree: the method is followed, so is what the view calls.

A template that a page takes in (`extends`, `include`, an inclusion tag) counts as shown with it.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from types import FunctionType, ModuleType
from typing import Any

from tests.docs.constructed import SRC

_NAME = re.compile(r"(?:\w+/)?\w+\.html\Z")
_TAKEN = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_INCLUSION = re.compile(r'inclusion_tag\("([^"]+)"\)\ndef (\w+)')


@cache
def texts() -> dict[str, str]:
    """Every template by its name."""
    found = SRC.rglob("templates/**/*.html")
    return {path.as_posix().rpartition("/templates/")[2]: path.read_text(encoding="utf8") for path in found}


@cache
def taken_in(name: str) -> frozenset[str]:
    """A template with all that it takes in."""
    text, found = texts()[name], {name}
    tags = (tag for path in SRC.rglob("templatetags/*.py") for tag in _INCLUSION.findall(path.read_text("utf8")))
    beside = {template for template, tag in tags if re.search(rf"\{{%\s*{tag}\s", text)}
    for other in {*_TAKEN.findall(text), *beside} - {name}:
        found |= taken_in(other)
    return frozenset(found)


def shown_by(view: Callable[..., Any], method: str) -> set[str]:
    """The templates that a view names when it is asked by a method."""
    return set(_named(getattr(view, "view_class", None) or inspect.unwrap(view), method, set()))


def _named(what: Any, method: str, seen: set[Any]) -> Iterator[str]:
    if what in seen or not str(getattr(what, "__module__", "")).startswith("mithaq."):
        return
    seen.add(what)
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(what))).body
    module = vars(inspect.getmodule(what))
    for node in _of_method(body, method):
        yield from (text for text in _texts(node, module) if _NAME.match(text))
        if isinstance(node, ast.Call) and isinstance(found := _called(node.func, module), FunctionType):
            yield from _named(inspect.unwrap(found), method, seen)


def _of_method(node: ast.AST, method: str) -> Iterator[ast.AST]:
    """What of a tree may run: neither what is for POST alone when a page is opened, nor the other way round."""
    yield node
    for field, value in ast.iter_fields(node):
        if isinstance(node, ast.If) and field == "body" and _passed_over(node, method):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _of_method(child, method)
            # Whoever only opens the page does not get past this.
            if isinstance(child, ast.If) and method == "GET" and _ends_what_is_opened(child):
                return


def _passed_over(node: ast.If, method: str) -> bool:
    test = ast.unparse(node.test)
    if method == "GET":
        return re.match(r"(request\.method == 'POST'|posted)( and |\Z)", test) is not None
    return test == "request.method != 'POST'"


def _ends_what_is_opened(node: ast.If) -> bool:
    test = ast.unparse(node.test)
    return test.partition(" or ")[0] == "request.method != 'POST'" and isinstance(node.body[-1], ast.Return)


def _texts(node: ast.AST, module: dict[str, Any]) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.Name) and isinstance(module.get(node.id), str):
        return [module[node.id]]
    if isinstance(node, ast.JoinedStr):
        return ["".join(parts) for parts in product(*(_part(one) for one in node.values))]
    return []


def _part(node: ast.expr) -> list[str]:
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    choices = [inner.body, inner.orelse] if isinstance(inner, ast.IfExp) else [inner]
    return [str(one.value) for one in choices if isinstance(one, ast.Constant)] or ["?"]


def _called(node: ast.expr, module: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return module.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        held = module.get(node.value.id)
        return getattr(held, node.attr, None) if isinstance(held, ModuleType) else None
    return None
