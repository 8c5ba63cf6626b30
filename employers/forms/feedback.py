"""The workplace's feedback as a form: ten items, would take again, two open questions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.enums import FeedbackChannel, FeedbackItem, TakeAgain
from employers.models import EmployerFeedback
from employers.services.feedback import TEXT_LIMIT, GivenAnswers

NOT_SEEN = "0"
VALUES = [(str(value), str(value)) for value in range(1, 6)] + [(NOT_SEEN, _("not seen"))]
TEXTS = ("succeeded", "differently")
KEPT = (*FeedbackItem.values, "take_again", *TEXTS, "assessor_name")


class FeedbackForm(forms.Form):
    """One field for each FeedbackItem, named by its value; rendered by employers/feedback/_fields.html."""

    take_again = forms.ChoiceField(
        label=_("Would you take the person again?"),
        choices=TakeAgain.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    succeeded = forms.CharField(
        label=_("Where did we succeed?"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    differently = forms.CharField(
        label=_("What could we have done differently?"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    assessor_name = forms.CharField(
        label=_("Who answers"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write who gives the feedback.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for item in FeedbackItem:
            self.fields[item.value] = forms.ChoiceField(
                label=item.label,
                choices=VALUES,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose 1 to 5, or not seen.")},
            )
        self.order_fields([*FeedbackItem.values, "take_again", *TEXTS, "assessor_name"])

    @property
    def items(self) -> list:
        """The bound fields of the ten items."""
        return [self[item] for item in FeedbackItem.values]

    def given(self) -> GivenAnswers:
        """The cleaned answers for the service."""
        values = self.cleaned_data
        return GivenAnswers(
            values={item: int(values[item]) or None for item in FeedbackItem.values},
            **{name: values[name] for name in ("take_again", *TEXTS, "assessor_name")},
        )


class RecordFeedbackForm(FeedbackForm):
    """Staff type in what was said on the phone or written on paper."""

    channel = forms.ChoiceField(
        label=_("How did the answers come?"),
        choices=[
            (FeedbackChannel.PHONE.value, FeedbackChannel.PHONE.label),
            (FeedbackChannel.PAPER.value, FeedbackChannel.PAPER.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput(), required=False)


class OwnFeedbackForm(forms.Form):
    """The participant agrees or not."""

    agrees = forms.TypedChoiceField(
        label=_("Do I agree?"),
        choices=[("yes", _("Yes, I agree")), ("no", _("No, I see it differently"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    comment = forms.CharField(
        label=_("What do I want to say about it?"),
        required=False,
        max_length=TEXT_LIMIT,
        help_text=_("You may leave this empty. Your coach and the coordinator read it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


def standing_answers(feedback: EmployerFeedback) -> dict[str, str]:
    """What the form begins with: the unsent draft, else the given answers, else the assessor's name."""
    standing = {"assessor_name": feedback.assessor_name}
    if feedback.given_at is not None:
        standing |= {
            "take_again": feedback.take_again,
            "succeeded": feedback.succeeded,
            "differently": feedback.differently,
        }
        for answer in feedback.answers.all():
            standing[answer.item] = NOT_SEEN if answer.value is None else str(answer.value)
    return standing | {name: text for name, text in feedback.draft.items() if name in KEPT}


def draft_in(data) -> dict[str, str]:
    """The fields of an unsent form as they are; other names are dropped."""
    return {name: data[name].replace("\x00", "") for name in KEPT if data.get(name)}
