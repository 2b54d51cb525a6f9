"""Forms of this subject: their fields are those of the frozen request types, and a test compares them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.nouns import Document, Person
from mithaq.node.console.words import WORDS
from mithaq.node.wanted.requests import Basis, NoticeContent


def _choices(kind: str, *codes: str) -> list[tuple[str, Any]]:
    return [(code, WORDS[kind][code]) for code in codes]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class NoticeForm(forms.Form):
    """A notice: the person, the judicial basis, what is asked."""

    names = forms.CharField(
        label=_("Names, one a line, in every script known"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    weak_names = forms.CharField(
        label=_("Weak aliases, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=_choices("sex", "unknown", "female", "male", "other"))
    birth_dates = forms.CharField(
        label=_("Birth date (YYYY, YYYY-MM or YYYY-MM-DD), one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "ltr"}),
    )
    nationalities = forms.CharField(
        label=_("Nationalities (codes of three letters)"), required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    document_kind = forms.CharField(label=_("Document: kind"), required=False, max_length=4, initial="P")
    document_number = forms.CharField(label=_("Document: number"), required=False, max_length=40)
    document_issuer = forms.CharField(label=_("Document: issuing State"), required=False, max_length=3)
    marks = forms.CharField(label=_("Particular marks"), required=False)
    portrait = forms.FileField(label=_("Portrait (JPEG or PNG)"), required=False)
    category = forms.ChoiceField(
        label=_("Category of person"), choices=_choices("category", "wanted", "missing", "suspect", "victim", "witness")
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"), choices=_choices("purpose", "arrest", "locate", "information", "missing")
    )
    warrant = forms.CharField(label=_("Warrant"), required=False)
    court = forms.CharField(label=_("Court or authority"), required=False)
    issued = forms.CharField(label=_("Date of the warrant (YYYY-MM-DD)"), required=False)
    offence = forms.CharField(label=_("Offence"), required=False)
    law = forms.CharField(label=_("Law and article"), required=False)
    facts = forms.CharField(label=_("Facts"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    penalty = forms.CharField(label=_("Maximum penalty or remainder"), required=False)
    warnings = forms.CharField(label=_("Warnings"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=_choices("urgency", "normal", "to-obtain", "urgent"))
    handling = forms.ChoiceField(
        label=_("Handling code"), initial="H1", choices=[(code, code) for code in ("H0", "H1", "H2", "H3")]
    )
    language = forms.ChoiceField(label=_("Language of record"), choices=_choices("language", "ar", "fr", "nl", "en"))
    review = forms.CharField(label=_("Review by (YYYY-MM-DD)"), required=False)

    def content(self) -> NoticeContent:
        """The frozen content that the form stands for."""
        data = self.cleaned_data
        document = Document(data["document_kind"], data["document_number"], data["document_issuer"])
        person = Person(
            names=_lines(data["names"]),
            weak_names=_lines(data["weak_names"]),
            sex=data["sex"],
            birth_dates=_lines(data["birth_dates"]),
            nationalities=tuple(data["nationalities"].upper().replace(",", " ").split()),
            documents=(document,) if document.number else (),
            marks=data["marks"],
        )
        basis = Basis(*(data[name] for name in ("warrant", "court", "issued", "offence", "law", "facts", "penalty")))
        upload = data["portrait"]
        plain = {
            name: data[name]
            for name in ("category", "purpose", "urgency", "handling", "language", "warnings", "review")
        }
        return NoticeContent(person=person, basis=basis, portrait=upload.read() if upload else None, **plain)


class MoveForm(forms.Form):
    """Approve or publish the version that the person has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(MoveForm):
    """Withdraw, for a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
