"""Bookings as other systems push them, with what they hold, written down before they were parsed.

Rule: nothing here is computed by the code under test, and nobody here exists. Each is one way of writing that a
version of the guide allows or that real systems have. A line is of a traveller (`T`), what is said of the one before
(`D` document, `S` seat, `B` bags, `C` contact, `K` ticket), or of the booking (`L` locator, `F` flight, `P` booking
that it was divided from, `R` remark, `A` address); what a file does not give is `-`.
"""

from __future__ import annotations

from dataclasses import dataclass

_FLIGHT = "TVL+020326:1405:020326:1825+CMN+BRU+MQ+0551"
JOURNEY = "MQ0551 CMN-BRU 2026-03-02T14:05 2026-03-02T18:25"
_AIR = "F MQ0551 CMN-BRU 2026-03-02T14:05 2026-03-02T18:25"
_BOOKED = "SRC'RCI+MQ:QWERT1::100226:0915'DAT+700:270226:0718'ORG+MQ:CMN'"
_LOCATOR = "L MQ QWERT1 2026-02-10T09:15"
_DOCS = "SSR+DOCS:HK:1:MQ:::::"


@dataclass(frozen=True)
class Dialect:
    """A file: its bytes, each message's journey, the lines of its bookings, the codes of the warnings it deserves."""

    name: str
    data: bytes
    lines: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    journeys: tuple[str, ...] = (JOURNEY,)


def head(version: str = "15:1", bookings: int = 1, advice: str = "", access: str = "MQ0551/020326/1405") -> str:
    return (
        f"{advice}UNB+IATA:1+MQ+POST+260301:0110+REF1++PNRGOV'UNH+1+PNRGOV:{version}:IA+{access}+01:F'MSG+:22'"
        f"ORG+MQ:CMN'{_FLIGHT}'EQN+{bookings}'"
    )


def whole(body: str, start: str | None = None) -> bytes:
    text = (start or head()) + body
    message = text.split("UNH", 1)[1]
    segments = message.count("'") - message.count("?'") + 1
    return f"{text}UNT+{segments}+1'UNZ+1+REF1'".encode()


_ONE = whole(
    f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'{_DOCS}/P/BEL/EX123456/BEL/04JUL84/F/12JAN30/VERADI/NORA'{_FLIGHT}:Y'RPI+1+HK'"
)
_LINES = (
    _LOCATOR, "T VERADI/NORA MRS adult F 1984-07-04", "D P EX123456 BEL BEL 2030-01-12", f"{_AIR} Y HK",
)  # fmt: skip

