"""What a screen reader reads of a page, in its order, beside where each piece stands on the screen.

The order is that of Chromium's accessibility tree; the places come from its layout. Two pieces that follow one another
are compared where their ways to the root part: what is read next stands further along the line, or below. Along the
line is to the left where text runs from right to left.

Rule: each check gives a list of what is wrong, so that one run shows all of it. WCAG 2.2, 1.3.2, 2.4.6, 4.1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from playwright.sync_api import Page

# left, top, right, bottom
Box = tuple[float, float, float, float]
CONTROLS = frozenset(
    {"link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "DisclosureTriangle", "spinbutton"}
    | {"Date", "DateTime", "InputTime", "ColorWell", "listbox", "slider", "switch"}
)
# Pieces that are read: text, and what has no text of its own below it.
PIECES = CONTROLS - {"link", "button", "DisclosureTriangle"} | {"StaticText", "image"}
# Half a line: baselines and borders of one line differ by less.
SLACK = 8.0
ARABIC = re.compile(r"[\u0620-\u064a]")
LATIN = re.compile(r"[A-Za-z]{2,}")
# What right-to-left text turns round: what begins with a number and goes on after a hyphen or with Latin letters.
TURNED = re.compile(r"(?<![A-Za-z0-9/._:-])\d+(?:[/.:]\d+)*(?:-|[/._:]?[A-Za-z])[A-Za-z0-9]")


@dataclass(frozen=True)
class Node:
    """An element or text of the document, with its boxes; no box when it is not shown."""

    name: str
    parent: int | None
    attributes: Mapping[str, str]
    direction: str
    is_inline: bool
    box: Box | None
    lines: tuple[Box, ...]


@dataclass(frozen=True)
class Piece:
    """One thing that is read: its role, its name, its level if it has one, its place in the document."""

    role: str
    name: str
    level: int
    node: int


@dataclass(frozen=True)
class Reading:
    """A page as it is read: every piece in order, every node by its place in the document."""

    read: tuple[Piece, ...]
    nodes: tuple[Node, ...]

    def above(self, place: int | None) -> Iterator[int]:
        """A node and all nodes above it."""
        while place is not None and place >= 0:
            yield place
            place = self.nodes[place].parent

    def lines(self, place: int) -> tuple[Box, ...]:
        """The lines of a text, or of what runs within the lines of its paragraph; none for what is a box of its own."""
        node = self.nodes[place]
        if node.lines or not node.is_inline:
            return node.lines
        # Nodes come in the order of the document: those below one follow it.
        below = takewhile(lambda one: place in self.above(one), range(place + 1, len(self.nodes)))
        return tuple(line for one in below for line in self.nodes[one].lines)

    def hidden(self, place: int) -> bool:
        """Whether the piece is there for the ear alone."""
        names = (self.nodes[one].attributes.get("class", "").split() for one in self.above(place))
        return any({"visually-hidden", "skip-link"}.intersection(some) for some in names)

    def apart(self, place: int) -> bool:
        """Whether the piece stands in an island of its own direction, or names its language."""
        for one in self.above(place):
            node = self.nodes[one]
            if node.name == "HTML":
                return False
            if node.name == "BDI" or "dir" in node.attributes or "lang" in node.attributes:
                return True
        return False


def reading(page: Page) -> Reading:
    """What Chromium gives to a screen reader of the page, and where it stands."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    shot = session.send("DOMSnapshot.captureSnapshot", {"computedStyles": ["direction", "display"]})
    session.detach()
    nodes, places = _nodes(shot["documents"][0], shot["strings"])
    return Reading(tuple(_pieces(tree, places)), nodes)


def _nodes(document: Any, strings: Sequence[str]) -> tuple[tuple[Node, ...], dict[int, int]]:
    layout, found = document["layout"], document["nodes"]
    at = {node: place for place, node in enumerate(layout["nodeIndex"])}
    lines: dict[int, list[Box]] = {}
    for place, bounds in zip(document["textBoxes"]["layoutIndex"], document["textBoxes"]["bounds"], strict=True):
        lines.setdefault(place, []).append(_box(bounds))
    nodes = []
    for number, parent in enumerate(found["parentIndex"]):
        place, given = at.get(number), found["attributes"][number]
        attributes = {strings[key]: strings[value] for key, value in zip(given[::2], given[1::2], strict=True)}
        style = layout["styles"][place] if place is not None else []
        box = _box(layout["bounds"][place]) if place is not None else None
        nodes.append(
            Node(
                strings[found["nodeName"][number]],
                parent if parent >= 0 else None,
                attributes,
                strings[style[0]] if style else "",
                bool(style) and strings[style[1]] == "inline",
                box if box and (box[2] > box[0] and box[3] > box[1]) else None,
                tuple(lines.get(place, ())) if place is not None else (),
            )
        )
    return tuple(nodes), {key: number for number, key in enumerate(found["backendNodeId"])}


