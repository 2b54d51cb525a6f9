"""PAXLST and PNRGOV against pydifact, on clean input that both read whole, and a manifest of 300 passengers.

Rule: the input is checked first: pydifact's segments are compared with the text, ours with what was written. pydifact
stops at segments; Mithaq's figure includes the travellers, dates, documents and journeys that it makes of them.
Document: issues 2 and 3, "Numbers".
"""

from __future__ import annotations

import time
import warnings
from collections import deque
from datetime import date, timedelta

from bench.record import Figure, Reference, pairs
from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller, read_paxlst
from mithaq.formats.paxlst_write import write_paxlst
from mithaq.formats.pnrgov import read_pnrgov

NAME = "formats"
TIMES = 15
EVEN = (
    7  # as many of ours a turn as take about as long as one of theirs: what disturbs the machine then weighs the same
)
PASSENGERS = 300
BOOKINGS = 200
# A booking of one or two travellers, two flights, and what a reservation system sends with them; invented.
BOOKING = """SRC'
RCI+MQ:{locator}::100225:0915'
DAT+700:270225:0718+710:110225:1010'
IFT+4:28::MQ+CTCM 32470{number:06d}'
ORG+MQ:CMN+57{number:06d}:CMNMQ08AA+CMN+MQ+A+MA:MAD+AG{number:04d}'
ADD++700:{number} AVENUE DES ORANGERS:RABAT:::MA:10000:212537{number:06d}'
{people}TVL+010325:1015:010325:1425+CMN+BRU+MQ+0042:Y'
RPI+{count}+HK'
APD+738'
{seats}TVL+150325:1530:150325:1745+BRU+CMN+MQ+0043:Y'
RPI+{count}+HK'
APD+738'
ABI+4++++MQ'
DAT+T:100225:0915'
SAC+++A'
TVL+010325:1015:010325:1425+CMN+BRU+MQ+0042:Y'
RPI+{count}+HK'
LTS+0/O/NM/{locator}'
"""
PERSON = """TIF+{family}+{given}{title}:A:{place}'
FTI+MQ:88{number:06d}'
REF+:001C45{number:06d}'
SSR+DOCS:HK:1:MQ:::::/P/{state}/ZZ{number:07d}/{state}/{born}/{sex}/30JUN30/{family}/{given}+::{place}'
TKT+999{number:010d}:T:1'
MON+B:188.00:EUR+T:257.94:EUR'
DAT+710:110225:1010'
FOP+CC::257.94:VI:XXXXXXXXXXXX{last:04d}:0927'
"""


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


def pnr_message(bookings: int = BOOKINGS) -> str:
    """A PNRGOV interchange, 15.1, of invented bookings: one of two travellers after each of one."""
    parts, count = [], 0
    for number in range(bookings):
        people = [_traveller(2 * number + place) for place in range(1 + number % 2)]
        count += len(people)
        parts.append(_booking(number, people))
    body = "UNH+1+PNRGOV:15:1:IA+MQ0042/010325/1015+01:C'\nMSG+:22'\nORG+MQ:CMN'\n"
    body += f"TVL+010325:1015:010325:1425+CMN+BRU+MQ+0042'\nEQN+{bookings}'\n" + "".join(parts)
    return f"UNB+IATA:1+MQ+POST+250301:0110+1'\n{body}UNT+{body.count(chr(39)) + 1}+1'\nUNZ+1+1'\n"


def _booking(number: int, people: list[Traveller]) -> str:
    written = "".join(
        PERSON.format(
            family=one.family,
            given=one.given,
            title="MRS" if one.sex == "female" else "MR",
            place=place,
            number=2 * number + place,
            state=one.nationality,
            born=_written(one.birth_date or ""),
            sex=one.sex[0].upper(),
            last=number,
        )
        for place, one in enumerate(people, start=1)
    )
    seats = "".join(f"SSR+SEAT:HK:1:MQ:::CMN:BRU+{number % 30 + 1}{'AB'[at]}::{at + 1}'\n" for at in range(len(people)))
    return BOOKING.format(locator=_locator(number), number=number, people=written, seats=seats, count=len(people))


def _locator(number: int) -> str:
    return f"MQ{number:04d}"


def _written(day: str) -> str:
    return date.fromisoformat(day).strftime("%d%b%y").upper()


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
    check_segments(data.decode("ascii"))
    assert read_paxlst(data).messages == (whole,)


def check_bookings(data: bytes, bookings: int) -> None:
    """Raise AssertionError unless both read all of it: every booking, its travellers, its documents, its flights."""
    check_segments(data.decode("ascii"))
    found = read_pnrgov(data)
    (message,) = found.messages
    assert found.warnings == message.unread == ()
    assert [one.locators[0].reference for one in message.records] == [_locator(number) for number in range(bookings)]
    for number, record in enumerate(message.records):
        people = [_traveller(2 * number + place) for place in range(1 + number % 2)]
        assert [(one.family, one.given, one.sex, one.birth_date) for one in record.travellers] == [
            (one.family, one.given, one.sex, one.birth_date) for one in people
        ]
        assert all(one.documents[0].expires == "2030-06-30" for one in record.travellers)
        assert [one.number for one in record.itinerary] == ["0042", "0043"]
        assert len(record.contacts) == 2


def check_segments(text: str) -> None:
    """Raise AssertionError unless pydifact's segments are those of the text."""
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


def run() -> list[Figure]:
    """Passenger lists, then bookings."""
    return [*lists(), bookings()]


def bookings() -> Figure:
    """Bookings a second, in turns with pydifact, by the processor time of one thread."""
    data = pnr_message().encode()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check_bookings(data, BOOKINGS)
        ours, theirs = pairs(
            lambda: deque((read_pnrgov(data) for _ in range(EVEN)), maxlen=0),
            lambda: pydifact_segments(data.decode("ascii")),
            TIMES,
            time.process_time,
        )
    rate, rate_theirs = ours.times(1 / EVEN).rate(BOOKINGS), theirs.rate(BOOKINGS)
    reference = Reference("pydifact, segments only", rate_theirs.median)
    return Figure("PNRGOV bookings read", rate.median, "bookings/s of CPU", reference, rate, least=5000, least_ratio=5)


def lists() -> list[Figure]:
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
