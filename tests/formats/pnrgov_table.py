"""What the messages of `shared/data/border/pnrgov` hold, read by eye and written down before they are parsed.

Rule: nothing here is computed by the code under test. Names are those of published test messages, of no person.
A booking is written as lines, each with a letter before it:
    R locators (carrier:reference), and the day it was made
    T family|given|title|kind|sex|birth date, a traveller, followed by what is said of that person:
    D kind|number|issuer|nationality|expiry|family|given, a document; V the same of a visa, with its place of issue
    K a kind and an address or number to reach somebody; under R of the booking
    F flight departure-arrival departs arrives, with the operating flight in brackets
`-` is what the file does not give. What the files get wrong is written down as well.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """A file: version, flight and journey of its message, its bookings, the codes of the warnings that it deserves."""

    file: str
    version: str
    flight: str
    bookings: str
    warnings: tuple[str, ...] = ()


_DL324 = "DL324 LHR-JFK 2010-12-12T09:15 -"
_UA988 = "UA988 FRA-IAD 2018-09-28T12:20 2018-09-28T15:05"
_TZ6 = "TZ0006 SIN-OOL 2013-05-28T22:25 2013-05-29T07:50"
_COUNT, _REFERENCES = ("edifact.unt.count",), ("edifact.unt.reference", "edifact.unz.reference")

# The line ends are those of a page: HIGH STREET has lost its space, SMITHJR stands over two lines. The second traveller
# has no passport, and a nationality only. The hotel stands between the two bookings that were parted and the history.
_SMITH = """
R DL:MFN4TI -
K phone 00115555555555
K phone 00441753637285
K phone 7705632891
T SMITHJR|JOHN|MR|adult|male|1964-07-12
D P|123456789|GBR|GBR|2019-08-23|SMITHJR|MRJONATHON ROBERT
T JONES|WILLIAM|MR|adult|male|1964-07-12
D -|-|-|GBR|-|JONES|WILLIAMNEVELL
F DL324 LHR-JFK 2010-12-12T09:15 2010-12-12T12:30
F DL330 JFK-YVR 2010-12-12T22:00 2010-12-12T23:30
F hotel VN67576 YVR-- 2010-12-12T15:00 2010-12-15
"""
# Born on 12 July "12" and "15", before a flight of December 2010: ninety-eight and ninety-five years old.
_WAYNE = """
R 1A:23456 -
T WAYNE|JOHN|MR|adult|male|1912-07-12
D P|123456789|GBR|GBR|2015-08-23|WAYNE|JOHNALVA
T COOPER|GARY|MR|adult|male|1915-07-12
D P|987654321|GBR|GBR|2013-01-15|COOPER|GARYWILLIAM
F DL324 LHR-JFK 2010-12-12T09:15 2010-12-12T12:30
F DL330 JFK-YVR 2010-12-12T22:00 2010-12-12T23:30
"""
_VANDENBERG = """
R TZ:W9TEND 2013-05-23T18:13
K phone 5555555555
K phone {phone}
T VANDENBERG|KEVINMICHAEL|MR|adult|male|1980-07-04
D P|548721687|USA|USA|2019-01-12|VANDENBERG|KEVIN MICHAEL
"""
_TWO_FLIGHTS = """
F TZ0006 SIN-OOL 2013-05-28T22:25 2013-05-29T07:50
F TZ0005 OOL-SIN 2013-05-31T09:00 2013-05-31T15:00
"""
# The infant has a sex MI, a reference of its own, and a ticket that begins with INF.
_DYE = """
R TZ:D1RGHI 2013-05-23T18:38
K phone 5555551212
T DYE|DOLAN|MR|adult|male|1990-02-01
D P|159264375|USA|USA|2019-11-20|DYE|DOLAN
T DYE|KAYLA|MS|adult|female|1993-04-07
D P|345678901|USA|USA|2018-12-15|DYE|KAYLA
T DYE|ARCHER|-|infant|male|2012-04-15
D P|654321987|USA|USA|2019-12-31|DYE|ARCHER
F BA0011 LHR-SIN 2013-05-27T19:15 2013-05-28T15:05
F TZ0006 SIN-OOL 2013-05-28T22:25 2013-05-29T07:50
F TZ0005 OOL-SIN 2013-06-05T09:00 2013-06-05T15:00
F BA0012 SIN-LHR 2013-06-05T22:55 2013-06-06T05:00
"""
# A group of nine of whom three are named so far.
_ACME = """
R TZ:GBFKSK 2013-05-23T18:48
K phone 5125551212
T CAPSON|LISAL|MS|adult|unknown|-
T CAPSON|HUNTER|-|adult|male|1992-04-27
D -|-|-|-|-|CAPSON|HUNTER
T ALLEN|SETH|-|adult|unknown|-
T TBA|C|-|adult|unknown|-
T TBA|D|-|adult|unknown|-
T TBA|E|-|adult|unknown|-
T TBA|F|-|adult|unknown|-
T TBA|G|-|adult|unknown|-
T TBA|H|-|adult|unknown|-
F TZ0006 SIN-OOL 2013-05-28T22:25 2013-05-29T07:50
F TZ0005 OOL-SIN 2013-06-17T09:00 2013-06-17T15:00
"""
# One passport, sent twice, its states once in two letters and once in three.
_PARK = """
R 1A:2LS6KP KE:EDP2RW 2013-05-20T04:39
T PARK|SEJOON|MR|-|male|1972-09-10
D P|JR3364288|KR|KR|2016-07-05|PARK|{given}
F KE609 ICN-SIN 2013-05-27T16:40 2013-05-27T22:00 (SQ303)
R 1A:X49V9U OZ:2OX5VV 2013-01-21T04:11
T KIM|KONG CHUN|MRS|adult|female|1957-02-15
D P|M17072944|KOR|KOR|2019-03-23|KIM|{kim}
F OZ609 ICN-SIN 2013-05-27T16:40 2013-05-27T22:00 (SQ752)
"""
# The infant's passport stands under its mother, twice with her reference; it is known by its sex, FI.
_BELT = """
R 1A:3PGZOV 2013-03-19T13:54
T BELT|ISABELLE|MRS|adult|female|1978-07-01
D P|509229987|GBR|GBR|2022-11-12|BELT|ISABELLE RUTH
T BELT|SOPHY|-|infant|female|2012-09-20
D P|512731999|GBR|GBR|2017-10-25|BEL T|SOPHY OLIVIA
F SQ602 SIN-ICN 2013-05-27T14:30 2013-05-27T22:05
"""
_DORON = """
R 1A:35K2IO 1S:EVFSDI 2013-02-15T01:49
T DORON|NINA|MS|-|female|1953-02-05
D -|-|-|-|-|DORON|NINA
T LENDROT|CHARLOTTE|MS|-|female|1952-02-14
D -|-|-|-|-|LENDROT|CHARLOTTE
F LH474 MUC-YUL 2013-05-27T15:50 2013-05-27T18:20
"""
_MUNICH = """
R 1A:3MZVP2 AC:P46KA5 2013-05-21T15:26
T JACKS|JAMES|-|-|male|1966-04-21
D -|-|-|-|-|JACKS|JAMES
F AC9099 MUC-YUL 2013-05-27T15:50 2013-05-27T18:20 (LH474)
R 1A:33O6DK 1G:MS6HXI 2013-05-07T08:37
T CARRERA|MARCUS|MR|-|male|1980-04-17
D P|YA0196755|IT|IT|2020-01-11|CARRERA|MARCUS
F LH9457 VCE-MUC 2013-05-27T13:00 2013-05-27T14:05 (EN8203)
F LH474 MUC-YUL 2013-05-27T15:50 2013-05-27T18:20
"""
# The third document has no kind; all four expire before or soon after the flight. The check-in adds LH to the locator.
_DOOLIN = """
R UA:52865E LH:52865E 2019-07-22T09:05
K phone 301698209441
K phone 835640133044
T DOOLIN|PETER|-|adult|male|1949-09-21
D P|276222776|GBR|PAK|2017-12-20|DOOLIN|PETER SEBASTIAN
K email PETER_DOOLIN@GMAIL.COM
T CHISOLM|MERLE|-|adult|female|1948-09-21
D P|872204801|USA|GBR|2020-07-02|CHISOLM|MERLE LEISA
K email MERLE.CHISOLM@YAHOO.COM
T WOO|FEN|-|adult|female|1997-09-04
D -|270398251|ERI|PAK|2017-11-18|WOO|FEN MULAN
K email FEN.WOO@YAHOO.COM
T FENWICK|ABBY|-|adult|female|1953-07-06
D P|422615487|GBR|USA|2017-05-08|FENWICK|ABBY LOUISE
K email ABBY.FENWICK@HOTMAIL.COM
F UA9146 FRA-OSL 2019-08-20T10:05 2019-08-20T12:00 (LH860)
F UA9095 OSL-FRA 2019-08-30T06:05 2019-08-30T08:15 (LH865)
F UA988 FRA-IAD 2019-08-30T12:20 2019-08-30T15:05
"""
_RAVAL = """
R UA:0995F0 2019-07-27T11:20
K phone 860150631893
K phone 380141111346
T RAVAL|CHRISTOPHER|-|adult|male|1964-09-09
D P|117557052|GBR|ERI|2025-05-16|RAVAL|CHRISTOPHER JAY
K email CHRISTOPHER.RAVAL@HOTMAIL.COM
F UA988 FRA-IAD 2019-08-26T12:20 2019-08-26T15:05
F UA989 IAD-FRA 2019-08-15T17:20 2019-08-16T07:20
"""
# The second booking was parted from another one, ZLMXXX.
_AEROMEXICO = """
R AM:ICOXXX 2013-04-12T17:55
K phone 1800 002 5200
K phone 1866 1252 5200
K phone 52 55 4446 0000
K phone 01 81 8336 6900
K phone 045 81 8396 1000
T TESTSURNAMEONE|TESTNAMEONE|MRS|adult|unknown|-
T TESTSURNAMEONE|TESTNAMETWO|MR|adult|unknown|-
F AM498 MTY-LAS 2013-05-23T10:39 2013-05-23T11:42
F AM499 LAS-MTY 2013-05-26T13:11 2013-05-26T18:00
R AM:BJOXXX 2013-05-11T11:48
K phone 571-600 5820
K phone 571 600 5830
K phone 571 600 5820
T TESTSURNAMETHREE|TESTNAMETHREE|MR|adult|male|1994-10-14
D P|AO589000|CO|CO|2023-05-08|TESTSURNA METHREE|TESTNAMETHREE
F AM719 BOG-CUN 2013-05-19T07:00 2013-05-19T10:30
F AM718 CUN-BOG 2013-05-23T01:35 2013-05-23T05:00
"""
# Six of seven have seats, one checks in for the last flight. No nationality stands in any document.
_BIG = """
R UA:86C92D ET:86C92D 2018-08-08T12:20
K phone 220257225504
K phone 746928818937
T HOLCOMBE|LORELEI|MRS|adult|female|1998-08-12
D P|813281747|USA|-|2019-12-08|HOLCOMBE|LORELEIMRS LISE
K email LORELEI.HOLCOMBE@HOTMAIL.COM
T EMMETT|JOSEPH|MR|adult|male|1970-03-23
D P|388349438|GBR|-|2026-05-01|EMMETT|JOSEPHMR DANIEL
K email JOSEPH.EMMETT@YAHOO.COM
T MALDONADO|JACQUELYNN|MRS|adult|female|1976-04-16
D P|315507126|USA|-|2021-04-18|MALDONADO|JACQUELYNNMRS FAITH
K email JACQUELYNN.MALDONADO@YAHOO.COM
T NUGUSE|NEGISTI|MRS|adult|female|1972-10-01
D P|355146303|CHN|-|2026-04-04|NUGUSE|NEGISTIMRS TEMSHE
K email NEGISTI.NUGUSE@HOTMAIL.COM
T SLOCOMBE|LUCY|MRS|adult|female|1969-11-09
D P|548241627|GBR|-|2022-02-25|SLOCOMBE|LUCYMRS LYDIA
K email LUCY_SLOCOMBE@GMAIL.COM
T MICHAELS|WELDON|MR|adult|male|1992-08-26
D P|381798541|USA|-|2027-01-15|MICHAELS|WELDONMR RAPHAEL
K email WELDON_MICHAELS@GMAIL.COM
T HOU|LI|MR|adult|male|1993-09-25
D P|945329717|ERI|-|2023-04-21|HOU|LIMR SHI
K email LI_HOU@GMAIL.COM
F ET834 WDH-ADD 2018-09-27T14:20 2018-09-27T21:20
F ET706 ADD-FRA 2018-09-27T23:20 2018-09-28T05:31
F UA988 FRA-IAD 2018-09-28T12:20 2018-09-28T15:05
"""
_SERIO = """
R DL:BGXFR4 VS:BGXFR4 2020-01-26T21:00
K phone 3379745974
T SERIO|REUBEN|-|adult|male|1994-10-20
D P|9173574|THA|THA|2028-04-20|SERIO|REUBEN JOAQUIN
K email REUBEN_SERIO@GMAIL.COM
K phone 1234536789
K phone 866 746 4647
F VS138 JFK-LHR 2020-02-21T21:00 2020-02-22T09:00
F BA117 LHR-JFK 2020-02-22T08:25 2020-02-22T11:25
F DL441 JFK-MBJ 2020-02-23T10:10 2020-02-23T14:22
"""
# 43:21 is no time of the day: of that arrival the day is left.
_CODESHARES = """
F SQ5678 LHR-ARN 2022-01-11T19:00 2022-01-11T22:30 (SK1524)
F DL8976 ATL-AMS 2010-04-01T22:35 2010-04-02T12:00 (KL972)
F TZ0006 SIN-OOL 2013-05-28T22:25 2013-05-29T07:50
F TZ0002 OOL-SIN 2013-05-31T09:00 2013-05-31
F TZ0001 SIN-OOL 2013-05-28T22:25 2013-05-29T12:34
F TZ0005 OOL-SIN 2013-05-31T09:00 2013-05-31T15:00
"""
_LOBB = """
R UA:7C789A 2018-08-23T12:20
K phone 8675309
{contact}T LOBB|MOLLY|MRS|adult|{born}
{document}K email {email}
"""
# A passport of a state that is not named, and others without nationality.
_EXAMPLE = """
R UA:7C789A ET:7C789A 2018-08-23T12:20
K phone 226608671236
K phone 678171055264
T LOBB|MOLLY|MRS|adult|female|1954-08-13
D P|796428965|GBR|-|2025-04-26|LOBB|MOLLYMRS ZARA
K email MOLLY_LOBB@GMAIL.COM
T PHILIPPS|MATTHIAS|MR|adult|male|1942-10-21
D P|330102546|-|-|2024-01-08|PHILIPPS|MATTHIASMR TIM
K email MATTHIAS_PHILIPPS@GMAIL.COM
T BOLOGNA|BRANDON|MR|adult|male|1960-06-16
D P|445488562|USA|-|2019-01-07|BOLOGNA|BRANDONMR WINSTON
K email BRANDON_BOLOGNA@GMAIL.COM
T EULENBERGER|LUCA|MR|adult|male|1941-10-23
D P|761852513|ERI|-|2020-12-06|EULENBERGER|LUCAMR MARIO
K email LUCA.EULENBERGER@YAHOO.COM
T HABTE|LIYA|MRS|adult|female|1960-03-29
D P|254881089|DEU|-|2021-05-04|HABTE|LIYAMRS SOPHIA
K email LIYA.HABTE@YAHOO.COM
F ET834 WDH-ADD 2018-09-27T14:20 2018-09-27T21:20
F ET706 ADD-FRA 2018-09-27T23:20 2018-09-28T05:31
F UA988 FRA-IAD 2018-09-28T12:20 2018-09-28T15:05
"""
# The visa refers to a traveller 002, whom the booking does not have: it is that of the one under whom it stands.
_ACKARY = """
R UA:06A9FD ET:06A9FD 2018-04-11T12:20
K phone 64885200435
T ACKARY|CHARLES|MR|adult|male|1948-12-26
D P|602120901|GBR|-|2021-01-30|ACKARY|CHARLESMR MUHAMMAD
V V|8675309|OTHER PLACE|-|-|-|-
K email CHARLES.ACKARY@YAHOO.COM
F ET834 WDH-ADD 2018-05-11T14:20 2018-05-11T21:20
F ET706 ADD-FRA 2018-05-11T23:20 2018-05-12T05:31
F UA988 FRA-IAD 2018-05-12T12:20 2018-05-12T15:05
"""
_ADONAY = """
R UA:8A4E83 2018-08-20T22:20
K phone 86752300554
K phone 763984315882
T ADONAY|YORDA|MRS|adult|female|1997-06-18
D P|182291927|CHN|-|2020-07-06|ADONAY|YORDAMRS KISANET
K email YORDA_ADONAY@GMAIL.COM
T PETROS|FNAN|MRS|adult|female|1992-09-06
D P|586993080|CZE|-|2025-07-17|PETROS|FNANMRS ZAHRA
K email FNAN.PETROS@YAHOO.COM
F UA989 IAD-FRA 2018-10-03T17:20 2018-10-04T07:20
F UA8749 FRA-KWI 2018-10-04T13:35 2018-10-04T20:05 (LH624)
F UA8750 KWI-FRA 2018-10-11T01:50 2018-10-11T07:00 (LH625)
F UA988 FRA-IAD 2018-10-11T12:20 2018-10-11T15:05
"""

_NO_DOCUMENT = "unknown|-"
_FEMALE = "female|1954-08-13"
_PASSPORT = "D P|796428965|GBR|-|2025-04-26|LOBB|MOLLYMRS ZARA\n"
_CUT = ("edifact.cut", "edifact.unt.count", "edifact.unz")

TABLE = (
    Expected("loader_2_pnrs_basic.edi", "10:1", _DL324, _SMITH + _WAYNE, _COUNT),
    Expected(
        "loader_3_pnrs.edi", "11:1", _TZ6,
        _VANDENBERG.format(phone="1 555 555 5555") + _TWO_FLIGHTS + _DYE + _ACME,
    ),
    # UNA lacks its decimal mark.
    Expected(
        "loader_codeshare.edi", "11:1", "SQ609 ICN-SIN 2013-05-27T16:40 2013-05-27T22:00",
        _PARK.format(given="SE JOON", kim="KON G CHUN"), ("edifact.advice", *_COUNT),
    ),
    # UNA ends with a typographic apostrophe; a line of the history is not ended.
    Expected(
        "loader_infant.edi", "11:1", "SQ602 SIN-ICN 2013-05-27T14:30 2013-05-27T22:05", _BELT,
        ("pnrgov.terminator", "pnrgov.terminator", *_COUNT),
    ),
    Expected(
        "loader_no_pnr_history.edi", "11:1", "LH474 MUC-YUL 2013-05-27T15:50 2013-05-27T18:20", _MUNICH + _DORON
    ),
    # EQN says two bookings; there is one, of two travellers.
    Expected("loader_pnr1.txt", "10:1", _DL324, _SMITH, _COUNT),
    Expected(
        "loader_pnr3.txt", "13:1", "UA988 FRA-IAD 2019-08-30T12:20 2019-08-30T15:05", _DOOLIN, _COUNT + _REFERENCES
    ),
    Expected("loader_pnr4.txt", "13:1", "UA988 FRA-IAD 2019-08-26T12:20 2019-08-26T15:05", _RAVAL, _REFERENCES),
    Expected("loader_pnr_split.edi", "11:1", "AM498 MTY-LAS 2013-05-23T10:39 2013-05-23T11:42", _AEROMEXICO),
    Expected("parsers_bigMessagePnr.txt", "13:1", _UA988, _BIG, _COUNT + _REFERENCES),
    # Its marks are - and *, and telephone numbers contain them unreleased.
    Expected(
        "parsers_danglingMetaCharacter.txt", "13:1", "DL441 JFK-MBJ 2020-02-23T10:10 2020-02-23T14:22", _SERIO,
        _COUNT + _REFERENCES,
    ),
    Expected(
        "parsers_modifyPnr77ForCodeShare.txt", "11:1", _TZ6,
        _VANDENBERG.format(phone="1 555555 5555") + _CODESHARES,
        (*_CUT, "pnrgov.date", "pnrgov.terminator"),
    ),
    # A heading of Tigerair over a booking of Lufthansa; UNZ is not ended, and a sentence follows it.
    Expected("parsers_pnrBadFormat.txt", "11:1", _TZ6, _DORON, _CUT),
    Expected(
        "parsers_pnrEdge.txt", "13:1", _UA988,
        _LOBB.format(contact="", born=_NO_DOCUMENT, document="", email="MOLLY_LOUUNT+50BB@GMAIL.COM"),
        _COUNT + _REFERENCES,
    ),
    Expected("parsers_pnrMessageExample.txt", "13:1", _UA988, _EXAMPLE, _COUNT + _REFERENCES),
    # Typographic apostrophes end three segments, and nothing ends the ORG before the second booking's traveller.
    Expected(
        "parsers_pnrMessagePg75.txt", "11:1", "SQ609 ICN-SIN 2013-05-27T16:40 2013-05-27T22:00",
        _PARK.format(given="SEJOON", kim="KONG CHUN"),
        (*_COUNT, "pnrgov.terminator", "pnrgov.terminator", "pnrgov.terminator", "pnrgov.terminator"),
    ),
    Expected(
        "parsers_pnrMessagePg77.txt", "11:1", _TZ6,
        _VANDENBERG.format(phone="1 555555 5555") + _TWO_FLIGHTS, (*_CUT, "pnrgov.terminator"),
    ),
    Expected(
        "parsers_pnrNoOrgMsg.txt", "13:1", _UA988,
        _LOBB.format(
            contact="K phone 5432109876\n", born=_NO_DOCUMENT, document="", email="MOLLY_LONT+50BB@GMAIL.COM"
        ),
        (*_COUNT, *_REFERENCES, "pnrgov.heading"),
    ),
    Expected(
        "parsers_pnrPhoneCTC_M.txt", "13:1", _UA988,
        _LOBB.format(contact="", born=_NO_DOCUMENT, document="", email="MOLLY_LOUUNT+50BB@GMAIL.COM")
        + "K phone 123456789\n",
        _COUNT + _REFERENCES,
    ),
    # The heading's flight is of September 2018, the booking's of January 2019.
    Expected(
        "parsers_pnrSeatFormats.txt", "13:1", _UA988,
        _LOBB.format(contact="", born=_FEMALE, document=_PASSPORT, email="MOLLY_RUUUNT+50BB@GMAIL.COM")
        + "F UA988 FRA-IAD 2019-01-22T12:20 2019-01-22T15:05\n",
        _COUNT + _REFERENCES,
    ),
    Expected(
        "parsers_pnrWithDoco.txt", "13:1", "UA988 FRA-IAD 2018-05-12T12:20 2018-05-12T15:05", _ACKARY,
        (*_COUNT, *_REFERENCES, "pnrgov.reference"),
    ),
    Expected(
        "parsers_pnrWithPrefixesAndBookingDetailBags.txt", "13:1", "UA988 FRA-IAD 2018-10-11T12:20 2018-10-11T15:05",
        _ADONAY, _COUNT + _REFERENCES,
    ),
)  # fmt: skip
