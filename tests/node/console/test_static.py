"""The console's static files: what is vendored is what was taken, and no file points outside this node."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import mithaq

STATIC = Path(mithaq.__file__).parent / "node" / "console" / "static"
VENDOR = STATIC / "vendor"
LISTED: list[dict[str, Any]] = json.loads((VENDOR / "vendor.json").read_text(encoding="utf8"))
STYLES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))
URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
FIRST_LOAD = 300_000


def test_every_vendored_file_is_listed_and_every_listed_file_is_there() -> None:
    assert {one["file"] for one in LISTED} == {path.name for path in VENDOR.iterdir()} - {"vendor.json"}
    assert len(LISTED) == len({one["file"] for one in LISTED})


@pytest.mark.parametrize("one", LISTED, ids=lambda one: str(one["file"]))
def test_a_vendored_file_has_its_digest(one: dict[str, Any]) -> None:
    assert set(one) == {"package", "version", "licence", "file", "sha256"}
    assert hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"]


def test_every_package_brings_its_licence() -> None:
    packages = {(one["package"], one["version"], one["licence"]) for one in LISTED}
    licences = {(one["package"], one["version"], one["licence"]) for one in LISTED if "LICENSE" in one["file"]}
    assert packages == licences
    assert {licence for _, _, licence in packages} <= {"MIT", "0BSD", "OFL-1.1"}


@pytest.mark.parametrize("path", sorted(VENDOR.glob("*.gz")), ids=lambda path: str(path.name))
def test_a_compressed_file_is_the_file_beside_it(path: Path) -> None:
    assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


@pytest.mark.parametrize("name", STYLES)
def test_a_style_sheet_names_no_other_host_and_no_missing_file(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf8")
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    for url in URL.findall(text):
        if url.startswith("data:"):
            assert name.startswith("vendor/"), f"{url[:60]}: the content security policy forbids data: images"
        else:
            assert ((STATIC / name).parent / url).is_file(), url


def test_own_style_is_written_once_for_both_directions() -> None:
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "mithaq.css").read_text(encoding="utf8"), flags=re.DOTALL)
    physical = re.findall(r"(?:margin|padding|border|inset)-(?:left|right)\b|\b(?:left|right)\s*:", text)
    assert physical == []
    assert re.findall(r"(?:float|text-align)\s*:\s*(?:left|right)", text) == []


def test_scripts_and_icons_name_no_map_and_no_other_host() -> None:
    assert "sourceMappingURL" not in (VENDOR / "htmx.min.js").read_text(encoding="utf8")
    icon = (STATIC / "favicon.svg").read_text(encoding="utf8")
    assert icon.count("http") == 1  # the name of the SVG namespace
    assert len(icon) < 1000


@pytest.mark.parametrize("style", ["bootstrap.min.css", "bootstrap.rtl.min.css"])
def test_the_files_of_a_first_page_leave_room_for_the_page(style: str) -> None:
    fonts = [path for path in VENDOR.glob("*.woff2") if "latin-ext" not in path.name]
    files = [VENDOR / f"{style}.gz", VENDOR / "htmx.min.js.gz", STATIC / "mithaq.css", STATIC / "favicon.svg", *fonts]
    assert sum(path.stat().st_size for path in files) < FIRST_LOAD - 60_000
