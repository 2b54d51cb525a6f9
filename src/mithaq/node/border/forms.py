"""Forms of this subject: their fields bear the names of the frozen request types, and a test compares them."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from mithaq.node.console.words import WORDS


class ManifestForm(forms.Form):
    """A manifest to screen at a post; the name is that of the file."""

    post = forms.ChoiceField(label=_("Post"))
    # The name of the request's field; the form's own `data` is set on the instance and is not touched.
    data = forms.FileField(  # type: ignore[assignment]
        label=_("Passenger list"), allow_empty_file=True, help_text=_("A PAXLST file, at most 32 MiB.")
    )

    def __init__(self, *args: object, posts: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


class JudgeForm(forms.Form):
    """One officer's judgement of a candidate."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Judgement"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=list(WORDS["verdict"].items()),
    )
    identifier = forms.ChoiceField(
        label=_("What was compared"), required=False, choices=list(WORDS["identifier"].items())
    )
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class ReportForm(forms.Form):
    """Tell the owner again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
