"""Passenger lists as other systems write them, with what they hold, written down before they were parsed.

Rule: nothing here is computed by the code under test, and nobody here exists. Each is one way of writing that the
standard allows or that real systems have: marks, wrapped lines, other forms of dates and names, lists in parts, crew,
transit, changes of a flight. A row is `role|family|given|sex|birth date|nationality|documents`; a document is
`kind number issuer expiry`, `-` for what the file does not give.
"""

from __future__ import annotations

from dataclasses import dataclass

UNB = "UNB+UNOA:4+MQAIR+POST+260302:0610+77'"
HEAD = UNB + "UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"
FLIGHT = "TDT+20+MQ0551+++MQ'LOC+125+CMN'DTM+189:2603021405:201'LOC+87+BRU'DTM+232:2603021825:201'"
JOURNEY = "MQ0551 CMN-BRU 2026-03-02T14:05 2026-03-02T18:25"
NORA = "passenger|VERADI|NORA|F|1984-07-04|BEL|P EX123456 BEL 2030-01-12"
_NORA = "NAD+FL+++VERADI:NORA'ATT+2++F'DTM+329:840704'NAT+2+BEL'DOC+P:110:111+EX123456'DTM+36:300112'LOC+91+BEL'"
_END = "CNT+42:1'UNT+{segments}+1'UNZ+1+77'"


@dataclass(frozen=True)
class Dialect:
    """A file: its bytes, each message's journey, every traveller, the codes of the warnings that it deserves."""

    name: str
    data: bytes
    journeys: tuple[str, ...]
    rows: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def _whole(body: str, head: str = HEAD, flight: str = FLIGHT, end: str = _END) -> bytes:
    text = head + flight + body + end
    message = text.split("UNH", 1)[1].split("UNT", 1)[0]
    segments = message.count("'") - message.count("?'") + 1
    return text.replace("{segments}", str(segments)).encode("iso8859-1")


def _other_marks(data: bytes, marks: str) -> bytes:
    """The same with other marks, which stand in the order of a service string without its decimal mark."""
    return data.translate(bytes.maketrans(b":+?'", marks.encode()))


_PLAIN = _whole(_NORA)
_WRAPPED = b"\r\n".join(_PLAIN[at : at + 63] for at in range(0, len(_PLAIN), 63))

