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
from mithaq.node.console.middleware import POLICY

STATIC = Path(mithaq.__file__).parent / "node" / "console" / "static"
VENDOR = STATIC / "vendor"
PACKAGES: list[dict[str, Any]] = json.loads((VENDOR / "vendor.json").read_text(encoding="utf8"))["packages"]
LISTED = {name: digest for package in PACKAGES for name, digest in package["files"].items()}
STYLES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))
URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')]+))\s*\)""")
FIRST_LOAD = 300_000


def test_every_vendored_file_is_listed_once_and_every_listed_file_is_there() -> None:
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert set(LISTED) == there - {"vendor.json"}
    assert len(LISTED) == sum(len(package["files"]) for package in PACKAGES)


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_vendored_file_has_its_digest(name: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == LISTED[name]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package["package"]))
def test_every_package_names_its_version_and_brings_its_licence(package: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert package["licence"] in {"MIT", "0BSD", "OFL-1.1"}
    (licence,) = (name for name in package["files"] if name.endswith(".txt"))
    assert (VENDOR / licence).stat().st_size > 500


@pytest.mark.parametrize("name", sorted(name for name in LISTED if name.endswith(".gz")))
def test_a_compressed_file_is_the_file_beside_it(name: str) -> None:
    assert gzip.decompress((VENDOR / name).read_bytes()) == (VENDOR / name).with_suffix("").read_bytes()


@pytest.mark.parametrize("name", STYLES)
def test_a_style_sheet_names_no_other_host_and_no_missing_file(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf8")
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    found = ["".join(parts) for parts in URL.findall(text)]
    assert len(found) == text.count("url(")
    for url in found:
        assert url.startswith("data:") or ((STATIC / name).parent / url).is_file(), url


def test_own_style_uses_no_image_that_the_policy_forbids() -> None:
    images = next(rule for rule in POLICY.split("; ") if rule.startswith("img-src "))
    text = (STATIC / "mithaq.css").read_text(encoding="utf8")
    assert "data:" in images or not re.search(r"""url\(["']?data:""", text)


def test_own_style_is_written_once_for_both_directions() -> None:
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "mithaq.css").read_text(encoding="utf8"), flags=re.DOTALL)
    assert re.findall(r"(?:margin|padding|border|inset)-(?:left|right)\b|[;{\s](?:left|right)\s*:", text) == []
    assert re.findall(r"(?:float|text-align)\s*:\s*(?:left|right)", text) == []


def test_script_and_icon_name_no_map_and_no_other_host() -> None:
    assert "sourceMappingURL" not in (VENDOR / "htmx.min.js").read_text(encoding="utf8")
    icon = (STATIC / "favicon.svg").read_text(encoding="utf8")
    assert icon.count("http") == 1  # the name of the SVG namespace
    assert len(icon) < 1000


@pytest.mark.parametrize("style", ["bootstrap.min.css", "bootstrap.rtl.min.css"])
def test_the_files_of_a_first_page_leave_room_for_the_page(style: str) -> None:
    fonts = [path for path in VENDOR.rglob("*.woff2") if "latin-ext" not in path.name]
    assert len(fonts) == 4
    files = [VENDOR / f"{style}.gz", VENDOR / "htmx.min.js.gz", STATIC / "mithaq.css", STATIC / "favicon.svg", *fonts]
    assert sum(path.stat().st_size for path in files) < FIRST_LOAD - 60_000
