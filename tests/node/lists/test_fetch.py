"""Lists from a file or a mirror: bounded, verified, and never sent to another host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mithaq.errors import TransportError
from mithaq.node.list_sources import ListSource
from mithaq.node.lists import fetch as fetching
from mithaq.node.lists.fetch import fetch
from tests.node.lists.mirror import ENDLESS, Mirror, mirror

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Mirror]:
    with mirror(tmp_path) as found:
        yield found


def source(at: Mirror, *paths: str) -> ListSource:
    places = tuple(map(at.url, paths))
    return ListSource("OFAC", places, True, timedelta(hours=6), "BE-POLICE/BORDER", False, at.ca, at.ca.parent)


def wrong(asked: ListSource) -> TransportError:
    with pytest.raises(TransportError) as error:
        fetch(asked)
    return error.value


def test_both_files_of_a_list_and_a_redirect_on_the_same_host(at: Mirror) -> None:
    at.answers |= {
        "/sdn.csv": (302, {"Location": "/now/sdn.csv"}, b""),
        "/now/sdn.csv": (200, {}, b"one"),
        "/alt.csv": (200, {}, b"two"),
    }
    assert fetch(source(at, "/sdn.csv", "/alt.csv")) == (b"one", b"two")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((404, {}, b""), "list.unreachable"),
        ((500, {}, b"<CONSOLIDATED_LIST/>"), "list.unreachable"),
        ((200, {"Content-Encoding": "gzip"}, b"\x1f\x8b"), "list.unreachable"),
        ((200, {"Content-Length": "9"}, b"half"), "list.unreachable"),
        ((302, {"Location": "/list"}, b""), "list.redirect"),
        ((302, {"Location": "https://elsewhere.example/list"}, b""), "list.redirect"),
        ((302, {"Location": "https://127.0.0.1:1/list"}, b""), "list.redirect"),
        ((302, {"Location": "http://127.0.0.1/list"}, b""), "list.redirect"),
        ((302, {"Location": "https://[/"}, b""), "list.unreachable"),
        ((302, {}, b""), "list.redirect"),
    ],
)
def test_what_a_mirror_does_wrong_has_a_code(at: Mirror, answer: tuple[int, dict[str, str], bytes], code: str) -> None:
    at.answers["/list"] = answer
    assert wrong(source(at, "/list")).code == code
    assert set(at.asked) == {"/list"}


def test_an_endless_list_stops(at: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 5_000_000)
    at.answers["/list"] = (200, {}, ENDLESS)
    assert wrong(source(at, "/list")).code == "list.large"


def test_a_list_that_comes_too_slowly_is_left(at: Mirror) -> None:
    at.answers["/list"] = (200, {}, ENDLESS)
    moments = iter([0.0, 1.0, fetching.PATIENCE + 1])
    with pytest.raises(TransportError) as error:
        fetch(source(at, "/list"), lambda: next(moments))
    assert (error.value.code, error.value.detail) == ("list.unreachable", "The mirror sends the list too slowly.")


def test_a_mirror_that_nobody_vouches_for_is_not_heard(at: Mirror, tmp_path: Path) -> None:
    at.answers["/list"] = (200, {}, b"a list")
    assert fetch(source(at, "/list")) == (b"a list",)
    assert wrong(replace(source(at, "/list"), ca=None)).code == "list.unreachable"
    assert wrong(replace(source(at, "/list"), ca=tmp_path / "none.pem")).code == "list.unreachable"
    other = source(at, "/list").places[0].replace("127.0.0.1", "localhost")
    assert wrong(replace(source(at, "/list"), places=(other,))).code == "list.unreachable"
    assert at.asked == ["/list"]


def test_files_are_read_and_bounded(at: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = replace(source(at), places=("list.xml",), is_url=False)
    assert wrong(file).code == "list.unreachable"
    (tmp_path / "list.xml").write_bytes(b"x" * 100)
    assert fetch(file) == (b"x" * 100,)
    monkeypatch.setattr(fetching, "MOST_BYTES", 99)
    assert wrong(file).code == "list.large"
    assert wrong(replace(file, places=(".",))).code == "list.unreachable"
