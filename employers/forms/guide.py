"""What a guide sends of one week, and a concern."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.services.work_trial_half import HalfDay, HalfDayChange
from employers.enums import GuideChoice
from employers.enums.guide import MARK_OF_CHOICE
from employers.forms.placement import HOURS_FIELD


class GuideWeekForm:
    """The posted days of one week: `choice-<day>`, `hours-<day>` and `seen-<day>`; a press of `as_agreed`
    names one day, `all_done` means every agreed day that has nothing chosen.

    `days` are those that the guide may mark, `agreed` those of them on which work was agreed.
    """

    def __init__(
        self, data, *, days: Sequence[dt.date], agreed: frozenset[dt.date], usual_hours: Decimal
    ) -> None:
        self._data, self._days, self._agreed, self._usual = data, days, agreed, usual_hours
        self.errors: dict[dt.date, str] = {}
        self.typed: dict[dt.date, tuple[str, str]] = {}
        self.changes: list[HalfDayChange] = []

    def is_valid(self) -> bool:
        """Read every day that was sent; what cannot be read is an error at its day."""
        self.errors, self.changes = {}, []
        for day in self._days:
            if f"seen-{day}" in self._data:
                self._read(day)
        return not self.errors

    def _read(self, day: dt.date) -> None:
        choice = self._data.get(f"choice-{day}", "")
        text = self._data.get(f"hours-{day}", "").strip()
        if self._data.get("as_agreed") == str(day):
            choice, text = GuideChoice.PRESENT.value, ""
        elif not choice and text:
            choice = GuideChoice.PRESENT.value  # who writes hours means that the person was there
        elif not choice and self._data.get("all_done") and day in self._agreed:
            choice = GuideChoice.PRESENT.value
        self.typed[day] = (choice, text)
        if choice and choice not in GuideChoice.values:
            self.errors[day] = _("Choose from the list.")
            return
        hours = None
        if choice == GuideChoice.PRESENT:
            try:
                hours = HOURS_FIELD.clean(text) if text else self._usual
            except forms.ValidationError as error:
                self.errors[day] = error.messages[0]
                return
        wanted = HalfDay(MARK_OF_CHOICE[choice], hours) if choice else HalfDay()
        seen = self._data.get(f"seen-{day}", "")[:40]
        self.changes.append(HalfDayChange(day=day, wanted=wanted, seen=seen))


class ConcernForm(forms.Form):
    """What worries somebody, and whether to ring."""

    text = forms.CharField(
        label=gettext_lazy("What worries you?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write what worries you.")},
    )
    raised_by_name = forms.CharField(label=gettext_lazy("Your name"), max_length=160, required=False)
    wants_call = forms.BooleanField(label=gettext_lazy("Please ring me"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean(self) -> dict:
        """A call needs a number."""
        values = super().clean()
        if values.get("wants_call") and not values.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write the number that we may ring."))
        return values


class OwnConcernForm(ConcernForm):
    """The participant tells: the name and the number are known."""

    raised_by_name = None
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class StaffConcernForm(ConcernForm):
    """One of us writes down what somebody told or what was seen."""

    text = forms.CharField(
        label=gettext_lazy("What is the concern?"),
        max_length=1000,
        help_text=gettext_lazy("The participant may read this. No health details."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write what worries you.")},
    )
    raised_by_name = forms.CharField(
        label=gettext_lazy("Who told it"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Leave empty if it is your own observation."),
    )
    wants_call = phone = None


class HandleConcernForm(forms.Form):
    """How a concern was answered."""

    answer = forms.CharField(
        label=gettext_lazy("What was done"),
        max_length=500,
        help_text=gettext_lazy("The participant may read this. No health details."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write what was done.")},
    )
