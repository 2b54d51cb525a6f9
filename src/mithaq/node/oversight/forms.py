"""The forms of this subject: what is asked of the access log, and of whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mithaq.node.console import words
from mithaq.node.oversight import rules


class Day(forms.DateInput):
    """A day, as browsers offer to choose one."""

    input_type = "date"


def _choices() -> list[tuple[str, object]]:
    return [("", _("all")), *words.offered_readings()]


class LogForm(forms.Form):
    """A search of the access log."""

    actor = forms.CharField(label=_("Person (sign-in name)"), max_length=100, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=100, required=False)
    what = forms.ChoiceField(label=_("What was read"), choices=_choices, required=False)
    record = forms.CharField(label=_("Record (reference or id)"), max_length=100, required=False)
    since = forms.DateField(label=_("From"), widget=Day, required=False)
    until = forms.DateField(label=_("Until"), widget=Day, required=False)
    refused = forms.BooleanField(label=_("Refused only"), required=False)


class PersonForm(forms.Form):
    """Whose data is to be followed: by a reference, or by name and birth date."""

    reference = forms.CharField(
        label=_("Reference or id"),
        help_text=_("Of a notice, a hit, a candidate, a crossing, a manifest or an entry of a list (UN/CDi.001)."),
        max_length=100,
        required=False,
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    birth_date = forms.DateField(label=_("Birth date"), widget=Day, required=False)

    def clean(self) -> dict[str, Any]:
        """A reference, or a name with its birth date."""
        given = super().clean() or {}
        if not given.get("reference") and not (given.get("name") and given.get("birth_date")):
            raise forms.ValidationError(_("Give a reference, or a name with its birth date."))
        return given


_AUTO = forms.Textarea(attrs={"dir": "auto", "rows": 3})


class CloseForm(forms.Form):
    """What was found about an alarm."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    finding = forms.ChoiceField(
        label=_("What was found"), choices=lambda: [(one, words.word("finding", one)) for one in rules.FINDINGS]
    )
    words = forms.CharField(
        label=_("What was looked at, and why it is closed"), min_length=rules.LEAST, max_length=rules.MOST, widget=_AUTO
    )


class ReopenForm(forms.Form):
    """Why an alarm is looked at a second time."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Why it is looked at again"), min_length=rules.LEAST, max_length=rules.MOST, widget=_AUTO
    )


class HoldForm(forms.Form):
    """From which day on the access log stays, until which day, and why."""

    since = forms.DateField(label=_("Rows from this day on"), widget=Day)
    until = forms.DateField(label=_("Stay until"), widget=Day, help_text=_("A year at most; hold them anew if needed."))
    reason = forms.CharField(
        label=_("Why they are evidence"), min_length=rules.LEAST, max_length=rules.MOST, widget=_AUTO
    )


class ReleaseForm(forms.Form):
    """Why a hold ends before its day."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it ends"), min_length=rules.LEAST, max_length=rules.MOST, widget=forms.TextInput({"dir": "auto"})
    )
