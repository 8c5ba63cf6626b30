"""The period of the figures, and whose work."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.forms import as_people_write
from employers.figures import Period, half_year
from employers.forms.base import date_field
from employers.forms.employer import StaffChoiceField

LONGEST = dt.timedelta(days=5 * 366)


class FiguresForm(forms.Form):
    """From, to and the coordinator; without an answer the half year of today and everybody."""

    first = date_field(_("From"), hint="")
    last = date_field(_("To"), hint="")
    coordinator = StaffChoiceField(
        label=_("Whose work"), queryset=User.objects.none(), required=False, empty_label=_("everybody's")
    )

    def __init__(self, data, *, today: dt.date) -> None:
        self.default = half_year(today)
        asked = {name: data.get(name, "") for name in ("first", "last", "coordinator")}
        for name, day in zip(("first", "last"), self.default, strict=True):
            asked[name] = asked[name] or as_people_write(day)
        super().__init__(asked)
        self.fields["coordinator"].queryset = User.objects.with_role(Role.COORDINATOR)

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day cannot be before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("first", _("Choose at most five years."))
        return cleaned

    def period(self) -> Period:
        """What was asked for; the half year of today as long as the answer is not right."""
        if not self.is_valid():
            return Period(*self.default)
        coordinator = self.cleaned_data["coordinator"]
        return Period(
            self.cleaned_data["first"], self.cleaned_data["last"], coordinator.pk if coordinator else None
        )
