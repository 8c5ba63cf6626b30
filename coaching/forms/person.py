"""Forms about one person. They validate and keep what was typed; the services write."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from coaching.enums import Area, Level, ProposalKind, Viewpoint
from coaching.models import ActionStep, Discussion, Proposal
from coaching.pages.person import AreaRow
from coaching.services.person import AreaAnswer


class GoalForm(forms.Form):
    """The goal in own words; from the second version on, why it changed."""

    text = forms.CharField(
        label=_("Goal in the participant's own words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What do I want from this month, and where do I want to be after it?"),
    )
    why_changed = forms.CharField(
        label=_("Why did the goal change?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(),
        help_text=_("One sentence is enough. The earlier goal is kept."),
    )
    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    def leave_out_the_reason(self) -> None:
        """The first goal has not changed from anything."""
        self.fields["why_changed"].widget = forms.HiddenInput()


class DiscussionForm(forms.ModelForm):
    """One discussion, planned or held."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    class Meta:
        model = Discussion
        fields = [
            "planned_on",
            "held_on",
            "present",
            "participant_view",
            "coach_view",
            "help_wanted",
            "agreed",
        ]
        widgets = {
            "participant_view": forms.Textarea(attrs={"rows": 4}),
            "coach_view": forms.Textarea(attrs={"rows": 4}),
            "help_wanted": forms.Textarea(attrs={"rows": 2}),
            "agreed": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "planned_on": _("For example 12.3.2026."),
            "held_on": _("Leave empty until the discussion has been held."),
            "present": _("Names of those who were there."),
            "participant_view": _("In the participant's own words: what went well, what is still hard?"),
            "coach_view": _("Strengths first, then what helps onward."),
        }

    def validate_constraints(self):
        """Left to the service, which says the same rules at the field where they belong."""

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class ActionStepForm(forms.ModelForm):
    """One next step: what, who, by when, what instead."""

    class Meta:
        model = ActionStep
        fields = ["what", "who", "due_on", "alternative"]
        help_texts = {
            "what": _(
                "One thing that can be done, for example: sends the application to the warehouse course."
            ),
            "who": _("The participant, the coach, the coordinator, the officer …"),
            "due_on": _("For example 12.3.2026."),
        }


class ProposalForm(forms.ModelForm):
    """What is proposed to be decided, with just the facts that its kind needs."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    class Meta:
        model = Proposal
        fields = ["kind", "where", "starts_on", "ends_on", "reason"]
        widgets = {"kind": forms.RadioSelect(), "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "reason": _("One or two sentences that the officer can decide on."),
            "starts_on": _("For example 12.3.2026."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ProposalKind.choices

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") and cleaned["kind"] != ProposalKind.NO_DECISION and not cleaned.get("reason"):
            self.add_error("reason", _gettext("Say in a sentence why this is proposed."))
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _gettext("The last day cannot be before the first."))
        return cleaned

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


@dataclass
class AreaField:
    """One hand-written field pair of the areas page: what was typed, and what is wrong with it."""

    area: str
    area_label: str
    viewpoint: str
    viewpoint_label: str
    level: str = ""
    sentence: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return f"{self.area}-{self.viewpoint}"

    @property
    def text(self) -> str:
        return f"{Level(self.level).label}: {self.sentence}" if self.level else ""


@dataclass
class AreasForm:
    """The areas of one moment: six areas times two views, a hand-written loop (architecture 6)."""

    fields: list[AreaField]
    fingerprint: str
    errors: list[str] = field(default_factory=list)

    @classmethod
    def from_rows(cls, rows: list[AreaRow], moment: str, fingerprint: str) -> AreasForm:
        """The form filled with what is on record."""
        form = cls(fields=[], fingerprint=fingerprint)
        for row in rows:
            for cell_moment, viewpoint, cell in row.cells:
                if cell_moment == moment:
                    form.fields.append(
                        AreaField(
                            area=row.area,
                            area_label=row.label,
                            viewpoint=viewpoint.value,
                            viewpoint_label=viewpoint.label,
                            level=cell.level if cell else "",
                            sentence=cell.sentence if cell else "",
                        )
                    )
        return form

    @classmethod
    def from_post(cls, data) -> AreasForm:
        """The form filled with what was typed; `errors` and each field's `error` say what is missing."""
        form = cls(fields=[], fingerprint=data.get("fingerprint", "0")[:2000])
        for area in Area:
            for viewpoint in Viewpoint:
                item = AreaField(area.value, area.label, viewpoint.value, viewpoint.label)
                item.level = data.get(f"{item.name}-level", "")
                item.sentence = data.get(f"{item.name}-sentence", "").strip()
                item.error = _area_fault(item)
                form.fields.append(item)
        form.errors = [item.error for item in form.fields if item.error]
        return form

    @property
    def by_area(self) -> list[tuple[str, str, list[AreaField]]]:
        """(area, label, its fields) in order."""
        grouped: dict[str, list[AreaField]] = {}
        for item in self.fields:
            grouped.setdefault(item.area, []).append(item)
        return [(area, items[0].area_label, items) for area, items in grouped.items()]

    def compared_with(self, theirs: AreasForm) -> list[tuple[str, str, str]]:
        """(label, what stands now, what was typed) of the areas in which the two forms differ."""
        return [
            (f"{mine.area_label}, {mine.viewpoint_label}", now.text, mine.text)
            for mine, now in zip(self.fields, theirs.fields, strict=True)
            if mine.text != now.text
        ]

    def answers(self) -> list[AreaAnswer]:
        """Those that were filled in."""
        return [
            AreaAnswer(item.area, item.viewpoint, item.level, item.sentence)
            for item in self.fields
            if item.level and item.sentence
        ]


def _area_fault(item: AreaField) -> str:
    if "\x00" in item.sentence:
        return _gettext("The text holds a character that cannot be saved.")
    if item.level and item.level not in Level.values:
        return _gettext("Choose one of the levels.")
    if len(item.sentence) > 400:
        return _gettext("At most 400 characters; now there are %(count)s.") % {"count": len(item.sentence)}
    if item.level == Level.NOT_ASSESSED and not item.sentence:
        return _gettext("Say why this was not assessed.")
    if item.level and not item.sentence:
        return _gettext("Write one sentence: what shows it?")
    if item.sentence and not item.level:
        return _gettext("Choose how it is.")
    return ""
