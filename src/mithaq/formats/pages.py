"""A web page that somebody saved in place of the file that it offers.

Rule: a page is known by its first element or its document type, whatever stands before them that is no element; a list
that is XML never begins so. Document: HTML Living Standard, section 13.1 (the document type and the root).
"""

from __future__ import annotations

import re

from mithaq.errors import InputError

PAGE_HEAD = 4096
# Each way of this group ends at one place alone, so that comments without end cost no more than their length.
_BEFORE = rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--(?:(?!-->).)*-->)*"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body|title|script|meta)\b", re.IGNORECASE | re.DOTALL)
_NUL = b"\0"


def is_page(head: bytes) -> bool:
    """Whether a file's first bytes are those of a web page, in UTF-8, UTF-16 or any page of codes with ASCII."""
    plain = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(_NUL, b"")
    return _PAGE.match(plain[:PAGE_HEAD]) is not None


def page() -> InputError:
    """The error for a page."""
    detail = "The file is a web page, not the file that the page offers."
    remedy = "Open the page where it was found, and save the file that it links to."
    return InputError("read.page", detail, remedy=remedy, where="line 1")
