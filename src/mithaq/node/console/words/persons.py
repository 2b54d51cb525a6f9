"""What is said of a person: category, sex, language, part in a journey."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

WORDS: dict[str, dict[str, object]] = {
    "category": {
        "wanted": lazy("wanted person"),
        "missing": lazy("missing person"),
        "suspect": lazy("suspect"),
        "victim": lazy("victim"),
        "witness": lazy("witness"),
    },
    "sex": {
        "female": lazy("female"),
        "male": lazy("male"),
        "other": lazy("other"),
        "unknown": lazy("not known"),
    },
    "role": {
        "passenger": lazy("passenger"),
        "crew": lazy("crew"),
        "transit": lazy("in transit"),
        "transit-crew": lazy("crew in transit"),
    },
    "language": {"en": lazy("English"), "fr": lazy("French"), "nl": lazy("Dutch"), "ar": lazy("Arabic")},
    # As Doc 9303 and carriers begin the code of a document.
    "document": {
        "P": lazy("passport"),
        "PP": lazy("passport"),
        "I": lazy("identity card"),
        "ID": lazy("identity card"),
        "A": lazy("residence card"),
        "C": lazy("residence card"),
        "AC": lazy("crew member certificate"),
        "V": lazy("visa"),
        "T": lazy("travel document"),
        "M": lazy("military identity card"),
        "F": lazy("other document"),
    },
}
