"""Forms of pre-assignments: what came on paper, and what the participant answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.models import PreAssignment
from coaching.pre_assignment_words import answer_limit, fitted, words_of


class AnswersForm(forms.Form):
    """One box for each question, with the questions as its labels. Lengths are checked by the service, which
    says how much is too much."""

    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())
    page = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput())

    rows = 6

    def __init__(self, data=None, *, task: PreAssignment, reading: str = "", page: str = "") -> None:
        self.task = task
        questions = words_of(task.texts, reading).questions
        answers = fitted(task.answers, len(questions))
        initial = {"base_version": task.version, "page": page}
        initial |= {f"answer_{number}": text for number, text in enumerate(answers, start=1)}
        super().__init__(data, initial=initial)
        for index, question in enumerate(questions):
            limit = answer_limit(holds_goal=task.holds_goal, index=index)
            self.fields[f"answer_{index + 1}"] = forms.CharField(
                label=question,
                required=False,
                max_length=limit,
                widget=forms.Textarea(attrs={"rows": self.rows}),
                error_messages={
                    "max_length": _(
                        "This answer has %(show_value)d characters; at most %(limit_value)d fit. Make it a "
                        "little shorter."
                    )
                },
            )
            self.fields[f"answer_{index + 1}"].widget.attrs.pop("maxlength", None)

    def answers(self) -> list[str]:
        """What was written, in the order of the questions."""
        names = [name for name in self.fields if name.startswith("answer_")]
        return [self.cleaned_data[name] for name in names]


class PaperForm(AnswersForm):
    """What came on paper; all boxes may stay empty."""

    rows = 4

    def __init__(self, data=None, *, task: PreAssignment) -> None:
        super().__init__(data, task=task)
        self.fields["page"].widget = forms.HiddenInput()
        for name in self.fields:
            if name.startswith("answer_"):
                self.initial[name] = ""  # what was begun behind the link is the participant's own
