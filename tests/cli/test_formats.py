"""`mithaq formats read` as people run it: JSON Lines or a summary on stdout, exit codes of the one table."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mithaq import cli
from tests.shared_data import shared

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"


class Run:
    """Runs the command in this process and holds what it printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        return self.group("read", *words)

    def group(self, *words: str | Path) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["mithaq", "formats", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = self.capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_json_lines_say_the_file_its_records_warnings_and_the_rest(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "zones.txt"
    file.write_text(ZONE.replace("L898902C36", "L898902C37") + "rubbish\n", encoding="utf8")
    code, out, err = run(file, "--json", "--on", "2026-03-01")
    head, zone, *told, left = rows(out)
    assert (code, err) == (0, "")
    assert head == {"file": "zones.txt", "format": "MRZ", "records": 1, "warnings": 2, "not_understood": 1}
    assert (zone["record"], zone["where"], zone["value"]["number"]) == ("zone", "line 1", "L898902C3")
    assert told[0] == {
        "warning": "mrz.check",
        "where": "line 2, column 10",
        "text": "The check digit of number is 7 and should be 6.",
        "params": {"field": "number", "found": "7", "expected": "6"},
    }
    assert (left["not_understood"], left["where"]) == ("mrz.line", "line 3")


def test_the_summary_names_format_people_and_places(run: Run) -> None:
    code, out, _err = run(shared("data/border/mrz_specimens.txt"), "--on", "2026-03-01")
    lines = out.splitlines()
    assert code == 0
    assert lines[:3] == ["MRZ", "5 zones", "line 2\tzone\tANNA MARIA ERIKSSON\t1974-08-12\tUTO\tL898902C3"]


def test_the_summary_of_a_list_says_what_is_no_person(run: Run) -> None:
    code, out, _err = run(shared("data/lists/un_sc_consolidated.xml"))
    lines = out.splitlines()
    assert code == 0
    assert lines[:2] == ["UN list", "730 persons"]
    assert lines[-1] == "not understood\t\t263 more [un_list.entity]"


def test_the_counts_are_those_before_the_rest_was_left_out(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id":"1","names":["A"]}\n' + "{\n" * 2500, encoding="utf8")
    head, *others = rows(run(file, "--json")[1])
    assert head["not_understood"] == 2500
    assert len(others) == 1 + 1001


def test_the_day_of_reading_decides_the_century(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "zone.txt"
    file.write_text(ZONE, encoding="utf8")
    births = [
        rows(run(file, "--json", "--on", day)[1])[1]["value"]["birth_date"] for day in ("2026-03-01", "2075-03-01")
    ]
    assert births == ["1974-08-12", "2074-08-12"]


def test_a_csv_is_read_with_its_mapping_packed_or_not(run: Run, tmp_path: Path) -> None:
    file, mapping = tmp_path / "people.csv.gz", tmp_path / "mapping.toml"
    file.write_bytes(gzip.compress("réf;nom\n1;Maes\n2;\n".encode("windows-1252")))
    mapping.write_text('record = "traveller"\n[columns]\nid = "réf"\nnames = "nom"\n', encoding="utf8")
    code, out, _err = run(file, "--json", "--mapping", mapping)
    assert code == 0
    head, person, *told = rows(out)
    assert head["format"] == "CSV"
    assert person == {"record": "traveller", "where": "line 2", "value": {"id": "1", "names": ["Maes"]}}
    assert [one.get("warning") or one["not_understood"] for one in told] == [
        "csv.encoding",
        "csv.delimiter",
        "csv.name",
    ]
    assert run(file)[1].splitlines()[:3] == ["CSV", "2 rows", "line 2\trow\t1\tMaes"]


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\x1f\x8b\x08rubbish", b"UNB+UNOA:1'UNH+1+CUSRES:D:05B:UN'", b"{}", b"<CONSOLIDATED_LIST/>"],
)
def test_bad_input_ends_with_five_and_one_line(run: Run, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    code, out, err = run(file, "--json")
    assert (code, out) == (5, "")
    assert err.count("\n") == 1
    assert err.startswith("mithaq: ")


def test_a_missing_file_and_a_wrong_mapping_are_bad_input_and_a_wrong_day_is_usage(run: Run, tmp_path: Path) -> None:
    file, mapping = tmp_path / "a.csv", tmp_path / "m.toml"
    file.write_text("a,b\n1,2\n", encoding="utf8")
    mapping.write_text("colums = 1\n", encoding="utf8")
    assert run(tmp_path / "none")[0] == 5
    code, _out, err = run(file, "--mapping", mapping)
    assert (code, "colums" in err) == (5, True)
    assert run(file, "--on", "yesterday")[0] == 2


def test_a_sparse_gigabyte_ends_early(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "large"
    with file.open("wb") as sparse:
        sparse.truncate(1 << 30)
    code, _out, err = run(file)
    assert code == 5
    assert "[read.size]" in err


def test_a_mapping_to_begin_with_is_printed_and_reads_the_table(run: Run, tmp_path: Path) -> None:
    table, mapping = tmp_path / "people.csv", tmp_path / "people.toml"
    table.write_text("Dossier;Nom;Prénom\n1;Maes;Ada\n", encoding="utf8")
    assert "next\t" in run(table)[1]
    code, out, err = run.group("mapping", table)
    assert (code, err) == (0, "")
    mapping.write_text(out, encoding="utf8")
    code, out, _err = run(table, "--mapping", mapping)
    assert (code, out.splitlines()) == (0, ["CSV", "1 subject", "line 2\tsubject\tAda Maes"])
    zone = tmp_path / "zone.txt"
    zone.write_text(ZONE, encoding="utf8")
    code, out, err = run.group("mapping", zone)
    assert (code, out) == (5, "")
    assert "mapping.other" in err
