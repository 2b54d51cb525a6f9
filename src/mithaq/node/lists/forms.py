"""Forms of this subject: their fields bear the names of the frozen request types, and a test compares them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """A list to import, as published."""

    list = forms.ChoiceField(label=_("List"), choices=[("UN", _("UN Security Council consolidated list (XML)"))])
    data = forms.FileField(label=_("File"), allow_empty_file=True)  # type: ignore[assignment]
