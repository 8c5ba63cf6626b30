"""What reports adds to pages and exports of the lower apps (core.registry)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from core.registry import LinkCard, Panel, TimelineEntry
from reports.enums import SummaryState
from reports.models import SummaryVersion
from reports.services.own_summary import own_summaries

AUDIT_SENTENCES: dict[str, object] = {
    "period_end.started": gettext_lazy("Started making a month's summaries"),
    "period_end.cancelled": gettext_lazy("Called off making a month's summaries"),
    "period_end.part_run_again": gettext_lazy("Ran a failed summary again"),
    "month.checklist_viewed": gettext_lazy("Opened a month's checklist"),
    "summary.made": gettext_lazy("Made a summary"),
    "summary.rebuilt": gettext_lazy("Took changes into a summary"),
    "summary.edited": gettext_lazy("Edited a summary's texts"),
    "summary.given_to_participant": gettext_lazy("Gave a summary to the participant"),
    "summary.taken_back": gettext_lazy("Took a summary back to edit"),
    "summary.commented": gettext_lazy("Commented on the own summary by the personal link"),
    "summary.signed_by_participant": gettext_lazy("Recorded the participant's approval of a summary"),
    "summary.approved": gettext_lazy("Approved a summary"),
    "summary.released": gettext_lazy("Released a summary"),
    "summary.superseded": gettext_lazy("Replaced a summary by a newer version"),
    "summary.opened": gettext_lazy("Opened a released summary"),
    "summary.downloaded": gettext_lazy("Downloaded a summary"),
    "summary.text_copied": gettext_lazy("Copied a summary's text"),
    "file.asked_for": gettext_lazy("Asked for a file"),
    "file.cancelled": gettext_lazy("Called off a file that was being made"),
    "file.downloaded": gettext_lazy("Downloaded a file"),
}


def released_enrolments(enrolment_ids) -> set[int]:
    """Those whose summary has gone to the authority, in whichever version. One query."""
    versions = SummaryVersion.objects.filter(enrolment__in=enrolment_ids, released_at__isnull=False)
    return set(versions.values_list("enrolment_id", flat=True))


def summary_panel(participant, user) -> Panel | None:
    """The newest summary on the participant's page, for the month's own coach. One query."""
    if user.role != Role.COACH:
        return None
    newest = (
        SummaryVersion.objects.visible_to(user)
        .filter(enrolment__participant=participant)
        .order_by("-enrolment__month__starts_on", "-number")
        .first()
    )
    if newest is None:
        return None
    return Panel(
        title=_("Summary for the TE-office"),
        summary=_("Version %(number)s: %(state)s.")
        % {"number": newest.number, "state": newest.get_state_display()},
        url=reverse("reports:summary", args=[newest.pk]),
        link_text=_("Open the summary"),
        order=80,
    )


def summary_timeline(enrolment, user) -> Iterator[TimelineEntry]:
    """When the person's summary went to the authority, for the month's own coaches. One query."""
    released = (
        SummaryVersion.objects.visible_to(user)
        .filter(enrolment=enrolment, released_at__isnull=False)
        .select_related("recipient")
        .order_by("number")
    )
    for version in released:
        yield TimelineEntry(
            timezone.localdate(version.released_at),
            _("summary"),
            _("Version %(number)s was released to %(recipient)s")
            % {"number": version.number, "recipient": version.recipient.name},
            reverse("reports:summary", args=[version.pk]),
        )


def summary_section(participant) -> tuple[str, list[dict]]:
    """Every version of the person's summaries in the own export: what it says, to whom and when it went."""
    versions = SummaryVersion.objects.filter(enrolment__participant=participant).select_related("recipient")
    return _("Summaries"), [
        {
            _("Version"): version.number,
            _("state"): version.get_state_display(),
            _("made at"): version.created_at,
            _("approved by the participant on"): version.signed_on,
            _("participant's comment"): version.participant_comment,
            _("released to"): version.recipient.name if version.recipient else "",
            _("released at"): version.released_at,
            _("content"): {**version.data, "texts": version.texts},
        }
        for version in versions.order_by("enrolment", "number")
    ]


def own_summary_card(participant, today) -> LinkCard | None:
    """The summary on the first page behind the personal link, once it was given to be read. One query."""
    newest = own_summaries(participant).first()
    if newest is None:
        return None
    waits = newest.state == SummaryState.PARTICIPANT_REVIEW and not newest.is_signed
    return LinkCard(
        title=_("My summary"),
        sentence=_("Read what the office will read, and approve it or say what should be different.")
        if waits
        else _("You have approved it. You can read it here."),
        url=reverse("own_summary:summary"),
        link_text=_("Read"),
        state="todo" if waits else "done",
    )
