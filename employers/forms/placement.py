"""A week of marks of a work trial."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import Mark
from coaching.services.work_trial_half import HalfDay, HalfDayChange

MARK_CHOICES = [("", _("not marked")), *Mark.choices]


class MarksWeekForm:
    """The posted marks of one week: `mark-<day>`, `hours-<day>` and `seen-<day>` for each open day.

    Hand-written because a formset costs many times the page (architecture 6). `rows` of errors by day.
    """

    def __init__(self, data, *, days: list[dt.date], usual_hours: Decimal) -> None:
        self._data, self._days, self._usual_hours = data, days, usual_hours
        self.errors: dict[dt.date, str] = {}
        self.typed: dict[dt.date, tuple[str, str]] = {}
        self.changes: list[HalfDayChange] = []

    def is_valid(self) -> bool:
        """Read every day that the form sent; what cannot be read is an error at its day."""
        self.errors, self.changes = {}, []
        for day in self._days:
            if f"mark-{day}" in self._data:
                self._read(day)
        return not self.errors

    def _read(self, day: dt.date) -> None:
        mark = self._data.get(f"mark-{day}", "")
        text = self._data.get(f"hours-{day}", "").strip()
        self.typed[day] = (mark, text)
        if mark and mark not in Mark.values:
            self.errors[day] = _("Choose a mark from the list.")
            return
        hours = None
        if mark == Mark.PRESENT:
            try:
                hours = HOURS_FIELD.clean(text) if text else self._usual_hours
            except forms.ValidationError as error:
                self.errors[day] = error.messages[0]
                return
        seen = self._data.get(f"seen-{day}", "")[:40]
        self.changes.append(HalfDayChange(day=day, wanted=HalfDay(mark, hours), seen=seen))


HOURS_FIELD = forms.DecimalField(
    max_digits=4,
    decimal_places=2,
    min_value=Decimal("0.25"),
    max_value=Decimal("12"),
    localize=True,
    error_messages={
        "invalid": _("Give the hours as a number, for example 4 or 3,5."),
        "min_value": _("Give at least a quarter of an hour."),
        "max_value": _("Give at most 12 hours."),
        "max_digits": _("Give the hours as a number, for example 4 or 3,5."),
        "max_decimal_places": _("Give the hours with at most two decimals."),
        "max_whole_digits": _("Give at most 12 hours."),
    },
)
