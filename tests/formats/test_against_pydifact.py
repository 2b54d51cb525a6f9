"""What the writer writes, another EDIFACT reader reads whole: the input on which the bench compares the two."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from bench import formats
from bench.record import Figure, Reference, Spread, write

from mithaq.formats.paxlst import read_paxlst
from mithaq.formats.paxlst_write import write_paxlst


def test_pydifact_reads_every_segment_that_is_written() -> None:
    whole = formats.manifest(25)
    data = write_paxlst(whole)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydifact has no description of service segments
        formats.check(whole, data)
        with pytest.raises(AssertionError):
            formats.check(formats.manifest(24), data)


def test_warnings_of_a_list_are_bounded_and_the_rest_is_counted() -> None:
    data = b"UNB+UNOA:4+A+B+250101:0000+1'UNH+1+PAXLST:D:05B:UN'" + b"NAD+FL'" * 1500
    found = read_paxlst(data)
    assert len(found.messages[0].travellers) == 1500
    assert len(found.warnings) == 1001
    assert found.warnings[-1].code == "edifact.warnings"
    assert int(found.warnings[-1].detail.split()[0]) + 1000 >= 1500


def test_a_result_file_is_a_list_of_figures(tmp_path: Path) -> None:
    figures = [
        Figure("rate", 10.0, "1/s", Reference("other", 4), Spread(10, 9, 11), least_ratio=2),
        Figure("found", 5, "persons"),
    ]
    assert json.loads(write("x", figures, tmp_path).read_text()) == [
        {"name": "rate", "value": 10, "unit": "1/s", "reference": {"name": "other", "value": 4}, "ratio": 2.5},
        {"name": "found", "value": 5, "unit": "persons", "reference": None, "ratio": None},
    ]
    assert figures[0].holds
    assert not Figure("rate", 1.0, "1/s", Reference("other", 4), least_ratio=2).holds
    assert not Figure("rate", 1.0, "1/s", least_ratio=2).holds
