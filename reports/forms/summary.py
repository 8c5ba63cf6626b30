"""Forms of the summary: labels and limits; the rules are the services'."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.enums import COMMENT_LIMIT, TEXT_LIMITS, ApprovalMethod, TextField
from reports.models import SummaryVersion
from reports.services.versions import optional_blocks

# the personal link records its own approvals
METHODS_BY_STAFF = [(method.value, method.label) for method in (ApprovalMethod.MEETING, ApprovalMethod.PAPER)]


def _text_area(field: str | None, *, rows: int, label, help_text="") -> forms.CharField:
    limit = TEXT_LIMITS[field] if field else COMMENT_LIMIT
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows, "data-count-to": str(limit)}),
    )


class SummaryTextsForm(forms.Form):
    """The free texts of blocks 2, 4, 8, 11 and 12, at the version that the coach was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    overall = _text_area(
        TextField.OVERALL,
        rows=2,
        label=_("The change in one sentence"),
        help_text=_("Stands above the six areas. What can the person do now that was not possible before?"),
    )
    goal_change = _text_area(
        TextField.GOAL_CHANGE,
        rows=2,
        label=_("How the goal changed"),
        help_text=_("Leave empty, and the date and reason of the newest goal stand there."),
    )
    plan_text = _text_area(
        TextField.PLAN_TEXT,
        rows=8,
        label=_("Text for the employment plan"),
        help_text=_("The officer copies this as it stands. Empty it to get the generated wording back."),
    )
    aftercare = _text_area(
        TextField.AFTERCARE,
        rows=3,
        label=_("Need of support and aftercare"),
        help_text=_("What was offered, what was accepted, who takes care of it. No diagnoses."),
    )
    comment = _text_area(
        None,
        rows=3,
        label=_("Participant's comment"),
        help_text=_("In the participant's own words, as told in the final discussion."),
    )

    @classmethod
    def of(cls, summary) -> SummaryTextsForm:
        """Filled with what the summary says now."""
        return cls(
            initial={
                "version": summary.version,
                **{str(field): summary.texts.get(field, "") for field in TextField},
                "plan_text": summary.plan_text,
                "comment": summary.participant_comment,
            }
        )

    def texts(self) -> dict[str, str]:
        """The texts by TextField value."""
        return {str(field): self.cleaned_data[field] for field in TextField}


class LeavesOutForm(forms.Form):
    """The optional blocks of a version, to be left out by the participant's wish."""

    left_out = forms.MultipleChoiceField(
        label=_("Leave out of what the office gets"),
        help_text=_("The office does not see that something was left out."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, summary: SummaryVersion, **more) -> None:
        super().__init__(*args, **more)
        blocks = optional_blocks(summary)
        if blocks:
            self.fields["left_out"].choices = [(block.value, block.label) for block in blocks]
        else:
            del self.fields["left_out"]


class ApprovalForm(LeavesOutForm):
    """When and how the participant approved."""

    field_order = ("version", "signed_on", "method", "left_out")

    version = forms.IntegerField(widget=forms.HiddenInput)
    signed_on = forms.DateField(
        label=_("Approved on"), widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    method = forms.ChoiceField(label=_("How"), choices=METHODS_BY_STAFF, widget=forms.RadioSelect)


class StepForm(forms.Form):
    """A button that moves the summary on: only the version that the coach was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class OwnSummaryForm(LeavesOutForm):
    """The participant's comment on the summary, behind the personal link."""

    field_order = ("left_out", "comment")

    comment = forms.CharField(
        label=_("What I want to say about it"),
        required=False,
        max_length=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("You may leave this empty. What you write becomes a part of the summary."),
    )
    summary = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())
