"""Why a traveller is a candidate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

WORDS: dict[str, dict[str, object]] = {
    "evidence": {
        "name": lazy("Name"),
        "birth_date": lazy("Birth date"),
        "nationality": lazy("Nationality"),
        "sex": lazy("Sex"),
        "document": lazy("Document"),
    },
    "form": {
        "plain": lazy("as written"),
        "article": lazy("with its article"),
        "bare": lazy("without the particles before it"),
        "stripped": lazy("without the article that it begins with"),
        "joined": lazy("with its neighbour as one word"),
    },
    "parted": {
        "no-key": lazy("not compared: no key in common"),
        "sieve": lazy("not compared: too many consonants differ"),
        "cost": lazy("too unlikely a spelling of each other"),
    },
    "script": {
        "latin": lazy("Latin letters"),
        "arabic": lazy("Arabic letters"),
        "cyrillic": lazy("Cyrillic letters"),
        "tifinagh": lazy("Tifinagh letters"),
        "other": lazy("another script"),
    },
    "agrees": {
        "same": lazy("same"),
        "near": lazy("close"),
        "differs": lazy("differs"),
        "other": lazy("another one"),
        "missing": lazy("not known"),
    },
}

WHY: dict[str, object] = {
    "name.exact": lazy("The names are the same."),
    "name.skeleton": lazy("The names have the same consonants."),
    "name.spelling": lazy("The names are spellings of each other."),
    "name.script": lazy("The names agree across scripts."),
    "name.article": lazy("The names differ by an article."),
    "name.particle": lazy("The names differ by a particle."),
    "name.joined": lazy("The names agree when written together."),
    "name.together": lazy("Words that agree together count only in part."),
    "name.seen_only": lazy("This name stands only in the document."),
    "name.listed_only": lazy("This name stands only in the list."),
    "name.weak": lazy("The list calls this alias weak."),
    "name.learned": lazy("What the name says as a whole, learned from known answers."),
    "birth_date.missing": lazy("A birth date is missing."),
    "birth_date.exact": lazy("The birth dates are the same."),
    "birth_date.exact_january": lazy(
        "The birth dates are the same, a 1 January, which often stands for an unknown day."
    ),
    "birth_date.swapped": lazy("Day and month are swapped."),
    "birth_date.near_year": lazy("Day and month agree, the year is close."),
    "birth_date.first_january": lazy("The document says 1 January, which often stands for an unknown day."),
    "birth_date.listed_january": lazy("The list says 1 January, which often stands for an unknown day."),
    "birth_date.month": lazy("Year and month agree."),
    "birth_date.year": lazy("The year agrees; the list knows no more."),
    "birth_date.year_off_by_one": lazy("The years are one apart."),
    "birth_date.same_year": lazy("The year agrees, the day does not."),
    "birth_date.contradicts": lazy("The birth dates contradict each other."),
    "birth_date.range": lazy("The birth date lies within the range."),
    "birth_date.learned": lazy("What the birth date says beside this name, learned from known answers."),
    "nationality.same": lazy("The nationalities agree."),
    "nationality.differs": lazy("The nationalities differ."),
    "nationality.missing": lazy("A nationality is missing."),
    "sex.same": lazy("The sex agrees."),
    "sex.differs": lazy("The sex differs."),
    "sex.missing": lazy("The sex is not known."),
    "document.same": lazy("The document number is the same."),
    "document.differs": lazy("The document number differs."),
    "document.missing": lazy("A document number is missing."),
}
