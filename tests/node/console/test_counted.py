"""Sentences that tell a number: none lacks its form for one, and each language says it as its grammar has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from mithaq.errors import InputError, MithaqError
from mithaq.formats.reading import Warning
from mithaq.node.console import errors
from mithaq.node.doctor.findings import OUTCOMES, Finding, found
from mithaq.plurals import COUNTED
from tests import translations
from tests.docs import constructed
from tests.node import here

here.configured()
PLACE = re.compile(r"\{(\w+)\}")
# Values that are words, names, codes and the like.
TEXTS = frozenset(
    {"act", "advice", "after", "allowed", "authority", "check", "code", "day", "delimiter", "detail", "encoding"}
    | {"error", "expected", "feeds", "field", "findings", "first", "form", "format", "found", "groups", "holder"}
    | {"key", "kind", "language", "languages", "latest", "line", "list", "missing", "name", "other", "party"}
    | {"partner", "plan", "powers", "reason", "right", "role", "roles", "root", "rule", "sign", "standing"}
    | {"stands", "state", "table", "trailer", "unknown", "verb", "version", "address", "mode", "path", "needed", "why"}
)
# Numbers that no word of their sentence bends to: a number of the other side, a status, a size with its unit.
ALONE = {
    "A trailer {trailer} closes nothing.",
    "Bits are a number from 0 to {most}, with two digits after the point at most.",
    "The clock of {partner} differs from this machine's by {seconds} s.",
    "The database's clock differs from this machine's by {seconds} s.",
    "The embedded PostgreSQL does not start: {command} ended with status {status}.",
    "The partner's gateway answered with status {status}.",
    "The trailer {trailer} says {said}; there are {there}.",
    "The zip does not hold exactly one file, but {count}.",
    "These are more requests than this system may make in ten seconds ({most}).",
    "{percent} percent of the disk ({mebibytes} MiB) is free.",
    "{percent} percent of the disk is free.",
    "chmod {least} {path}",
}
# English, French, Dutch and Arabic have one form for each of these, or share one with a neighbour.
NUMBERS = (0, 1, 2, 3, 11, 100)
LETTERS = "{count} letters cannot be read in {encoding}."
SAID = {
    "en": ["0 letters", "1 letter cannot", "2 letters", "3 letters", "11 letters", "100 letters"],
    "fr": [
        "0 caractère est",
        "1 caractère est",
        "2 caractères sont",
        "3 caractères",
        "11 caractères",
        "100 caractères",
    ],
    "nl": ["0 tekens zijn", "1 teken is", "2 tekens zijn", "3 tekens", "11 tekens", "100 tekens"],
    "ar": ["أي حرف ", "حرف واحد ", "حرفين ", "3 أحرف ", "11 حرفا ", "100 حرف "],
}
ENDING = {
    "en": ["0 days", "1 day.", "2 days", "3 days", "11 days", "100 days"],
    "fr": ["0 jour.", "1 jour.", "2 jours", "3 jours", "11 jours", "100 jours"],
    "nl": ["0 dagen", "1 dag.", "2 dagen", "3 dagen", "11 dagen", "100 dagen"],
    "ar": ["اليوم.", "يوم واحد", "يومين", "3 أيام", "11 يوما", "100 يوم."],
}
every_language = pytest.mark.parametrize("language", SAID)


def sentences() -> Iterator[str]:
    """Every sentence of an error, a warning and the doctor, with what each advises."""
    for one in constructed.in_source():
        yield from (text for text in one.details | one.remedies if text)
    for _state, sentence, remedy in OUTCOMES.values():
        yield from (sentence, remedy)


def test_a_sentence_with_a_number_has_its_form_for_one() -> None:
    all_of_them = set(sentences())
    plain = {text for text in all_of_them - set(COUNTED) - ALONE if set(PLACE.findall(text)) - TEXTS}
    assert not plain, f"a number, a text, or a number that nothing bends to: {sorted(plain)}"
    assert set(COUNTED) - all_of_them == set()
    assert ALONE - all_of_them == set()


@pytest.mark.parametrize("many", COUNTED)
def test_both_forms_have_the_same_places_and_differ(many: str) -> None:
    one, by = COUNTED[many]
    assert sorted(PLACE.findall(one)) == sorted(PLACE.findall(many))
    assert by in PLACE.findall(many)
    assert one != many
    assert one not in COUNTED


@every_language
@pytest.mark.parametrize(("place", "number"), list(enumerate(NUMBERS)))
def test_an_error_a_warning_and_a_stored_one_say_their_number(language: str, place: int, number: int) -> None:
    params = {"count": number, "encoding": "UTF-8"}
    with override(language):
        told, said_in = errors.told(LETTERS, params, "csv.encoding")
        stored, _language = errors.told(LETTERS, {**params, "count": str(number)})
    assert SAID[language][place] in told
    assert (stored, said_in) == (told, language)
    if language == "en":
        assert told == InputError("x.y", LETTERS, **params).detail == Warning("x.y", "", LETTERS, params).detail


@every_language
@pytest.mark.parametrize(("place", "number"), list(enumerate(NUMBERS)))
def test_a_finding_of_the_doctor_says_its_number(language: str, place: int, number: int) -> None:
    finding = found("plan.ending", plan="MA-BE/2025-2026", days=number)
    assert ENDING[language][place] in finding.told(language)[0]
    if language == "en":
        assert finding.detail == finding.told("en")[0]


@pytest.mark.parametrize("many", COUNTED)
def test_arabic_says_one_two_few_and_many_each_in_its_own_way(many: str) -> None:
    forms = translations.plain(translations.read("ar")[COUNTED[many][0]].string)
    assert len(forms) == 6
    # None, one, two, few and many; a feminine word is the same from eleven on.
    assert len(set(forms[:5])) == 5
    by = f"{{{COUNTED[many][1]}}}"
    named = many.startswith("Waiting in")  # the number that decides is that of minutes; how many wait stands alone
    assert all(by not in form for form in forms[:3]) or named
    assert all(by in form for form in forms[3:])


def test_a_number_that_is_none_is_told_as_many() -> None:
    assert InputError("x.y", LETTERS, count="some", encoding="UTF-8").detail.startswith("some letters")
    assert isinstance(InputError("x.y", LETTERS), MithaqError)
    assert Finding("x.y", "ok", LETTERS, "", {}).told("en")[0] == LETTERS
