"""The forms of people: their fields bear the names of the frozen request types."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mithaq.node.accounts import rules
from mithaq.node.acts import instruments
from mithaq.node.console import words
from mithaq.node.start import LANGUAGES, Node


def _units() -> list[tuple[str, str]]:
    plan = instruments.domestic_plan()
    return [(unit.id, unit.id) for unit in plan.units]


def _lines() -> list[tuple[str, str]]:
    joint = (one.plan for one in instruments.in_force() if one.plan.kind == "joint")
    language = get_language() or "en"
    return [(line.id, f"{line.title.get(language) or line.title.get('en', '')} ({line.id})") for plan in joint
            for line in plan.lines]  # fmt: skip


def _roles(names: Any = rules.ROLES) -> list[tuple[str, str]]:
    return [(role, words.word("office", role)) for role in names]


def _boxes() -> forms.CheckboxSelectMultiple:
    """Boxes that stand where their heading begins, on either side: the style of the page places them by this class."""
    return forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})


class _Placed(forms.Form):
    """Unit, roles and lines, as the plans in force name them."""

    unit = forms.ChoiceField(label=_("Unit"))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=_boxes())
    lines = forms.MultipleChoiceField(
        label=_("Lines of the plan"),
        required=False,
        widget=_boxes(),
        help_text=_("None means every line of the unit."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (("unit", _units()), ("roles", _roles()), ("lines", _lines())):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class InviteForm(_Placed):
    """A person to invite."""

    name = forms.CharField(label=_("Name to sign in with"), max_length=60)
    full_name = forms.CharField(label=_("Full name"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(label=_("Language"), choices=[("", "–"), *LANGUAGES], required=False)

    field_order = ("name", "full_name", "unit", "roles", "lines", "language")


class ChangeForm(_Placed):
    """Other roles, another unit or other lines."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}))


class ReasonForm(forms.Form):
    """A reason, and the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}))


class VersionForm(forms.Form):
    """The version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class _Moment(forms.DateTimeField):
    """A moment as the clocks of the authority show it: asked for, and given back, in the node's first zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")

    def prepare_value(self, value: Any) -> Any:
        """The moment in the node's first zone; what was typed stays as it was."""
        return value.astimezone(_zone()).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """The moment that was meant. ValidationError for one that the clocks skip, or show twice."""
        with timezone.override(_zone()):
            return super().to_python(value)


def _zone() -> ZoneInfo:
    return ZoneInfo(Node.config.time_zones[0])


class DelegateForm(forms.Form):
    """Roles to lend, to whom, and for how long."""

    taker = forms.ChoiceField(label=_("To whom"))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=_boxes())
    starts = _Moment()
    ends = _Moment()
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], roles: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        zone = {"zone": words.zone(_zone().key)}
        self.fields["starts"].label = _("From (time of %(zone)s)") % zone
        self.fields["ends"].label = _("Until (time of %(zone)s)") % zone
        self.fields["taker"].choices = colleagues  # type: ignore[attr-defined]
        self.fields["roles"].choices = _roles(roles)  # type: ignore[attr-defined]

    def moments(self) -> tuple[datetime, datetime]:
        """From and until."""
        return self.cleaned_data["starts"], self.cleaned_data["ends"]


class WelcomeForm(forms.Form):
    """Who was invited chooses a password, with the one-time code that was handed over."""

    name = forms.CharField(label=_("Name to sign in with"), max_length=150)
    code = forms.CharField(
        label=_("One-time code"), max_length=60, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
