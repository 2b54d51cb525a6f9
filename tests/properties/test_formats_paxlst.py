"""Whatever the bytes, a value or an InputError; what is written is read; what is cut is never made up."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.formats.edifact import Marks, Segment, render, tokenise
from mithaq.formats.paxlst import Baggage, Interchange, Leg, Manifest, TravelDocument, Traveller, read_paxlst
from mithaq.formats.paxlst_values import ROLES, SEXES
from mithaq.formats.paxlst_write import write_paxlst
from tests.shared_data import shared

# Printable ASCII, marks and release character included; readers strip blanks at the ends, so texts have none there.
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12).map(str.strip)
WORD = TEXT.filter(bool)
# A reader parts `DOE/JOHN`, and puts the carrier before a flight that is a number alone.
FAMILY = WORD.filter(lambda text: "/" not in text and "<<" not in text)
FLIGHT = WORD.filter(lambda text: not text[0].isdigit())
CODE = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
DAY = st.dates().map(str).filter(lambda day: day > "0001")
BIRTH = st.none() | DAY.flatmap(lambda day: st.sampled_from([day[:4], day[:7], day]))
MAYBE = st.none() | CODE
DOCUMENT = st.builds(TravelDocument, WORD, WORD, MAYBE, st.none() | DAY, st.none() | DAY)
TRAVELLER = st.builds(
    Traveller,
    role=st.sampled_from(sorted(ROLES.values())),
    family=FAMILY,
    given=TEXT,
    sex=st.sampled_from([*SEXES.values(), "unknown"]),
    birth_date=BIRTH,
    nationality=MAYBE,
    documents=st.lists(DOCUMENT, max_size=3).map(tuple),
    embarkation=MAYBE,
    debarkation=MAYBE,
    reference=st.none() | WORD,
    clearance=MAYBE,
    residence=MAYBE,
    birth_place=st.none() | WORD,
    identifier=st.none() | WORD,
    seat=st.none() | WORD,
    references=st.lists(WORD.map(lambda text: f"CR {text}"), max_size=2).map(tuple),
    bags=st.builds(
        Baggage,
        st.sampled_from(["", "2"]),
        st.sampled_from(["", "28 kg", "60 lb"]),
        st.lists(st.sampled_from(["XM123456", "XM123456:3"]), max_size=2).map(tuple),
    ),
    contacts=st.lists(WORD.map(lambda text: f"TE {text}"), max_size=2).map(tuple),
    address=st.none() | WORD,
    duty=st.none() | st.sampled_from(["CR1", "CR2"]),
    verified=st.none() | st.booleans(),
)
MOMENT = st.datetimes().filter(lambda at: at.year >= 1000).map(lambda at: at.isoformat()[:16])
LEG = st.builds(Leg, FLIGHT, CODE, MOMENT, CODE, MOMENT)


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    legs = tuple(draw(st.lists(LEG, min_size=1, max_size=3)))
    first, last = legs[0], legs[-1]
    ends = (first.departure, last.arrival, first.departs, last.arrives)
    people = tuple(draw(st.lists(TRAVELLER, max_size=4)))
    return Manifest(draw(WORD), draw(st.sampled_from(["745", "250"])), draw(WORD), first.flight, *ends, legs, people)


@given(manifests())
def test_what_is_written_is_read_again(manifest: Manifest) -> None:
    found = read_paxlst(write_paxlst(manifest))
    assert found.messages == (manifest,)
    future = any((one.birth_date or "") > manifest.departs[:10] for one in manifest.travellers)
    assert {one.code for one in found.warnings} == ({"paxlst.date.future"} if future else set())


PIECE = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8)
ELEMENT = st.lists(PIECE, min_size=1, max_size=4).map(tuple)
SEGMENT = st.builds(
    Segment,
    tag=st.from_regex(r"[A-Z]{2}[A-Z0-9]", fullmatch=True).filter(lambda tag: tag != "UNA"),
    elements=st.lists(ELEMENT, max_size=5).map(tuple),
)
MARKS = st.lists(st.sampled_from(":+?'|^~*#;!\x1c\x1d\x1f"), min_size=4, max_size=4, unique=True).map(
    lambda four: Marks(*four)
)


@given(st.lists(SEGMENT, max_size=8), MARKS)
@example([Segment("FTX", (("??", "?"), ("'", "")))], Marks())
def test_tokens_of_what_is_rendered(segments: list[Segment], marks: Marks) -> None:
    whole = [Segment("UNB", (("UNOW", "4"),)), *segments]
    found = tokenise(render([(one.tag, *one.elements) for one in whole], marks, encoding="utf-8"))
    assert [(one.tag, one.elements) for one in found.segments] == [(one.tag, one.elements) for one in whole]
    assert found.warnings == ()


def read(data: bytes) -> Interchange | None:
    """A value or None for an InputError; whatever else is raised fails the test."""
    try:
        return read_paxlst(data)
    except InputError:
        return None


# Bytes that look like a message, so that more than the first check is reached.
SHARD = st.sampled_from(
    [b"UNA:+.? '", b"UNB+UNOA:4+A+B+260504:0110+1'", b"UNH+1+PAXLST:D:05B:UN'", b"NAD+FL+++A:B'", b"DTM+329:8403", b"'",
     b"DTM+36:", b"DOC+P+1'", b"LOC+91+", b"TDT+20+", b"DTM+189:26", b"CNT+42:", b"UNT+", b"UNZ+1", b"?", b"+", b":",
     b"\xff", b"\r\n", b"9", b"UNE+", b"UNG+", b"UNO", b"UNOX:4'\x1b$B", b"00", b"\x00", "٣".encode(), b"0001"]
)  # fmt: skip


@given(st.binary(max_size=300) | st.lists(SHARD, max_size=60).map(b"".join))
def test_any_bytes_give_a_value_or_an_input_error(data: bytes) -> None:
    read(data)
    read(b"UNB+UNOA:4+A+B+260504:0110+1'UNH+1+PAXLST:D:05B:UN'" + data)


@given(st.data())
def test_a_real_message_with_bytes_changed_gives_a_value_or_an_input_error(data: st.DataObject) -> None:
    whole = bytearray(shared("data/border/paxlst/loader_Test1.txt").read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    read(bytes(whole))


def grows_into(part: Traveller, whole: Traveller) -> bool:
    """True when the part says nothing that the whole does not say."""
    plain = ("role", "family", "given")
    held = (
        "birth_date",
        "nationality",
        "embarkation",
        "debarkation",
        "reference",
        "clearance",
        "residence",
        "birth_place",
    )
    documents = zip(part.documents, whole.documents, strict=False)
    return (
        all(getattr(part, name) == getattr(whole, name) for name in plain)
        and all(getattr(part, name) in {None, getattr(whole, name)} for name in held)
        and part.sex in {"unknown", whole.sex}
        and len(part.documents) <= len(whole.documents)
        and all(
            a.number == b.number
            and a.kind == b.kind
            and a.issuer in {None, b.issuer}
            and a.expires in {None, b.expires}
            for a, b in documents
        )
    )


def cuts_never_invent(data: bytes, places: range) -> None:
    (whole,) = read_paxlst(data).messages
    for place in places:
        found = read(data[:place])
        if found is None:
            continue
        assert found.warnings, place
        (part,) = found.messages
        assert len(part.travellers) <= len(whole.travellers)
        assert all(map(grows_into, part.travellers, whole.travellers)), place


def test_cut_at_any_byte_never_invents_a_traveller() -> None:
    for file in ("loader_Test1.txt", "parsers_apisMessage.txt", "paxlst_czech_apis_d02b.edi"):
        data = shared(f"data/border/paxlst/{file}").read_bytes().rstrip()
        cuts_never_invent(data, range(len(data)))


@settings(max_examples=30)
@given(manifests(), st.data())
def test_cut_written_message_never_invents_a_traveller(manifest: Manifest, data: st.DataObject) -> None:
    whole = write_paxlst(manifest)
    place = data.draw(st.integers(0, len(whole) - 1))
    cuts_never_invent(whole, range(place, min(place + 40, len(whole))))