def _box(bounds: Sequence[float]) -> Box:
    left, top, width, height = bounds
    return left, top, left + width, top + height


def _pieces(tree: Sequence[Any], places: Mapping[int, int]) -> Iterator[Piece]:
    by = {one["nodeId"]: one for one in tree}
    waiting = [next(one for one in tree if "parentId" not in one)]
    while waiting:
        one = waiting.pop()
        waiting.extend(by[key] for key in reversed(one.get("childIds", ())) if key in by)
        role, place = one.get("role", {}).get("value", ""), places.get(one.get("backendDOMNodeId", -1))
        if one.get("ignored") or place is None:
            continue
        level = next((each["value"]["value"] for each in one.get("properties", ()) if each["name"] == "level"), 0)
        yield Piece(role, one.get("name", {}).get("value", ""), int(level), place)


# What is asked of a page


def out_of_order(found: Reading) -> list[str]:
    """Pieces that are read after one that stands behind them on the screen."""
    shown = [one for one in found.read if one.role in PIECES and not found.hidden(one.node) and _shown(found, one)]
    return [
        f"read after “{before.name[:40]}”, and stands before it: “{after.name[:40]}”"
        for before, after in pairwise(shown)
        if not _follows(found, before.node, after.node)
    ]


def _shown(found: Reading, piece: Piece) -> bool:
    return found.nodes[piece.node].box is not None and bool(piece.name.strip())


def _follows(found: Reading, before: int, after: int) -> bool:
    first, second = list(found.above(before))[::-1], list(found.above(after))[::-1]
    depth = next((place for place, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), None)
    if depth is None:
        return True  # one holds the other
    a, b = _last(found, first[depth]), _first(found, second[depth])
    if a is None or b is None:
        return True
    if b[1] >= a[3] - SLACK:
        return True
    left_to_right = found.nodes[first[depth - 1]].direction == "ltr"
    along = b[0] >= a[2] - SLACK if left_to_right else b[2] <= a[0] + SLACK
    return along and b[3] > a[1]


def _last(found: Reading, place: int) -> Box | None:
    lines = found.lines(place)
    return lines[-1] if lines else found.nodes[place].box


def _first(found: Reading, place: int) -> Box | None:
    lines = found.lines(place)
    return lines[0] if lines else found.nodes[place].box


def headings_wrong(found: Reading) -> list[str]:
    """A page without its one heading of the first level, or with a gap between levels."""
    levels = [(one.level, one.name) for one in found.read if one.role == "heading"]
    wrong = [f"below “{before}” a level is left out: “{name}”" for (up, before), (level, name) in pairwise(levels)
             if level > up + 1]  # fmt: skip
    if [level for level, _name in levels].count(1) != 1 or levels[0][0] != 1:
        wrong.append(f"headings: {levels}")
    return wrong


def unnamed(found: Reading) -> list[str]:
    """Controls without a name in Arabic, unless their name is an id or a name that stands apart."""
    wrong = []
    for one in found.read:
        if one.role not in CONTROLS or ARABIC.search(one.name):
            continue
        texts = [each for each in found.read if each.role == "StaticText" and one.node in found.above(each.node)]
        said = [each for each in texts if any(letter.isalnum() for letter in each.name)]
        if not one.name.strip() or not said or not all(found.apart(each.node) for each in said):
            wrong.append(f"{one.role} without an Arabic name: “{one.name}”")
    return wrong


def turned(found: Reading) -> list[str]:
    """Latin names, ids and dates that do not stand apart, or that right-to-left text turns round."""
    texts = [one for one in found.read if one.role == "StaticText" and not found.apart(one.node)]
    return [
        f"not set apart: “{one.name}”"
        for one in texts
        if (LATIN.search(one.name) and not ARABIC.search(one.name)) or TURNED.search(one.name)
    ]


def wrong(page: Page) -> list[str]:
    """Everything that is asked of a page in Arabic."""
    found = reading(page)
    root = next(one for one in found.nodes if one.name == "HTML")
    language = [] if (root.attributes.get("lang"), root.attributes.get("dir")) == ("ar", "rtl") else ["no language"]
    first = next((one for one in found.read if one.role in CONTROLS), None)
    # A page without a navigation has nothing to lead past.
    has_navigation = any(one.name == "NAV" for one in found.nodes)
    skips = first is not None and found.nodes[first.node].attributes.get("href") == "#content"
    return [
        *language,
        *([] if skips or not has_navigation else ["the first control does not lead past the navigation"]),
        *headings_wrong(found),
        *unnamed(found),
        *turned(found),
        *out_of_order(found),
    ]
