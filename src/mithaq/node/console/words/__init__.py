"""Words for the codes that software uses and people read: states, acts, purposes, evidence, values of an error.

Rule: a code is never shown bare where a word exists; a code without a word is shown as it is, and a test lists none.
One module a kind of word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console.words import asked, errors, evidence, files, ledger, persons, plans, readings, records
from mithaq.node.console.words.readings import SAME_READING, reading, same_reading
from mithaq.node.console.words.readings import offered as offered_readings

__all__ = [
    "SAME_READING", "WHY", "WORDS", "ZONES", "document", "offered_readings", "parameter", "place", "reading",
    "same_reading", "why", "word", "zone",
]  # fmt: skip

WORDS: dict[str, dict[str, object]] = {
    **records.WORDS,
    **persons.WORDS,
    **plans.WORDS,
    **ledger.WORDS,
    **files.WORDS,
    **evidence.WORDS,
    **errors.WORDS,
    **readings.WORDS,
    **asked.WORDS,
}
WHY = evidence.WHY
ZONES: dict[str, object] = {
    "Africa/Casablanca": lazy("Casablanca"),
    "Europe/Brussels": lazy("Brussels"),
    "UTC": lazy("UTC"),
}
_WORD = re.compile("[a-z]+")


def zone(key: str) -> str:
    """The city that stands for a time zone."""
    return str(ZONES.get(key, key.rpartition("/")[2].replace("_", " ")))


def place(text: str) -> str:
    """A place in a file or a form, such as `line 3, column 20` or `person.names`, in the reader's language."""
    whole = WORDS["field"].get(text)
    return str(whole) if whole is not None else _WORD.sub(lambda found: word("place", found[0]), text)


def word(kind: str, code: str) -> str:
    """The word for a code, in the reader's language."""
    if kind == "act":
        act = REGISTRY.acts.get(code)
        return str(act.title) if act else code
    return str(WORDS.get(kind, {}).get(code, code))


def document(code: str) -> str:
    """The word for a kind of travel document by its code or, as ICAO Doc 9303 has it, by its first letter."""
    return str(WORDS["document"].get(code) or WORDS["document"].get(code[:1], ""))


def parameter(name: str, value: object, code: str = "") -> str:
    """The reader's words for a value of an error or a warning; what has no words is as it is.

    Of which kind it is tells its name or, where several kinds bear one name, the code of the error as well.
    """
    kind = errors.KINDS.get(name) or errors.KINDS.get(f"{code} {name}")
    if kind is None:
        return str(value)
    found = [(one, word(kind, one)) for one in str(value).split(", ")]
    # The tag of a segment is kept beside its word: whoever made the file knows it by its tag.
    return _(", ").join(f"{one} ({told})" if kind == "segment" and told != one else told for one, told in found)


def why(code: str, params: Mapping[str, object]) -> str:
    """The sentence of a piece of evidence; for a name also how rare it is, which is what its weight comes from."""
    sentence = str(WHY.get(code, code))
    if "borne" not in params:
        return sentence
    return sentence + " " + _("Borne by %(borne)s of %(persons)s listed persons.") % params
