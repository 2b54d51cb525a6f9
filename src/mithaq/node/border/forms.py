"""Forms of this subject: their fields are those of the frozen request types, and a test compares them."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from mithaq.node.console.words import WORDS


class ManifestForm(forms.Form):
    """A manifest to screen at a post."""

    post = forms.ChoiceField(label=_("Post"))
    data = forms.FileField(label=_("Passenger list (PAXLST)"), allow_empty_file=True)

    def __init__(self, *args: object, posts: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


class JudgeForm(forms.Form):
    """One officer's judgement of a candidate."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Judgement"), choices=[(code, WORDS["verdict"][code]) for code in WORDS["verdict"]]
    )
    identifier = forms.ChoiceField(
        label=_("Compared"),
        required=False,
        choices=[(code, WORDS["identifier"][code]) for code in WORDS["identifier"]],
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=500)


class ReportForm(forms.Form):
    """Tell the owner again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
