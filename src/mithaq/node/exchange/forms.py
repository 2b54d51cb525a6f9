"""The forms of this subject: their fields are those of the frozen request types, and a test compares them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mithaq.node.console.words import WORDS


class SuspendForm(forms.Form):
    """Suspend a line, for a reason."""

    plan = forms.CharField(widget=forms.HiddenInput)
    line = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500)
    language = forms.ChoiceField(
        label=_("Language"), choices=[(code, WORDS["language"][code]) for code in ("en", "fr", "nl", "ar")]
    )


class CloseForm(forms.Form):
    """Close a dead letter, for a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}))


class MendForm(forms.Form):
    """The mended file of a letter, and the files that go with it where the act takes others."""

    # The names of the request's fields; the form's own `data` is set on the instance and is not touched.
    data = forms.FileField(label=_("Mended file"), allow_empty_file=True)  # type: ignore[assignment]
    more = forms.FileField(
        label=_("File of aliases"),
        required=False,
        allow_empty_file=True,
        help_text=_("OFAC alone: alt.csv, which goes with sdn.csv."),
    )
    mapping = forms.FileField(
        label=_("Mapping"),
        required=False,
        allow_empty_file=True,
        help_text=_("Only for the authority's own list as a table (CSV): the file that says what its columns are."),
    )

    def __init__(self, *args: object, two: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not two:
            del self.fields["more"], self.fields["mapping"]
