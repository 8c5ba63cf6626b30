"""The pre-assignments in the person's own export, question by question."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coaching.models import PreAssignment
from coaching.pre_assignment_words import fitted, words_of
from participants.models import Participant


def pre_assignment_section(participant: Participant) -> tuple[str, list[dict]]:
    """What was asked and what the person has answered, also what is not returned yet: it is their own."""
    tasks = PreAssignment.objects.filter(enrolment__participant=participant).order_by("sent_at", "position")
    rows = []
    for task in tasks:
        words = words_of(task.texts)
        row = {
            _("pre-assignment"): words.title,
            _("sent at"): task.sent_at,
            _("due on"): task.due_on,
            _("opened at"): task.opened_at,
            _("returned at"): task.returned_at,
            _("returned on paper"): task.returned_on_paper,
            _("seen at"): task.seen_at,
        }
        row |= dict(zip(words.questions, fitted(task.answers, len(words.questions)), strict=True))
        rows.append(row)
    return _("Pre-assignments"), rows
