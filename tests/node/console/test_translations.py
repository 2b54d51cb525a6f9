"""Every word of the console in French, Dutch and Arabic; and the checker itself, on catalogues that are broken."""

from __future__ import annotations

import gettext
import io
from typing import Any, get_args

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation as django

from mithaq.node.accounts.facts import ROLES
from mithaq.node.acts import nouns
from mithaq.node.acts.receipts import KINDS
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border.requests import Identifier, Verdict
from mithaq.node.console.words import WHY, WORDS
from mithaq.node.wanted.requests import Purpose
from mithaq.plan.grounds import GROUNDS
from mithaq.screening.explain import WHYS
from tests import translations
from tests.translations import SAME, Word

LANGUAGES = translations.languages()
ONE = Word("%(number)d notice", "%(number)d notices")
ARABIC = ("لا إشعار", "إشعار واحد", "إشعاران", "%(number)d إشعارات", "%(number)d إشعارا", "%(number)d إشعار")
TEXT = Word("Held back by {party}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(language: str) -> None:
    text = translations.path_of(language).read_bytes()
    found = translations.problems(translations.load(text, language), language, translations.words(), SAME[language])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    """`make setup` compiles; a page must not speak an older catalogue than the one that was checked."""
    path = translations.path_of(language)
    fresh = translations.compiled(translations.read(language))
    assert path.with_suffix(".mo").exists(), "run: make setup"
    assert _said(path.with_suffix(".mo").read_bytes()) == _said(fresh), "run: make setup"


def _said(data: bytes) -> dict[object, str]:
    catalog = gettext.GNUTranslations(io.BytesIO(data))._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in catalog.items() if key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_as_update_writes_them(language: str) -> None:
    wanted = translations.words()
    fresh = translations.updated(translations.read(language), language, wanted)
    assert translations.path_of(language).read_bytes() == translations.written(fresh, language), (
        "run: python -m tests.translations update"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_the_word_of_this_catalogue_and_no_library_s(language: str) -> None:
    with django.override(language):
        said = {
            one.id: (django.gettext(one.id), one.string)
            for one in translations.read(language)
            if one.id and isinstance(one.id, str) and not one.context
        }
    assert {text: pair for text, pair in said.items() if pair[0] != pair[1]} == {}
    assert len(said) > 1000


def test_words_that_may_be_the_same_are_few_and_used() -> None:
    texts = {word.text for word in translations.words()}
    for language, same in SAME.items():
        assert len(same) <= 25, language
        assert same <= texts, (language, same - texts)


@pytest.mark.parametrize(
    ("number", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (103, 3), (11, 4), (99, 4), (100, 5), (102, 5)]
)
def test_arabic_has_six_forms_in_their_order(number: int, form: int) -> None:
    expression = translations.PLURALS["ar"].partition("plural=")[2].rstrip(";")
    assert gettext.c2py(expression)(number) == form


# Codes that people read have words


def test_every_reason_of_screening_has_a_sentence() -> None:
    assert set(WHY) == set(WHYS)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("category", get_args(nouns.Category)),
        ("purpose", get_args(Purpose)),
        ("urgency", get_args(nouns.Urgency)),
        ("sex", get_args(nouns.Sex)),
        ("language", get_args(nouns.Language)),
        ("handling", get_args(nouns.Handling)),
        ("verdict", get_args(Verdict)),
        ("identifier", get_args(Identifier)),
        ("step", KINDS),
    ],
)
def test_every_code_has_a_word(kind: str, codes: tuple[str, ...]) -> None:
    assert set(codes) <= set(WORDS[kind])


def test_words_live_as_data_too() -> None:
    texts = {word.text for word in translations.words()}
    assert {ground.text for ground in GROUNDS.values()} <= texts
    assert {str(act.title) for act in REGISTRY.acts.values()} <= texts
    assert "The person who drafted a notice cannot approve it." in texts  # an error's sentence
    assert "A traveller has no name." in texts  # a warning's
    assert ROLES


# The extractor


def test_words_of_python_under_any_name() -> None:
    text = """
from django.utils.translation import gettext as say, gettext_lazy as lazy, ngettext, pgettext
from elsewhere import gettext
say("one" " two"); lazy('three'); ngettext("%d dog", "%d dogs", count); pgettext("verb", "four")
gettext("not ours"); other("no word"); say(variable)
"""
    assert list(translations.in_python(text)) == [
        Word("one two"), Word("three"), Word("%d dog", "%d dogs"), Word("four", context="verb"),
    ]  # fmt: skip


def test_words_of_a_template() -> None:
    text = """{% load i18n %}<p title="{% translate "one" %}">it's 'bare'</p>
    {% if x %}
  {% blocktranslate with a=b %}two {{ a }}{% endblocktranslate %}
        {% endif %}
{% blocktranslate count n=n %}{{ n }} dog{% plural %}{{ n }} dogs{% endblocktranslate %}
{% translate "may" context "month" %}{{ _("three") }}{% translate variable %}"""
    assert list(translations.in_template(text)) == [
        Word("one"), Word("two %(a)s"), Word("%(n)s dog", "%(n)s dogs"), Word("may", context="month"), Word("three"),
    ]  # fmt: skip


