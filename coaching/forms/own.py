"""Forms of the month behind the personal link: the participant is the one who is spoken to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from coaching.forms.goal import GoalForm


class OwnGoalForm(GoalForm):
    """The goal, asked of the participant."""

    def __init__(self, *args, is_first: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("My goal in my own words")
        self.fields["text"].widget.attrs["rows"] = 6
        self.fields["text"].error_messages["required"] = _("Write your goal first.")
        self.fields["why_changed"].label = _("Why did my goal change?")
        self.fields["why_changed"].help_text = _("You may leave this empty. Your earlier goal is kept.")
        if is_first:
            self.leave_out_the_reason()
