"""Fixtures of the command line's tests on a node: a real database in this process, real people with passwords."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mithaq.cli import main, session

PASSWORD = "correct horse 4am staple"
PEOPLE = (
    ("drafter", "WANTED", ("case-officer", "supervisor")),
    ("approver", "WANTED", ("supervisor",)),
    ("coordinator", "WANTED", ("party-coordinator",)),
    ("officer", "BORDER", ("case-officer",)),
    ("boss", "BORDER", ("supervisor",)),
    ("administrator", "BORDER", ("administrator",)),
)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(frozen=True)
class Mithaq:
    """Runs `mithaq ...` as a person of BE-POLICE."""

    patch: pytest.MonkeyPatch
    captured: pytest.CaptureFixture[str]
    folder: Path
    here: Any

    def __call__(self, *words: object, person: str = "", password: str = PASSWORD) -> Ended:
        (self.folder / "password").write_text(password, encoding="utf8")
        acting = ["--as", person, "--password-file", str(self.folder / "password")] if person else []
        config = ["--config", str(self.folder / "node.toml")]
        self.patch.setattr("sys.argv", ["mithaq", *map(str, words), *acting, *config])
        self.captured.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = self.captured.readouterr()
        return Ended(int(end.value.code or 0), out, err)

    def rows(self, label: str, **filters: Any) -> list[Any]:
        from tests.node import here as place

        return place.rows(label, **filters)

    def readings(self) -> list[Any]:
        """The rows of the access log but those of signing in, which every command leaves."""
        from mithaq.node.acts import access

        return [row for row in self.rows("acts.Access") if row.what not in access.ENTRY]


@pytest.fixture
def mithaq(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Mithaq]:
    """The command line over an empty node with the plans enacted, people and the post BEBRU."""
    from tests.node import here as place

    for node in place.fresh():
        _people_and_post()
        # The node of these tests is this process: a command finds it open instead of opening its own.
        monkeypatch.setattr(session, "open_node", lambda path, role="console", node=node: node.config)
        yield Mithaq(monkeypatch, capsys, tmp_path, node)


def _people_and_post() -> None:
    from mithaq.node.accounts.acts import add_person
    from mithaq.node.accounts.requests import AddPerson
    from mithaq.node.acts import local
    from mithaq.node.acts.ids import uuid7
    from mithaq.node.border.posts import AddPost, add
    from tests.node.authorities import NOW

    for name, unit, roles in PEOPLE:
        request = AddPerson(name, name.title(), f"BE-POLICE/{unit}", roles, PASSWORD)
        local.apply("person", add_person(request, str(uuid7(NOW))), NOW)
    names = dict.fromkeys(("en", "fr", "nl", "ar"), "Post")
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", names)), NOW)
