"""Forms of the work trial: terms, moves, and a week of marks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import Mark
from coaching.models import GoalVersion
from coaching.services.work_trial_half import HalfDay, HalfDayChange
from employers.enums import PlacementPurpose
from employers.forms.base import ServiceForm, date_field, with_sentence_case
from employers.forms.employer import WorkplacePersonField
from employers.models import ContactPerson, Placement

MARK_CHOICES = [("", _("not marked")), *Mark.choices]


class PlacementForm(ServiceForm):
    """The terms of a work trial."""

    starts_on = date_field(_("First day"), required=True)
    ends_on = date_field(_("Last day"), required=True)
    guide = WorkplacePersonField(
        label=_("Workplace guide"),
        queryset=ContactPerson.objects.none(),
        required=False,
        help_text=_("Who shows the work and answers questions."),
    )
    supervisor = WorkplacePersonField(
        label=_("Supervisor"),
        queryset=ContactPerson.objects.none(),
        required=False,
        help_text=_("Who signs the agreement for the workplace."),
    )
    address = forms.CharField(
        label=_("Where the work is done"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty when it is the employer's own address."),
    )
    shows_goal = forms.BooleanField(
        label=_("Write the participant's goal into the agreement"),
        required=False,
        initial=True,
        help_text=_("The workplace and the authority will read it."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    class Meta:
        model = Placement
        fields = [
            "purpose",
            "starts_on",
            "ends_on",
            "half",
            "hours_per_day",
            "tasks",
            "address",
            "guide",
            "supervisor",
        ]
        widgets = {"tasks": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"tasks": _("What the participant does at the workplace; it stands in the agreement.")}

    def __init__(self, *args, employer_id: int, goal: GoalVersion | None, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = (self.instance.guide_id, self.instance.supervisor_id)
        for name in ("guide", "supervisor"):
            people = ContactPerson.objects.for_choice(employer_id=employer_id, chosen=chosen)
            self.fields[name].queryset = people
            self.fields[name].empty_label = _("not known yet")
        self.fields["purpose"].choices = [("", _("choose")), *PlacementPurpose.choices]
        if goal is None:
            del self.fields["shows_goal"]
        with_sentence_case(self)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return cleaned

    def clean_hours_per_day(self) -> Decimal:
        hours = self.cleaned_data["hours_per_day"]
        if not 0 < hours <= 12:
            raise forms.ValidationError(_("Give the hours a day, at most 12."))
        return hours


class MoveForm(forms.Form):
    """One move of the state table; which fields are needed, the transition says."""

    target = forms.CharField(max_length=20, widget=forms.HiddenInput())
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)
    last_day = date_field(_("Last day at the workplace"))


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
