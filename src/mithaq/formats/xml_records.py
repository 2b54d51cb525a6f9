"""The records of a published XML list, one at a time, within bounds.

Rules: document types and entities are refused before the parser sees them, nothing is fetched; bytes, elements in all
and elements of one record are bounded, and what was read is freed, so that memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from mithaq.errors import InputError
from mithaq.formats.pages import PAGE_HEAD, is_page, page


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a list can be: `most` bytes, `elements` in all, `within` one record; and its errors when it is not."""

    most: int
    elements: int
    within: int
    size: Callable[[], InputError]
    doctype: Callable[[], InputError]


def records(
    source: BinaryIO, bounds: Bounds, check_root: Callable[[Any], None], is_record: Callable[[Any, Any], bool]
) -> Iterator[Any]:
    """Each record when it is complete; `check_root` sees the root when it opens. What was read is freed.

    Raises the errors of `bounds`, what `check_root` raises, `read.page` for a web page, and etree.XMLSyntaxError.
    """
    events = etree.iterparse(
        Capped(source, bounds),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = None
    opened = within = 0
    for event, element in events:
        opened, within = opened + (event == "start"), within + (event == "start")
        if opened > bounds.elements or within > bounds.within:
            raise bounds.size()
        if root is None:
            root = element
            if root.getroottree().docinfo.doctype:
                raise bounds.doctype()
            check_root(root)
        elif event == "end" and element is not root and is_record(element, root):
            yield element
            _free(element, element.getparent())
            within = 0


def _free(element: Any, parent: Any) -> None:
    """What was read, and what stands before it: the parser itself needs the last element's place."""
    element.clear()
    while element.getprevious() is not None:
        del parent[0]


class Capped:
    """A source that ends with an InputError when it is larger than any list, or before the parser sees a document type.

    In encodings where its first letters look otherwise, `records` finds it at the root; the parser's own bounds hold.
    """

    def __init__(self, source: BinaryIO, bounds: Bounds) -> None:
        self._source, self._bounds, self._read, self._last = source, bounds, 0, b""

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        if not self._read and is_page(data[:PAGE_HEAD]):
            raise page()
        if b"<!DOCTYPE" in self._last + data:
            raise self._bounds.doctype()
        self._read, self._last = self._read + len(data), data[-8:]
        if self._read > self._bounds.most:
            raise self._bounds.size()
        return data
