"""Forms of months, sessions, substitutes and handing over."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Authority, User
from coaching.enums import Half
from coaching.models import CoachingMonth, Programme, Substitution
from coaching.services.months import USUAL_TIMES, MonthFrame, MonthPeople
from coaching.services.schedule import SchedulePlan, is_weekday, next_monday, plan_month
from core.forms import DayField, TimeOfDayField

FURTHEST_START = dt.timedelta(days=730)
MIDDLE = dt.timedelta(days=14)  # a month is called after the calendar month that holds its middle


class PersonChoice(forms.ModelChoiceField):
    """People by their name, officers with their authority."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name}, {obj.authority.name}" if obj.authority_id else obj.full_name


class ProgrammeChoice(forms.ModelChoiceField):
    """Templates by their name: the version follows from the first day."""

    def label_from_instance(self, obj: Programme) -> str:
        return obj.name


class MonthFields(forms.Form):
    """What can be said of a month at any time."""

    name = forms.CharField(label=_("Name"), max_length=80)
    session_starts_at = TimeOfDayField(
        label=_("Session begins"),
        required=False,
        help_text=_("For example 9.00. Empty: 9.00 in the morning, 12.30 in the afternoon."),
    )
    session_ends_at = TimeOfDayField(
        label=_("Session ends"),
        required=False,
        help_text=_("For example 12.00. Empty: 12.00 in the morning, 15.30 in the afternoon."),
    )
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=12,
        help_text=_("The model is made for 8–10 people."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    second_coach = PersonChoice(
        label=_("Second coach"),
        queryset=User.objects.none(),
        required=False,
        empty_label="–",
        help_text=_("Has the same rights in this month as the coach."),
    )
    coordinator = PersonChoice(
        label=_("Employment coordinator"), queryset=User.objects.none(), required=False, empty_label="–"
    )
    authority = forms.ModelChoiceField(
        label=_("Authority"),
        queryset=Authority.objects.none(),
        empty_label="–",
        help_text=_("The TE-office or employment area that refers the group."),
    )
    te_sponsor = PersonChoice(
        label=_("TE sponsor"),
        queryset=User.objects.none(),
        required=False,
        empty_label="–",
        help_text=_("The officer who comes to the kick-off. Sees the dates, not the people."),
    )
    kick_off_on = DayField(
        label=_("Kick-off, day"), required=False, help_text=_("With the TE officer, for example 2.2.2026.")
    )
    kick_off_time = TimeOfDayField(
        label=_("Kick-off, time"), required=False, help_text=_("For example 9.00.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_coach"].queryset = User.objects.with_role(Role.COACH)
        self.fields["coordinator"].queryset = User.objects.with_role(Role.COORDINATOR)
        self.fields["authority"].queryset = Authority.objects.active()
        self.fields["te_sponsor"].queryset = User.objects.with_role(Role.TE_OFFICER).select_related(
            "authority"
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        self.clean_kick_off(cleaned)
        return cleaned

    def clean_kick_off(self, cleaned: dict) -> None:
        """Day and time make one moment, or neither is given."""
        day, time = cleaned.get("kick_off_on"), cleaned.get("kick_off_time")
        cleaned["kick_off_at"] = None
        if (day is None) != (time is None) and not {"kick_off_on", "kick_off_time"} & self.errors.keys():
            missing = "kick_off_on" if day is None else "kick_off_time"
            self.add_error(missing, _("Give both the day and the time of the kick-off, or neither."))
        elif day and time:
            cleaned["kick_off_at"] = timezone.make_aware(dt.datetime.combine(day, time))

    def fill_usual_times(self, cleaned: dict, half: str) -> None:
        """An empty time is the usual one of the half."""
        begins, ends = USUAL_TIMES[Half(half)]
        cleaned["session_starts_at"] = cleaned.get("session_starts_at") or begins
        cleaned["session_ends_at"] = cleaned.get("session_ends_at") or ends

    def frame(self) -> MonthFrame:
        names = ("name", "session_starts_at", "session_ends_at", "room", "capacity", "kick_off_at")
        return MonthFrame(**{name: self.cleaned_data[name] for name in names})

    def people(self, coach: User) -> MonthPeople:
        names = ("second_coach", "coordinator", "te_sponsor", "authority")
        return MonthPeople(coach=coach, **{name: self.cleaned_data[name] for name in names})


class MonthForm(MonthFields):
    """A new month. A coach's own name is given; others choose the coach."""

    field_order = [
        "name",
        "programme",
        "starts_on",
        "coaching_half",
        "make_up_lost_days",
        "session_starts_at",
        "session_ends_at",
        "room",
        "capacity",
        "coach",
        "second_coach",
    ]
    programme = ProgrammeChoice(label=_("Programme"), queryset=Programme.objects.none(), empty_label="–")
    starts_on = DayField(label=_("First day"), help_text=_("For example 2.2.2026. Usually a Monday."))
    coaching_half = forms.ChoiceField(
        label=_("The group meets in the"),
        choices=Half.choices,
        widget=forms.RadioSelect,
        help_text=_("The other half of the day is for the work trial."),
    )
    make_up_lost_days = forms.BooleanField(
        label=_("Make the lost days up at the end"),
        required=False,
        help_text=_("Public holidays drop out. The month still ends after four weeks unless you tick this."),
    )
    coach = PersonChoice(label=_("Coach"), queryset=User.objects.none(), empty_label="–")
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, actor: User, today: dt.date, **kwargs) -> None:
        self.actor, self.today = actor, today
        start = next_monday(today)
        suggested = {
            "name": capfirst(date_format(start + MIDDLE, "F Y")),
            "starts_on": start,
            "coaching_half": Half.MORNING,
            "capacity": settings.GROUP_CAPACITY,
            "coach": actor if actor.role == Role.COACH else None,
            "coordinator": actor if actor.role == Role.COORDINATOR else None,
        }
        kwargs["initial"] = {**suggested, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        coaches = User.objects.with_role(Role.COACH)
        self.fields["coach"].queryset = coaches.filter(pk=actor.pk) if actor.role == Role.COACH else coaches
        if actor.role == Role.COACH:
            self.fields["coach"].empty_label = None
        self.fields["programme"].queryset = Programme.objects.filter(
            pk__in=Programme.objects.templates().filter(is_active=True).newest_of_each_name().values("pk")
        ).order_by("name")
        for name in ("programme", "authority"):
            if len(self.fields[name].queryset) == 1:
                self.fields[name].empty_label = None

    def clean_starts_on(self) -> dt.date:
        day = self.cleaned_data["starts_on"]
        if not is_weekday(day):
            raise forms.ValidationError(_("The group meets on weekdays. Choose a day from Monday to Friday."))
        if abs(day - self.today) > FURTHEST_START:
            raise forms.ValidationError(_("Check the year: this is more than two years away."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("coaching_half"):
            self.fill_usual_times(cleaned, cleaned["coaching_half"])
        return cleaned

    def plan(self) -> SchedulePlan | None:
        """The dates of what is typed so far, or suggested; None when the first day is impossible."""
        if not self.is_bound:
            return plan_month(self.initial["starts_on"])
        starts_on = self.cleaned_data.get("starts_on")
        if starts_on is None:
            return None
        return plan_month(starts_on, make_up_lost_days=self.cleaned_data["make_up_lost_days"])

    def preview_key(self) -> str:
        """What the shown dates depend on; the button that makes the month appears when it has been seen."""
        cleaned = self.cleaned_data
        return f"{cleaned['starts_on']:%Y-%m-%d}/{cleaned['coaching_half']}/{cleaned['make_up_lost_days']:d}"


class MonthEditForm(MonthFields):
    """The month's frame and people; the dates stay."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, month: CoachingMonth, **kwargs) -> None:
        self.month = month
        kick_off = timezone.localtime(month.kick_off_at) if month.kick_off_at else None
        names = ("name", "session_starts_at", "session_ends_at", "room", "capacity", "version")
        initial = {name: getattr(month, name) for name in names}
        initial |= {
            name: getattr(month, f"{name}_id")
            for name in ("second_coach", "coordinator", "authority", "te_sponsor")
        }
        initial |= {
            "kick_off_on": kick_off.date() if kick_off else None,
            "kick_off_time": kick_off.time() if kick_off else None,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["second_coach"].queryset = User.objects.with_role(Role.COACH).exclude(pk=month.coach_id)

    def clean(self) -> dict:
        cleaned = super().clean()
        self.fill_usual_times(cleaned, self.month.coaching_half)
        return cleaned


class HandOverForm(forms.Form):
    """Who takes the month over."""

    coach = PersonChoice(label=_("Coach"), queryset=User.objects.none(), empty_label="–")
    coordinator = PersonChoice(
        label=_("Employment coordinator"), queryset=User.objects.none(), required=False, empty_label="–"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, month: CoachingMonth, **kwargs) -> None:
        initial = {"coach": month.coach_id, "coordinator": month.coordinator_id, "version": month.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["coach"].queryset = User.objects.with_role(Role.COACH)
        self.fields["coordinator"].queryset = User.objects.with_role(Role.COORDINATOR)


class ReasonForm(forms.Form):
    """One sentence why, and the version it was decided on."""

    reason = forms.CharField(label=_("Why"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SubstitutionForm(forms.ModelForm):
    """Which coach stands in, and on which days."""

    user = PersonChoice(label=_("Substitute"), queryset=User.objects.none(), empty_label="–")

    class Meta:
        model = Substitution
        fields = ["user", "starts_on", "ends_on", "note"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        widgets = {
            "starts_on": DayField.widget,
            "ends_on": DayField.widget,
            "note": forms.Textarea(attrs={"rows": 4}),
        }
        labels = {"starts_on": _("From"), "ends_on": _("To"), "note": _("To the substitute")}
        help_texts = {
            "starts_on": _("Access to the group begins on this day, for example 10.2.2026."),
            "ends_on": _("Access ends after this day."),
            "note": _("What to go on with, who needs what. The substitute reads it on the handover page."),
        }

    def __init__(self, *args, month: CoachingMonth, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.with_role(Role.COACH).exclude(pk__in=month.coach_ids)
