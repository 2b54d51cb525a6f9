"""The journey in the heading of a PAXLST message: TDT, LOC and DTM as legs.

Rules: a place is known by its code, or by the time that follows it; a scheduled time goes before an estimated or an
actual one. Documents: as `paxlst`, segment groups 2 and 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mithaq.formats.edifact import Segment, Warning
from mithaq.formats.edifact_dates import moment_of
from mithaq.formats.paxlst_values import Leg

# LOC (list 3227): 125 last place abroad, 87 first place here, 130 the last one, 92 a place between; 5, 9, 8, 60 say
# departure, loading, destination and arrival where a carrier writes those.
_FROM, _TO = {"125", "5", "9"}, {"87", "130", "8", "60"}
# DTM (list 2005): scheduled times, then estimated and actual ones.
_SCHEDULED = {"189": "departs", "232": "arrives"}
_OTHER = {"133": "departs", "136": "departs", "186": "departs", "132": "arrives", "178": "arrives"}
_PLACE = {"departs": "departure", "arrives": "arrival"}
_NUMBER = re.compile(r"\d{1,4}[A-Z]?")
_CARRIER = re.compile(r"[A-Z0-9]{2,3}")


def legs_of(heading: Sequence[Segment], prepared: str, warnings: list[Warning]) -> tuple[Leg, ...]:
    """A leg for each TDT, and one for each further departure or arrival under it; `prepared` as `moment_of` has it."""
    found: list[dict[str, str]] = []
    place = ""
    for one in heading:
        code = one.get(0)
        if one.tag == "TDT":
            found.append({"flight": _flight(one)})
            place = ""
        elif one.tag == "LOC" and found:
            place = one.get(1)
            if code in _FROM | _TO:
                _end(found, "departure" if code in _FROM else "arrival", place)
        elif one.tag == "DTM" and found and code in _SCHEDULED:
            end = _SCHEDULED[code]
            _end(found, _PLACE[end], place)
            found[-1].setdefault(end, moment_of(one, prepared, warnings))
        elif one.tag == "DTM" and found and code in _OTHER:
            found[-1].setdefault(f"other {_OTHER[code]}", moment_of(one, prepared, warnings))
    return tuple(map(_leg, found))


def _leg(said: dict[str, str]) -> Leg:
    for end in _PLACE:
        other = said.pop(f"other {end}", "")
        if other:
            said.setdefault(end, other)
    return Leg(**said)


def _end(legs: list[dict[str, str]], end: str, place: str) -> None:
    """Set an end of the leg being read; a departure after an arrival begins the next leg of the same flight, and so
    does an arrival after another one."""
    last = legs[-1]
    if end == "departure" and "arrival" in last:
        legs.append({"flight": last["flight"]})
    elif end == "arrival" and place and last.get("arrival", place) != place:
        legs.append({"flight": last["flight"], "departure": last["arrival"]})
    legs[-1].setdefault(end, place)


def _flight(one: Segment) -> str:
    """The flight; a number alone is one of the carrier that stands beside it."""
    number, carrier = one.get(1), one.get(4)
    return f"{carrier}{number}" if _NUMBER.fullmatch(number) and _CARRIER.fullmatch(carrier) else number
