"""An authority's own list: a table with a mapping, packed files, lines told one by one; what is good goes through."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from mithaq.errors import InputError
from mithaq.node.acts.perform import perform
from mithaq.node.lists import facts
from mithaq.node.lists.requests import ImportList
from mithaq.node.lists.source import subjects
from tests.node import acts_material as material
from tests.node.here import rows
from tests.node.lists.material import confirmed, imported, listed, un_list

pytestmark = pytest.mark.usefixtures("here")
MAPPING = """
separator = "|"
[columns]
id = "Dossier"
names = [["Prénom", "Nom"]]
weak_names = ["Alias"]
birth_dates = ["Né le"]
documents = ["Passeport"]
[dates]
formats = ["DD/MM/YYYY", "YYYY"]
""".encode()
HEAD = "Dossier;Prénom;Nom;Alias;Né le;Passeport\n"
ROWS = "7;Samira;Oulhaj;la Grande|Sam;04/03/1991;XA12\n8;نور;الغائبة;;1984;\n"


def table(data: bytes, mapping: bytes = MAPPING, name: Any = "OWN") -> dict[str, Any]:
    answer: dict[str, Any] = perform("import-list@1", ImportList(name, "t.csv", data, b"", mapping), material.DRAFTER)
    return answer


def refused(act: Callable[[], Any]) -> InputError:
    with pytest.raises(InputError) as error:
        act()
    assert rows("lists.ListVersion") == []
    return error.value


def zipped(data: bytes, *more: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in ("list", *more):
            pack.writestr(name, data)
    return target.getvalue()


def test_a_table_with_a_mapping_is_looked_for_when_it_is_confirmed() -> None:
    answer = table((HEAD + ROWS).encode())
    assert (answer["state"], answer["elements"], answer["used"], answer["reported"]) == ("pending", 2, 2, 0)
    confirmed(answer["version"])
    one, other = sorted(subjects(), key=lambda found: found.id)
    assert (one.id, one.names, one.weak_names) == ("list:OWN/7", ("Samira Oulhaj",), ("la Grande", "Sam"))
    assert (one.birth_dates, one.documents) == (("1991-03-04",), ("XA12",))
    assert (other.names, other.birth_dates) == (("نور الغائبة",), ("1984",))


def test_rows_that_are_no_persons_are_told_with_their_line_and_the_others_go_through() -> None:
    wrong = "9;;;;;\n7;Again;Seven;;;\n10;Wouter;Peeters;;31/31/1971;\n"
    answer = table((HEAD + ROWS + wrong).encode())
    assert (answer["elements"], answer["used"], answer["reported"]) == (5, 3, 2)
    told = {one["code"]: one["where"] for one in facts.version(answer["version"]).reports}
    assert (told["csv.name"], told["csv.twice"], told["csv.date"]) == ([4], [5], [6])


def test_a_table_is_compared_by_its_identifiers_whatever_its_order() -> None:
    confirmed(table((HEAD + ROWS).encode())["version"])
    turned = HEAD + "".join(reversed(ROWS.splitlines(keepends=True))) + "9;Anke;Verhulst;;;\n"
    answer = table(turned.encode())
    assert (answer["added"], answer["changed"], answer["removed"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("mapping", "code", "where"),
    [
        (b"record = ", "mapping.toml", ""),
        (b"[columns]\nname = 'Nom'", "mapping.key", "columns.name"),
        (b"[columns]\nnames = 'Nom'", "list.mapping", "columns.id"),
        (b"record = 'traveller'\n[columns]\nid = 'Dossier'\nnames = 'Nom'", "list.mapping", "record"),
        (b"[columns]\nid = 'Number'\nnames = 'Nom'", "csv.column", "columns.id"),
    ],
)
def test_a_mapping_that_does_not_hold_is_told(mapping: bytes, code: str, where: str) -> None:
    error = refused(lambda: table((HEAD + ROWS).encode(), mapping))
    assert (error.code, error.where) == (code, where)


def test_a_mapping_beside_a_published_list_is_refused() -> None:
    assert refused(lambda: table(un_list(A=("Zohair",)), name="UN")).code == "list.mapping"


def test_lines_that_are_no_subjects_are_told_and_the_others_go_through() -> None:
    lines = (
        '{"id": "1", "names": ["Zohair"]}',
        '{"id": "2", "names": "Samira"}',
        "{",
        '{"id": "3", "names": ["Wouter"], "birth_dates": ["1971", "31 Feb", "2971"]}',
        '{"id": "4", "names": ["Anke"], "birth_date": "1980"}',
        r'{"id": "1\u0000", "names": ["Zohair again"]}',
    )
    answer = listed("OWN", "\n".join(lines).encode())
    assert (answer["elements"], answer["used"], answer["reported"]) == (6, 2, 4)
    assert [(one.id, one.birth_dates) for one in subjects()] == [("list:OWN/1", ()), ("list:OWN/3", ("1971", "2971"))]
    reports = facts.version(answer["version"]).reports
    assert {one["code"]: (one["where"], one["params"]) for one in reports} == {
        "subjects.value": ([2], {"field": "names"}),
        "subjects.line": ([3], {}),
        "subjects.date": ([4], {}),
        "read.unborn": ([4], {}),
        "subjects.field": ([5], {}),
        "list.twice": ([6], {}),
    }


@pytest.mark.parametrize("pack", [gzip.compress, zipped])
def test_a_packed_list_is_the_list(pack: Callable[[bytes], bytes]) -> None:
    data = un_list(A=("Zohair Tafrasti",), B=("Samira Oulhaj",))
    live = listed("UN", data)
    again = imported("UN", pack(data))
    assert (again["state"], again["version"]) == ("unchanged", live["version"])
    assert table(pack((HEAD + ROWS).encode()))["used"] == 2


def test_what_is_packed_wrongly_is_told() -> None:
    two = zipped(b"[]", "other")
    assert refused(lambda: imported("UN", two)).code == "read.members"
    assert refused(lambda: imported("UN", gzip.compress(un_list())[:-9])).code == "read.packed"


def bomb(mebibytes: int) -> bytes:
    """So much of nothing, packed with gzip, without ever being held."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    nothing = bytes(1 << 20)
    return b"".join([*(packer.compress(nothing) for _ in range(mebibytes)), packer.flush()])


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    data = bomb(512)
    tracemalloc.start()
    error = refused(lambda: imported("EU", data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code == "read.size"
    assert peak < 256 << 20
