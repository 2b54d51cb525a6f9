"""What of a zone is told: check digits that do not hold, signs that were mended, codes that nobody carries.

Rule: a warning says where, what stands there and what was expected, and names no person. Documents: as `mrz_values`.
"""

from __future__ import annotations

from mithaq.formats.mrz_fields import likely
from mithaq.formats.mrz_states import is_state_code
from mithaq.formats.mrz_values import Check, Layout, Zone
from mithaq.formats.reading import Warning


def tell_checks(checks: tuple[Check, ...], warnings: list[Warning]) -> None:
    """Each check digit that does not hold: which, where, what stands there and what should."""
    for one in checks:
        if not one.holds:
            detail = "The check digit of {field} is {found} and should be {expected}."
            where = f"line {one.line}, column {one.column}"
            params = {"field": one.of, "found": one.found, "expected": one.expected}
            warnings.append(Warning("mrz.check", where, detail, params))


def tell_likely(layout: Layout, lines: list[str], wrong: list[Check], line: int, warnings: list[Warning]) -> None:
    """Of a number or optional data that is wrong: the one sign for which a scanner may have taken another."""
    for one in wrong:
        places = likely(layout, lines, one.of) if one.of in {"number", "optional"} else []
        if len(places) == 1:
            column, stands, sign = places[0]
            detail = "The check digit of {field} would hold with {sign} where {stands} stands; nothing was changed."
            where = f"line {line + layout.fields[one.of][0]}, column {column}"
            warnings.append(Warning("mrz.likely", where, detail, {"field": one.of, "sign": sign, "stands": stands}))


def tell_mends(layout: Layout, line: int, mended: list[str], wrong: list[str], warnings: list[Warning]) -> None:
    """Each field in which a sign was read as another one, and each in which digits stand that are kept."""
    for name in mended:
        detail = "A sign that looks like another was read as that one in {field}; the check digits hold so."
        warnings.append(Warning("mrz.mended", where(layout, name, line), detail, {"field": name}))
    for name in wrong:
        detail = "Digits stand where only letters may; they are kept."
        warnings.append(Warning("mrz.letters", where(layout, name, line), detail, {"field": name}))


def tell_states(zone: Zone, layout: Layout, line: int, warnings: list[Warning]) -> None:
    """Each state's code that no travel document carries."""
    for name, code in (("issuer", zone.issuer), ("nationality", zone.nationality)):
        if not is_state_code(code):
            detail = "A state's code is not one that travel documents carry."
            warnings.append(Warning("mrz.state", where(layout, name, line), detail, {"field": name}))


def where(layout: Layout, name: str, line: int) -> str:
    """The place of a field or check digit: line of the file and column, from 1."""
    row, first, _ = layout.fields.get(name) or layout.checks[name]
    return f"line {line + row}, column {first + 1}"
