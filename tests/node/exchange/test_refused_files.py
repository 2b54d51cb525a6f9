"""Files that an act refused whole: kept for their unit by the clause, shown at the place, erased with proof."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import erase, local, perform
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import ScreenManifest
from mithaq.node.exchange import files, letters, mending, rules
from mithaq.node.exchange.requests import CloseDeadLetter, OpenAgain, SendAgain
from mithaq.node.lists.requests import ImportList
from mithaq.seal import canonical
from tests.node import acts_material as material
from tests.node.border.crossings_material import ACTS, enacted
from tests.node.border.test_border import OTHER, WANTED, manifest
from tests.node.here import Here, rows, waits
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
    (found,) = letters.page(material.OFFICER_B).letters
    assert (found.id, found.kind, found.reference, found.ground) == (key, "file", "list.edi", "edifact.none")
    assert found.file is not None
    assert (found.file.by, found.file.size, found.file.whole) == ("officer-a", 23, True)
    assert found.file.digest == canonical.digest(b"no manifest of Tafrasti")
    assert files.part(key, here.clock.now()) == (0, b"no manifest of Tafrasti")
    assert letters.page(material.APPROVER).letters == ()  # another unit's supervisor
    analyst = replace(material.CHIEF, roles=frozenset({"analyst"}))
    for actor in (material.APPROVER, analyst):
        assert letters.page(actor).letters == ()
        with pytest.raises(UnknownError) as unknown:
            letters.letter(key, actor)
        assert unknown.value.is_hidden
    urls = [need.url for need in waits(material.OFFICER_B, here.clock.now())]
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
    (letter,) = letters.page(material.OFFICER_A).letters
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
    (letter,) = letters.page(material.OFFICER_A).letters
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
    assert {one.id for one in letters.page(material.OFFICER_A).letters} == {key, other}
    perform.perform("close-dead-letter@1", CloseDeadLetter(key, "mended"), material.OFFICER_A)
    assert [one.id for one in letters.page(material.OFFICER_A).letters] == [other]


def test_a_later_good_list_is_named_beside_a_bad_one(here: Here) -> None:
    with pytest.raises(InputError):
        perform.perform("import-list@1", ImportList("UN", "un.xml", BAD_LIST), material.DRAFTER)
    good = un_list(QDi1=("Zouhair Tafrasti", "1984"))
    answer = perform.perform("import-list@1", ImportList("UN", "un.xml", good), material.DRAFTER)
    (found,) = letters.page(material.DRAFTER).letters
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
    (found,) = letters.page(material.OFFICER_A).letters
    assert found.reference == "a·[2Jb·gpj.edi"


# A mended file in the place of the refused one.

GOOD = manifest(WANTED)


def mended(key: str, data: bytes = GOOD, actor: Actor = material.OFFICER_B, name: str = "mended.edi") -> letters.Letter:
    return mending.mend(key, name, data, {}, actor)


def test_a_mended_manifest_is_screened_and_closes_the_letter_that_names_it(here: Here) -> None:
    key, other = refuse(), refuse(b"another file", "other.edi")
    done = mended(key)
    (made,) = rows("border.Manifest")
    assert (made.post, made.name, made.screened_by) == ("BEBRU", "mended.edi", "officer-b")
    assert done.handled is not None
    assert (done.handled.how, done.handled.by) == ("mended", "officer-b")
    assert done.target is not None
    assert (done.target.reference, done.target.url) == ("mended.edi", f"/manifests/{made.pk}")
    assert [one.id for one in letters.page(material.OFFICER_A).letters] == [other]
    assert letters.letter(other).target is None
    leaf = rows("acts.Leaf", kind="act")[-1]
    assert f"refused-file/{key}".encode() in bytes(leaf.data)


def test_a_mended_list_waits_as_any_other_and_the_second_file_goes_with_it(here: Here) -> None:
    with pytest.raises(InputError):
        perform.perform("import-list@1", ImportList("UN", "un.xml", BAD_LIST), material.DRAFTER)
    (letter,) = letters.page(material.DRAFTER).letters
    assert letter.file is not None
    assert (letter.file.asked, mending.takes_beside(letter.file)) == ({"list": "UN"}, True)
    good = un_list(QDi1=("Zouhair Tafrasti", "1984"))
    done = mended(letter.id, good, material.DRAFTER)
    (version,) = rows("lists.ListVersion")
    assert (version.list, version.state) == ("UN", "pending")
    assert done.target is not None
    assert done.target.url == f"/lists/{version.pk}"
    # What is live already makes no version: the letter is closed all the same.
    from tests.node.lists.material import confirmed

    confirmed(str(version.pk))
    with pytest.raises(InputError):
        perform.perform("import-list@1", ImportList("UN", "un-2.xml", BAD_LIST + b"<x"), material.DRAFTER)
    (letter,) = letters.page(material.DRAFTER).letters
    done = mended(letter.id, good, material.DRAFTER)
    assert done.handled is not None
    assert (done.handled.how, done.target) == ("mended", None)
    assert len(rows("lists.ListVersion")) == 1


def test_a_mended_file_that_is_refused_again_leaves_the_letter_and_says_why(here: Here) -> None:
    key = refuse()
    before = letters.letter(key).file
    assert before is not None
    here.clock.forward(hours=10)
    worse = GOOD[: len(GOOD) // 2]
    for times in (2, 3):
        with pytest.raises(InputError) as wrong:
            mended(key, worse)
        (letter,) = letters.page(material.OFFICER_A).letters
        assert letter.id == key
        assert letter.file is not None
        assert (letter.file.code, letter.file.times) == (wrong.value.code, times)
        assert (letter.file.digest, letter.file.size) == (canonical.digest(worse), len(worse))
        assert (letter.file.name, letter.file.expires, letter.handled) == ("list.edi", before.expires, None)
    assert files.part(key, here.clock.now()) == (0, worse)
    assert rows("border.Manifest") == rows("exchange.Handled") == []
    assert (len(rows("exchange.RefusedFile")), len(rows("exchange.RefusedBytes"))) == (1, 1)
    # Its bytes are kept from the moment when they came; the letter ends when it would have ended.
    here.clock.forward(hours=71)
    assert files.part(key, here.clock.now())[1] == worse
    assert mended(key).handled is not None


def test_who_may_not_act_on_the_letter_mends_nothing(here: Here) -> None:
    key = refuse()
    analyst = replace(material.CHIEF, roles=frozenset({"analyst"}))
    for actor in (material.APPROVER, analyst):
        with pytest.raises(UnknownError):
            mended(key, actor=actor)
        with pytest.raises(UnknownError):
            mended(key, b"bad as well", actor)
    for unknown in ("x", "", "01900000-0000-7000-8000-000000000000"):
        with pytest.raises(InputError) as none:
            mended(unknown)
        assert none.value.code == "letter.unknown"
    (row,) = rows("exchange.RefusedFile")
    assert row.times == 1
    assert rows("border.Manifest") == rows("exchange.Handled") == []


def test_another_units_letter_is_not_closed_by_the_road_itself(here: Here) -> None:
    key = refuse()
    good = un_list(QDi1=("Zouhair Tafrasti", "1984"))
    perform.perform("import-list@1", ImportList("UN", "list.edi", good), material.DRAFTER, mends=key)
    assert rows("exchange.Handled") == []
    assert letters.letter(key).target is None
    with pytest.raises(InputError):
        perform.perform("import-list@1", ImportList("UN", "list.edi", BAD_LIST), material.DRAFTER, mends=key)
    found = letters.letter(key).file
    assert found is not None
    assert (found.code, found.times) == ("edifact.none", 1)


def test_what_is_dealt_with_is_not_mended(here: Here) -> None:
    key = refuse()
    mended(key)
    with pytest.raises(StateError) as twice:
        mended(key)
    assert twice.value.code == "letter.handled"
    (made,) = rows("border.Manifest")
    assert made.again == 0
    closed = refuse(b"another file", "other.edi")
    perform.perform("close-dead-letter@1", CloseDeadLetter(closed, "known"), material.OFFICER_A)
    for data in (GOOD, b"bad as well"):
        with pytest.raises(StateError) as done:
            mended(closed, data)
        assert done.value.code == "letter.handled"
    assert len(rows("border.Manifest")) == 1
    assert len(rows("exchange.RefusedFile")) == 2


def test_of_two_who_mend_it_at_once_one_does_nothing(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    key = refuse()
    real = rules.check_act

    def both(letter: letters.Letter, actor: Actor) -> None:
        real(letter, actor)
        # Between this one's look and his act, the other's is done.
        monkeypatch.setattr(rules, "check_act", real)
        mended(key, manifest(OTHER), material.OFFICER_A)

    monkeypatch.setattr(rules, "check_act", both)
    with pytest.raises(StateError) as late:
        mended(key)
    assert late.value.code == "record.exists"
    (made,) = rows("border.Manifest")
    assert made.screened_by == "officer-a"
    assert [row.by for row in rows("exchange.Handled")] == ["officer-a"]
    assert letters.letter(key).target == REGISTRY.target("border.Manifest", str(made.pk))


def test_a_letter_is_mended_when_its_bytes_are_gone_and_not_when_it_is(here: Here) -> None:
    key, other = refuse(), refuse(b"another file", "other.edi")
    here.clock.forward(hours=73)
    erase.erase_expired(here.clock.now())
    assert rows("exchange.RefusedBytes") == []
    assert mended(key).handled is not None
    here.clock.forward(days=30)
    erase.erase_expired(here.clock.now())
    for data in (GOOD, b"bad as well"):
        with pytest.raises(InputError) as gone:
            mended(other, data)
        assert gone.value.code == "letter.unknown"
    assert rows("exchange.RefusedFile") == rows("exchange.Handled") == []
    assert len(rows("border.Manifest")) == 1


def test_the_plan_is_asked_when_a_file_is_mended(here: Here) -> None:
    key = refuse()
    enacted(here, (ACTS, 'acts = ["rescreen-crossings@1"]'))
    with pytest.raises(RefusedError) as refused:
        mended(key)
    assert refused.value.code == "plan.act"
    with pytest.raises(InputError):
        mended(key, b"bad as well")
    found = letters.letter(key)
    assert found.handled is None
    assert found.file is not None
    assert found.file.times == 1
    assert rows("border.Manifest") == []


def test_a_letter_that_does_not_say_what_was_asked_is_not_mended(here: Here) -> None:
    long = "B" * 100
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", ScreenManifest(long, "x.edi", b"no"), material.OFFICER_A)
    (letter,) = letters.page(material.OFFICER_A).letters
    assert letter.file is not None
    assert (letter.file.asked, mending.can_mend(letter.file)) == ({}, False)
    with pytest.raises(StateError) as wrong:
        mended(letter.id)
    assert wrong.value.code == "letter.asked"
