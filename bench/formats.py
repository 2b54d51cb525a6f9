"""PAXLST against pydifact, on clean input that both read whole, and how long a manifest of 300 passengers takes.

Rule: the input is checked first: pydifact's segments are compared with the text, ours with the manifest written.
pydifact stops at segments; Mithaq's figure includes the travellers, dates and documents that it makes of them.
Document: issue 2, "Numbers".
"""

from __future__ import annotations

import time
import warnings
from collections import deque
from datetime import date, timedelta

from bench.record import Figure, Reference, pairs
from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller, read_paxlst
from mithaq.formats.paxlst_write import write_paxlst

NAME = "formats"
TIMES = 15
EVEN = (
    7  # as many of ours a turn as take about as long as one of theirs: what disturbs the machine then weighs the same
)
PASSENGERS = 300


def manifest(passengers: int = PASSENGERS) -> Manifest:
    """Invented passengers: made of syllables, so that they are nobody."""
    leg = Leg("MQ0042", "CMN", "2025-03-01T10:15", "BRU", "2025-03-01T14:25")
    return Manifest(
        reference="MQ0042",
        document_code="745",
        carrier="MQ",
        flight=leg.flight,
        departure=leg.departure,
        arrival=leg.arrival,
        departs=leg.departs,
        arrives=leg.arrives,
        itinerary=(leg,),
        travellers=tuple(_traveller(number) for number in range(passengers)),
    )


def _traveller(number: int) -> Traveller:
    ends = ("ADI", "OUN", "AR", "ELL", "IMI", "EN", "OUS")
    starts = ("BEN", "VER", "TAZ", "LOR", "MEK", "DUP", "ZAN", "KHA", "RIF", "SOU", "WAL")
    family = starts[number % 11] + ends[number % 7] + (" " + starts[number % 5] if number % 3 == 0 else "")
    born = date(1950, 1, 1) + timedelta(days=number * 61)
    return Traveller(
        role="passenger",
        family=family,
        given=starts[number % 9] + ends[number % 5] + (" " + ends[number % 3] if number % 4 == 0 else ""),
        sex="female" if number % 2 else "male",
        birth_date=born.isoformat(),
        nationality=("MAR", "BEL", "FRA")[number % 3],
        documents=(TravelDocument("P", f"ZZ{number:07d}", ("MAR", "BEL", "FRA")[number % 3], "2030-06-30"),),
        embarkation="CMN",
        debarkation="BRU",
        reference=f"PNR{number:04d}",
    )


def pydifact_segments(text: str) -> list[tuple[str, list[object]]]:
    """What pydifact reads of an interchange: its header, all segments of its messages, its trailer."""
    from pydifact.segmentcollection import Interchange

    read = Interchange.from_str(text)
    messages = [
        one
        for message in read.get_messages()
        for one in (message.get_header_segment(), *message.segments, message.get_footer_segment())
    ]
    return [(one.tag, one.elements) for one in (read.get_header_segment(), *messages, read.get_footer_segment())]


def check(whole: Manifest, data: bytes) -> None:
    """Raise AssertionError unless both read all of it."""
    text = data.decode("ascii")
    body = text[9:] if text.startswith("UNA") else text
    written = [segment.strip().split("+") for segment in body.split("'") if segment.strip()]
    said = [
        [tag, *("" if one is None else one if isinstance(one, str) else ":".join(map(str, one)) for one in elements)]
        for tag, elements in pydifact_segments(text)
    ]
    # Counts are numbers to pydifact, and it writes those of the trailers anew: they are compared as numbers.
    assert "?" not in body
    assert [one[0] for one in said] == [one[0] for one in written]
    assert [one for one in said if one[0][:2] != "UN"] == [one for one in written if one[0][:2] != "UN"]
    assert read_paxlst(data).messages == (whole,)


def run() -> list[Figure]:
    """Passengers a second and milliseconds a manifest, in turns, by the processor time of one thread."""
    whole = manifest()
    data = write_paxlst(whole)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydifact warns of every service segment that it has no description of
        check(whole, data)
        ours, theirs = pairs(
            lambda: deque((read_paxlst(data) for _ in range(EVEN)), maxlen=0),
            lambda: pydifact_segments(data.decode("ascii")),
            TIMES,
            time.process_time,
        )
    ours = ours.times(1 / EVEN)
    rate, rate_theirs = ours.rate(PASSENGERS), theirs.rate(PASSENGERS)
    took, took_theirs = ours.times(1000), theirs.times(1000)
    name = "pydifact, segments only"
    return [
        Figure(
            "PAXLST passengers read",
            rate.median,
            "passengers/s of CPU",
            Reference(name, rate_theirs.median),
            rate,
            least_ratio=5,
        ),
        Figure(
            f"PAXLST of {PASSENGERS} passengers",
            took.median,
            "ms of CPU",
            Reference(name, took_theirs.median),
            took,
            most=50,
        ),
    ]