DIALECTS = (
    Dialect("no service string", _ONE, _LINES),
    Dialect("lines, spaces and a repetition mark", b"UNA:+.?*'\r\n" + _ONE.replace(b"'", b"' \r\n"), _LINES),
    Dialect("lines wrapped within segments",
    b"\r\n".join(_ONE[at : at + 69] for at in range(0, len(_ONE), 69)), _LINES),
    Dialect(
        "other marks and no service string", _ONE.translate(bytes.maketrans(b":+'",
        b"|*~")), _LINES, ("edifact.marks",),
    ),
    Dialect("small letters", _ONE.lower(), _LINES, ("edifact.case",)),
    *(
        Dialect(f"version {version}", _ONE.replace(b"15:1", version.encode()), _LINES)
        for version in ("10:1", "11:1", "12:1", "13:1", "14:1", "16:1", "17:1", "18:1")
    ),
    Dialect("a version that nobody knows", _ONE.replace(b"15:1", b"22:1"), _LINES, ("pnrgov.version",)),
    Dialect(
        "an infant that its mother's segment announces and its own segment names, documents under the flight",
        whole(
            f"{_BOOKED}TIF+VERADI:I+NORA MRS:A:2:1'TIF+VERADI:I+AYA:IN:3'{_FLIGHT}:Y'RPI+1+HK'"
            "SSR+INFT:HK:1:MQ:::CMN:BRU:VERADI/AYA 20SEP24+::2'"
            "SSR+DOCS:HK:1:MQ:::CMN:BRU:/P/BEL/EX123459/BEL/20SEP24/FI/12JAN30/VERADI/AYA LINA/+::2'"
            "SSR+DOCS:HK:1:MQ:::CMN:BRU:/P/BEL/EX123456/BEL/04JUL84/F/12JAN30/VERADI/NORA/+::2'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult F 1984-07-04 with infant", "D P EX123456 BEL BEL 2030-01-12",
         "T VERADI/AYA infant F 2024-09-20", "D P EX123459 BEL BEL 2030-01-12 as VERADI/AYA LINA", f"{_AIR} Y HK"),
    ),
    Dialect(
        "an infant that a service alone names, its birth after a slash, twice",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1.1:1'SSR+INFT:NN:1:MQ:::::VERADI/AYA/20SEP24+::1.1'"
            f"SSR+INFT:NN:1:MQ:::::VERADI/AYA/20SEP24+::1.1'{_FLIGHT}:Y'RPI+1+HK'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - - with infant", "T VERADI/AYA infant - 2024-09-20", f"{_AIR} Y HK"),
    ),
    Dialect(
        "documents by count of slashes: none before, two before, without a state, with nothing but the birth",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA:A:1'{_DOCS}P/BEL/EX123456/BEL/04JUL84/F/12JAN30/VERADI/NORA'"
            f"TIF+VERADI+IMRAN:A:2'{_DOCS}//P/EX123457/30JUN82/M/12JAN30/VERADI/IMRAN'"
            f"TIF+VERADI+SAMIR:C:3'{_DOCS}//BEL/EX123458/BEL/01FEB18/M/12JAN30/VERADI/SAMIR'"
            f"TIF+VERADI+LINA:C:4'{_DOCS}////02FEB19/F//VERADI/LINA'"
            f"TIF+VERADI+AMAL:A:5'{_DOCS}HK1/IP/BEL/EX123460/BEL/1979-03-05/F/2030-01-12/VERADI/AMAL/ROSE'"
            f"{_FLIGHT}:Y'RPI+5+HK'"
        ),
        (_LOCATOR, "T VERADI/NORA adult F 1984-07-04", "D P EX123456 BEL BEL 2030-01-12",
         "T VERADI/IMRAN adult M 1982-06-30", "D P EX123457 - - 2030-01-12",
         "T VERADI/SAMIR child M 2018-02-01", "D - EX123458 BEL BEL 2030-01-12",
         "T VERADI/LINA child F 2019-02-02", "D - - - - -",
         "T VERADI/AMAL adult F 1979-03-05", "D IP EX123460 BEL BEL 2030-01-12 as VERADI/AMAL ROSE", f"{_AIR} Y HK"),
    ),
    Dialect(
        "documents with dates in digits, with dashes, without an expiry's place, with a word for the sex, of a child",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA:A:1'{_DOCS}/P/BEL/EX123456/BEL/840704/F/300112/VERADI/NORA'"
            f"TIF+VERADI+IMRAN:A:2'{_DOCS}P-BEL-EX123457-BEL-30JUN82-M-12JAN30-VERADI-IMRAN'"
            f"TIF+VERADI+LINA:C:3'{_DOCS}////02FEB19/FEMALE/VERADI/LINA'"
            f"TIF+VERADI+AMAL:A:4'{_DOCS}/P/BEL/EX123460/BEL/050379/F/120130/VERADI/AMAL/P4'"
            "TIF+VERADI+SAMIR MSTR:C:5'SSR+CHLD:HK:1:MQ:::::01FEB18+::5'"
            f"{_FLIGHT}:Y'RPI+5+HK'"
        ),
        (_LOCATOR, "T VERADI/NORA adult F 1984-07-04", "D P EX123456 BEL BEL 2030-01-12",
         "T VERADI/IMRAN adult M 1982-06-30", "D P EX123457 BEL BEL 2030-01-12",
         "T VERADI/LINA child F 2019-02-02", "D - - - - -",
         "T VERADI/AMAL adult F 1979-03-05", "D P EX123460 BEL BEL 2030-01-12",
         "T VERADI/SAMIR MSTR child - 2018-02-01", f"{_AIR} Y HK"),
    ),
    Dialect(
        "a passport by the older service, bags in pounds by their letter",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'SSR+PSPT:HK:1:MQ:::::EX123456/BEL/04JUL84/VERADI/NORA/F/H+::1'"
            f"{_FLIGHT}:Y'"
            "DAT+2:020326:1201'TRI++1:::1'TIF+VERADI+NORA MRS:A:1'TBD++1:40:L++MP:CMN-1+MQ:123456:1:BRU'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult F 1984-07-04", "D P EX123456 BEL BEL -", "B 1 40 lb MQ 123456 1 BRU",
         f"{_AIR} Y"),
    ),
    Dialect(
        "the traveller is said at the end of the text, as in the reservation itself",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'TIF+VERADI+IMRAN MR:A:2'{_FLIGHT}:Y'RPI+2+HK'"
            "SSR+DOCS:HK:1:MQ:::::/P/BEL/EX123457/BEL/30JUN82/M/12JAN30/VERADI/IMRAN-1VERADI/IMRAN MR'"
            "SSR+DOCS:HK:1:MQ:::::////BEL/04JUL84/F//VERADI/NORA-1.1'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult F 1984-07-04", "D - - - BEL -", "T VERADI/IMRAN MR adult M 1982-06-30",
         "D P EX123457 BEL BEL 2030-01-12", f"{_AIR} Y HK"),
    ),
    Dialect(
        "contacts of services, of texts and of addresses",
        whole(
            "SRC'RCI+MQ:QWERT1::100226:0915'SSR+CTCM:HK:1:MQ:::::/32470000001-1VERADI/NORA'"
            "SSR+CTCE:HK:1:MQ:::::NORA..VERADI//EXAMPLE.ORG+::1'DAT+700:270226:0718'"
            "IFT+4:28::MQ+CTCT BRU 32 2 500 00 00'"
            "ORG+MQ:CMN'ADD++700:RUE HAUTE 12:BRUXELLES:::BE:1000:3225000001'TIF+VERADI+NORA MRS:A:1'"
            f"{_FLIGHT}:Y'RPI+1+HK'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", "C phone 32470000001", "C email NORA_VERADI@EXAMPLE.ORG",
         f"{_AIR} Y HK", "C phone 32 2 500 00 00", "C phone 3225000001", "A contact RUE HAUTE 12 BRUXELLES BE 1000"),
    ),
    Dialect(
        "seats by reference, by name, and given at the door with sequence and bags",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'TIF+VERADI+IMRAN MR:A:2'{_FLIGHT}:Y'RPI+2+HK'"
            "SSR+SEAT:HK:2:MQ:::CMN:BRU+012A::1:N+012B::2:N'SSR+NSST:HK:1:MQ:::CMN:BRU:VERADI/IMRAN+14C'"
            "DAT+2:020326:1201'ORG+MQ++++A'TRI++CMN-017:::1'TIF+VERADI+NORA MRS:A:1'SSD+012A++++Y'"
            "TBD++2:34:700++HP:CMN-017+618:0123456789:2:BRU'"
            "DAT+2:020326:1203'ORG+MQ++++A'TRI++CMN-018:::2'TIF+VERADI+IMRAN MR:A:2'SSD+14C++++Y'"
            "TBD++1:50:701+++MQ:0354::BRU:001'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", "S 12A CMN-BRU", "S 12A CMN-BRU given",
         "B 2 34 kg 618 0123456789 2 BRU", "T VERADI/IMRAN MR adult - -", "S 12B CMN-BRU", "S 14C CMN-BRU",
         "S 14C CMN-BRU given", "B 1 50 lb MQ 0354 BRU 001", f"{_AIR} Y HK"),
    ),
    Dialect(
        "a seat of nobody's in a booking of one",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'{_FLIGHT}:Y'RPI+1+HK'SSR+SEAT:HK:1:MQ:::CMN:BRU+22C'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", "S 22C CMN-BRU", f"{_AIR} Y HK"),
    ),
    Dialect(
        "two systems' locators, a partner's number, another flight without a time, an open one, a way by land",
        whole(
            "SRC'RCI+1A:ZXCVB2::100226:0916+MQ:QWERT1'DAT+700:270226:0718'"
            "ORG+1A:MUC+57654321:BRU1A2100+BRU+1A+T+BE:EUR+JS01'"
            "TIF+VERADI+NORA MRS:A:1'TVL+020326:1405:020326:1825+CMN+BRU+MQ:SN+0551:Y'RPI+1+HK'APD+320'RCI+SN:PARTN3'"
            "TVL+++++3712:Y'TVL+++++ARNK'TVL+050326+LGG+OSL+SN+0777:M'RPI+1+HL'TVL++OSL+CMN+MQ+OPEN:Y'"
        ),
        ("L 1A ZXCVB2 2026-02-10T09:16", "L MQ QWERT1 -", "L SN PARTN3 -", "T VERADI/NORA MRS adult - -",
         f"{_AIR} Y HK SN3712", "F - -  surface", "F SN0777 LGG-OSL 2026-03-05 - M HL", "F MQOPEN OSL-CMN - - Y open"),
    ),
    Dialect(
        "an arrival on the next day, without its own day, and one with a day of three letters",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'TVL+020326:2305:030326:0425+CMN+BRU+MQ+0553:Y'"
            f"TVL+02MAR26:0805:1225+BRU+OSL+SN+0777:M'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", "F MQ0553 CMN-BRU 2026-03-02T23:05 2026-03-03T04:25 Y",
         "F SN0777 BRU-OSL 2026-03-02T08:05 2026-03-02T12:25 M"),
    ),
    Dialect(
        "tickets: of a ticket's segment, of a service, an infant's",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'TKT+9991234567890:T:1'MON+B:188.00:EUR+T:257.94:EUR'"
            f"PTK+NR++110226:1010+MQ+999+CMN'"
            f"TXD++3.10:::AY'DAT+710:110226:1010'TIF+VERADI+IMRAN MR:A:2'"
            f"SSR+TKNE:HK:1:MQ:::CMN:BRU:9991234567891C1+::2'"
            f"{_FLIGHT}:Y'RPI+2+HK'SSR+TKNE:HK:1:MQ:::CMN:BRU:.9991234567891C1+::2'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", "K 9991234567890 2026-02-11T10:10 257.94 EUR",
         "T VERADI/IMRAN MR adult - -", "K 9991234567891 - -", f"{_AIR} Y HK"),
    ),
    Dialect(
        "an infant's ticket under the adult who carries it, a title in the place of the kind, an empty name after it",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA:MRS:1:1++1'TIF+VERADI+AYA:IN:2'{_FLIGHT}:Y'RPI+1+HK'"
            "SSR+TKNE:HK:1:MQ:::CMN:BRU:9991234567890C1+::1'SSR+TKNE:HK:1:MQ:::CMN:BRU:INF9991234567899C1+::1'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS  - - with infant", "K 9991234567890 - -", "T VERADI/AYA infant - -",
         "K 9991234567899 - -", f"{_AIR} Y HK"),
    ),
    Dialect(
        "divided, with its history and the lines of the system itself",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'{_FLIGHT}:Y'RPI+1+HK'EQN+2'RCI+MQ:PARTED'"
            f"ABI+4+:CMNMQ08AA+CMN++MQ'DAT+T:100226:0915'"
            "SAC+++X'TIF+VERADI+IMRAN MR:A:2'SAC+++A'"
            "SSR+DOCS:HK:1:MQ:::::/P/BEL/OLD12345/BEL/04JUL84/F/12JAN25/VERADI/NORA'"
            "LTS+0/O/NM/VERADI/NORA MRS'LTS+14/A/SR/SSR DOCSMQHK1'"
        ),
        (_LOCATOR, "P MQ PARTED -", "T VERADI/NORA MRS adult - -", f"{_AIR} Y HK"),
    ),
    Dialect(
        "a group with some of its names",
        whole(
            f"{_BOOKED}TIF+MAQAM TOUR:G'TIF+VERADI:I+NORA MRS::1'TIF+VERADI+IMRAN MR:ADT:2'TIF+VERADI+SAMIR MSTR:CHD:3'"
            f"{_FLIGHT}:G'RPI+25+HK'"
        ),
        (_LOCATOR, "G MAQAM TOUR", "T VERADI/NORA MRS  - -", "T VERADI/IMRAN MR adult - -",
         "T VERADI/SAMIR MSTR child - -", f"{_AIR} G HK"),
    ),
    Dialect(
        "a residence, a destination, a visa, a redress number, a number of a trusted traveller",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'SSR+DOCA:HK:1:MQ:::::R/BEL/RUE HAUTE 12/BRUXELLES/BRU/1000'"
            "SSR+DOCA:HK:1:MQ:::::/D/MAR/8 RUE X/RABAT//10000+::1'"
            "SSR+DOCO:HK:1:MQ:::::LIEGE/V/8899776/RABAT/03MAR24/MAR'"
            f"SSR+DOCO:HK:1:MQ:::CMN:BRU:0551Y02MAR//R/1234567890123///US'"
            f"SSR+DOCO:HK:1:MQ::::://K/TT12345678///US'{_FLIGHT}:Y'"
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", "D V 8899776 RABAT - -", "D R 1234567890123 - - -",
         "D K TT12345678 - - -",
         "A residence RUE HAUTE 12 BRUXELLES BRU BEL 1000", "A destination 8 RUE X RABAT MAR 10000", f"{_AIR} Y"),
    ),
    Dialect(
        "two bookings, the second under the reference of a departure control system alone",
        whole(
            f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'{_FLIGHT}:Y'SRC'RCI+MQ:DCS0001:C:020326:0900'ORG+MQ:CMN'"
            f"TIF+MINOR+ROSA MS:A:1'{_FLIGHT}:M'",
            head(bookings=2),
        ),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", f"{_AIR} Y", "L MQ DCS0001 2026-03-02T09:00",
         "T MINOR/ROSA MS adult - -",
         f"{_AIR} M"),
    ),
    Dialect(
        "a name in one part, one letter for a given name, a title before it, names of several parts",
        whole(
            f"{_BOOKED}TIF+SUKARNA:A'TIF+VAN DER BERG+A MR:A:2'TIF+O?'NEARA+DR MARY JO:A:3'"
            f"TIF+VERADI EL+NORA-LINA MRS(ADT):A:4'{_FLIGHT}:Y'"
        ),
        (_LOCATOR, "T SUKARNA/ adult - -", "T VAN DER BERG/A MR adult - -", "T O'NEARA/MARY JO DR adult - -",
         "T VERADI EL/NORA-LINA MRS adult - -", f"{_AIR} Y"),
    ),
    Dialect(
        "a segment of a later version", whole(f"{_BOOKED}TIF+VERADI+NORA MRS:A:1'BIO+1+FACE'{_FLIGHT}:Y'"),
        (_LOCATOR, "T VERADI/NORA MRS adult - -", f"{_AIR} Y"), ("pnrgov.segment",),
    ),
)  # fmt: skip
