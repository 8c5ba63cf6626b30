"""The index of reports: what each is for, as far as this user may read it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ReportCard:
    """One report: its name, a sentence, where it leads."""

    title: str
    sentence: str
    url: str
    icon: str


def report_cards(user) -> list[ReportCard]:
    """The reports of this role; the attendance of a month is chosen from the list below them."""
    return [
        ReportCard(
            _("Attendance of a month"),
            _("Who was there on which day, why not, and how many days to tell of: choose the month below."),
            "#months",
            "calendar",
        )
    ]
