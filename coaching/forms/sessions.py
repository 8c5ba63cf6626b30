"""Forms of single sessions: what stands of one, where it goes, and one more."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import Half, SessionKind
from coaching.models import CoachingMonth, Session
from coaching.services.months import USUAL_TIMES
from coaching.services.session_moves import Target
from coaching.services.sessions import SessionTimes, SessionWords
from core.forms import DayField, TimeOfDayField

ALONG, ALONE = "along", "alone"


class TimeFields(forms.Form):
    """When in the day, and where."""

    begins_at = TimeOfDayField(label=_("Begins"), help_text=_("For example 9.00."))
    ends_at = TimeOfDayField(label=_("Ends"), help_text=_("For example 12.00."))
    room = forms.CharField(label=_("Room"), max_length=80, required=False)

    def times(self) -> SessionTimes:
        cleaned = self.cleaned_data
        return SessionTimes(cleaned["begins_at"], cleaned["ends_at"], cleaned["room"])


class WordFields(forms.Form):
    """What the group does."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices, widget=forms.RadioSelect)
    destination = forms.CharField(
        label=_("Workplace visited, or guest"),
        max_length=120,
        required=False,
        help_text=_("For a visit or a guest, for example Rautakauppa Saha. No names of participants."),
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    theme = forms.CharField(label=_("Theme"), max_length=120, required=False)
    plan = forms.CharField(
        label=_("How the session goes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def words(self) -> SessionWords:
        names = ("theme", "title", "plan", "kind", "destination")
        return SessionWords(**{name: self.cleaned_data[name] for name in names})


class SessionForm(TimeFields, WordFields):
    """What stands of one session; its day and half are moved on a page of their own."""

    field_order = ["kind", "destination", "title", "theme", "plan", "begins_at", "ends_at", "room"]
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, session: Session, **kwargs) -> None:
        names = (*self.base_fields,)
        super().__init__(*args, initial={name: getattr(session, name) for name in names}, **kwargs)


class HalfField(forms.ChoiceField):
    """Morning or afternoon; says which of them is the group's."""

    def __init__(self, **kwargs) -> None:
        super().__init__(label=_("Half of the day"), choices=Half.choices, widget=forms.RadioSelect, **kwargs)


class SessionMoveForm(TimeFields):
    """The new day, half, time and room, and who gives way."""

    field_order = ["held_on", "half", "begins_at", "ends_at", "room", "scope"]
    held_on = DayField(label=_("New day"), help_text=_("For example 12.2.2026."))
    half = HalfField()
    scope = forms.ChoiceField(
        label=_("The other sessions"),
        choices=[
            (ALONG, _("later ones move along, in their order")),
            (ALONE, _("only this session moves")),
        ],
        widget=forms.RadioSelect,
        initial=ALONG,
        help_text=_("You see each new date before anything is saved."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, session: Session, **kwargs) -> None:
        names = ("held_on", "half", "begins_at", "ends_at", "room", "version")
        super().__init__(*args, initial={name: getattr(session, name) for name in names}, **kwargs)

    def target(self) -> Target:
        cleaned = self.cleaned_data
        return Target(cleaned["held_on"], cleaned["half"], self.times(), cleaned["scope"] == ALONG)


class MonthMoveForm(forms.Form):
    """A new first day of a month that has not begun."""

    starts_on = DayField(label=_("New first day"), help_text=_("For example 2.2.2026. Usually a Monday."))
    make_up_lost_days = forms.BooleanField(
        label=_("Make the lost days up at the end"),
        required=False,
        help_text=_("Public holidays drop out. The month still ends after four weeks unless you tick this."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, month: CoachingMonth, **kwargs) -> None:
        initial = {"starts_on": month.starts_on, "version": month.version}
        super().__init__(*args, initial=initial, **kwargs)


class SessionAddForm(TimeFields, WordFields):
    """One more session; empty times are the usual ones of the half."""

    field_order = ["held_on", "half", "begins_at", "ends_at", "room", "kind", "destination", "title"]
    held_on = DayField(label=_("Day"), help_text=_("For example 12.2.2026."))
    half = HalfField()

    def __init__(self, *args, month: CoachingMonth, day: dt.date | None, half: str, **kwargs) -> None:
        initial = {
            "held_on": day,
            "half": half or month.coaching_half,
            "room": month.room,
            "kind": SessionKind.COACHING,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["begins_at"].required = self.fields["ends_at"].required = False
        self.fields["begins_at"].help_text = _("Empty: 9.00 in the morning, 12.30 in the afternoon.")
        self.fields["ends_at"].help_text = _("Empty: 12.00 in the morning, 15.30 in the afternoon.")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("half"):
            begins, ends = USUAL_TIMES[Half(cleaned["half"])]
            cleaned["begins_at"] = cleaned.get("begins_at") or begins
            cleaned["ends_at"] = cleaned.get("ends_at") or ends
        return cleaned
