"""Which file of a report, and of which days, office and coach."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Authority, User
from core.forms import as_people_write
from employers.figures import half_year
from employers.forms.base import date_field
from employers.forms.employer import StaffChoiceField

FORMATS = (("pdf", "PDF"), ("xlsx", "Excel (XLSX)"), ("csv", "CSV"))


class FileForm(forms.Form):
    """The format of a file."""

    format = forms.ChoiceField(label=_("format"), choices=FORMATS)


class AttendanceFileForm(FileForm):
    """A month's attendance: for the house, or for one of the offices that people of the group come from."""

    office = forms.ModelChoiceField(label=_("authority"), queryset=Authority.objects.none(), required=False)

    def __init__(self, data, *, offices: list[Authority]) -> None:
        super().__init__(data)
        self.fields["office"].queryset = Authority.objects.filter(pk__in=[office.pk for office in offices])


LONGEST = dt.timedelta(days=5 * 366)
FILTERS = ("first", "last", "office", "coach")


class PeriodForm(forms.Form):
    """From, to and the office; without an answer the half year of today and every office. `parts` are the
    names of what is asked."""

    first = date_field(_("From"), hint="")
    last = date_field(_("To"), hint="")
    office = forms.ModelChoiceField(
        label=_("Authority"),
        queryset=Authority.objects.order_by("name", "pk"),
        required=False,
        empty_label=_("all"),
    )
    coach = StaffChoiceField(
        label=_("Coach"), queryset=User.objects.none(), required=False, empty_label=_("all")
    )

    def __init__(self, data, *, today: dt.date, with_coach: bool = False) -> None:
        self.default = half_year(today)
        asked = {name: data.get(name, "") for name in FILTERS}
        for name, day in zip(("first", "last"), self.default, strict=True):
            asked[name] = asked[name] or as_people_write(day)
        super().__init__(asked)
        if with_coach:
            self.fields["coach"].queryset = User.objects.with_role(Role.COACH)
        else:
            del self.fields["coach"]

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day cannot be before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("first", _("Choose at most five years."))
        return cleaned

    def asked(self) -> dict:
        """What was asked for, as a job keeps it: ISO dates and ids; today's half year while it is wrong."""
        if not self.is_valid():
            first, last = self.default
            return {"first": first.isoformat(), "last": last.isoformat()}
        answer = {name: self.cleaned_data[name].isoformat() for name in ("first", "last")}
        for name in ("office", "coach"):
            if self.cleaned_data.get(name):
                answer[name] = self.cleaned_data[name].pk
        return answer

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The filter once more, for the buttons of the files."""
        return [(name, self.data.get(name, "")) for name in self.fields]
