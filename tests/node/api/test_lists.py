"""Lists through the API: a version is read, looked at, confirmed by an officer, and its entries are looked for."""

from __future__ import annotations

import base64
import gzip

from tests.node.api import systems
from tests.node.api.test_api import post, refused
from tests.node.here import Here, rows
from tests.node.lists.material import un_list

__all__ = ["post"]
FIRST = un_list(A=("Zohair Tafrasti", "1984"), B=("Samira Oulhaj", "1991"))


def body(data: bytes, name: str = "UN") -> dict[str, str]:
    return {"list": name, "name": "un.xml", "data": base64.b64encode(data).decode()}


def test_a_list_waits_until_an_officer_confirms_it(post: Here) -> None:
    system = systems.system(post, "registry", "BE-POLICE/WANTED", "case-officer", "supervisor")
    made = system.post("/lists", body(FIRST))
    assert (made.status_code, made.json()["state"]) == (201, "pending")
    key = made.json()["version"]
    un = next(one for one in system.get("/lists").json()["items"] if one["list"] == "UN")
    assert (un["live"], un["pending"]["id"], un["pending"]["added"]) == (None, key, 2)
    path = f"/versions/{key}/confirmation"
    refused(system.post(path, {}), 400, "officer.missing")
    confirmed = system.post(path, {}, officer="approver")
    assert (confirmed.status_code, confirmed.json()) == (201, {"version": key, "state": "live"})
    assert rows("lists.ListVersion")[0].confirmed_by == "approver"
    again = system.post("/lists", body(FIRST))
    assert (again.json()["version"], again.json()["state"]) == (key, "unchanged")
    found = systems.system(post).post(
        "/travellers", {"post": "BEBRU", "name": "Zohair Tafrasti", "birth_date": "1984-03-17"}
    )
    (candidate,) = found.json()["candidates"]
    assert (candidate["source"], candidate["reference"]) == ("UN", "A")
    assert [one["name"] for one in found.json()["compared"]] == ["notices", "UN"]


def test_the_versions_of_a_list_and_one_that_is_dropped(post: Here) -> None:
    system = systems.system(post, "registry", "BE-POLICE/WANTED", "case-officer", "supervisor")
    first = system.post("/lists", body(FIRST)).json()["version"]
    dropped = system.post(f"/versions/{first}/discarding", {}, officer="approver")
    assert dropped.json() == {"version": first, "state": "discarded"}
    post.clock.forward(seconds=1)
    second = system.post("/lists", body(FIRST)).json()["version"]
    page = system.get("/lists/UN/versions?limit=1").json()
    assert [one["id"] for one in page["items"]] == [second]
    rest = system.get(f"/lists/UN/versions?limit=1&cursor={page['next']}").json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([first], "")
    assert system.get(f"/versions/{first}").json()["state"] == "discarded"
    refused(system.get("/lists/XX/versions"), 400, "body.field")
    refused(system.get("/versions/x"), 404, "list.unknown")


def test_what_is_no_list_changes_nothing(post: Here) -> None:
    system = systems.system(post, "registry", "BE-POLICE/WANTED")
    for data in (b"", b"no list", FIRST[: len(FIRST) // 2]):
        assert system.post("/lists", body(data)).status_code == 400
    refused(system.post("/lists", {"list": "UN", "name": "x", "data": "no base64!"}), 400, "body.field")
    assert rows("lists.ListVersion") == []


def test_a_packed_table_with_its_mapping_and_one_that_went_back(post: Here) -> None:
    system = systems.system(post, "registry", "BE-POLICE/WANTED", "case-officer", "supervisor")
    mapping = base64.b64encode(b"[columns]\nid = 'Number'\nnames = 'Name'").decode()
    files = [gzip.compress(f"Number;Name\n1;Samira\n2;{name}\n3;\n".encode()) for name in ("Anke", "Wouter")]
    for data in files:
        made = system.post("/lists", {**body(data, "OWN"), "mapping": mapping}).json()["version"]
        assert system.post(f"/versions/{made}/confirmation", {}, officer="approver").json()["state"] == "live"
    version = system.get(f"/versions/{made}").json()
    assert (version["used"], version["reported"], version["older"]) == (2, 1, "")
    back = system.post("/lists", {**body(files[0], "OWN"), "mapping": mapping}).json()["version"]
    assert system.get(f"/versions/{back}").json()["older"] == "seen"
    refused(system.post(f"/versions/{back}/confirmation", {}, officer="approver"), 403, "list.older")
