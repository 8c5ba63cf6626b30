"""Forms of a programme: making one, its frame (validity and discussions), and one week at a time."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.enums import SINGLE_DISCUSSIONS, DiscussionKind, SessionKind
from coaching.models import Programme
from coaching.programme_content import (
    LAST_WINDOW_DAY,
    WEEKDAY_NAMES,
    WEEKDAYS,
    DayPlan,
    WeekPlan,
    Window,
    frame_fingerprint,
    week_fingerprint,
    week_plans,
    windows_of,
)
from core.forms import DayField

VALID_FROM_HELP = _("Months that start on this day or later use it. For example 1.8.2026.")


class SourceChoice(forms.ModelChoiceField):
    """Templates by name; the newest version is copied."""

    def label_from_instance(self, obj: Programme) -> str:
        return obj.name


class ProgrammeCreateForm(forms.Form):
    """A name, and what to begin from: the weeks are filled one by one afterwards."""

    name = forms.CharField(label=_("Name"), max_length=120)
    valid_from = DayField(label=_("Valid from"), help_text=VALID_FROM_HELP)
    source = SourceChoice(
        label=_("Begin from"),
        queryset=Programme.objects.none(),
        required=False,
        empty_label=_("four empty weeks"),
        help_text=_("Its weeks, sessions, discussions and pre-assignments are copied for you to change."),
    )

    def __init__(self, *args, today: dt.date, **kwargs) -> None:
        super().__init__(*args, initial={"valid_from": today}, **kwargs)
        newest = Programme.objects.templates().newest_of_each_name()
        self.fields["source"].queryset = Programme.objects.filter(pk__in=newest.values("pk")).order_by("name")


class ProgrammeFrameForm(forms.Form):
    """Validity, and between which days of the month the discussions are held."""

    valid_from = DayField(label=_("Valid from"), help_text=VALID_FROM_HELP)
    is_active = forms.BooleanField(
        label=_("In use"), required=False, help_text=_("New months can be made from it.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, today: dt.date, programme: Programme, is_in_use: bool, **kwargs) -> None:
        self.programme = programme
        initial = {
            "valid_from": today if is_in_use else programme.valid_from,
            "is_active": programme.is_active,
            "seen": frame_fingerprint(programme),
        }
        for window in windows_of(programme):
            initial |= {f"{window.kind}_first": window.first_day, f"{window.kind}_last": window.last_day}
        super().__init__(*args, initial=initial, **kwargs)
        if programme.copied_for_id:
            del self.fields["valid_from"], self.fields["is_active"]
        for kind in SINGLE_DISCUSSIONS:
            for end, label in (("first", _("From day")), ("last", _("To day"))):
                self.fields[f"{kind}_{end}"] = forms.IntegerField(
                    label=label,
                    min_value=1,
                    max_value=LAST_WINDOW_DAY,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )

    @property
    def window_fields(self) -> list[tuple[str, list]]:
        """The name of each discussion with its two fields."""
        return [
            (DiscussionKind(kind).label, [self[f"{kind}_first"], self[f"{kind}_last"]])
            for kind in SINGLE_DISCUSSIONS
        ]

    def clean(self) -> dict:
        cleaned = super().clean()
        for kind in SINGLE_DISCUSSIONS:
            first, last = cleaned.get(f"{kind}_first"), cleaned.get(f"{kind}_last")
            if {f"{kind}_first", f"{kind}_last"} & self.errors.keys():
                continue
            if (first is None) != (last is None):
                missing = f"{kind}_first" if first is None else f"{kind}_last"
                self.add_error(missing, _("Give both the first and the last day, or neither."))
            elif first is not None and last < first:
                self.add_error(f"{kind}_last", _("The last day cannot be before the first."))
        return cleaned

    def windows(self) -> list[Window]:
        cleaned = self.cleaned_data
        return [
            Window(str(kind), cleaned[f"{kind}_first"], cleaned[f"{kind}_last"])
            for kind in SINGLE_DISCUSSIONS
            if cleaned[f"{kind}_first"] is not None
        ]


class ProgrammeWeekForm(forms.Form):
    """One week: its theme, what is done, prompts for the daily log, and five days."""

    valid_from = DayField(label=_("The new version is valid from"), help_text=VALID_FROM_HELP)
    theme = forms.CharField(label=_("Theme"), max_length=120)
    description = forms.CharField(
        label=_("What is done"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    prompts = forms.CharField(
        label=_("Prompts for the daily log"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line. The coach sees them beside the group's note on this week's days."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args, today: dt.date, programme: Programme, number: int, is_in_use: bool, **kwargs
    ) -> None:
        self.week = week_plans(programme)[number - 1]
        week = self.week
        initial = {
            "valid_from": today,
            "theme": week.theme,
            "description": week.description,
            "prompts": week.prompts,
            "seen": week_fingerprint(programme, number),
        }
        for weekday, day in enumerate(week.days, start=1):
            initial |= {
                f"title_{weekday}": day.title,
                f"plan_{weekday}": day.plan,
                f"kind_{weekday}": day.kind,
            }
        super().__init__(*args, initial=initial, **kwargs)
        if not is_in_use:
            del self.fields["valid_from"]
        for weekday in range(1, WEEKDAYS + 1):
            self._add_day(weekday)

    def _add_day(self, weekday: int) -> None:
        self.fields[f"title_{weekday}"] = forms.CharField(label=_("Title"), max_length=120, required=False)
        self.fields[f"plan_{weekday}"] = forms.CharField(
            label=_("How the session goes"),
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        self.fields[f"kind_{weekday}"] = forms.ChoiceField(
            label=_("Kind"), choices=SessionKind.choices, required=False
        )

    @property
    def head_fields(self) -> list:
        return [
            self[name] for name in ("valid_from", "theme", "description", "prompts") if name in self.fields
        ]

    @property
    def day_fields(self) -> list[dict]:
        """For each weekday its name, what stands as its title, its fields, and whether something is wrong."""
        days = []
        for weekday in range(1, WEEKDAYS + 1):
            fields = [self[f"{name}_{weekday}"] for name in ("title", "kind", "plan")]
            days.append(
                {
                    "name": WEEKDAY_NAMES[weekday - 1],
                    "title": fields[0].value() or "",
                    "fields": fields,
                    "is_open": any(field.errors for field in fields),
                }
            )
        return days

    def clean(self) -> dict:
        cleaned = super().clean()
        for weekday in range(1, WEEKDAYS + 1):
            name = f"title_{weekday}"
            if cleaned.get(f"plan_{weekday}") and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, gettext("Give the session a title; its plan stays as you wrote it."))
        return cleaned

    def plan(self) -> WeekPlan:
        cleaned = self.cleaned_data
        days = []
        for weekday in range(1, WEEKDAYS + 1):
            title, plan, kind = (cleaned[f"{name}_{weekday}"] for name in ("title", "plan", "kind"))
            days.append(DayPlan(title, plan, kind or SessionKind.COACHING.value) if title else DayPlan())
        return WeekPlan(cleaned["theme"], cleaned["description"], cleaned["prompts"], tuple(days))
