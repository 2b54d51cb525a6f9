"""Letters side by side on a page: marked by shape, told in words, and nothing where there is nothing to tell."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from lxml import html

from mithaq.node.console.templatetags.mithaq_letters import letters


def evidence(left: str, right: str, kind: str = "name") -> dict[str, str]:
    return {"kind": kind, "left": left, "right": right}


def test_letters_stand_in_columns_with_their_marks() -> None:
    shown, said = html.fragments_fromstring(str(letters(evidence("Khalida", "Halid"))))
    assert (shown.get("dir"), shown.get("aria-hidden")) == ("ltr", "true")
    columns = [(one.get("class"), *(half.text for half in one)) for one in shown]
    assert columns[0] == ("differs", "Kh", "H")
    assert columns[-1] == ("alone", "a", "·")
    assert [one[0] for one in columns[1:-1]] == ["same"] * 4
    assert said.text_content() == "Written otherwise: Kh | H. On one side only: a."


@pytest.mark.parametrize("language", ["fr", "nl", "ar"])
def test_what_differs_is_told_in_every_language(language: str) -> None:
    with override(language):
        _shown, said = html.fragments_fromstring(str(letters(evidence("Khalid", "Halid"))))
    assert "Written" not in said.text_content()
    assert "Kh | H" in said.text_content()


def test_arabic_letters_run_from_right_to_left() -> None:
    assert 'dir="rtl"' in letters(evidence("محمد", "Mohamed"))


def test_a_script_in_a_name_is_text() -> None:
    assert "<b>" not in letters(evidence("<b>Ali", "Aly"))


@pytest.mark.parametrize(
    "given",
    [
        evidence("Yousef", "Youssef"),
        evidence("", "Ali"),
        evidence("1990-01-02", "1990-02-01", "birth_date"),
        evidence("a" * 100, "b" * 100),
    ],
)
def test_where_there_is_nothing_to_tell_nothing_is_shown(given: dict[str, str]) -> None:
    assert letters(given) == ""
