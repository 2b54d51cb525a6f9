"""What errors and warnings the source constructs, read from its syntax trees: code, sentence, remedy, place.

Rule: a value is followed as far as one module shows it (a constant, a name assigned one, a parameter that the module's
own calls fill); what cannot be followed is None, and the tests list those places one by one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "mithaq"
_KINDS = "Config Input Refused Trust State Transport Unknown Mithaq"
TREE = frozenset(f"{kind}Error" for kind in _KINDS.split())
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Constructed:
    """One call that makes an error or a warning. None among values stands for one that is only known at run time."""

    module: str
    line: int
    kind: str
    codes: frozenset[str | None]
    details: frozenset[str | None]
    remedies: frozenset[str | None]


@cache
def in_source() -> tuple[Constructed, ...]:
    """Every error and warning that src/mithaq constructs."""
    modules = {path.relative_to(SRC).as_posix(): path.read_text(encoding="utf8") for path in sorted(SRC.rglob("*.py"))}
    made = {name: place for text in modules.values() for name, place in subclasses(ast.parse(text)).items()}
    return tuple(found for module, text in modules.items() for found in read(module, text, made))


def read(module: str, text: str, made: Mapping[str, int | None] | None = None) -> Iterator[Constructed]:
    """Those of one module; `made` are the classes of errors that other modules define, as `subclasses` gives them."""
    tree = ast.parse(text)
    own = subclasses(tree)
    made = {**(made or {}), **own}
    reader = _Reader(tree)
    for call, function in reader.calls():
        name = _called(call)
        if name in made:
            place = made[name]
            first, second = _argument(call, place, "code") if place is not None else None, None
            if first is None:
                continue  # its own code, which its definition shows
        elif name in {"Warning", "_warn"}:
            first, second = _argument(call, 0, "code"), _argument(call, 2, "detail")
        elif name in TREE or (name == "super().__init__" and reader.owner(function) in own):
            first, second = _argument(call, 0, "code"), _argument(call, 1, "detail")
        else:
            continue
        remedy = _argument(call, None, "remedy")
        yield Constructed(
            module,
            call.lineno,
            name,
            reader.values(first, function),
            reader.values(second, function) if second is not None else frozenset({None}),
            reader.values(remedy, function) if remedy is not None else frozenset(),
        )


def dotted(text: str) -> Iterator[str]:
    """The dotted words of a module that stand as plain constants: grounds that are given without an error."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts = node.value.split(".")
            if len(parts) > 1 and all(part.replace("_", "").isalpha() and part.islower() for part in parts):
                yield node.value


def subclasses(tree: ast.Module) -> dict[str, int | None]:
    """The classes of errors that a module defines, with the place of `code` among their arguments."""
    found: dict[str, int | None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(isinstance(one, ast.Name) and one.id in TREE for one in node.bases):
            inits = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
            names = [name for one in inits for name in _parameters(one)]
            if node.name not in TREE:
                found[node.name] = names.index("code") - 1 if "code" in names else None
    return found


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    if isinstance(call.func, ast.Attribute):
        return "super().__init__" if ast.unparse(call.func) == "super().__init__" else call.func.attr
    return ""


def _argument(call: ast.Call, place: int | None, name: str) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if place is not None and len(call.args) > place else None


class _Reader:
    """Follows names of one module to the constants that they stand for."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.inside: dict[ast.AST, Function | None] = {}
        self.classes: dict[Function, str] = {}
        self._place(tree, None, "")

    def _place(self, node: ast.AST, function: Function | None, owner: str) -> None:
        for child in ast.iter_child_nodes(node):
            self.inside[child] = function
            if isinstance(child, Function):
                self.classes[child] = owner
                self._place(child, child, owner)
            else:
                self._place(child, function, child.name if isinstance(child, ast.ClassDef) else owner)

    def calls(self) -> Iterator[tuple[ast.Call, Function | None]]:
        """Every call, with the function that it stands in."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, self.inside.get(node)

    def owner(self, function: Function | None) -> str:
        """The class of a method."""
        return self.classes.get(function, "") if function else ""

    def values(self, node: ast.expr | None, function: Function | None, depth: int = 4) -> frozenset[str | None]:
        """The constants that an expression may stand for."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return frozenset({node.value})
        if isinstance(node, ast.IfExp):
            return self.values(node.body, function, depth) | self.values(node.orelse, function, depth)
        if isinstance(node, ast.Name) and depth:
            return self._named(node.id, function, depth - 1) or frozenset({None})
        return frozenset({None})

    def _named(self, name: str, function: Function | None, depth: int) -> frozenset[str | None]:
        if function is not None and name in (parameters := _parameters(function)):
            return self._filled(name, parameters[name], function, depth)
        found: frozenset[str | None] = frozenset()
        for node in ast.walk(self.tree):
            if (
                isinstance(node, ast.Assign)
                and self.inside.get(node) in {None, function}
                and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
            ):
                found |= self.values(node.value, function, depth)
        return found

    def _filled(self, name: str, default: ast.expr | None, function: Function, depth: int) -> frozenset[str | None]:
        found = self.values(default, None, depth) if default is not None else frozenset()
        names = list(_parameters(function))
        place = names.index(name) if name in names else None
        called = {function.name, self.owner(function)} - {"", "__init__"}
        if self.owner(function) and place is not None:
            place -= 1  # self
        for call, around in self.calls():
            if _called(call) in called and (value := _argument(call, place, name)) is not None:
                found |= self.values(value, around, depth)
        return found


def _parameters(function: Function) -> dict[str, ast.expr | None]:
    plain = [*function.args.posonlyargs, *function.args.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(function.args.defaults))
    found = {one.arg: value for one, value in zip(plain, [*defaults, *function.args.defaults], strict=True)}
    return found | {
        one.arg: value for one, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    }
