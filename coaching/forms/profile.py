"""Forms of what a person can and wants. They validate and keep what was typed; the services write."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from coaching.models import Barrier, CompetenceProfile, Interview, TargetWorkplace
from coaching.services.profile import PROFILE_FIELDS
from core.forms import DayField
from participants.models import Certificate, CvCheck

DAY_HINT = _("For example 12.3.2026.")
FIRST_DAY, LAST_DAY = dt.date(1950, 1, 1), dt.date(2100, 1, 1)


class PersonRecordForm(forms.ModelForm):
    """A row about one person with the version that its page was opened with."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs):
        instance = kwargs.get("instance")
        kwargs["initial"] = {"base_version": getattr(instance, "version", 0)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if isinstance(value, dt.date) and not FIRST_DAY <= value < LAST_DAY:
                self.add_error(name, _gettext("Check the year."))
        return cleaned

    def validate_constraints(self):
        """Left to the service, which says the same rules at the field where they belong."""

    def validate_unique(self):
        """Left to the service."""

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class ProfileForm(PersonRecordForm):
    """Strengths, personality and temperament, tasks that would suit, and where it was learned."""

    class Meta:
        model = CompetenceProfile
        fields = list(PROFILE_FIELDS)
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in PROFILE_FIELDS}
        help_texts = {
            "strengths": _("What do I do well? What do others thank me for?"),
            "personality": _("Three words, or a story that shows it."),
            "temperament": _(
                "In peace or among people, one thing at a time or many at once, by plan or freely?"
            ),
            "suitable_tasks": _("Tasks that I would do gladly, and the kind of workplace where I would fit."),
            "from_education": _("What can I do because of school, courses and cards?"),
            "from_work": _("What did I do there, concretely, and with which tools?"),
            "from_hobbies": _("Family, associations, handicraft, games, sports: all of it counts."),
        }


class BarrierForm(PersonRecordForm):
    """What stands in the way, and where the person was helped on to."""

    helped_on = DayField(label=_("Helped on"), required=False, help_text=DAY_HINT)
    solved_on = DayField(label=_("Out of the way since"), required=False, help_text=DAY_HINT)

    class Meta:
        model = Barrier
        fields = ["text", "help_kind", "help_detail", "helped_on", "solved_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "text": _(
                "How it shows in daily life or in looking for work, for example: the bus does not run "
                "early enough for a morning shift."
            ),
        }


class TargetWorkplaceForm(PersonRecordForm):
    """A workplace that the person would like."""

    contacted_on = DayField(label=_("Contacted on"), required=False, help_text=DAY_HINT)

    class Meta:
        model = TargetWorkplace
        fields = ["name", "colour", "why", "next_step", "contacted_on"]
        widgets = {"colour": forms.RadioSelect()}
        help_texts = {"next_step": _("One thing that brings it closer, for example: rings the shop manager.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from coaching.pages.profile import colour_choices

        self.fields["colour"].choices = colour_choices()


class InterviewForm(PersonRecordForm):
    """A practice interview or a real one."""

    held_on = DayField(label=_("Date"), help_text=DAY_HINT)

    class Meta:
        model = Interview
        fields = ["kind", "held_on", "where", "went_well", "learned", "result"]
        widgets = {
            "kind": forms.RadioSelect(),
            "went_well": forms.Textarea(attrs={"rows": 2}),
            "learned": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [choice for choice in self.fields["kind"].choices if choice[0]]


class CertificateForm(PersonRecordForm):
    """A certificate or card with its dates."""

    issued_on = DayField(label=_("Given on"), required=False, help_text=DAY_HINT)
    expires_on = DayField(
        label=_("Valid until"), required=False, help_text=_("Empty when it is valid for good.")
    )
    seen_on = DayField(
        label=_("Original seen on"),
        required=False,
        help_text=_("The day when you looked at the original. Your name is noted with it."),
    )

    class Meta:
        model = Certificate
        fields = ["name", "issued_on", "expires_on", "seen_on"]


class CvCheckForm(forms.ModelForm):
    """The CV was gone through together."""

    checked_on = DayField(label=_("Gone through on"), help_text=DAY_HINT)

    class Meta:
        model = CvCheck
        fields = ["checked_on", "note"]
        help_texts = {"note": _("What would make it better. Leave empty when it is ready to be sent.")}

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if not FIRST_DAY <= day < LAST_DAY:
            raise forms.ValidationError(_gettext("Check the year."))
        return day
