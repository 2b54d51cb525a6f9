"""What a file is that nobody here reads: the error that names it and says what to do next.

Rules: a file is named by its first bytes or its first element only, never guessed from its name; each answer is a
remedy that the reader can follow; a name taken from the file is short and of letters. Documents: the signatures of the
formats named; OFAC "SDN data formats"; the Commission's "Financial Sanctions Files".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mithaq.errors import InputError
from mithaq.formats.pages import is_page, page

# What is packed, by its first bytes; a tar says so further in.
_PACKED = (
    b"\x1f\x8b", b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd",
    b"\x1f\x9d",
)  # fmt: skip
_SEALED = re.compile(rb"-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE|PKCS7|CMS)-----|age-encryption\.org/v\d")
_PICTURES = {
    b"%PDF-": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\0": "TIFF", b"MM\0*": "TIFF",
    b"{\\rtf": "RTF",
}  # fmt: skip
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL = re.compile(
    r"(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Subject|Date|X-[\w-]+): ?\S", re.I
)
_MAIL_FURTHER = re.compile(r"^(?:MIME-Version|Message-ID|Content-Type|Received|To|From):", re.I | re.M)
# Each way of this group ends at one place alone: what stands before an element costs no more than its length.
_ROOT = re.compile(
    r"\ufeff?(?:\s|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>)*<(?:[\w.-]{1,40}:)?"
    r"([A-Za-z_][\w.-]{0,60})",
    re.DOTALL,
)
_CELL = r'\s*(?:-0-|"[^"\n]*")\s*'
_ADDRESSES = re.compile(rf"\s*\d+\s*,\s*\d+\s*,{_CELL},{_CELL},{_CELL},{_CELL}(?:\r|\n|\Z)")
_DELIMITED = re.compile(r'\s*\d+[|@]"?[^|@\n]*"?[|@]\s*(?:-0-|"?(?:individual|vessel|aircraft|entity)\b)')
_EU_TABLE = re.compile(r"\ufeff?[^\n]{0,200}?(?:fileGenerationDate|Entity_?Logical_?Id|NameAlias_?|Naal_)", re.I)
# A list, or an object that its first line does not end and that no other one follows.
_ONE_VALUE = re.compile(r"\[|\{[^\r\n]*(?<!\})[\r\n]\s*(?![\s{])")


def root_of(text: str) -> str:
    """The name of an XML text's first element without its prefix; empty when none is there."""
    found = _ROOT.match(text)
    return found[1] if found else ""


def seems(data: bytes, text: str) -> InputError | None:
    """The error that names a file by its begin; None when it is nothing that is known here."""
    asked: tuple[Callable[[bytes, str], InputError | None], ...] = (_empty, _sealed, _list, _markup, _plain)
    return packed(data) or next((found for one in asked if (found := one(data, text))), None)


def office() -> InputError:
    """The error for a workbook or document of an office program."""
    detail = "The file is a workbook or document of an office program."
    return InputError("read.office", detail, remedy="Save its table as CSV in UTF-8, and give a mapping for it.")


def _empty(data: bytes, text: str) -> InputError | None:
    if data.strip(b"\0 \t\r\n\x1a") and text.strip("\ufeff\0 \t\r\n\x1a"):
        return None
    return InputError("read.empty", "The file is empty.", remedy="Fetch it again, or ask the sender for it.")


def packed(data: bytes) -> InputError | None:
    """The error for what is surely packed, or of bytes that are no text, whatever stands within it; else None."""
    if data.startswith(_PACKED) or data[257:262] == b"ustar":
        detail = "The file is packed twice, or in a way that is not read here."
        return InputError("read.archive", detail, remedy="Unpack it, and choose what was in it.")
    if data.startswith(_OLD_OFFICE):
        return office()
    for mark, name in _PICTURES.items():
        if data.startswith(mark):
            detail = "The file is a document or a picture ({form}), of which no records can be read."
            return InputError("read.picture", detail, remedy="Ask for the data itself: XML, CSV or EDIFACT.", form=name)
    return None


def _sealed(data: bytes, _text: str) -> InputError | None:
    if not _SEALED.match(data.lstrip()):
        return None
    return InputError("read.sealed", "The file is encrypted.", remedy="Decrypt it, and choose what was in it.")


def _list(_data: bytes, text: str) -> InputError | None:
    """A published list in a form that is not the one that is read."""
    forms = {"sdnList": "XML", "Sanctions": "advanced XML"}
    form = forms.get(root_of(text), "")
    if not form and (_ADDRESSES.match(text) and "-0-" in text):
        form = "addresses"
    if not form and _DELIMITED.match(text):
        form = "delimited"
    if form:
        detail = "The file is of the OFAC list, in a form that is not read: {form}."
        return InputError("read.ofac", detail, remedy="Choose sdn.csv, and alt.csv as its aliases.", form=form)
    if root_of(text) == "WHOLE":
        form = "XML 1.0"
    elif _EU_TABLE.match(text):
        form = "CSV"
    if form:
        detail = "The file is the EU's list, in a form that is not read: {form}."
        return InputError("read.eu", detail, remedy="Choose its XML file of schema version 1.1.", form=form)
    return None


def _markup(data: bytes, text: str) -> InputError | None:
    if is_page(data):
        return page()
    if root := root_of(text):
        detail = "The file is XML of a kind that is not read; its first element is {root}."
        return InputError("read.xml", detail, remedy="Choose the XML file of the UN's or the EU's list.", root=root)
    if text.lstrip("\ufeff \t\r\n").startswith(("<?xml", "<!--")):
        return InputError("read.cut", "The file is XML that ends before its first element.", remedy="Fetch it again.")
    return None


def _plain(_data: bytes, text: str) -> InputError | None:
    first = text.lstrip("\ufeff \t\r\n")
    if _MAIL.match(first) and _MAIL_FURTHER.search(first[1:]):
        return InputError("read.mail", "The file is a mail.", remedy="Save what is attached to it, and choose that.")
    if _ONE_VALUE.match(first):
        detail = "The file is one JSON value over many lines, not one object a line."
        return InputError("read.json", detail, remedy="Write each object in a line of its own.")
    return None
