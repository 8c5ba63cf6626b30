"""Forms of the selection: the event and the talk."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.enums import Aim, SelectionDecision
from coaching.models import InformationEvent, Selection
from coaching.services.selection import EventFacts
from core.forms import NOTHING_CHOSEN, DayField, TimeOfDayField

MOST_PEOPLE = 500


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class EventForm(forms.Form):
    """When and where, and afterwards how many."""

    day = DayField(label=_("Day"), help_text=_("For example 2.2.2026."))
    time = TimeOfDayField(label=_("Time"), help_text=_("For example 9.00."))
    place = forms.CharField(label=_("Place"), max_length=120)
    invited = _count(_("Invited"))
    came = _count(_("Came"))
    interested = _count(_("Became interested"))
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What people asked, what to tell next time. No names."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def initial_of(event: InformationEvent | None) -> dict:
        """What the form shows at first."""
        if event is None:
            return {"version": 0}
        at = timezone.localtime(event.held_at)
        names = ("place", "invited", "came", "interested", "note", "version")
        return {name: getattr(event, name) for name in names} | {"day": at.date(), "time": at.time()}

    def facts(self) -> EventFacts:
        """What the service takes."""
        cleaned = self.cleaned_data
        names = ("place", "invited", "came", "interested", "note")
        held_at = timezone.make_aware(dt.datetime.combine(cleaned["day"], cleaned["time"]))
        return EventFacts(held_at=held_at, **{name: cleaned[name] for name in names})


class TalkForm(forms.Form):
    """The selection talk and, when it is time, the decision."""

    planned_on = DayField(label=_("Planned for, day"), required=False, help_text=_("For example 2.2.2026."))
    planned_time = TimeOfDayField(label=_("Time"), required=False, help_text=_("For example 9.00."))
    held_on = DayField(
        label=_("Talk held on"),
        required=False,
        help_text=_("Leave empty until you have talked."),
    )
    aim = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[("", NOTHING_CHOSEN), *Aim.choices],
        help_text=_("Where the person wants to get. The group's page shows how the aims spread."),
    )  # fmt: skip
    wishes = forms.CharField(
        label=_("What the person wants from the month"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the person's own words. The participant can read this."),
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[("", _("not yet")), *SelectionDecision.choices],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason for the decision"),
        max_length=300,
        required=False,
        help_text=_("One sentence that you could say to the person."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def initial_of(selection: Selection) -> dict:
        """What the form shows at first."""
        at = timezone.localtime(selection.planned_at) if selection.planned_at else None
        names = ("held_on", "aim", "wishes", "decision", "reason", "version")
        return {name: getattr(selection, name) for name in names} | {
            "planned_on": at.date() if at else None,
            "planned_time": at.time() if at else None,
        }

    def __init__(self, *args, is_decided: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if is_decided:
            del self.fields["decision"], self.fields["reason"]

    def clean(self) -> dict:
        cleaned = super().clean()
        day, time = cleaned.get("planned_on"), cleaned.get("planned_time")
        if (day is None) != (time is None) and not {"planned_on", "planned_time"} & self.errors.keys():
            self.add_error(
                "planned_on" if day is None else "planned_time", _("Give both the day and the time.")
            )
        return cleaned

    def values(self) -> dict:
        """What the service takes."""
        cleaned = self.cleaned_data
        day, time = cleaned["planned_on"], cleaned["planned_time"]
        planned_at = timezone.make_aware(dt.datetime.combine(day, time)) if day and time else None
        names = ("held_on", "aim", "wishes", "version")
        kept = {"decision": cleaned.get("decision", ""), "reason": cleaned.get("reason", "")}
        return {name: cleaned[name] for name in names} | kept | {"planned_at": planned_at}
