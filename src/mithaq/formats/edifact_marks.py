"""The service characters of an interchange: those that its service string names, else those that its header uses.

Rule: a service string that contradicts itself is refused; marks that no service string names are taken from the header,
and that is said when they are not the usual ones. Documents: ISO 9735-1, sections 7 and annex B (UNA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mithaq.errors import InputError

_CONTROLS = "".join(map(chr, (*range(32), 127)))
# Four letters name the syntax, a digit its version, and what parts them parts components.
_SYNTAX = re.compile(r"UNB.[A-Z]{4}([^\w \t\r\n])\d", re.DOTALL)
# The next header stands near the first one; what ends the segment before it ends segments.
_NEAR = 1024


@dataclass(frozen=True, slots=True)
class Marks:
    """The service characters of an interchange; `release` is empty when there is none."""

    component: str = ":"
    element: str = "+"
    release: str = "?"
    terminator: str = "'"

    @property
    def blanks(self) -> str:
        """What means nothing between segments: space and control characters that are no marks."""
        return "".join(set(" " + _CONTROLS) - set(self.component + self.element + self.release + self.terminator))


def service_string(text: str, start: int) -> tuple[Marks, int, str]:
    """The marks, how many characters their advice takes, and the code of what was guessed of them, or nothing.

    Raises InputError `edifact.una`; `start` is the offset for it.
    """
    if not text.startswith("UNA"):
        marks = _used(text)
        return marks, 0, "" if marks == Marks() else "edifact.marks"
    component, element, release, terminator = text[3], text[4], text[6], text[8]
    if text[7] == "'" and terminator in "\r\n":
        # A mark is missing, the decimal one of `UNA:+.\\*'` say: what ends the line before is the terminator.
        return Marks(component, element, text[5].strip(" "), "'"), 8, "edifact.advice"
    # A space as release character means that there is none (ISO 9735-1, 7.1).
    marks = Marks(component, element, release.strip(" "), terminator)
    used = [one for one in (component, element, marks.release, terminator) if one]
    if len(set(used)) < len(used) or any(one == " " or one.isalnum() for one in used):
        raise InputError("edifact.una", "The service string UNA contradicts itself.", where=f"offset {start}")
    return marks, 9, ""


def _used(text: str) -> Marks:
    """The marks that a header without a service string uses; the usual ones where it does not show them."""
    usual = Marks()
    element = text[3]
    syntax = _SYNTAX.match(text)
    component = syntax[1] if syntax else usual.component
    further = re.compile(f"UN[GH]{re.escape(element)}").search(text, 4, _NEAR)
    before = text[: further.start()] if further else ""
    last = before.rstrip(" \t\r\n\0")[-1:]
    terminator = "\n" if last.isalnum() and before.endswith(("\n", "\r")) else last
    if not terminator or terminator.isalnum() or usual.terminator in before:
        terminator = usual.terminator
    found = Marks(component, element, usual.release, terminator)
    marks = (component, element, found.release, terminator)
    return found if len(set(marks)) == len(marks) else usual
