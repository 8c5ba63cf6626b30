"""What the guide's link, concerns and the workplace's feedback give to the registries of `core`."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.registry import (
    LinkPage,
    anonymisers,
    audit_sentences,
    desk_sources,
    link_pages,
    person_sections,
    timeline_sources,
    today_sources,
)
from core.tokens import revoke_link_tokens
from employers.enums import WorkplacePurpose
from employers.models import Concern, EmployerFeedback
from employers.pages.concerns import concern_desk_lines, concern_timeline, concern_today_lines
from employers.pages.feedback import answer_words, feedback_desk_lines, feedback_timeline
from employers.pages.lost_mail import lost_mail_lines
from employers.pages.own_trial import trial_card

REMOVED = "–"

AUDIT_SENTENCES = {
    "concern.raised": gettext_lazy("Told of a concern about a work trial"),
    "concern.handled": gettext_lazy("Answered a concern about a work trial"),
    "feedback.given": gettext_lazy("Gave a workplace's feedback"),
    "feedback.corrected": gettext_lazy("Corrected a workplace's feedback"),
    "feedback.answered": gettext_lazy("Answered a workplace's feedback"),
}


def register_guide() -> None:
    """Called once, when the app is ready."""
    today_sources.add(concern_today_lines)
    desk_sources.add(concern_desk_lines)
    desk_sources.add(lost_mail_lines)
    timeline_sources.add(concern_timeline)
    person_sections.add(concern_section)
    anonymisers.add(anonymise_concerns)
    desk_sources.add(feedback_desk_lines)
    timeline_sources.add(feedback_timeline)
    person_sections.add(feedback_section_of)
    anonymisers.add(anonymise_feedback)
    link_pages.add(LinkPage("work_trial", trial_card, order=55))
    audit_sentences.update(AUDIT_SENTENCES)


def concern_section(participant) -> tuple[str, list[dict]]:
    """The concerns about the person's work trials in the own export."""
    concerns = Concern.objects.filter(placement__participant=participant).select_related(
        "placement__employer", "handled_by"
    )
    rows = [
        {
            _("workplace"): concern.placement.employer.name,
            _("told at"): concern.raised_at,
            _("from"): concern.get_source_display(),
            _("who tells"): concern.raised_by_name,
            _("what worries"): concern.text,
            _("phone"): concern.phone,
            _("what was done"): concern.answer,
            _("handled at"): concern.handled_at,
            _("handled by"): concern.handled_by.full_name if concern.handled_by else "",
        }
        for concern in concerns.order_by("raised_at", "id")
    ]
    return _("Concerns about work trials"), rows


def anonymise_concerns(participant) -> int:
    """Take the words, names and numbers out of the concerns about the person's work trials; how many rows."""
    concerns = Concern.objects.filter(placement__participant=participant)
    concerns.exclude(answer="").update(answer=REMOVED)
    return concerns.update(text=REMOVED, raised_by_name="", phone="")


def feedback_section_of(participant) -> tuple[str, list[dict]]:
    """The workplaces' feedback in the person's own export."""
    found = EmployerFeedback.objects.given().filter(placement__participant=participant)
    rows = []
    for feedback in found.select_related("placement__employer").prefetch_related("answers").order_by("id"):
        row = {
            _("workplace"): feedback.placement.employer.name,
            _("name of who answered"): feedback.assessor_name,
            _("given at"): feedback.given_at,
            _("how"): feedback.get_channel_display(),
            **dict(answer_words(feedback)),
            _("would take again"): feedback.get_take_again_display(),
            _("where did we succeed"): feedback.succeeded,
            _("what could we have done differently"): feedback.differently,
            _("the participant agrees"): {True: _("yes"), False: _("no"), None: ""}[feedback.agrees],
            _("the participant's comment"): feedback.participant_comment,
        }
        rows.append(row)
    return _("Workplaces' feedback"), rows


def anonymise_feedback(participant) -> int:
    """Take the free words out of the feedback, keep the figures, and end the links; how many rows."""
    feedbacks = EmployerFeedback.objects.filter(placement__participant=participant)
    now = clock.now()
    for pk in feedbacks.values_list("pk", flat=True):
        revoke_link_tokens(purpose=WorkplacePurpose.FEEDBACK, subject_id=pk, now=now)
    for pk in participant.placements.values_list("pk", flat=True):
        revoke_link_tokens(purpose=WorkplacePurpose.HOURS, subject_id=pk, now=now)
    return feedbacks.update(succeeded="", differently="", participant_comment="", draft={})