# The checker


def catalogue(language: str, **forms: Any) -> Catalog:
    """A right catalogue of `ONE` and `TEXT`, but for the forms that a test gives."""
    right: dict[str, dict[str, Any]] = {
        "fr": {"one": ("%(number)d avis", "%(number)d avis"), "text": "Retenu par {party}"},
        "ar": {
            "one": ARABIC,
            "text": "أوقفه {party}",
        },
    }
    given = right[language] | forms
    blank = translations.load(translations.written(Catalog(language), language), language)
    for word, string in ((ONE, given["one"]), (TEXT, given["text"])):
        if string is not None:
            blank.add((word.text, word.plural) if word.plural else word.text, string)
    return blank


def found(catalog: Catalog, language: str, same: frozenset[str] = frozenset()) -> str:
    return " / ".join(translations.problems(catalog, language, [ONE, TEXT], same))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_right_catalogue_has_no_problem(language: str) -> None:
    assert found(catalogue(language), language) == ""


@pytest.mark.parametrize(
    ("language", "forms", "problem"),
    [
        ("fr", {"text": None}, "not translated: Held"),
        ("fr", {"text": ""}, "not translated: Held"),
        ("fr", {"text": "Held back by {party}"}, "equals its source: Held"),
        ("fr", {"text": "Retenu par {partie}"}, "placeholders"),
        ("fr", {"text": "Retenu par {party} {party}"}, "placeholders"),
        ("fr", {"text": "Retenu par {party} "}, "space at an end"),
        ("fr", {"one": ("%(number)d avis", "%(nombre)d avis")}, "placeholders"),
        ("fr", {"one": ("un avis", "des avis")}, "placeholders"),
        ("fr", {"one": ("%(number)d avis", "")}, "1 plural forms"),
        ("ar", {"text": "Retenu par {party}"}, "no Arabic letter"),
        ("ar", {"one": (*ARABIC[:3], "إشعارات", *ARABIC[4:])}, "placeholders"),
        ("ar", {"one": (*ARABIC[:5], "")}, "5 plural forms"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(language: str, forms: dict[str, object], problem: str) -> None:
    assert problem in found(catalogue(language, **forms), language)


def test_a_guess_is_found() -> None:
    guessed = catalogue("fr")
    guessed[TEXT.text].flags.add("fuzzy")
    assert found(guessed, "fr") == "fuzzy: Held back by {party}"


def test_an_entry_that_nothing_uses_is_found() -> None:
    more = catalogue("fr")
    more.add("Gone", "Parti")
    assert found(more, "fr") == "obsolete: Gone"
    text = translations.written(catalogue("fr"), "fr") + b'\n#~ msgid "Long gone"\n#~ msgstr "Parti"\n'
    assert "obsolete: Long gone" in found(translations.load(text, "fr"), "fr")


def test_plural_forms_of_another_language_are_found() -> None:
    text = translations.written(catalogue("fr"), "fr").replace(b"plural=(n > 1)", b"plural=(n != 1)")
    assert "plural forms" in found(translations.load(text, "fr"), "fr")


def test_words_on_the_list_may_be_the_same() -> None:
    same = catalogue("fr", text=TEXT.text)
    assert found(same, "fr", frozenset({TEXT.text})) == ""


def test_update_keeps_what_is_there_and_guesses_nothing() -> None:
    near = Word("Held back by {name}")
    fresh = translations.updated(catalogue("fr"), "fr", {ONE: ["a.py"], near: ["b.py"]})
    assert translations.plain(fresh[ONE.text].string) == ("%(number)d avis", "%(number)d avis")
    assert fresh[near.text].string == ""
    assert TEXT.text not in fresh
    again = translations.load(translations.written(fresh, "fr"), "fr")
    assert translations.plain(again[ONE.text].string) == ("%(number)d avis", "%(number)d avis")


# What Django makes of them


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_the_catalogue(language: str) -> None:
    catalog = translations.read(language)
    with django.override(language):
        for act in REGISTRY.acts.values():
            said = str(act.title)
            with django.override(None):
                source = str(act.title)
            message = catalog.get(source)
            assert message is not None
            assert said == message.string


def test_numbers_choose_their_form() -> None:
    message = translations.read("ar").get("%(total)s notice")
    assert message is not None
    forms = translations.plain(message.string)
    with django.override("ar"):
        for number, form in ((0, 0), (1, 1), (2, 2), (7, 3), (11, 4), (200, 5)):
            assert django.ngettext("%(total)s notice", "%(total)s notices", number) == forms[form]
