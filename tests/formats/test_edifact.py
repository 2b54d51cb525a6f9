"""The tokenizer: service strings, releases, stray bytes, character sets, envelopes and limits."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from mithaq.errors import InputError
from mithaq.formats.edifact import MAX_BYTES, Segment, Tokens, Warning, tokenise
from mithaq.formats.edifact_envelope import messages
from tests.shared_data import shared

HEAD = b"UNB+UNOA:4+A+B+260504:0110+1'"


def codes(tokens: Tokens) -> list[str]:
    return [one.code for one in tokens.warnings]


def tags(tokens: Tokens) -> list[str]:
    return [one.tag for one in tokens.segments]


def envelope(data: bytes) -> tuple[list[str], list[str]]:
    """The references of the messages, and the codes of the warnings."""
    warnings: list[Warning] = []
    found = messages(tokenise(data).segments, warnings)
    return [one.segments[0].get(0) for one in found], [one.code for one in warnings]


def test_release_characters_keep_marks_as_text() -> None:
    found = tokenise(HEAD + b"FTX+a?+b:c?:d+e??+f?''").segments[1]
    assert found.elements == (("a+b", "c:d"), ("e?",), ("f'",))


def test_double_release_before_a_terminator_ends_the_segment() -> None:
    assert tags(tokenise(HEAD + b"FTX+a??'BGM+1'")) == ["UNB", "FTX", "BGM"]


def test_space_as_release_character_means_none() -> None:
    found = tokenise(b"UNA:+.  'UNB+UNOA:4'FTX+a?+b'")
    assert found.segments[1].elements == (("a?",), ("b",))


@pytest.mark.parametrize(
    "advice", ["UNA:+.? '", "UNA:+.?*'", "UNA:+,?*'", "UNA|^.~ #", "UNA\x1f\x1d.? \x1c", "UNA:+.? \n"]
)
def test_service_strings(advice: str) -> None:
    component, element, terminator = advice[3], advice[4], advice[8]
    text = f"{advice}UNB{element}UNOA{component}4{terminator}\r{terminator}BGM{element}745{element}9{terminator}\r\r"
    found = tokenise(text.encode())
    assert [(one.tag, one.elements) for one in found.segments] == [
        ("UNB", (("UNOA", "4"),)),
        ("BGM", (("745",), ("9",))),
    ]
    assert found.warnings == ()


@pytest.mark.parametrize("advice", ["UNA::.? '", "UNA:+.: '", "UNA:+.?*+", "UNAA+.? '", "UNA: .? '"])
def test_contradicting_service_strings_are_refused(advice: str) -> None:
    with pytest.raises(InputError) as error:
        tokenise(advice.encode() + HEAD)
    assert error.value.code == "edifact.una"


def test_blanks_between_and_within_segments_mean_nothing() -> None:
    data = b"\xef\xbb\xbf \r\nUNA:+.? '\n \tUNB+UNOA:4\x03'\r\n\r\n  BGM+7\r\n45'\x1a\n\0"
    found = tokenise(data)
    assert [(one.tag, one.elements[-1]) for one in found.segments] == [("UNB", ("UNOA", "4")), ("BGM", ("745",))]
    assert found.warnings == ()
    assert [data[one.offset : one.offset + 3] for one in found.segments] == [b"UNB", b"BGM"]


def test_offsets_are_bytes_whatever_the_character_set() -> None:
    data = "UNB+UNOW:4'NAD+FL+++\u017d\u0627'BGM+1'".encode()
    found = tokenise(data)
    assert found.segments[1].elements[-1] == ("\u017d\u0627",)
    assert data[found.segments[2].offset :].startswith(b"BGM")


@pytest.mark.parametrize(
    ("syntax", "raw", "text", "warned"),
    [
        ("UNOA", b"ABC", "ABC", False),
        ("UNOA", b"\xc3\x89", "\xc9", True),  # UTF-8 where ASCII was promised
        ("UNOB", b"\xc9", "\xc9", True),  # Latin-1 where ASCII was promised
        ("UNOA", b"V\x87C", "V\ufffdC", True),  # of no character set that can be known
        ("UNOC", b"\xc9", "\xc9", False),
        ("UNOD", b"\xd8", "\u0158", False),
        ("UNOE", b"\xb6", "\u0416", False),
        ("UNOF", b"\xd3", "\u03a3", False),
        ("UNOG", b"\xac", "\u0134", False),
        ("UNOH", b"\xc8", "\u010c", False),
        ("UNOI", b"\xe5", "\u0645", False),
        ("UNOJ", b"\xe9", "\u05d9", False),
        ("UNOK", b"\xdd", "\u0130", False),
        ("UNOW", b"\xd9\x85", "\u0645", False),
        ("UNOX", b"\x1b$B;3\x1b(B", "\u5c71", False),
        ("UNOY", b"\xc3\xa0", "\xe0", False),  # its second byte is a no-break space in Latin-1
        ("UNOY", b"\xe5", "\xe5", True),
    ],
)
def test_character_sets(syntax: str, raw: bytes, text: str, *, warned: bool) -> None:
    found = tokenise(b"UNB+" + syntax.encode() + b":4'NAD+FL+++" + raw + b"'")
    assert found.segments[1].elements[-1] == (text,)
    assert codes(found) == ["edifact.encoding"] * warned


def test_cut_segment_is_dropped_and_nothing_before_it() -> None:
    for cut in (b"N", b"NA", b"NAD+FL+++A", b"NAD+FL+++A?'", b"NAD+FL+++A??????'"[:-1]):
        found = tokenise(HEAD + b"BGM+745'" + cut)
        assert tags(found) == ["UNB", "BGM"]
        assert codes(found) == ["edifact.cut"]


def test_segment_without_proper_tag_is_left_out() -> None:
    found = tokenise(HEAD + b"nad+FL'+'BGM+745'")
    assert tags(found) == ["UNB", "BGM"]
    assert codes(found) == ["edifact.tag", "edifact.tag"]


def test_telex_heading_is_left_out_with_a_warning() -> None:
    found = tokenise(b"QU BRUXXSN\r\n.CMNXXAT 040110\r\n" + HEAD)
    assert (tags(found), codes(found)) == (["UNB"], ["edifact.preamble"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"garbage",
        b"%PDF-1.7 UN",
        b"\x00" * 5000 + HEAD,
        b"UNA",
        b"UNA:+.? '",
        b"UNB+UNOA",
        b"PK\x03\x04",
        b"<xml/>",
    ],
)
def test_garbage_is_no_interchange(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        tokenise(data)
    assert error.value.code == "edifact.none"
    assert error.value.remedy


class Endless(io.RawIOBase):
    """A carrier's stream of 100 MB that counts what was taken from it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        wanted = min(100 * 1024 * 1024 - self.taken if size < 0 else size, 100 * 1024 * 1024 - self.taken)
        self.taken += wanted
        return (HEAD + b"NAD+FL+++A:B'" * (wanted // 13 + 1))[:wanted]


def test_hundred_megabytes_stop_at_the_limit() -> None:
    source = Endless()
    with pytest.raises(InputError) as error:
        tokenise(source)  # type: ignore[arg-type]
    assert error.value.code == "edifact.size"
    assert source.taken == MAX_BYTES + 1


@pytest.mark.parametrize("filler", [b"'", b"+", b":", b"?", b"??'", b"A'"])
def test_marks_are_bounded_before_anything_is_built(filler: bytes) -> None:
    data = HEAD + filler * (MAX_BYTES // 4)
    tracemalloc.start()
    with pytest.raises(InputError) as error:
        tokenise(data[:MAX_BYTES])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.value.code == "edifact.size"
    assert peak < 4 * MAX_BYTES


def test_one_endless_segment_is_cut_not_built() -> None:
    assert codes(tokenise(HEAD + b"A" * 10_000_000)) == ["edifact.cut"]


def test_warnings_are_bounded() -> None:
    assert len(tokenise(HEAD + b"x'" * 50_000).warnings) == 1000


GROUPED = b"UNG+PAXLST+A+B+260504:0110+5+UN+D:02B'UNH+1+PAXLST:D:02B:UN'BGM+745'UNT+3+1'UNE+1+5'UNZ+1+1'"


@pytest.mark.parametrize(
    ("data", "references", "warned"),
    [
        (HEAD + GROUPED, ["1"], []),
        (HEAD + b"UNH+1+P'UNT+2+1'UNH+2+P'UNT+2+2'UNZ+2+1'", ["1", "2"], []),
        (HEAD + b"UNH+1+P'UNT+2+1'", ["1"], ["edifact.unz"]),
        (HEAD + b"UNH+1+P'", ["1"], ["edifact.unt", "edifact.unz"]),
        (HEAD + b"UNH+1+P'UNZ+1+1'", ["1"], ["edifact.unt"]),
        (HEAD + b"UNH+1+P'UNH+2+P'UNT+2+2'UNZ+2+1'", ["1", "2"], ["edifact.unt"]),
        (HEAD + GROUPED.replace(b"UNE+1+5'", b""), ["1"], ["edifact.une"]),
        (HEAD + GROUPED.replace(b"UNT+3", b"UNT+4"), ["1"], ["edifact.unt.count"]),
        (HEAD + GROUPED.replace(b"UNT+3", b"UNT+"), ["1"], ["edifact.unt.count"]),
        (HEAD + GROUPED.replace(b"UNT+3+1", b"UNT+3+2"), ["1"], ["edifact.unt.reference"]),
        (HEAD + GROUPED.replace(b"UNE+1+5", b"UNE+2+5"), ["1"], ["edifact.une.count"]),
        (HEAD + GROUPED.replace(b"UNZ+1+1", b"UNZ+9+8"), ["1"], ["edifact.unz.count", "edifact.unz.reference"]),
        (HEAD + b"BGM+745'UNT+1+1'UNZ+0+1'", [], ["edifact.stray", "edifact.stray"]),
        (HEAD + HEAD + b"UNH+1+P'UNT+2+1'UNZ+1+1'", ["1"], ["edifact.unz"]),
        (b"UNH+1+P'UNT+2+1'UNZ+1+1'", ["1"], ["edifact.stray"]),
    ],
)
def test_envelopes(data: bytes, references: list[str], warned: list[str]) -> None:
    assert envelope(data) == (references, warned)


@pytest.mark.parametrize(("written", "said"), [(b"173", 173), (b"003", None), (b"NAD MAES JAN", "-"), (b"9" * 10, "-")])
def test_a_count_that_lies_is_told_with_both_numbers_and_no_text_of_the_file(written: bytes, said: object) -> None:
    warnings: list[Warning] = []
    data = HEAD + GROUPED.replace(b"UNT+3", b"UNT+" + written)
    assert len(messages(tokenise(data).segments, warnings)) == 1
    assert [one.params for one in warnings] == ([] if said is None else [{"trailer": "UNT", "there": 3, "said": said}])


def test_segment_get_is_total() -> None:
    one = Segment("NAD", (("FL",), (" A ", "")))
    assert [one.get(0), one.get(1), one.get(1, 1), one.get(1, 2), one.get(5)] == ["FL", "A", "", "", ""]


def test_real_messages_lose_no_segment() -> None:
    for path in shared("data/border/paxlst").iterdir():
        data = path.read_bytes()
        assert len(tokenise(data).segments) == data.count(b"'") - data.count(b"UNA:")


def test_a_name_that_looks_like_a_service_string_is_a_name() -> None:
    found = tokenise(HEAD + b"UNH+1+PAXLST'NAD+FL+++LUNA:MARIA UNGARO'NAD+FL+++UNA:MARIE UNB'UNT+4+1'UNZ+1+1'")
    assert [one.elements[3] for one in found.segments if one.tag == "NAD"] == [
        ("LUNA", "MARIA UNGARO"),
        ("UNA", "MARIE UNB"),
    ]
    assert codes(found) == []


def test_an_interchange_after_one_that_was_cut_begins_anew() -> None:
    data = HEAD + b"UNH+1+PAXLST'NAD+FL+++SMI" + b"UNA*|.? ~UNB|UNOA*4|A|B|C|D~UNH|2|PAXLST~"
    found = tokenise(data)
    assert [one.tag for one in found.segments] == ["UNB", "UNH", "UNB", "UNH"]
    assert codes(found) == ["edifact.cut"]


def test_interchanges_are_bounded() -> None:
    with pytest.raises(InputError) as error:
        tokenise(HEAD + b"UNA:+.? 'UNB+" * 2000)
    assert error.value.code == "edifact.size"
