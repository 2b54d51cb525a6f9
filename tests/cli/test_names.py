"""`mithaq names explain`: a name as it is read; two names, why they do or do not meet, as lines or as an object."""

from __future__ import annotations

import json
import subprocess
import sys


def run(*words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "mithaq.cli", "names", "explain", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def test_one_name_is_told_by_its_words() -> None:
    status, text = run("عبد الرحمن")
    assert status == 0
    assert "arabic, read as" in text
    assert "skeleton" in text


def test_two_names_that_meet_are_told_with_what_adds_up() -> None:
    status, text = run("Zouhair Tafrasti", "زهير تفراستي", "--json")
    found = json.loads(text)
    assert status == 0
    assert found["score"] == sum(one["weight"] for one in found["evidence"])
    status, text = run("Zouhair Tafrasti", "زهير تفراستي")
    assert (status, "They meet" in text) == (0, True)


def test_two_that_do_not_meet_end_with_status_1() -> None:
    status, text = run("Jan", "Piet")
    assert (status, "no key in common" in text) == (1, True)
    assert run("12")[0] == 0
