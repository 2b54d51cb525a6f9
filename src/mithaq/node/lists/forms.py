"""Forms of this subject: their fields bear the names of the frozen request types, and a test compares them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

NAMES = {
    "UN": _("UN Security Council consolidated list (XML)"),
    "OFAC": _("OFAC list of specially designated nationals (CSV)"),
    "EU": _("EU consolidated list of financial sanctions (XML)"),
    "OWN": _("The authority's own list (JSON Lines, or CSV with a mapping)"),
}


class ListForm(forms.Form):
    """A list to import, as published."""

    list = forms.ChoiceField(label=_("List"), choices=list(NAMES.items()))
    data = forms.FileField(  # type: ignore[assignment]
        label=_("File"), allow_empty_file=True, help_text=_("As published; it may be packed as .gz or .zip.")
    )
    more = forms.FileField(
        label=_("File of aliases"),
        required=False,
        allow_empty_file=True,
        help_text=_("OFAC alone: alt.csv, which goes with sdn.csv."),
    )
    mapping = forms.FileField(
        label=_("Mapping"),
        required=False,
        help_text=_("Only for the authority's own list as a table (CSV): the file that says what its columns are."),
    )


class ConfirmForm(forms.Form):
    """Let a version take effect, for a reason where half or more vanishes or the list seems older."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )
