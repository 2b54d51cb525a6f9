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
        label=_("Passenger list"), allow_empty_file=True, help_text=_("A PAXLST or PNRGOV file, at most 32 MiB.")
    )

    def __init__(self, *args: object, posts: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


class TravellerForm(forms.Form):
    """One traveller: the zone of the document, or what the document says."""

    post = forms.ChoiceField(label=_("Post"))
    mrz = forms.CharField(
        label=_("Lines at the foot of the document"),
        help_text=_("Scan, paste or type the two or three lines."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(
            attrs={"rows": 3, "cols": 46, "dir": "ltr", "class": "mono", "spellcheck": "false", "autofocus": True}
        ),
    )
    name = forms.CharField(
        label=_("Name"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    birth_date = forms.CharField(
        label=_("Birth date"),
        help_text=_("Year, month and day, or what is known of them."),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    nationality = forms.CharField(
        label=_("Nationality"),
        help_text=_("A code of two or three letters."),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    document = forms.CharField(
        label=_("Document number"), required=False, max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"})
    )

    def __init__(self, *args: object, posts: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


class CrossingForm(forms.Form):
    """A question to the crossings register."""

    name = forms.CharField(
        label=_("Name"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    document = forms.CharField(
        label=_("Document number"), required=False, max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    since = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is written into the access log with the question."),
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ThresholdForm(forms.Form):
    """A threshold by its false alerts, or in bits."""

    RATES = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)

    feed = forms.CharField(widget=forms.HiddenInput)
    follows = forms.CharField(widget=forms.HiddenInput, required=False)
    one_in = forms.TypedChoiceField(
        label=_("One false alert in so many travellers"),
        required=False,
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]
        choices=[("", "–"), *((rate, str(rate)) for rate in RATES)],
    )
    bits = forms.CharField(
        label=_("Or the score in bits"),
        help_text=_("Where too few travellers are counted for a rate. It needs a reason."),
        required=False,
        max_length=6,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is kept with the choice. Needed where a group bears over twice the false alerts of all."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean_bits(self) -> str:
        """The figure as acts read it: a page shows a comma where the language has one, and so it is typed."""
        return str(self.cleaned_data["bits"]).replace(",", ".")


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


class AskSilenceForm(forms.Form):
    """Ask that a document makes no candidate for a record any more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(label=_("Ground"), choices=list(WORDS["silence-ground"].items()))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For the second person and for oversight. Write no number and no name of the traveller."),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class DecideSilenceForm(forms.Form):
    """The second person's decision on a silence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=list(WORDS["silence-verdict"].items()),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed to decline."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class EndSilenceForm(forms.Form):
    """End a silence before its time."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}))


class ReportForm(forms.Form):
    """Tell the owner again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
