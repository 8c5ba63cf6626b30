"""What the reports add to the navigation, the doors of the house and the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts.enums import Role
from core import navigation
from core.registry import WayOut, audit_sentences, ways_out
from participants.enums import ConsentItem, ConsentRecipient
from reports.tables.attendance import WAY_OUT


def register() -> None:
    """Called from `reports/apps.py`."""
    import reports.files.tables  # noqa: F401 -- registers its makers

    navigation.add(
        "reports",
        gettext_lazy("Reports"),
        "reports:report-index",
        roles={Role.COACH, Role.COORDINATOR, Role.MANAGER},
        order=68,
        icon="chart",
    )
    ways_out.add(WayOut(WAY_OUT, ConsentRecipient.AUTHORITY, (ConsentItem.ATTENDANCE,)))
    audit_sentences.update(
        {
            "report.attendance_opened": gettext_lazy("Opened a month's attendance report"),
            "report.groups_opened": gettext_lazy("Opened the group report"),
            "report.trials_opened": gettext_lazy("Opened the work-trial report"),
            "report.made_for_office": gettext_lazy("Made an attendance list for an office"),
            "report.file_asked": gettext_lazy("Asked for a report as a file"),
            "report.exported": gettext_lazy("Took a report out as a file"),
        }
    )
