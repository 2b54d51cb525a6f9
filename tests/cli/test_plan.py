"""`mithaq plan ...` as people run it: answers on stdout, errors on stderr, exit codes of the one table."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from mithaq import cli
from mithaq.plan.document import read_plan
from mithaq.plan.signing import check_signatures
from mithaq.seal.keys import save_signing
from tests.plan.samples import EXAMPLES, ROOTS

PLAN = EXAMPLES / "plan.toml"


class Run:
    """Runs a command in this process and holds what it printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["mithaq", "plan", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = self.capsys.readouterr()
        code = left.value.code
        return (code if isinstance(code, int) else 0), printed.out, printed.err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


@pytest.fixture
def roots(tmp_path: Path) -> dict[str, Path]:
    files = {party: tmp_path / f"{party}.pub" for party in ROOTS}
    for party, file in files.items():
        file.write_text(ROOTS[party].public.text + "\n")
    return files


@pytest.fixture
def pinned(run: Run, roots: dict[str, Path], tmp_path: Path) -> Path:
    out = tmp_path / "pinned.toml"
    code, printed, _ = run("pin", PLAN, "--root", f"MA={roots['MA']}", "--root", f"BE={roots['BE']}", "-o", out)
    assert (code, printed.split()[0]) == (0, "MA-BE/2025-2026")
    return out


def test_check_prints_one_line_a_problem_and_exits_with_5(run: Run) -> None:
    code, printed, err = run("check", PLAN)
    assert (code, err) == (5, "")
    assert len(printed.splitlines()) == 2
    for line in printed.splitlines():
        place, path, text = line.split(": ", 2)
        number = int(place.removeprefix(f"{PLAN}:"))
        assert PLAN.read_text().splitlines()[number - 1] == 'root = "unpinned"'
        assert path.startswith("parties[")
        assert "mithaq plan pin" in text


def test_check_of_a_good_plan_prints_its_digest(run: Run, pinned: Path) -> None:
    code, printed, err = run("check", pinned)
    assert (code, err) == (0, "")
    assert printed.startswith("MA-BE/2025-2026 sha256:")


def test_pin_changes_the_roots_alone_and_replaces_no_file(run: Run, pinned: Path, roots: dict[str, Path]) -> None:
    before, after = PLAN.read_text().splitlines(), pinned.read_text().splitlines()
    assert len(before) == len(after)
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        f'root = "{ROOTS[party].public.text}"' for party in ("MA", "BE")
    ]
    code, _, err = run("pin", PLAN, "--root", f"MA={roots['MA']}", "--root", f"BE={roots['BE']}", "-o", pinned)
    assert code == 3
    assert "plan.out.exists" in err


def test_pin_of_one_party_only_leaves_a_draft_that_is_refused(run: Run, roots: dict[str, Path], tmp_path: Path) -> None:
    code, _, err = run("pin", PLAN, "--root", f"MA={roots['MA']}", "-o", tmp_path / "half.toml")
    assert code == 5
    assert "BE is not pinned" in err
    assert not (tmp_path / "half.toml").exists()


@pytest.mark.parametrize("option", ["MA", "=x", "MA=", "MA=nowhere.pub"])
def test_pin_refuses_a_root_that_is_none(run: Run, option: str, tmp_path: Path) -> None:
    code, _, err = run("pin", PLAN, "--root", option, "-o", tmp_path / "out.toml")
    assert code == 5
    assert err.startswith("mithaq: ")


def test_sign_by_both_parties(run: Run, pinned: Path, tmp_path: Path) -> None:
    (tmp_path / "pass").write_bytes(b"a passphrase\n")
    for party in ROOTS:
        save_signing(tmp_path / f"{party}.key", ROOTS[party], b"a passphrase", 4)
        code, _, err = run(
            "sign", pinned, "--party", party, "--key", tmp_path / f"{party}.key",
            "--passphrase-file", tmp_path / "pass", "--out", tmp_path / f"{party}.sig",
        )  # fmt: skip
        assert (code, err) == (0, "")
    plan = read_plan(pinned.read_text(), "pinned.toml")
    signed = check_signatures(plan, [(tmp_path / f"{party}.sig").read_bytes() for party in ROOTS])
    assert signed.parties == {"MA", "BE"}


def test_sign_refuses_another_partys_key_and_a_draft(run: Run, pinned: Path, tmp_path: Path) -> None:
    (tmp_path / "pass").write_bytes(b"a passphrase")
    save_signing(tmp_path / "ma.key", ROOTS["MA"], b"a passphrase", 4)
    words = ("--key", tmp_path / "ma.key", "--passphrase-file", tmp_path / "pass", "--out", tmp_path / "x.sig")
    assert run("sign", pinned, "--party", "BE", *words)[0] == 1
    assert run("sign", pinned, "--party", "FR", *words)[0] == 5
    assert run("sign", PLAN, "--party", "MA", *words)[0] == 5
    assert not (tmp_path / "x.sig").exists()


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("ar", "الأشخاص المبحوث عنهم"),
        ("fr", "Personnes recherchées"),
        ("nl", "Gezochte personen"),
        ("en", "Wanted persons"),
    ],
)
def test_show_in_each_language(run: Run, lang: str, title: str) -> None:
    code, printed, err = run("show", PLAN, "--lang", lang)
    assert (code, err) == (0, "")
    assert title in printed
    assert "publish-notice@1" in printed
    assert "root key not pinned" in printed


def test_show_as_json_is_the_plan(run: Run, pinned: Path) -> None:
    code, printed, _ = run("show", pinned, "--json")
    shown = json.loads(printed)
    assert code == 0
    assert shown["digest"] == run("check", pinned)[1].split()[1]
    assert shown["plan"]["lines"][0]["id"] == "wanted-persons"


def test_show_in_a_language_that_the_plan_lacks(run: Run) -> None:
    code, _, err = run("show", PLAN, "--lang", "de")
    assert code == 5
    assert "no text in de" in err


def test_a_file_that_is_missing_or_no_text(run: Run, tmp_path: Path) -> None:
    assert run("check", tmp_path / "none.toml")[0] == 5
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    code, _, err = run("check", tmp_path / "bytes.toml")
    assert code == 5
    assert "UTF-8" in err
