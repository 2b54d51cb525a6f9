"""Files that an act refused whole: kept for their unit by the clause, shown at the place, erased with proof."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import erase, local, perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import ScreenManifest
from mithaq.node.exchange import files, letters, rules
from mithaq.node.exchange.requests import CloseDeadLetter, OpenAgain, SendAgain
from mithaq.node.lists.requests import ImportList
from mithaq.seal import canonical
from tests.node import acts_material as material
from tests.node.border.test_border import WANTED, manifest
from tests.node.here import Here, rows
from tests.node.lists.material import un_list

BAD_LIST = b"<?xml version='1.0'?>\n<CONSOLIDATED_LIST>\n<INDIVIDUALS>\n<oops\n"


@pytest.fixture(autouse=True)
def post(here: Here) -> None:
    names = dict.fromkeys(("en", "fr", "nl", "ar"), "Brussels")
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", names)), here.clock.now())


def refuse(data: bytes = b"no manifest of Tafrasti", name: str = "list.edi") -> str:
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", ScreenManifest("BEBRU", name, data), material.OFFICER_A)
    return str(rows("exchange.RefusedFile", name=name)[0].pk)


def test_a_manifest_that_cannot_be_read_is_kept_for_its_unit(here: Here) -> None:
    key = refuse()
    (found,) = letters.listing(material.OFFICER_B)
    assert (found.id, found.kind, found.reference, found.ground) == (key, "file", "list.edi", "edifact.none")
    assert found.file is not None
    assert (found.file.by, found.file.size, found.file.whole) == ("officer-a", 23, True)
    assert found.file.digest == canonical.digest(b"no manifest of Tafrasti")
    assert files.part(key, here.clock.now()) == (0, b"no manifest of Tafrasti")
    assert letters.listing(material.APPROVER) == ()  # another unit's supervisor
    analyst = replace(material.CHIEF, roles=frozenset({"analyst"}))
    for actor, code in ((material.APPROVER, "letter.unit"), (analyst, "letter.role")):
        with pytest.raises(RefusedError) as refused:
            rules.check_read(found, actor)
        assert refused.value.code == code
    urls = [need.url for source in REGISTRY.needs for need in source(material.OFFICER_B, here.clock.now())]
    assert f"/dead-letters/{key}" in urls


def test_nothing_of_the_file_is_in_the_ledger_but_its_digest(here: Here) -> None:
    refuse()
    (leaf,) = rows("acts.Leaf", kind="refused-file")
    assert canonical.digest(b"no manifest of Tafrasti").encode() in bytes(leaf.data)
    assert not [one for one in rows("acts.Leaf") if b"Tafrasti" in bytes(one.data)]
    assert not [one for one in rows("acts.Leaf") if b"list.edi" in bytes(one.data)]


def test_a_list_whose_line_is_wrong_names_the_place(here: Here) -> None:
    with pytest.raises(InputError) as wrong:
        perform.perform("import-list@1", ImportList("UN", "un.xml", BAD_LIST), material.DRAFTER)
    assert wrong.value.where.startswith("line ")
    (row,) = rows("exchange.RefusedFile")
    line = int(wrong.value.where.split()[1])
    assert row.place == sum(len(one) for one in BAD_LIST.splitlines(keepends=True)[: line - 1])


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("offset 0", 0), ("offset 7", 7), ("line 1", 0), ("line 2", 3), ("line 3", 6), ("line 99", 6), ("", None),
        ("offset 8", None), ("field x", None), ("offset 99999999999999999999", None), ("list.edi: offset 4", 4),
    ],
)  # fmt: skip
def test_the_place_of_an_error(where: str, place: int | None) -> None:
    assert files.place_of(where, b"ab\ncd\ne") == place


def test_the_surroundings_mark_the_byte_and_show_no_control() -> None:
    data = b"".join(bytes((one,)) for one in range(256)) * 4
    shown = files.dump(data, 0, 0x1C1)
    (marked,) = [row for row in shown if row.at]
    assert (marked.offset, marked.at, len(marked.before)) == (0x1C0, "·", 1)
    assert all(row.offset % 16 == 0 and len(row.text) == 16 for row in shown)
    assert {letter for row in shown for letter in row.text} <= {"·", *map(chr, range(32, 127))}
    assert shown[0].offset <= 0x1C1 - 80
    assert shown[-1].offset >= 0x1C1 + 80 - 16
    assert [row.offset for row in files.dump(b"abc", 0, None)] == [0]
    assert not [row for row in files.dump(b"abc", 0, None) if row.at]
    assert files.dump(b"", 0, 5) == ()
    # The place is behind the last byte: a file that breaks off.
    assert files.dump(b"abc", 0, 3)[0].text == "abc"


def test_any_bytes_and_any_place_are_shown() -> None:
    made = random.Random(7)
    for _ in range(300):
        data = made.randbytes(made.randrange(400))
        start, place = made.randrange(50), made.choice([None, made.randrange(500)])
        for row in files.dump(data, start, place):
            assert bytes.fromhex(row.hexadecimal) == data[row.offset - start :][:16]


def test_of_a_large_file_the_part_around_the_place_is_kept(here: Here) -> None:
    from mithaq.errors import InputError as Wrong
    from mithaq.node.acts import refused_files

    data = bytes(2 * files.LIMIT) + b"HERE" + bytes(files.LIMIT)
    asked = ScreenManifest("BEBRU", "large.edi", data)
    error = Wrong("edifact.none", "x", where=f"offset {2 * files.LIMIT}")
    refused_files.keep_refused(REGISTRY.act("screen-manifest@1"), asked, material.OFFICER_A, error)
    (row,) = rows("exchange.RefusedFile")
    start, part = files.part(str(row.pk), here.clock.now())
    assert len(part) == files.LIMIT
    assert part[2 * files.LIMIT - start :][:4] == b"HERE"
    (letter,) = letters.listing(material.OFFICER_A)
    assert letter.file is not None
    assert (letter.file.size, letter.file.whole) == (len(data), False)


def test_a_unit_that_no_clause_lets_do_it_leaves_nothing_here(here: Here) -> None:
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", ScreenManifest("BEBRU", "x", b"no"), material.APPROVER)
    assert rows("exchange.RefusedFile") == rows("exchange.RefusedBytes") == []


@pytest.mark.parametrize(("hours", "days", "kept"), [(0, 30, (1, 0)), (72, 0, (0, 0)), (1, 1, (1, 1))])
def test_the_clause_says_what_is_kept(
    here: Here, monkeypatch: pytest.MonkeyPatch, hours: int, days: int, kept: tuple[int, int]
) -> None:
    from mithaq.node.acts import instruments

    own = {"refused_bytes_hours": hours, "refused_file_days": days}
    real = instruments.settings
    monkeypatch.setattr(instruments, "settings", lambda *asked: {**real(*asked), **own})
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", ScreenManifest("BEBRU", "x", b"no"), material.OFFICER_A)
    assert (len(rows("exchange.RefusedFile")), len(rows("exchange.RefusedBytes"))) == kept


def test_the_bytes_go_after_hours_and_the_rest_after_days_with_proof(here: Here) -> None:
    key = refuse()
    here.clock.forward(hours=71)
    erase.erase_expired(here.clock.now())
    assert files.part(key, here.clock.now())[1]
    here.clock.forward(hours=2)
    assert files.part(key, here.clock.now()) == (0, b"")  # nobody waits for the job
    erase.erase_expired(here.clock.now())
    assert rows("exchange.RefusedBytes") == []
    (letter,) = letters.listing(material.OFFICER_A)
    assert letter.file is not None
    assert letter.file.bytes_until is None
    perform.perform("close-dead-letter@1", CloseDeadLetter(key, "the carrier sends it again"), material.OFFICER_B)
    here.clock.forward(days=30)
    erase.erase_expired(here.clock.now())
    assert rows("exchange.RefusedFile") == rows("exchange.Handled") == []
    erased = [bytes(leaf.data) for leaf in rows("acts.Leaf", kind="erased")]
    assert len([one for one in erased if b"exchange.Refused" in one]) == 2


def test_a_later_good_file_is_named_beside_it_and_closes_nothing(here: Here) -> None:
    key, other = refuse(), refuse(b"another file", "other.edi")
    good = perform.perform(
        "screen-manifest@1", ScreenManifest("BEBRU", "list.edi", manifest(WANTED)), material.OFFICER_B
    )
    found = letters.letter(key)
    assert found.target is not None
    assert (found.target.reference, found.target.url) == ("list.edi", f"/manifests/{good}")
    assert letters.letter(other).target is None
    assert {one.id for one in letters.listing(material.OFFICER_A)} == {key, other}
    perform.perform("close-dead-letter@1", CloseDeadLetter(key, "mended"), material.OFFICER_A)
    assert [one.id for one in letters.listing(material.OFFICER_A)] == [other]


def test_a_later_good_list_is_named_beside_a_bad_one(here: Here) -> None:
    with pytest.raises(InputError):
        perform.perform("import-list@1", ImportList("UN", "un.xml", BAD_LIST), material.DRAFTER)
    good = un_list(QDi1=("Zouhair Tafrasti", "1984"))
    answer = perform.perform("import-list@1", ImportList("UN", "un.xml", good), material.DRAFTER)
    (found,) = letters.listing(material.DRAFTER)
    assert found.target is not None
    assert (found.target.reference, found.target.url) == ("UN", f"/lists/{answer['version']}")


def test_a_file_is_neither_sent_nor_opened_again(here: Here) -> None:
    key = refuse()
    for name, asked in (("send-again@1", SendAgain(key)), ("open-again@1", OpenAgain(key))):
        with pytest.raises(StateError) as wrong:
            perform.perform(name, asked, material.CHIEF)
        assert wrong.value.code == "letter.kind"
    for unknown in ("x", "", "01900000-0000-7000-8000-000000000000"):
        with pytest.raises(InputError):
            perform.perform("close-dead-letter@1", CloseDeadLetter(unknown, "x"), material.CHIEF)


def test_a_system_that_brings_the_same_bad_file_again_and_again_fills_nothing(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = refuse()
    for _ in range(3):
        assert refuse() == key
    (row,) = rows("exchange.RefusedFile")
    assert row.times == 4
    assert len(rows("exchange.RefusedBytes")) == 1
    # What was closed and comes again is a new letter.
    perform.perform("close-dead-letter@1", CloseDeadLetter(key, "known"), material.OFFICER_A)
    refuse()
    assert len(rows("exchange.RefusedFile")) == 2
    monkeypatch.setattr(files, "MOST", 2)
    refuse(b"one more", "more.edi")
    assert (len(rows("exchange.RefusedFile")), len(rows("exchange.RefusedBytes"))) == (3, 2)


def test_two_who_bring_it_at_once_are_told_of_the_file(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse()

    def changed(*_: object) -> None:
        raise StateError("record.changed", "x")

    monkeypatch.setattr(local, "apply", changed)
    refuse()  # the error is still that of the file


def test_a_name_is_no_command_to_a_terminal(here: Here) -> None:
    asked = ScreenManifest("BEBRU", "a\x1b[2Jb\u202egpj.edi", b"no")
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", asked, material.OFFICER_A)
    (found,) = letters.listing(material.OFFICER_A)
    assert found.reference == "a·[2Jb·gpj.edi"
