"""Forms of leaving early: to work or study, dropping out, coming back."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import EndedBy, ExitKind, OnwardPath
from coaching.models import Enrolment
from core.forms import DayField

TO_WORK = (OnwardPath.PAID_WORK, OnwardPath.SUBSIDISED_WORK, OnwardPath.APPRENTICESHIP)
TO_WORK_OR_STUDY = (*TO_WORK, OnwardPath.STUDY)


class _LeavingForm(forms.Form):
    """What both ways of leaving share."""

    left_on = DayField(label=_("Last day in the month"), help_text=_("For example 12.2.2026."))
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, enrolment: Enrolment, today: dt.date, **kwargs) -> None:
        initial = {name: getattr(enrolment, name, None) for name in self.base_fields}
        initial["left_on"] = enrolment.left_on or min(today, enrolment.month.ends_on)
        super().__init__(*args, initial=initial, **kwargs)


class ToWorkForm(_LeavingForm):
    """To work or to study: where, from when, and the last day here. How the month ended follows from it."""

    field_order = ["onward_path", "onward_detail", "onward_starts_on", "left_on", "version"]

    onward_path = forms.ChoiceField(
        label=_("What begins?"),
        choices=[(path.value, path.label) for path in TO_WORK_OR_STUDY],
        widget=forms.RadioSelect,
    )
    onward_detail = forms.CharField(
        label=_("Where?"), max_length=200, help_text=_("Workplace or school, and the task or the course.")
    )
    onward_starts_on = DayField(label=_("Begins on"), help_text=_("For example 16.2.2026."))

    def values(self) -> dict:
        """What the service takes."""
        study = self.cleaned_data["onward_path"] == OnwardPath.STUDY
        kind = ExitKind.LEFT_FOR_STUDY if study else ExitKind.LEFT_FOR_WORK
        return {**self.cleaned_data, "exit_kind": kind.value}


class DropOutForm(_LeavingForm):
    """Dropping out: when, who ended it, why, and which support takes over."""

    field_order = ["left_on", "ended_by", "exit_reason", "support_after", "version"]

    ended_by = forms.ChoiceField(label=_("Who ended it?"), choices=EndedBy.choices, widget=forms.RadioSelect)
    exit_reason = forms.CharField(
        label=_("What ended it?"),
        max_length=300,
        help_text=_("In a few plain words. No diagnoses."),
    )
    support_after = forms.CharField(
        label=_("Which support takes over?"),
        max_length=300,
        help_text=_("For example: the responsible officer rings on Friday. Or: nothing agreed yet."),
    )

    def values(self) -> dict:
        """What the service takes."""
        return {**self.cleaned_data, "exit_kind": ExitKind.DROPPED_OUT.value}


class ComeBackForm(forms.Form):
    """Why somebody who had left is in the group again."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("For example: the work did not begin after all, or: recorded for the wrong person."),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
