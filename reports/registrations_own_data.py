"""What requests for own data add to the navigation, the own pages, Today, the audit trail and the doors."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from core import navigation
from core.registry import (
    LinkPage,
    WayOut,
    audit_sentences,
    link_pages,
    participant_panels,
    person_sections,
    today_sources,
    ways_out,
)

AUDIT_SENTENCES: dict[str, object] = {
    "own_data.asked": gettext_lazy("Asked for everything that is held of a person"),
    "own_data.fetched": gettext_lazy("Fetched the own data behind the personal link"),
    "own_data.handed_over": gettext_lazy("Handed the own data over on paper"),
    "own_data.refused": gettext_lazy("Refused a request for own data"),
}


def request_section(participant) -> tuple[str, list[dict]]:
    """The person's requests themselves, in the own export. One query."""
    return _("Requests for own data"), [
        {
            _("asked on"): row.asked_on,
            _("asked how"): row.get_channel_display(),
            _("answer"): row.get_answer_display(),
            _("answered on"): row.answered_on,
            _("why it was refused"): row.refused_reason,
        }
        for row in participant.data_requests.order_by("id")
    ]


def register() -> None:
    """Called from `reports/apps.py`."""
    import reports.files.own_data  # noqa: F401 -- registers its maker
    from reports.pages.own_data import own_data_card, own_data_lines, own_data_panel

    navigation.add(
        "own-data",
        gettext_lazy("Data requests"),
        "reports:own-data-register",
        roles={Role.MANAGER, Role.ADMIN},
        order=88,
        icon="document",
    )
    audit_sentences.update(AUDIT_SENTENCES)
    link_pages.add(LinkPage("own_data", own_data_card, order=90))
    participant_panels.add(own_data_panel)
    person_sections.add(request_section)
    today_sources.add(own_data_lines)
    why = "the person gets the own data, which nobody else has to allow"
    ways_out.add(WayOut("own_data.file", "", (), why_none=why))
