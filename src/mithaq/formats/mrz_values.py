"""The machine readable zone: its five forms, their fields and check digits, and the values that they carry.

Rule: a place is (line, first, after the last), counted from 0; texts are without fillers, empty for what is not there.
Documents: ICAO Doc 9303, 8th edition: part 3 section 4 (zone, check digits 4.9), parts 4 (TD3), 5 (TD1), 6 (TD2) and
7 (MRV-A, MRV-B), in each the structure of the zone and its check digits.
"""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.formats.reading import Warning

FILLER = "<"
Place = tuple[int, int, int]
_WEIGHTS = (7, 3, 1)
_VALUES = {FILLER: 0} | {one: place for place, one in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of a form stand; `checks`: the digit of a field by its name; `composite`: what that covers."""

    form: str
    lines: int
    width: int
    fields: dict[str, Place]
    checks: dict[str, Place]
    composite: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone says. Dates are YYYY-MM-DD, YYYY-MM or YYYY, None for what is not known; `sex` is male, female, other
    or unknown. `cut`: the names fill their field, so that there may be more of them than stand here.
    """

    form: str
    code: str
    issuer: str
    number: str
    primary: str
    secondary: str = ""
    nationality: str = ""
    birth_date: str | None = None
    sex: str = "unknown"
    expires: str | None = None
    optional: str = ""
    optional2: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A check digit: of what it is, the digit that stands there and the one that should; line and column from 1."""

    of: str
    found: str
    expected: str
    line: int
    column: int

    @property
    def holds(self) -> bool:
        """Whether the digit is the right one."""
        return self.found == self.expected


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """A zone, its check digits, what was tolerated, its lines as mended, and the line of the file where it begins."""

    zone: Zone
    checks: tuple[Check, ...]
    warnings: tuple[Warning, ...]
    lines: tuple[str, ...]
    line: int


def check_digit(text: str) -> str:
    """The check digit of a text of A to Z, 0 to 9 and `<`: weights 7, 3, 1, modulus 10."""
    return str(sum(_VALUES[one] * _WEIGHTS[place % 3] for place, one in enumerate(text)) % 10)


def _two_lines(form: str, width: int, optional: int) -> Layout:
    """The forms of two lines differ in width, and in what stands after the optional data."""
    fields = {
        "code": (0, 0, 2), "issuer": (0, 2, 5), "names": (0, 5, width), "number": (1, 0, 9), "nationality": (1, 10, 13),
        "birth_date": (1, 13, 19), "sex": (1, 20, 21), "expires": (1, 21, 27), "optional": (1, 28, optional),
    }  # fmt: skip
    checks = {"number": (1, 9, 10), "birth_date": (1, 19, 20), "expires": (1, 27, 28)}
    composite: tuple[Place, ...] = ()
    if form == "TD3":
        checks["optional"] = (1, 42, 43)
    if optional < width:
        checks["composite"] = (1, width - 1, width)
        composite = ((1, 0, 10), (1, 13, 20), (1, 21, width - 1))
    return Layout(form, 2, width, fields, checks, composite)


_TD1 = Layout(
    "TD1",
    3,
    30,
    {
        "code": (0, 0, 2), "issuer": (0, 2, 5), "number": (0, 5, 14), "optional": (0, 15, 30), "birth_date": (1, 0, 6),
        "sex": (1, 7, 8), "expires": (1, 8, 14), "nationality": (1, 15, 18), "optional2": (1, 18, 29),
        "names": (2, 0, 30),
    },
    {"number": (0, 14, 15), "birth_date": (1, 6, 7), "expires": (1, 14, 15), "composite": (1, 29, 30)},
    ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
)  # fmt: skip
LAYOUTS = {
    one.form: one
    for one in (
        _TD1,
        _two_lines("TD2", 36, 35),
        _two_lines("TD3", 44, 42),
        _two_lines("MRV-A", 44, 44),
        _two_lines("MRV-B", 36, 36),
    )
}
# A number that is longer than its field goes on in the optional data of these forms (parts 5 and 6, note on numbers).
LONG_NUMBERS = frozenset({"TD1", "TD2"})


def form_of(first: str, width: int) -> str:
    """The form of a zone by the width of its lines and its first letter: visas begin with V."""
    if width == 30:
        return "TD1"
    visa = first.startswith("V")
    return ("MRV-A" if visa else "TD3") if width == 44 else ("MRV-B" if visa else "TD2")
