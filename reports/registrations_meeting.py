"""What the discussion of three, aftercare and the office digest add to pages and exports elsewhere."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import Aftercare, Decision, HealthNeed

AUDIT_SENTENCES: dict[str, object] = {
    "decision.recorded": gettext_lazy("Recorded a decision"),
    "health_need.recorded": gettext_lazy("Recorded the need of a health check"),
    "aftercare.saved": gettext_lazy("Saved an offer of aftercare"),
    "aftercare.approved_for_coaching": gettext_lazy("Approved aftercare for the coaching"),
    "aftercare.approved_for_office": gettext_lazy("Recorded the office's approval of aftercare"),
    "aftercare.used": gettext_lazy("Wrote down a use of aftercare"),
    "aftercare.use_taken_back": gettext_lazy("Took back a use of aftercare"),
    "digest.made": gettext_lazy("Made an office's digest"),
    "digest.stories_written": gettext_lazy("Wrote the stories of an office's digest"),
    "digest.sent": gettext_lazy("Sent an office its digest"),
    "digest.mailed_again": gettext_lazy("Sent the mail about a digest again"),
    "digest.opened": gettext_lazy("Opened an office's digest"),
}


def register() -> None:
    """Called once, when the app is ready."""
    from accounts.enums import Role
    from core import navigation
    from core.registry import (
        WayOut,
        anonymisers,
        audit_sentences,
        desk_sources,
        participant_panels,
        person_sections,
        today_sources,
        ways_out,
    )
    from participants.enums import ConsentRecipient
    from reports.files import digest  # noqa: F401 -- registers its maker
    from reports.pages.aftercare import aftercare_desk_lines, aftercare_lines, aftercare_panel
    from reports.pages.meeting_lines import meeting_lines, meeting_panel

    audit_sentences.update(AUDIT_SENTENCES)
    navigation.add(
        "aftercare",
        gettext_lazy("Aftercare"),
        "reports:aftercare-list",
        roles={Role.COACH, Role.COORDINATOR},
        order=65,
        icon="phone",
    )
    navigation.add(
        "digests",
        gettext_lazy("Digests"),
        "reports:digest-list",
        roles={Role.MANAGER, Role.TE_OFFICER},
        order=70,
        icon="document",
    )
    why_none = "a digest holds counts of five people or more and stories that name nobody"
    ways_out.add(WayOut("digest.send", ConsentRecipient.AUTHORITY, (), why_none=why_none))
    for panel in (meeting_panel, aftercare_panel):
        participant_panels.add(panel)
    for source in (meeting_lines, aftercare_lines):
        today_sources.add(source)
    desk_sources.add(aftercare_desk_lines)
    for section in (decision_section, health_section, aftercare_section, uses_section):
        person_sections.add(section)
    anonymisers.add(forget_decisions)


def decision_section(participant) -> tuple[str, list[dict]]:
    """What was decided about the person, in the own export."""
    rows = Decision.objects.filter(enrolment__participant=participant).order_by("pk")
    return _("Decisions"), [
        {
            _("decision"): row.get_kind_display(),
            _("workplace, school or service"): row.where,
            _("what is studied"): row.programme,
            _("from"): row.starts_on,
            _("to"): row.ends_on,
            _("what was agreed about it"): row.conditions,
            _("decided on"): row.decided_on,
            _("who decided"): row.decided_by_name,
            _("participant's comment"): row.participant_comment,
        }
        for row in rows
    ]


def health_section(participant) -> tuple[str, list[dict]]:
    """The need of a health check, in the own export."""
    rows = HealthNeed.objects.filter(enrolment__participant=participant).order_by("pk")
    return _("Needs of health checks"), [
        {
            _("a further examination is needed"): row.is_needed,
            _("where helped on to"): row.referred_to,
            _("on"): row.referred_on,
        }
        for row in rows
    ]


def aftercare_section(participant) -> tuple[str, list[dict]]:
    """Aftercare that was offered, in the own export."""
    rows = Aftercare.objects.filter(enrolment__participant=participant).select_related("carer").order_by("pk")
    return _("Aftercare"), [
        {
            _("offered on"): row.offered_on,
            _("what support is needed"): row.needs,
            _("answer"): row.get_answer_display(),
            _("answered on"): row.answered_on,
            _("who takes care of it"): row.carer.full_name if row.carer else "",
            _("from"): row.starts_on,
            _("to"): row.ends_on,
            _("at most, in minutes"): row.most_minutes,
            _("approved for the coaching on"): row.coach_approved_on,
            _("officer who approved"): row.officer_name,
        }
        for row in rows
    ]


def uses_section(participant) -> tuple[str, list[dict]]:
    """What aftercare was given, in the own export; also what was taken back."""
    from reports.models import AftercareUse

    rows = AftercareUse.objects.filter(aftercare__enrolment__participant=participant).order_by(
        "held_on", "pk"
    )
    return _("Uses of aftercare"), [
        {
            _("on"): row.held_on,
            _("minutes"): row.minutes,
            _("how"): row.get_channel_display(),
            _("what was done"): row.note,
            _("why it was taken back"): row.removed_reason,
        }
        for row in rows
    ]


def forget_decisions(participant) -> int:
    """Strip what describes the person; the counts of kinds, days and minutes stay. How many rows changed."""
    from reports.models import AftercareUse

    mine = {"enrolment__participant": participant}
    changed = Decision.objects.filter(**mine).update(
        conditions="", participant_comment="", decided_by_name=_("removed"), decided_by=None
    )
    changed += Decision.objects.filter(**mine).exclude(where="").update(where=_("removed"))
    changed += Decision.objects.filter(**mine, kind="study").update(programme="")
    changed += HealthNeed.objects.filter(**mine).delete()[0]
    changed += Aftercare.objects.filter(**mine).exclude(needs="").update(needs="")
    uses = AftercareUse.objects.filter(aftercare__enrolment__participant=participant)
    return changed + uses.exclude(note="", removed_reason="").update(note="", removed_reason="")
