"""The form of the discussion of three, and of the need of a health check."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from coaching.models import Enrolment
from core.forms import NOTHING_CHOSEN, DayField
from reports.enums import DecisionKind

MOST = 2**31 - 1
TALK_FIELDS = ("held_on", "present", "participant_view", "coach_view", "agreed")
DECISION_FIELDS = (
    "kind",
    "where",
    "programme",
    "starts_on",
    "ends_on",
    "conditions",
    "decided_on",
    "decided_by",
    "decided_by_name",
    "participant_comment",
)
# which field names the place, by kind
PLACE_OF_KIND = {
    DecisionKind.WORK_TRIAL: "workplace",
    DecisionKind.WAGE_SUBSIDY: "workplace",
    DecisionKind.STUDY: "school",
    DecisionKind.OTHER_SERVICE: "service",
}
_WITH_DAYS = tuple(str(kind) for kind in PLACE_OF_KIND)
# the kinds to which a fact belongs; what is not named here belongs to all
KINDS_OF_FIELD: dict[str, tuple[str, ...]] = {
    "workplace": ("work_trial", "wage_subsidy"),
    "school": ("study",),
    "programme": ("study",),
    "service": ("other_service",),
    "starts_on": _WITH_DAYS,
    "ends_on": _WITH_DAYS,
}


def _text(*, label, limit: int, rows: int = 0, help_text="") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=limit, widget=widget)


class DecisionForm(forms.Form):
    """What was decided, with only the facts of its kind. Rules that the database holds are the service's."""

    base_version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("What was decided"), choices=DecisionKind, widget=forms.RadioSelect)
    workplace = _text(label=_("Workplace"), limit=200)
    school = _text(label=_("School"), limit=200)
    programme = _text(label=_("What is studied"), limit=200)
    service = _text(label=_("Service"), limit=200, help_text=_("For example job coaching or rehabilitation."))
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("To"), required=False)
    conditions = _text(
        label=_("What was agreed about it"),
        limit=1000,
        rows=2,
        help_text=_("Hours, tasks, what still has to be done. No diagnoses."),
    )
    decided_on = DayField(label=_("Decided on"))
    decided_by = forms.ModelChoiceField(
        label=_("Officer who decided"),
        queryset=User.objects.none(),
        required=False,
        empty_label=NOTHING_CHOSEN,
    )
    decided_by_name = _text(
        label=_("Somebody else, by name"),
        limit=160,
        help_text=_("An officer without an account here."),
    )
    participant_comment = _text(
        label=_("Participant's comment"), limit=1000, rows=2, help_text=_("In the participant's own words.")
    )

    def __init__(self, *args, enrolment: Enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        self.made_with = {"enrolment": enrolment}
        office = enrolment.participant.authority_id
        officers = User.objects.filter(role=Role.TE_OFFICER, authority=office, is_active=True)
        self.fields["decided_by"].queryset = officers.order_by("last_name", "first_name")
        self.fields["decided_by"].label_from_instance = lambda officer: officer.full_name
        for name, kinds in KINDS_OF_FIELD.items():
            self.fields[name].widget.attrs["data-kinds"] = " ".join(kinds)

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if not kind:
            return cleaned
        for name, kinds in KINDS_OF_FIELD.items():
            if kind not in kinds and cleaned.get(name):
                words = {"kind": DecisionKind(kind).label}
                self.add_error(
                    name,
                    _gettext("This does not belong to the decision “%(kind)s”. Empty this field.") % words,
                )
        place = PLACE_OF_KIND.get(kind)
        if place and not cleaned.get(place) and place not in self.errors:
            self.add_error(place, _gettext("Name the workplace, school or service."))
        cleaned["where"] = cleaned.get(place, "") if place else ""
        self._say_who(cleaned)
        return cleaned

    def _say_who(self, cleaned: dict) -> None:
        """An officer with an account, or somebody by name."""
        officer, name = cleaned.get("decided_by"), cleaned.get("decided_by_name")
        if officer and name and name != officer.full_name:
            self.add_error("decided_by_name", _gettext("Choose the officer or write a name, not both."))
        elif officer:
            cleaned["decided_by_name"] = officer.full_name
        elif not name and not {"decided_by", "decided_by_name"} & set(self.errors):
            self.add_error("decided_by", _gettext("Say who decided."))

    def place_field(self) -> str:
        """The field that names the place of the chosen kind."""
        return PLACE_OF_KIND.get(self.cleaned_data.get("kind"), "kind")

    def values(self) -> dict:
        """What the service takes of the decision."""
        return {name: self.cleaned_data[name] for name in DECISION_FIELDS}


class OfficerDecisionForm(DecisionForm):
    """The officer's own decision: who decided is who writes."""

    def __init__(self, *args, officer: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.made_with["officer"] = self.officer = officer
        del self.fields["decided_by"], self.fields["decided_by_name"]

    def _say_who(self, cleaned: dict) -> None:
        cleaned["decided_by"], cleaned["decided_by_name"] = self.officer, self.officer.full_name


class MeetingForm(DecisionForm):
    """The decision, and in the same breath the discussion in which it was made."""

    talk_version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput())
    held_on = DayField(
        label=_("The three met on"),
        required=False,
        help_text=_("Leave empty when only the decision is recorded."),
    )
    present = _text(label=_("Present"), limit=200, help_text=_("Names of those who were there."))
    participant_view = _text(label=_("Participant's view"), limit=4000, rows=3)
    coach_view = _text(label=_("Coach's view"), limit=4000, rows=3)
    agreed = _text(label=_("Agreed changes"), limit=2000, rows=2)

    def talk_fields(self) -> list[forms.BoundField]:
        """The fields of the discussion, in their order."""
        return [self[name] for name in TALK_FIELDS]

    def talk(self) -> dict:
        """What the service takes of the discussion."""
        return {name: self.cleaned_data[name] for name in TALK_FIELDS}


class HealthNeedForm(forms.Form):
    """Yes or no, where helped on to, and when; nothing else about anybody's health."""

    base_version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput())
    is_needed = forms.TypedChoiceField(
        label=_("Is a further examination needed?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    referred_to = _text(
        label=_("Where helped on to"),
        limit=120,
        help_text=_("A service only, such as the health check for the unemployed. Never a diagnosis."),
    )
    referred_on = DayField(label=_("Helped on, date"), required=False)

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("is_needed", "referred_to", "referred_on")}
