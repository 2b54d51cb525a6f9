"""Every operation of the API, enumerated: what is read leaves a row of the access log, what is done is an act, which
leaves a leaf (safeguard 7)."""

from __future__ import annotations

import re

from mithaq.node.acts.registry import REGISTRY
from mithaq.node.api import document
from tests.node.api import systems
from tests.node.here import Here, rows
from tests.node.lists.material import imported, un_list
from tests.node.oversight.material import prepared

# Operations that tell nothing of a person, and why.
SILENT = {("get", "/client"): "the system's own name", ("post", "/token"): "the way in"}
# What is read by a POST, as its words are to stand in no address.
READ_BY_POST = {("post", "/search"): {"words": "Tafrasti"}}
# What is done, by which act: `perform` leaves its leaf, or the leaf of its refusal.
ACTS = {
    "/manifests": "screen-manifest@1",
    "/travellers": "screen-traveller@1",
    "/candidates/{key}/judgements": "judge-candidate@1",
    "/notices": "draft-notice@1",
    "/notices/{key}/publication": "publish-notice@1",
    "/notices/{key}/withdrawal": "withdraw-notice@1",
    "/lists": "import-list@1",
    "/versions/{key}/confirmation": "confirm-list@1",
    "/versions/{key}/discarding": "discard-list@1",
}


def operations() -> set[tuple[str, str]]:
    """(Method, path) of every operation, the path without its prefix."""
    paths = document.document()["paths"]
    return {
        (method, path.removeprefix("/api/v1"))
        for path, operation in paths.items()
        for method in operation
        if method in {"get", "post", "put", "patch", "delete"}
    }


def test_what_is_done_is_an_act() -> None:
    assert len(operations()) > 12
    posts = {path for method, path in operations() - set(SILENT) - set(READ_BY_POST) if method != "get"}
    assert posts == set(ACTS)
    assert set(ACTS.values()) <= set(REGISTRY.acts)


def test_what_is_read_leaves_a_row(here: Here) -> None:
    place = prepared(here)
    version = imported("UN", un_list(CDi=("Zohair Tafrasti", "1984")))["version"]
    kinds = {"notices": place.notice, "manifests": place.manifest, "candidates": place.candidate, "versions": version}
    system = systems.system(here)
    read = sorted(path for method, path in operations() - set(SILENT) if method == "get")
    assert len(read) > 6
    for path in read:
        kind = path.split("/")[1]
        asked = re.sub(r"\{(\w+)\}", lambda found, kind=kind: "UN" if found[1] == "name" else kinds[kind], path)
        before = len(rows("acts.Access"))
        answer = system.get(asked)
        assert answer.status_code == 200, (asked, answer.content)
        written = rows("acts.Access")[before:]
        assert [(row.actor, row.refused) for row in written] == [("system/counters", False)], path
        assert written[0].what.startswith("api."), path
    for (_method, path), body in READ_BY_POST.items():
        before = len(rows("acts.Access"))
        assert system.post(path, body).status_code == 200, path
        written = rows("acts.Access")[before:]
        assert [(row.actor, row.what) for row in written] == [("system/counters", f"api{path.replace('/', '.')}")]


def test_a_reason_that_the_plan_asks_for_is_a_header_field(here: Here) -> None:
    from tests.node.border.crossings_material import keeping

    keeping(here, "crossings_retention_hours = 0\nreason_wanted_notice_minutes = 20")
    place = prepared(here)
    system = systems.system(here)
    answer = system.get(f"/notices/{place.notice}")
    assert (answer.status_code, answer.json()["code"]) == (403, "read.reason")
    answer = system.get(f"/notices/{place.notice}", **{"Mithaq-Reason": "dossier%20%C3%A9t%C3%A9"})
    assert answer.status_code == 200
    assert rows("acts.Access")[-1].why == "dossier été"
