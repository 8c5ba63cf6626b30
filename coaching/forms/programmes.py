"""The form of a programme: its validity and four weeks."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.models import Programme, ProgrammeWeek
from coaching.services.programmes import WeekPlan, fingerprint
from coaching.services.schedule import WEEKS
from core.forms import DayField


class ProgrammeForm(forms.Form):
    """A template, or a month's own copy (then without name and validity)."""

    name = forms.CharField(label=_("Name"), max_length=120)
    valid_from = DayField(
        label=_("Valid from"),
        help_text=_("Months that start on this day or later use it. For example 1.8.2026."),
    )
    is_active = forms.BooleanField(
        label=_("In use"), required=False, help_text=_("New months can be made from it.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args,
        today: dt.date,
        programme: Programme | None = None,
        is_used: bool = False,
        weeks: list[ProgrammeWeek] = (),
        **kwargs,
    ) -> None:
        initial: dict = {"valid_from": today, "is_active": True}
        if programme:
            initial = {
                "valid_from": today if is_used else programme.valid_from,
                "is_active": programme.is_active,
                "seen": fingerprint(programme, weeks),
            }
        for week in weeks:
            initial |= {f"theme_{week.number}": week.theme, f"description_{week.number}": week.description}
        super().__init__(*args, initial=initial, **kwargs)
        if programme:
            del self.fields["name"]
            if programme.copied_for_id:
                del self.fields["valid_from"], self.fields["is_active"]
        for number in range(1, WEEKS + 1):
            self.fields[f"theme_{number}"] = forms.CharField(label=_("Theme"), max_length=120)
            self.fields[f"description_{number}"] = forms.CharField(
                label=_("What is done"),
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def head_fields(self) -> list:
        return [self[name] for name in ("name", "valid_from", "is_active") if name in self.fields]

    @property
    def week_fields(self) -> list[tuple[str, list]]:
        """The heading of each week with its two fields."""
        return [
            (
                gettext("Week %(number)s") % {"number": number},
                [self[f"theme_{number}"], self[f"description_{number}"]],
            )
            for number in range(1, WEEKS + 1)
        ]

    def weeks(self) -> list[WeekPlan]:
        cleaned = self.cleaned_data
        return [
            WeekPlan(cleaned[f"theme_{number}"], cleaned[f"description_{number}"])
            for number in range(1, WEEKS + 1)
        ]
