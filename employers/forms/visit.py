"""Forms of visits: how it went, on which day, why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import TimeOfDayField
from employers.enums import CheckValue, VisitChannel, VisitCheck
from employers.forms.base import ServiceForm, date_field, with_sentence_case
from employers.forms.employer import StaffChoiceField
from employers.models import Placement, Visit
from employers.services.visit import KINDS_WITHOUT_CHECKS, VISIT_FIELDS, VisitAction

ACTIONS = (1, 2, 3)


def people_of(placement: Placement, *, also: tuple[int, ...] = ()):
    """Ours who follow the work trial: the month's coaches and coordinator, and whom `also` names."""
    month = placement.month
    ids = {*also}
    if month is not None:
        ids |= {month.coach_id, month.second_coach_id, month.coordinator_id}
    else:
        ids.add(placement.created_by_id)
    ids.discard(None)
    return User.objects.filter(Q(is_active=True) | Q(pk__in=also), pk__in=ids).order_by(
        "last_name", "first_name"
    )


class VisitForm(ServiceForm):
    """How one visit went: the four checks, both views, what was agreed."""

    held_on = date_field(_("Day"), required=True, hint="")
    next_on = date_field(_("Next visit"))
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    class Meta:
        model = Visit
        fields = list(VISIT_FIELDS)
        widgets = {
            "channel": forms.RadioSelect(),
            **{f"check_{check}": forms.RadioSelect() for check in VisitCheck.values},
            "participant_view": forms.Textarea(attrs={"rows": 2}),
            "employer_view": forms.Textarea(attrs={"rows": 2}),
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args, placement: Placement, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.placement = placement
        self.fields["channel"].choices = VisitChannel.choices
        without_checks = self.instance.kind in KINDS_WITHOUT_CHECKS
        for check in VisitCheck.values:
            field = self.fields[f"check_{check}"]
            field.choices = CheckValue.choices
            field.required = not without_checks
            field.error_messages["required"] = _("Choose how this stands.")
            self.fields[f"note_{check}"].label = _("What is not in order")
        self.fields["minutes"].error_messages["min_value"] = _("Give 1 to 480 minutes.")
        staff = people_of(placement, also=(user.pk,))
        for number in ACTIONS:
            self.fields[f"action_{number}_text"] = forms.CharField(
                label=_("What is done"), required=False, max_length=200
            )
            self.fields[f"action_{number}_responsible"] = StaffChoiceField(
                label=_("Who does it"), queryset=staff, required=False, initial=user.pk
            )
            self.fields[f"action_{number}_due_on"] = date_field(_("By when"), hint="")
        with_sentence_case(self)

    def checks(self) -> list[tuple]:
        """(the check's field, its note's field), in order."""
        if self.instance.kind in KINDS_WITHOUT_CHECKS:
            return []
        return [(self[f"check_{check}"], self[f"note_{check}"]) for check in VisitCheck.values]

    def action_rows(self) -> list[tuple]:
        """The three fields of each action that can be noted."""
        names = ("text", "responsible", "due_on")
        return [tuple(self[f"action_{number}_{name}"] for name in names) for number in ACTIONS]

    @property
    def has_further_actions(self) -> bool:
        """Something stands in the second or third action: they must not be folded."""
        return any(
            self[f"action_{number}_{name}"].value()
            and name != "responsible"
            or self.errors.get(f"action_{number}_{name}")
            for number in ACTIONS[1:]
            for name in ("text", "responsible", "due_on")
        )

    def clean_minutes(self) -> int | None:
        minutes = self.cleaned_data["minutes"]
        if minutes is not None and not 1 <= minutes <= 480:
            raise forms.ValidationError(_gettext("Give 1 to 480 minutes."))
        return minutes

    def clean(self) -> Mapping:
        cleaned = super().clean()
        for check in VisitCheck.values:
            value = cleaned.get(f"check_{check}")
            if value in (CheckValue.ATTENTION, CheckValue.NOT) and not cleaned.get(f"note_{check}"):
                self.add_error(f"note_{check}", _gettext("Write in a few words what is not in order."))
        for number in ACTIONS:
            if cleaned.get(f"action_{number}_due_on") and not cleaned.get(f"action_{number}_text"):
                self.add_error(f"action_{number}_text", _gettext("Write what is to be done."))
        return cleaned

    def actions(self) -> list[VisitAction]:
        """What was agreed, as the service takes it."""
        found = []
        for number in ACTIONS:
            text = self.cleaned_data.get(f"action_{number}_text")
            who = self.cleaned_data.get(f"action_{number}_responsible")
            if text:
                due_on = self.cleaned_data.get(f"action_{number}_due_on")
                found.append(VisitAction(text, who.pk if who else None, due_on))
        return found


class VisitDayForm(forms.Form):
    """On which day a visit is, at what time, and who goes."""

    planned_on = date_field(_("Day"), required=True)
    planned_at = TimeOfDayField(
        label=_("Time"), required=False, help_text=_("For example 9.30. May be left open.")
    )
    responsible = StaffChoiceField(label=_("Who goes"), queryset=User.objects.none(), required=False)
    with_authority = forms.BooleanField(
        label=_("The authority's officer comes along"),
        required=False,
        help_text=_("The officer then sees the visit on the own page of the day."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    def __init__(self, *args, placement: Placement, visit: Visit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        also = (visit.responsible_id,) if visit is not None and visit.responsible_id else ()
        self.fields["responsible"].queryset = people_of(placement, also=also)
        self.fields["responsible"].empty_label = _gettext("the month's coordinator")

    def clean_planned_on(self) -> dt.date:
        day = self.cleaned_data["planned_on"]
        if day.year > 2100:
            raise forms.ValidationError(_gettext("Check the year."))
        return day

    def values(self) -> dict:
        """What the service takes, without the version."""
        who = self.cleaned_data["responsible"]
        return {
            "planned_on": self.cleaned_data["planned_on"],
            "planned_at": self.cleaned_data["planned_at"],
            "responsible_id": who.pk if who else None,
            "with_authority": self.cleaned_data["with_authority"],
        }


class CancelVisitForm(forms.Form):
    """Why a visit is not held."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("The participant may read this. No health details."),
        error_messages={"required": _("Say why it was not held.")},
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())


class NoOpeningTalkForm(forms.Form):
    """Why a work trial starts without an opening talk."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The participant may read this. No health details."),
        error_messages={"required": _("Say why it starts without an opening talk.")},
    )
