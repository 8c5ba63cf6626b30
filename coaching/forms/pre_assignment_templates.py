"""The form of a programme's pre-assignment: every text in four languages, question by question."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.forms.programmes import VALID_FROM_HELP
from coaching.models import PreAssignmentTemplate
from coaching.pre_assignment_words import MOST_QUESTIONS, READINGS, template_fingerprint, words_of
from coaching.services.pre_assignment_templates import TemplateContent
from core.forms import DayField

READING_NAMES = {
    "fi": _("Finnish"),
    "plain": _("plain Finnish"),
    "sv": _("Swedish"),
    "en": _("English"),
}
TITLE, INTRODUCTION, QUESTION = 120, 1000, 400


class TemplateForm(forms.Form):
    """Fields are called `title_fi`, `introduction_sv`, `question_2_plain` and so on. A question stands in all
    four languages or in none, so that answers mean the same whoever reads the question."""

    valid_from = DayField(label=_("The new version is valid from"), help_text=VALID_FROM_HELP)
    position = forms.TypedChoiceField(label=_("Order"), coerce=int)
    due_days_before = forms.IntegerField(
        label=_("Days before the first day"),
        min_value=0,
        max_value=60,
        help_text=_("The answers are due so many days before the month begins, for example 3."),
        error_messages={"max_value": _("Give at most 60 days.")},
    )
    holds_goal = forms.BooleanField(
        label=_("The answer to the first question is the participant's goal"), required=False
    )
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        data=None,
        *,
        template: PreAssignmentTemplate | None,
        count: int,
        is_in_use: bool,
        today: dt.date,
    ) -> None:
        initial = {"valid_from": today, "position": count + 1, "due_days_before": 3}
        if template is not None:
            initial |= {
                "position": template.position,
                "due_days_before": template.due_days_before,
                "holds_goal": template.holds_goal,
                "seen": template_fingerprint(template),
            }
            initial |= _text_initial(template.texts)
        super().__init__(data, initial=initial)
        if not is_in_use:
            del self.fields["valid_from"]
        places = count if template is not None else count + 1
        self.fields["position"].choices = [(number, str(number)) for number in range(1, places + 1)]
        for reading in READINGS:
            self._add("title", reading, gettext("Title"), TITLE, rows=2, required=True)
            self._add("introduction", reading, gettext("Introduction"), INTRODUCTION, rows=5)
            for number in range(1, MOST_QUESTIONS + 1):
                what = gettext("Question %(number)s") % {"number": number}
                self._add(f"question_{number}", reading, what, QUESTION, rows=3)

    def _add(
        self, part: str, reading: str, what: str, length: int, *, rows: int, required: bool = False
    ) -> None:
        language = "fi" if reading == "plain" else reading
        name = f"{part}_{reading}"
        self.fields[name] = forms.CharField(
            label=f"{what}, {READING_NAMES[reading]}",
            max_length=length,
            required=required,
            widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
        )
        self.fields[name].widget.attrs.pop("maxlength", None)

    # --- for the page ---
    @property
    def head_fields(self) -> list:
        names = ("valid_from", "position", "due_days_before", "holds_goal")
        return [self[name] for name in names if name in self.fields]

    @property
    def title_fields(self) -> list:
        return [self[f"title_{reading}"] for reading in READINGS]

    @property
    def introduction_fields(self) -> list:
        return [self[f"introduction_{reading}"] for reading in READINGS]

    @property
    def question_rows(self) -> list[tuple[int, list, bool]]:
        """(number, the four boxes, whether to show it open): those in use and one more are open."""
        rows = []
        was_used = True
        for number in range(1, MOST_QUESTIONS + 1):
            boxes = [self[f"question_{number}_{reading}"] for reading in READINGS]
            is_used = any((box.value() or "").strip() or box.errors for box in boxes)
            rows.append((number, boxes, is_used or was_used))
            was_used = is_used
        return rows

    # --- what was posted ---
    def clean(self) -> dict:
        cleaned = super().clean()
        has_question = False
        for number in range(1, MOST_QUESTIONS + 1):
            names = {reading: f"question_{number}_{reading}" for reading in READINGS}
            if any(name in self.errors for name in names.values()):
                has_question = True
                continue
            given = {reading for reading, name in names.items() if cleaned.get(name)}
            has_question = has_question or bool(given)
            if given:
                for reading in READINGS:
                    if reading not in given:
                        self.add_error(
                            names[reading],
                            _(
                                "Write this question in this language too, or empty it in all four: "
                                "everybody gets the same questions."
                            ),
                        )
        if not has_question:
            self.add_error(f"question_1_{READINGS[0]}", _("Ask at least one question."))
        return cleaned

    def content(self) -> TemplateContent:
        """What the service saves; empty rows between questions close up."""
        cleaned = self.cleaned_data
        texts = {}
        for reading in READINGS:
            questions = [cleaned[f"question_{number}_{reading}"] for number in range(1, MOST_QUESTIONS + 1)]
            texts[reading] = {
                "title": cleaned[f"title_{reading}"],
                "introduction": cleaned[f"introduction_{reading}"],
                "questions": [question for question in questions if question],
            }
        return TemplateContent(
            texts=texts,
            due_days_before=cleaned["due_days_before"],
            holds_goal=cleaned["holds_goal"],
            position=cleaned["position"],
        )


def _text_initial(texts: dict) -> dict[str, str]:
    initial = {}
    for reading in READINGS:
        if reading not in texts:
            continue
        words = words_of(texts, reading)
        initial |= {f"title_{reading}": words.title, f"introduction_{reading}": words.introduction}
        for number, question in enumerate(words.questions, start=1):
            initial[f"question_{number}_{reading}"] = question
    return initial


class RemoveForm(forms.Form):
    """Taking a pre-assignment off; asks for the new version's first day when months use the programme."""

    valid_from = DayField(label=_("The new version is valid from"), help_text=VALID_FROM_HELP)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput())

    def __init__(
        self, data=None, *, template: PreAssignmentTemplate, is_in_use: bool, today: dt.date
    ) -> None:
        super().__init__(data, initial={"valid_from": today, "seen": template_fingerprint(template)})
        if not is_in_use:
            del self.fields["valid_from"]
