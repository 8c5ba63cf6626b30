"""The index of reports: what each is for, as far as this user may read it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.access import can_read_groups, can_read_trial_report


@dataclass(frozen=True)
class ReportCard:
    """One report: its name, a sentence, where it leads."""

    title: str
    sentence: str
    url: str
    icon: str


def report_cards(user) -> list[ReportCard]:
    """The reports of this role; the attendance of a month is chosen from the list below them."""
    cards = [
        ReportCard(
            _("Attendance of a month"),
            _("Who was there on which day, why not, and how many days to tell of: choose the month below."),
            "#months",
            "calendar",
        )
    ]
    if can_read_groups(user):
        sentence = _("What each month came to: people, days, work trials, onward paths.")
        cards.append(ReportCard(_("Group report"), sentence, reverse("reports:groups"), "people"))
    if can_read_trial_report(user):
        sentence = _("Work trials of a period: days, endings and what came after.")
        url = reverse("reports:trial-report")
        cards.append(ReportCard(_("Work-trial report"), sentence, url, "handshake"))
    return cards
