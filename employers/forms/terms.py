"""Forms of a work trial's terms and of its moves."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from coaching.models import GoalVersion
from employers.enums import (
    HIRES,
    Continuation,
    EndCause,
    EndDecision,
    FoundBy,
    PlacementPurpose,
    PlacementState,
)
from employers.forms.base import ServiceForm, date_field, with_sentence_case
from employers.forms.employer import WorkplacePersonField
from employers.models import ContactPerson, Placement
from employers.placement_terms import PLACEMENT_FIELDS, TEXT_TERMS, missing_term_sentence
from employers.weekdays import WEEKDAY_CHOICES, weekdays_in_words

LONG = forms.Textarea(attrs={"rows": 4})


class WeekdaysField(forms.MultipleChoiceField):
    """Ticks for Monday to Friday; the value is the string of the model, "135"."""

    def __init__(self, **kwargs):
        super().__init__(choices=WEEKDAY_CHOICES, widget=forms.CheckboxSelectMultiple, **kwargs)

    def prepare_value(self, value):
        return list(value) if isinstance(value, str) else value

    def clean(self, value) -> str:
        return "".join(sorted(set(super().clean(value))))

    def in_words(self, value: str) -> str:
        """How the merge view shows it."""
        return weekdays_in_words(value)


class GoalField(forms.ModelChoiceField):
    """One version of the person's goal, by its first words."""

    def label_from_instance(self, obj: GoalVersion) -> str:
        return Truncator(obj.text).chars(90)


class PlacementForm(ServiceForm):
    """The terms of a work trial. What is planned needs them all, a proposal only the first ones."""

    starts_on = date_field(_("First day"), required=True)
    ends_on = date_field(_("Last day"), required=True)
    weekdays = WeekdaysField(
        label=_("Weekdays"), error_messages={"required": _("Choose at least one weekday.")}
    )
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
    goal = GoalField(
        label=_("The goal that this serves"),
        queryset=GoalVersion.objects.none(),
        required=False,
        help_text=_("It stands in the agreement: the workplace and the authority will read it."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    class Meta:
        model = Placement
        fields = list(PLACEMENT_FIELDS)
        localized_fields = ["hours_per_day"]
        widgets = {"tasks": LONG, "support_agreed": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "tasks": _("What the participant does at the workplace; it stands in the agreement."),
            "length_reason": _("Why it lasts just this long, for example: all the work of the shop is met."),
            "support_agreed": _(
                "Who helps, how and when; what is arranged for the person. No health details."
            ),
            "instructions_by": _("At the workplace: by name or by role."),
            "changes_by": _("Whom the participant and the guide ask when the tasks should change."),
            "continuation_said": _(
                "Only what was really said about work afterwards, so that nobody hopes in vain."
            ),
        }

    def __init__(self, *args, employer_id: int, goals: tuple[GoalVersion, ...], state: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_planned = state != PlacementState.PROPOSED
        chosen = (self.instance.guide_id, self.instance.supervisor_id)
        for name in ("guide", "supervisor"):
            people = ContactPerson.objects.for_choice(employer_id=employer_id, chosen=chosen)
            self.fields[name].queryset = people
            self.fields[name].empty_label = _("not known yet")
        self.fields["purpose"].choices = [("", _("choose")), *PlacementPurpose.choices]
        self.fields["found_by"].choices = [("", _("not said")), *FoundBy.choices]
        self.fields["goal"].queryset = GoalVersion.objects.filter(pk__in=[goal.pk for goal in goals])
        self.fields["goal"].empty_label = _("no goal yet")
        if goals and not self.instance.goal_id:
            self.initial["goal"] = goals[0].pk
        else:
            self.initial["goal"] = self.instance.goal_id
        if self.is_planned:
            self._require_terms()
        with_sentence_case(self)

    def _require_terms(self) -> None:
        for name in (*TEXT_TERMS, "supervisor", "goal"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = missing_term_sentence(name)

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

    @property
    def goal_id(self) -> int | None:
        """The chosen goal's id."""
        goal = self.cleaned_data.get("goal")
        return goal.pk if goal else None


class MoveForm(forms.Form):
    """One move of the state table; which fields are needed, the transition says."""

    target = forms.CharField(max_length=20, widget=forms.HiddenInput())
    version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput())
    last_day = date_field(_("Last day at the workplace"))
    end_decision = forms.ChoiceField(label=_("Whose decision it was"), required=False)
    end_cause = forms.ChoiceField(label=_("Why"), required=False)
    reason = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=300,
        help_text=_("The participant may read this. No health details."),
    )

    def __init__(self, *args, transition=None, **kwargs):
        super().__init__(*args, **kwargs)
        causes = transition.causes if transition is not None else tuple(EndCause)
        self.fields["end_decision"].choices = [("", _("choose")), *EndDecision.choices]
        self.fields["end_cause"].choices = [("", _("choose")), *((c.value, c.label) for c in causes)]
        self.asks = transition.asks if transition is not None else ()
        for name in self.asks:
            self.fields[name].required = name != "reason"

    def asked_fields(self):
        """The bound fields that this move shows."""
        return [self[name] for name in self.asks]


class ContinuationForm(forms.Form):
    """What came after the work trial at this workplace."""

    continuation = forms.ChoiceField(label=_("What came after it"))
    continuation_starts_on = date_field(_("Begins on"))
    trial_period_ends_on = date_field(
        _("End of the job's trial period"), hint=_("Contacts for both sides are made inside it.")
    )
    version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["continuation"].choices = [("", _("choose")), *Continuation.choices]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("continuation_starts_on"), cleaned.get("trial_period_ends_on")
        if cleaned.get("continuation") in HIRES and not first and "continuation_starts_on" not in self.errors:
            self.add_error("continuation_starts_on", _("Give the day on which the work begins."))
        if first and last and last < first:
            self.add_error("trial_period_ends_on", _("The last day cannot be before the first."))
        return cleaned


class EarlierTrialForm(forms.Form):
    """A work trial elsewhere that the person told of."""

    workplace = forms.CharField(label=_("Workplace"), max_length=160)
    organiser = forms.CharField(
        label=_("Who arranged it"),
        required=False,
        max_length=160,
        help_text=_("For example another provider or the municipality, when it is known."),
    )
    starts_on = date_field(_("First day"), required=True)
    ends_on = date_field(_("Last day"), required=True)
    note = forms.CharField(
        label=_("What was learned there"),
        required=False,
        max_length=300,
        help_text=_("In the person's words. No health details."),
    )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return cleaned
