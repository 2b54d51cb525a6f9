"""Oversight, on both sides: who saw this person's data, why, and was it allowed; from the pages alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.day.story import Story
from tests.browser.desk import Desk

# No setting of a node is there, nor a node.
OFFLINE = {"PATH": os.defpath, "PYTHONUTF8": "1"}


def is_alarmed(desk: Desk) -> None:
    """Home and alarms say that somebody proposed a role for himself, and looked where he had no business."""
    said = desk.said
    desk.follow("administrator", desk.table(said("Changes of persons, to look at")))
    desk.sees(said("for himself"), said.word("proposal", "refused"))
    desk.go(said("Oversight"))
    alarms = desk.table(said("Open alarms"))
    for ground in ("person.for_himself", "reading.unusual"):
        expect(alarms).to_contain_text(said.ground(ground))
    desk.follow(said("Unusual reading"))
    desk.is_at(said("Unusual reading"))
    expect(desk.row(said("Figures of each reader"), "administrator")).to_contain_text(said("stands out"))


def asks_who_saw_this_person(desk: Desk, story: Story, readers: set[str]) -> None:
    """By name and birth date, as somebody who asks what is held of him would be known."""
    said = desk.said
    desk.go(said("Oversight"))
    desk.follow(said("One person's data"))
    desk.fill({said("Name"): story.names[1], said("Birth date"): story.born})
    desk.press(said("Follow"))
    for kind in ("notice", "hit"):
        expect(desk.row(said("Records about this person"), story.told[kind])).to_have_count(1)
    notice = desk.row(said("Records about this person"), story.told["notice"])
    expect(notice).to_contain_text(said.word("state", "withdrawn"))
    seen = desk.table(said("Who has seen it")).get_by_role("rowheader").all_inner_texts()
    assert set(seen) == readers, seen


def takes_evidence(desk: Desk, story: Story, folder: Path, party: str, root: str) -> None:
    """Checked where no node is: by the command alone, with the root key that who checks it holds."""
    file = folder / f"{party}.json"
    desk.download(desk.said("Evidence as a file")).save_as(file)
    command = [sys.executable, "-m", "mithaq.cli", "oversight", "check", str(file), "--root", f"{party}={root}"]
    done = subprocess.run(command, capture_output=True, encoding="utf8", check=False, cwd=folder, env=OFFLINE)
    assert done.returncode == 0, done.stdout + done.stderr
    reasons = ("guard", "second") if party == "BE" else ("unit",)
    assert [one for one in reasons if story.reasons[one] not in done.stdout] == []
    file.write_bytes(file.read_bytes().replace(b"officer-a", b"officer-z").replace(b"approver", b"disprove"))
    done = subprocess.run(command, capture_output=True, encoding="utf8", check=False, cwd=folder, env=OFFLINE)
    assert done.returncode == 1, done.stdout + done.stderr


def asks_why_and_whether_allowed(desk: Desk, story: Story, reader: str, why: str, act: str) -> None:
    """What was done stands with the clauses that allowed it; what was read, with its reason, and leads to its rows."""
    said = desk.said
    everything = said("All events, oldest first")
    done = desk.row(everything, reader, said.word("act", f"{act}@1"))
    expect(done.first).to_contain_text(said("allowed"))
    expect(done.first).to_contain_text(said("clauses"))
    expect(desk.row(everything, reader, story.reasons[why]).first).to_contain_text(said("allowed"))
    desk.follow(reader, desk.row(said("Who has seen it"), reader))
    desk.is_at(said("Access log"))
    row = desk.rows().filter(has_text=story.told["notice"]).first
    for text in (reader, said.reading("wanted.notice"), said("allowed"), story.reasons[why]):
        expect(row).to_contain_text(text)


def asks_what_was_refused(desk: Desk, story: Story) -> None:
    said = desk.said
    desk.fill({said("Person (sign-in name)"): "administrator"})
    desk.field(said("Refused only")).check()
    desk.press(said("Search"))
    row = desk.rows().filter(has_text=story.told["notice"]).first
    for text in (said.reading("wanted.notice"), said("refused")):
        expect(row).to_contain_text(text)
    # The heading of the column is the same word.
    told = desk.rows().filter(has=desk.page.get_by_role("cell"))
    expect(told.filter(has_text=said("refused")).first).to_be_visible()
    expect(told.filter(has_text=said("allowed"))).to_have_count(0)


def follows_through_every_subject(desk: Desk, story: Story) -> None:
    """From a row of the log to the person, and to each record of the person; oversight is asked why as anyone is."""
    said = desk.said
    row = desk.rows().filter(has_text=story.told["notice"]).first
    with desk.page.expect_navigation():
        row.get_by_role("link", name=said("follow")).click()
    desk.is_at(said("One person's data"))
    here, held = desk.page.url, said("Records about this person")
    for kind, title in (("notice", "Notice"), ("hit", "Hit")):
        desk.follow(story.told[kind], desk.row(held, story.told[kind]))
        if kind == "notice":
            desk.gives_reason(story.reasons["overseer"])
        desk.is_at(said(title))
        desk.page.goto(here)
    candidate = desk.row(held, said.word("held", "border.Candidate"))
    expect(candidate).to_have_count(1)
    with desk.page.expect_navigation():
        candidate.get_by_role("link").click()
    desk.is_at(said("Manifest"))
    desk.sees(story.remark, *story.names)
