"""The workplace's feedback where it is read: the work trial's page, the own pages, the desk, the timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.registry import TimelineEntry, TodayLine
from employers.access import can_edit_placement
from employers.desk import DeskSection, desk_line
from employers.enums import BEGUN_STATES, ENDED_STATES, FeedbackItem, WorkplacePurpose
from employers.models import ContactPerson, EmployerFeedback, Placement, WorkplaceLink
from employers.reminding import reminder_obstacle
from employers.services.guide_hours import why_not_by_mail
from employers.services.workplace_links import mail_trouble

WAITS = dt.timedelta(days=3)  # after the ending the feedback comes onto the desk


@dataclass(frozen=True)
class FeedbackRow:
    """One assessor's feedback with the state of the link."""

    feedback: EmployerFeedback
    answers: list[tuple[str, str]]
    latest: WorkplaceLink | None
    is_live: bool
    mail_obstacle: str
    remind_obstacle: str
    trouble: str = ""  # why the mail with the link did not arrive

    @property
    def is_answered(self) -> bool:
        """Has the participant said something?"""
        return self.feedback.participant_answered_at is not None


@dataclass(frozen=True)
class FeedbackSection:
    """What the work trial's page shows of feedback."""

    rows: list[FeedbackRow]
    may_edit: bool
    may_ask: bool
    people: list[ContactPerson]  # who can still be asked

    @property
    def given(self) -> int:
        """How many have answered."""
        return sum(row.feedback.given_at is not None for row in self.rows)


def feedback_section(placement: Placement, *, user, today: dt.date) -> FeedbackSection:
    """The feedbacks of one work trial. Four queries, whatever their number."""
    now = clock.now()
    feedbacks = list(
        placement.feedbacks.select_related("assessor", "recorded_by")
        .prefetch_related("answers")
        .order_by("id")
    )
    latest = _latest_links(placement)
    may_edit = can_edit_placement(user, placement, today=today)
    has_begun = placement.state in BEGUN_STATES
    known = {feedback.assessor_id for feedback in feedbacks}
    people = (
        [
            person
            for person in placement.employer.contact_persons.for_choice(employer_id=placement.employer_id)
            if person.pk not in known
        ]
        if may_edit and has_begun
        else []
    )
    chosen = (placement.guide_id, placement.supervisor_id)
    people.sort(key=lambda person: (person.pk not in chosen, person.name))
    rows = [_row(feedback, placement, latest.get(feedback.pk), now=now) for feedback in feedbacks]
    return FeedbackSection(rows=rows, may_edit=may_edit, may_ask=may_edit and has_begun, people=people)


def _latest_links(placement: Placement) -> dict[int, WorkplaceLink]:
    links = placement.workplace_links.filter(purpose=WorkplacePurpose.FEEDBACK).select_related(
        "token", "mail"
    )
    return {link.subject_id: link for link in links.order_by("created_at", "id")}


def _row(
    feedback: EmployerFeedback, placement: Placement, link: WorkplaceLink | None, *, now: dt.datetime
) -> FeedbackRow:
    return FeedbackRow(
        feedback=feedback,
        answers=answer_words(feedback),
        latest=link,
        is_live=link is not None and link.token.revoked_at is None and link.token.expires_at > now,
        mail_obstacle=why_not_by_mail(placement, feedback.assessor) if feedback.assessor else _("no link"),
        remind_obstacle=reminder_obstacle(
            now=now, last_sent_at=link.created_at if link is not None and link.email else None
        ),
        trouble=mail_trouble(link),
    )


def answer_words(feedback: EmployerFeedback) -> list[tuple[str, str]]:
    """(item, "4" or "not seen") in the order of the form; empty before the answers came."""
    values = {answer.item: answer.value for answer in feedback.answers.all()}
    return [
        (str(item.label), _("not seen") if values[item] is None else str(values[item]))
        for item in FeedbackItem
        if item in values
    ]


def feedback_desk_lines(user, today: dt.date) -> list[TodayLine]:
    """Work trials that ended days ago and whose workplace has not answered. One query."""
    waiting = (
        EmployerFeedback.objects.visible_to(user, today=today)
        .waiting()
        .filter(placement__state__in=ENDED_STATES, placement__ends_on__lte=today - WAITS)
        .select_related("placement__participant", "placement__employer")
        .order_by("placement__ends_on", "id")[:20]
    )
    lines = []
    for feedback in waiting:
        page = reverse("employers:placement", args=[feedback.placement_id])
        place = feedback.placement
        hides = place.participant.is_restricted
        lines.append(
            desk_line(
                DeskSection.AFTER,
                title=place.participant.full_name,
                title_url=page,
                detail=_("the workplace's feedback waits")
                if hides
                else _("%(where)s: feedback waits") % {"where": place.employer.name},
                url=f"{page}#feedback",
                link_text=_("Remind or ring"),
                day=place.ends_on,
            )
        )
    return lines


def feedback_timeline(enrolment, user) -> Iterator[TimelineEntry]:
    """The feedback of the month's work trials in the person's timeline. One query."""
    found = (
        EmployerFeedback.objects.visible_to(user)
        .given()
        .filter(placement__participant=enrolment.participant_id, placement__month=enrolment.month_id)
        .order_by("given_at", "id")
    )
    kind = _("work trial")
    for feedback in found:
        url = f"{reverse('employers:placement', args=[feedback.placement_id])}#feedback"
        yield TimelineEntry(
            timezone.localdate(feedback.given_at), kind, _("The workplace gave feedback"), url
        )
        if feedback.participant_answered_at is not None:
            day = timezone.localdate(feedback.participant_answered_at)
            words = (
                _("The participant agreed with the feedback")
                if feedback.agrees
                else _("The participant saw it differently")
            )
            yield TimelineEntry(day, kind, words, url)