DIALECTS = (
    Dialect("no service string, all in one line", _PLAIN, (JOURNEY,), (NORA,)),
    Dialect("a line for each segment", _PLAIN.replace(b"'", b"'\r\n"), (JOURNEY,), (NORA,)),
    Dialect("lines wrapped within segments", _WRAPPED, (JOURNEY,), (NORA,)),
    Dialect("segments padded to their lines", _PLAIN.replace(b"'", b"'        \r\n"), (JOURNEY,), (NORA,)),
    Dialect(
        "telex with brackets and dashes",
        b"\x01QK POSTXXS\r\n.MQDCSMQ 020610\r\n\x02UNA:(.) -\r\n"
        + _other_marks(_PLAIN, ":()-").replace(b"-", b"-\r\n") + b"\x03",
        (JOURNEY,), (NORA,), ("edifact.preamble",),
    ),
    Dialect("stars and dollars", b"UNA:*.? $\n" + _other_marks(_PLAIN, ":*?$"), (JOURNEY,), (NORA,)),
    Dialect("other marks and no service string", _other_marks(_PLAIN, "|*?~"), (JOURNEY,), (NORA,), ("edifact.marks",)),
    Dialect(
        "control characters as marks, which level B has",
        _other_marks(_PLAIN, "\x1f\x1d?\x1c").replace(b"UNOA", b"UNOB"), (JOURNEY,), (NORA,), ("edifact.marks",),
    ),
    Dialect("quotation marks end segments", _other_marks(_PLAIN, ":+?\""), (JOURNEY,), (NORA,), ("edifact.marks",)),
    Dialect("lines end segments", _other_marks(_PLAIN, ":+?\n"), (JOURNEY,), (NORA,), ("edifact.marks",)),
    Dialect(
        "small letters", _PLAIN.lower(), (JOURNEY,), (NORA,), ("edifact.case",),
    ),
    Dialect(
        "names in small letters, a mark in a name, a name in UTF-8",
        _whole(
            "NAD+FL+++O?'Neara:Mary-Jo'NAD+FL+++V\xc3\xa9radi:No\xc3\xabl'",
            head=HEAD.replace("UNOA:4", "UNOW:4"), end=_END.replace("42:1", "42:2"),
        ),
        (JOURNEY,),
        ("passenger|O'Neara|Mary-Jo|-|-|-|-", "passenger|V\u00e9radi|No\u00ebl|-|-|-|-"),
    ),
    Dialect(
        "D.02B in a group, carrier's contact, address, bags, no qualifiers of the document",
        _whole(
            "NAD+FL+++VERADI:NORA:LINA+RUE HAUTE 12+BRUXELLES++1000+BEL'ATT+2++F'DTM+329:840704'MEA+CT++:2'"
            "MEA+WT++KGM:28'FTX+BAG+++MQ123456:2'LOC+22+BRU'LOC+178+CMN'LOC+179+BRU'LOC+174+BEL'COM+3225000000:TE'"
            "NAT+2+BEL'RFF+AVF:QWERT1'RFF+ABO:MQ0001'RFF+SEA:12A'RFF+CR:8812345'DOC+P+EX123456'DTM+36:300112'LOC+91+BEL'",
            head="UNA:+.? '" + UNB + "UNG+PAXLST+MQAIR+POST+260302:0610+5+UN+D:02B'"
            "UNH+1+PAXLST:D:02B:UN:IATA+MQ0551/260302/1825+01:F'BGM+745'RFF+TN:MQ260302:::1'NAD+MS+++DESK:OPS'COM+3225000001:TE+3225000002:FX'",
            end="CNT+42:1'UNT+{segments}+1'UNE+1+5'UNZ+1+77'",
        ),
        (JOURNEY,), ("passenger|VERADI|NORA LINA|F|1984-07-04|BEL|P EX123456 BEL 2030-01-12",),
    ),
    Dialect(
        "D.12B, dates with their century, codes of ISO 5218, a visa beside the passport",
        _whole(
            "NAD+FL+++VERADI:IMRAN'ATT+2++1'DTM+329:19820630:102'NAT+2+BEL'DOC+P+EX123457'DTM+182:20200113:102'"
            "DTM+36:20300112:102'LOC+91+BEL'DOC+V+8899776'DTM+36:20270112:102'LOC+91+MAR'"
            "NAD+FL+++VERADI:LINA'ATT+2++2'DTM+329:20180201:102'NAT+2+BEL'",
            head=HEAD.replace("05B", "12B"),
            flight="TDT+20+MQ551+++MQ'LOC+125+CMN'DTM+189:202603021405:203'LOC+87+BRU'DTM+232:202603021825:203'",
            end=_END.replace("42:1", "42:2"),
        ),
        ("MQ551 CMN-BRU 2026-03-02T14:05 2026-03-02T18:25",),
        ("passenger|VERADI|IMRAN|M|1982-06-30|BEL|P EX123457 BEL 2030-01-12,V 8899776 MAR 2027-01-12",
         "passenger|VERADI|LINA|F|2018-02-01|BEL|-"),
    ),
    Dialect(
        "a version that nobody knows", _whole(_NORA, head=HEAD.replace("D:05B", "D:23A")),
        (JOURNEY,), (NORA,), ("paxlst.version",),
    ),
    Dialect(
        "crew by its duties, no line for a flight's arrival",
        _whole(
            "NAD+FM+++MAJOR:ALEX+++++'ATT+2++M'DTM+329:750220'LOC+174+BEL'EMP+1+CR1:110:111'NAT+2+BEL'"
            "DOC+P:110:111+CR445566'LOC+91+BEL'NAD+DDT+++MINOR:ROSA'ATT+2++F'DTM+329:801130'EMP+1+CR2:110:111'",
            head=HEAD.replace("745", "250"), flight="TDT+20+MQ0551+++MQ'LOC+125+CMN'DTM+189:2603021405:201'LOC+87+BRU'",
            end=_END.replace("42:1", "41:2"),
        ),
        ("MQ0551 CMN-BRU 2026-03-02T14:05 ",),
        ("crew|MAJOR|ALEX|M|1975-02-20|BEL|P CR445566 BEL -", "transit-crew|MINOR|ROSA|F|1980-11-30|-|-"),
    ),
    Dialect(
        "master crew list", _whole(
            "NAD+FM+++MAJOR:ALEX'ATT+2++M'DTM+329:750220'EMP+1+CR3:110:111'NAT+2+BEL'DOC+P:110:111+CR445566'LOC+91+BEL'",
            head=HEAD.replace("745'", "336+G'"),
            flight="TDT+20+MQ01MCL+++MQ'LOC+188+XXX'DTM+554:2603020610:201'LOC+172+XXX'DTM+554:2603020610:201'",
            end=_END.replace("42:1", "41:1"),
        ),
        ("MQ01MCL -  ",), ("crew|MAJOR|ALEX|M|1975-02-20|BEL|P CR445566 BEL -",),
    ),
    Dialect(
        "in transit, two sectors with their own lines",
        _whole(
            "NAD+DDU+++VERADI:NORA'ATT+2++F'DTM+329:840704'LOC+22+BRU'LOC+178+CMN'LOC+179+OSL'NAT+2+BEL'DOC+I+ID7788'LOC+91+BEL'",
            flight="TDT+20+MQ551+++MQ'LOC+125+CMN'DTM+189:2603021405:201'LOC+87+BRU'DTM+232:2603021825:201'"
            "TDT+20+MQ553+++MQ'LOC+92+BRU'DTM+189:2603021930:201'LOC+92+OSL'DTM+232:2603022130:201'",
        ),
        ("MQ551 CMN-OSL 2026-03-02T14:05 2026-03-02T21:30",), ("transit|VERADI|NORA|F|1984-07-04|BEL|I ID7788 BEL -",),
    ),
    Dialect(
        "one flight that lands twice, the last place as such",
        _whole(
            _NORA,
            flight="TDT+20+MQ551+++MQ'LOC+125+CMN'DTM+189:2603021405:201'LOC+87+BRU'DTM+232:2603021825:201'"
            "LOC+130+LGG'DTM+232:2603022000:201'",
        ),
        ("MQ551 CMN-LGG 2026-03-02T14:05 2026-03-02T20:00",), (NORA,),
    ),
    Dialect(
        "the flight as a number, expected times, the carrier by name as well",
        _whole(
            _NORA,
            flight="TDT+20+551+4++MQ:172::MAQAM AIR'LOC+125+CMN:139:6'DTM+133:2603021410:201'DTM+189:2603021405:201'"
            "LOC+87+BRU:139:6'DTM+132:2603021830:201'",
        ),
        ("MQ551 CMN-BRU 2026-03-02T14:05 2026-03-02T18:30",), (NORA,),
    ),
    Dialect(
        "times with seconds and zones",
        _whole(
            _NORA,
            flight="TDT+20+MQ0551+++MQ'LOC+125+CMN'DTM+189:202603021405?+0100:205'LOC+87+BRU'DTM+232:260302182500:202'",
        ),
        (JOURNEY,), (NORA,),
    ),
    Dialect(
        "one name alone, a name in one part, a machine readable zone's, a code of the order of its parts",
        _whole(
            "NAD+FL+++SUKARNA'NAD+FL+++VERADI/NORA'NAD+FL+++VERADI<<IMRAN<ALI'NAD+FL+++VERADI:AYA:LINA:::1'"
            "NAD+FL++++RUE HAUTE 12+BRUXELLES'", end=_END.replace("42:1", "42:5"),
        ),
        (JOURNEY,),
        ("passenger|SUKARNA||-|-|-|-", "passenger|VERADI|NORA|-|-|-|-", "passenger|VERADI|IMRAN ALI|-|-|-|-",
         "passenger|VERADI|AYA LINA|-|-|-|-", "passenger|||-|-|-|-"),
        ("paxlst.name",),
    ),
    Dialect(
        "a document's name in place of its code, a state's name in place of its code, no qualifier of the nationality",
        _whole("NAD+FL+++VERADI:NORA'ATT+2++X'DTM+329:04JUL1984'NAT+BEL'DOC+:::P+EX123456'DTM+36:12JAN30'LOC+91+:::BELGIUM'"),
        (JOURNEY,), ("passenger|VERADI|NORA|X|1984-07-04|BEL|P EX123456 BELGIUM 2030-01-12",),
    ),
    Dialect(
        "one list in two messages of one interchange",
        (
            UNB + "".join(
                f"UNH+{at}+PAXLST:D:05B:UN:IATA+MQ0551/260302/1825+0{at}:{end}'BGM+745'{FLIGHT}{person}CNT+42:1'UNT+{counted}+{at}'"
                for at, end, person, counted in (
                    (1, "C", _NORA, 16), (2, "F", "NAD+FL+++VERADI:IMRAN'ATT+2++M'", 11),
                )
            ) + "UNZ+2+77'"
        ).encode(),
        (JOURNEY, JOURNEY), (NORA, "passenger|VERADI|IMRAN|M|-|-|-"),
    ),
    Dialect(
        "the close of a flight names by reference who is on board",
        _whole(
            "NAD+ZZZ'RFF+AVF:QWERT1'RFF+ABO:MQ0001'NAD+ZZZ'RFF+AVF:QWERT1'RFF+ABO:MQ0002'",
            head=HEAD.replace("745'", "266+CLOB'"), end=_END.replace("42:1", "42:2"),
        ),
        (JOURNEY,), (),
    ),
    Dialect(
        "a segment of a later directory", _whole(_NORA.replace("NAT+2", "BIO+1+FACE'NAT+2")),
        (JOURNEY,), (NORA,), ("paxlst.segment",),
    ),
    Dialect("no trailers at all", _PLAIN[: _PLAIN.index(b"CNT")], (JOURNEY,), (NORA,), ("edifact.unt", "edifact.unz")),
)  # fmt: skip
