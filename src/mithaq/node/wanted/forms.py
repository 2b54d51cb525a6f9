"""Forms of this subject: their fields bear the names of the frozen request types, and a test compares them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.acts.nouns import Document, Person
from mithaq.node.console.words import WORDS
from mithaq.node.wanted.requests import Basis, BasisAgain, ExtendNotice, NoticeContent

# The fields of the page, part by part; a name is a field of Person, of Basis or of NoticeContent.
PARTS = (
    (
        _("The person"),
        ("category", "names", "weak_names", "sex", "birth_dates", "nationalities", "documents", "marks", "portrait"),
    ),
    (_("What is asked"), ("purpose", "urgency", "warnings")),
    (_("Judicial basis"), ("warrant", "court", "issued", "offence", "law", "penalty", "facts")),
    (_("Handling"), ("handling", "language", "review")),
)  # fmt: skip


def _choices(kind: str, *codes: str) -> list[tuple[str, Any]]:
    return [(code, WORDS[kind][code]) for code in codes]


def _handling() -> list[tuple[str, Any]]:
    from django.utils.text import format_lazy

    return [(code, format_lazy("{} · {}", code, text)) for code, text in WORDS["handling"].items()]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _area(rows: int, direction: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": direction})


def _input(direction: str = "auto", **attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": direction, **attributes})


class NoticeForm(forms.Form):
    """A notice: the person, what is asked, the judicial basis, how it is handled."""

    category = forms.ChoiceField(
        label=_("Category of person"),
        choices=_choices("category", "wanted", "missing", "suspect", "victim", "witness"),
        help_text=_("Victims and witnesses never reach matching."),
    )
    names = forms.CharField(
        label=_("Names"), widget=_area(3, "auto"), help_text=_("One a line, in every script that is known.")
    )
    weak_names = forms.CharField(
        label=_("Weak aliases"), required=False, widget=_area(2, "auto"), help_text=_("One a line.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=_choices("sex", "unknown", "female", "male", "other"))
    birth_dates = forms.CharField(
        label=_("Birth date"),
        required=False,
        widget=_area(1, "ltr"),
        help_text=_("YYYY, YYYY-MM or YYYY-MM-DD, as far as known; one a line."),
    )
    nationalities = forms.CharField(
        label=_("Nationality"),
        required=False,
        widget=_input("ltr"),
        help_text=_("Codes of three letters, such as MAR."),
    )
    documents = forms.CharField(
        label=_("Documents"),
        required=False,
        widget=_area(2, "ltr"),
        help_text=_("Kind, number and issuing State, such as P AB123456 MAR; one a line."),
    )
    marks = forms.CharField(label=_("Particular marks"), required=False, widget=_input())
    portrait = forms.FileField(
        label=_("Portrait"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("JPEG or PNG; it is encoded anew, so that nothing else travels with it."),
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"), choices=_choices("purpose", "arrest", "locate", "information", "missing")
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=_choices("urgency", "normal", "to-obtain", "urgent"))
    warnings = forms.CharField(label=_("Warnings"), required=False, widget=_input())
    warrant = forms.CharField(label=_("Warrant"), required=False, widget=_input("ltr"))
    court = forms.CharField(label=_("Court or authority"), required=False, widget=_input())
    issued = forms.CharField(label=_("Date of the warrant"), required=False, widget=_input("ltr", type="date"))
    offence = forms.CharField(label=_("Offence"), required=False, widget=_input())
    law = forms.CharField(label=_("Law and article"), required=False, widget=_input())
    penalty = forms.CharField(label=_("Maximum penalty or remainder"), required=False, widget=_input())
    facts = forms.CharField(label=_("Facts"), required=False, widget=_area(3, "auto"))
    handling = forms.ChoiceField(label=_("Handling code"), initial="H1", choices=_handling)
    language = forms.ChoiceField(label=_("Language of record"), choices=_choices("language", "ar", "fr", "nl", "en"))
    review = forms.CharField(
        label=_("Review by"),
        required=False,
        widget=_input("ltr", type="date"),
        help_text=_("Within a year; a year when nothing is said."),
    )

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields as the page groups them."""
        return [(title, [self[name] for name in names]) for title, names in PARTS]

    def content(self) -> NoticeContent:
        """The frozen content that the form stands for. InputError `notice.document`."""
        data = self.cleaned_data
        person = Person(
            names=_lines(data["names"]),
            weak_names=_lines(data["weak_names"]),
            sex=data["sex"],
            birth_dates=_lines(data["birth_dates"]),
            nationalities=tuple(data["nationalities"].upper().replace(",", " ").split()),
            documents=tuple(_document(line) for line in _lines(data["documents"])),
            marks=data["marks"],
        )
        basis = Basis(
            **{name: data[name] for name in ("warrant", "court", "issued", "offence", "law", "facts", "penalty")}
        )
        upload = data["portrait"]
        plain = {
            name: data[name]
            for name in ("category", "purpose", "urgency", "handling", "language", "warnings", "review")
        }
        return NoticeContent(person=person, basis=basis, portrait=upload.read() if upload else None, **plain)


def _document(line: str) -> Document:
    parts = line.upper().split()
    if len(parts) not in {2, 3}:
        raise InputError(
            "notice.document",
            "A document is a kind, a number and an issuing State.",
            remedy="Write it as: P AB123456 MAR.",
            where="documents",
        )
    return Document(*parts)


class MoveForm(forms.Form):
    """Approve or publish the version that the person has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(MoveForm):
    """Withdraw, for a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_input())


class ExtendForm(MoveForm):
    """Put off the review, with the judicial basis written down again; nothing of it is filled in."""

    review = forms.CharField(label=_("New review by"), widget=_input("ltr", type="date"))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_input())
    warrant = forms.CharField(label=_("Warrant, as it lies before you"), required=False, widget=_input("ltr"))
    court = forms.CharField(label=_("Court or authority"), required=False, widget=_input())
    issued = forms.CharField(label=_("Date of the warrant"), required=False, widget=_input("ltr", type="date"))
    standing = forms.ChoiceField(
        label=_("What became of it"), choices=_choices("standing", "in-force", "expired", "withdrawn")
    )

    def asked(self, notice: str) -> ExtendNotice:
        """The frozen request that the form stands for."""
        data = self.cleaned_data
        basis = BasisAgain(data["warrant"], data["court"], data["issued"], data["standing"])
        return ExtendNotice(notice, data["version"], data["review"], data["reason"], basis)
