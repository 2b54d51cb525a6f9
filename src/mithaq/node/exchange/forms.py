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
