"""The words of the console: what is to be translated, and whether the catalogues do.

    python -m tests.translations update     write new words into the catalogues, drop those that are gone, guess nothing
    python -m tests.translations missing    list what is not translated or not right; status 1 when there is something

Rule: a word is found where a page takes it from: `gettext` and its kin in Python, `translate` in templates, and words
that live as data (grounds of the plan; sentences of errors and warnings, whose form for one is in `mithaq.plurals`).
GNU gettext is not needed for any of it.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from mithaq.plan.grounds import GROUNDS
from mithaq.plurals import COUNTED
from tests.docs import constructed

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "mithaq"
LOCALE = SRC / "node" / "console" / "locale"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "nl": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
HEAD = r"""# English is the source. Kept by: python -m tests.translations update
msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""
FORMS = {"fr": 2, "nl": 2, "ar": 6}
# Forms that name their number by grammar: "two notices" is one Arabic word, and a zero is said as "no notice".
NUMBERLESS = {"fr": frozenset({0}), "nl": frozenset({0}), "ar": frozenset({0, 1, 2})}
# Packages whose errors and warnings a page can show. Gateway, worker and configuration speak to operators, in English.
SHOWN = (
    "node/accounts/",
    "node/acts/",
    "node/api/",
    "node/border/",
    "node/console/",
    "node/exchange/",
    "node/lists/",
    "node/retention/",
    "node/oversight/",
    "node/wanted/",
    "formats/",
    "screening/calibrate.py",
)
GETTEXT = {"gettext": (1,), "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
KEYWORDS = {f"{name}{lazy}": places for name, places in GETTEXT.items() for lazy in ("", "_lazy")} | {
    "gettext_noop": (1,)
}
# Words that are the same in two languages; for Arabic, names and codes that stay in Latin script.
SAME: dict[str, frozenset[str]] = {
    "fr": frozenset(
        {
            "UTC",
            "%(hours)d h %(minutes)02d min",
            ", ",
            "Casablanca",
            "Clause",
            "bits",
            "Clauses",
            "Code",
            "Document",
            "Documents",
            "documents",
            "Message",
            "Plan",
        }
        | {
            "Portrait",
            "portrait",
            "Score",
            "suspect",
            "document",
            "message",
            "segment",
            "plan",
            "version",
            "clauses",
            "visa",
        }
    ),
    "nl": frozenset(
        {
            "Alarm %(number)s",
            "open",
            "UTC",
            "plan",
            "record",
            "records",
            ", ",
            "Casablanca",
            "Code",
            "Document",
            "Plan",
            "Score",
            "bits",
            "%(size)s bytes",
            "{label}: {said}",
            "document",
            "segment",
        }
    ),
    "ar": frozenset({"UTC", "{label}: {said}"}),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[-+ 0#]*\d*(?:\.\d+)?[a-z]|(?<!%)%[sd]|\{(\w*)\}")
_ARABIC = re.compile("[\u0621-\u064a]")


@dataclass(frozen=True, order=True)
class Word:
    """A text to translate; `plural` is the English plural where a number decides."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what a catalogue finds it."""
        return self.text, self.context


# What is to be translated


@cache
def words() -> dict[Word, list[str]]:
    """Every word, with the files that it stands in."""
    found: dict[Word, set[str]] = {}
    for path, word in _everything():
        found.setdefault(word, set()).add(path)
    return {word: sorted(found[word]) for word in sorted(found, key=lambda one: (sorted(found[one])[0], one))}


def _everything() -> Iterator[tuple[str, Word]]:
    for path in sorted((SRC / "node").rglob("*.py")):
        for word in in_python(path.read_text(encoding="utf8")):
            yield _name(path), counted(word)
    for path in sorted((SRC / "node").rglob("templates/**/*.html")):
        for word in in_template(path.read_text(encoding="utf8"), _name(path)):
            yield _name(path), word
    for path, word in as_data():
        yield path, counted(word)


def counted(word: Word) -> Word:
    """A sentence that tells a number, with its form for one; any other word as it is."""
    one = COUNTED.get(word.text)
    return Word(one[0], word.text) if one and not word.plural else word


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_python(text: str) -> Iterator[Word]:
    """The words of a module, under whatever names it imports Django's functions."""
    imported = [
        name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
    ]
    keywords = {name.asname or name.name: KEYWORDS[name.name] for name in imported if name.name in KEYWORDS}
    yield from _extracted(text, keywords)


def in_template(text: str, name: str = "") -> Iterator[Word]:
    """The words of a Django template, as Django turns it into calls of gettext."""
    # Parentheses around it all: what was markup must not read as the indentation of a program.
    yield from _extracted(f"(\n{templatize(text, origin=name)}\n)", {**KEYWORDS, "_": (1,)})


def _extracted(text: str, keywords: Mapping[str, tuple[object, ...]]) -> Iterator[Word]:
    source = io.BytesIO(text.encode())
    names: Any = list(keywords)
    for _line, function, found, _comments in extract_python(source, names, (), {"encoding": "utf-8"}):
        shape = keywords[str(function)]
        parts: list[Any] = [found] if isinstance(found, str) else list(found or ())[: len(shape)]
        if len(parts) < len(shape) or not all(isinstance(one, str) and one for one in parts):
            continue  # a variable: its words are found where they are written
        context = parts.pop(0) if isinstance(shape[0], tuple) else ""
        yield Word(parts[0], parts[1] if len(parts) > 1 else "", context)


def as_data() -> Iterator[tuple[str, Word]]:
    """Words that no call marks: grounds of the plan, sentences of errors and warnings that a page can show."""
    for ground in GROUNDS.values():
        yield "src/mithaq/plan/grounds.py", Word(ground.text)
        yield "src/mithaq/plan/grounds.py", Word(ground.remedy)
    for one in constructed.in_source():
        if one.module.startswith(SHOWN):
            for sentence in one.details | one.remedies:
                if sentence:
                    yield f"src/mithaq/{one.module}", Word(sentence)


# What the catalogues say


def languages() -> list[str]:
    """The languages that English is translated into."""
    return list(FORMS)


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(text: bytes, language: str) -> Catalog:
    """A catalogue; obsolete entries are kept to be complained of."""
    return read_po(io.BytesIO(text), locale=language, abort_invalid=True)


def plain(translation: str | Iterable[str] | None) -> tuple[str, ...]:
    """The forms of a translation: one, or one a plural form."""
    return () if translation is None else (translation,) if isinstance(translation, str) else tuple(translation)


def problems(catalog: Catalog, language: str, wanted: Iterable[Word], same: frozenset[str] = frozenset()) -> list[str]:
    """What is wrong in a catalogue; `same` are the words that may equal their source in this language."""
    there = {_word(message).key: message for message in catalog if message.id}
    wanted = list(wanted)
    gone = [_word(message).text for message in catalog.obsolete.values()]
    gone += [text for text, _context in sorted(there.keys() - {word.key for word in wanted})]
    found = [f"obsolete: {text}" for text in gone]
    if f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};" != PLURALS[language]:
        found.append(f"plural forms: {catalog.plural_forms}")
    for word in wanted:
        found += [f"{what}: {word.text}" for what in _wrong(word, there.get(word.key), language, same)]
    return found


def _wrong(word: Word, message: Message | None, language: str, same: frozenset[str]) -> Iterator[str]:
    forms = plain(message.string) if message else ()
    if message is None or not any(forms):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    if len(forms) != (FORMS[language] if word.plural else 1) or not all(form.strip() for form in forms):
        yield f"{len([form for form in forms if form.strip()])} plural forms"
    for number, form in enumerate(forms):
        yield from _wrong_form(word, number, form, language, same)


def _wrong_form(word: Word, number: int, form: str, language: str, same: frozenset[str]) -> Iterator[str]:
    source = word.plural if word.plural and number else word.text
    if form in {word.text, word.plural} and form not in same:
        yield "equals its source"
    asked, given = placeholders(word.plural or source), placeholders(form)
    numberless = bool(word.plural) and number in NUMBERLESS[language]
    if given != asked and not (numberless and given <= asked):
        yield f"placeholders {sorted(given.elements())} for {sorted(asked.elements())}"
    if language == "ar" and form not in same and not _ARABIC.search(form) and _letters(source):
        yield "no Arabic letter"
    if (form[:1].isspace(), form[-1:].isspace()) != (source[:1].isspace(), source[-1:].isspace()):
        yield "space at an end"


def _letters(text: str) -> bool:
    return any(letter.isalpha() for letter in _PLACEHOLDER.sub("", text))


def placeholders(text: str) -> Counter[str]:
    """The places that a program fills, each as often as it stands there."""
    return Counter(found.group(0) for found in _PLACEHOLDER.finditer(text))


def _word(message: Message) -> Word:
    text, plural = (message.id, "") if isinstance(message.id, str) else (message.id[0], message.id[1])
    return Word(text, plural, message.context or "")


# Writing them


def updated(old: Catalog, language: str, wanted: Mapping[Word, list[str]]) -> Catalog:
    """A catalogue of exactly the words that are wanted, with the translations that are there; nothing is guessed."""
    known = {_word(message).key: message for message in old if message.id}
    fresh = Catalog(language, fuzzy=False)
    for word, files in wanted.items():
        before = known.get(word.key)
        blank = ("",) * FORMS[language] if word.plural else ""
        fits = before is not None and len(plain(before.string)) == (FORMS[language] if word.plural else 1)
        string = before.string if before is not None and fits else blank
        identity = (word.text, word.plural) if word.plural else word.text
        flags = ["python-format"] if placeholders(word.text + word.plural) and "%(" in word.text + word.plural else []
        places: list[Any] = [(file, None) for file in files]  # no lines: a file changes more often than its words
        fresh.add(identity, string, places, flags, context=word.context or None)
    return fresh


def written(catalog: Catalog, language: str) -> bytes:
    """A catalogue as its file holds it; no dates in its head, so that it changes when its words do."""
    target = io.BytesIO()
    write_po(target, catalog, width=118, omit_header=True)
    return (
        HEAD.format(language=language, plurals=PLURALS[language]) + target.getvalue().decode().strip() + "\n"
    ).encode()


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as `gettext` reads it."""
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def read(language: str) -> Catalog:
    """The catalogue of a language, empty when there is none."""
    path = path_of(language)
    return load(path.read_bytes(), language) if path.exists() else Catalog(language)


def update() -> None:
    """Write the catalogues anew."""
    wanted = words()
    for language in languages():
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(updated(read(language), language, wanted), language))


def main(arguments: list[str]) -> int:
    """The command; see above."""
    if arguments == ["update"]:
        update()
        return 0
    if arguments != ["missing"]:
        print(__doc__)
        return 2
    wanted = words()
    found = [f"{one}: {what}" for one in languages() for what in problems(read(one), one, wanted, SAME[one])]
    print("\n".join(found) or f"{len(wanted)} words, nothing missing")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
