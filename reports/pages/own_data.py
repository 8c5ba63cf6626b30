"""What the pages of requests for own data show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Role
from coaching.models import CoachingMonth
from core import clock
from core.registry import LinkCard, Panel, TodayLine
from core.work_rows import WorkState
from participants.models import Participant
from reports.enums import RequestAnswer
from reports.models import OwnDataRequest
from reports.readings import cause_in_words
from reports.services.own_data import can_answer_own_data

SOON = dt.timedelta(days=7)
OVERDUE, DUE = 7, 26  # places among Today's lines


def register_rows(user):
    """The open ones first, the soonest due on top; then the newest."""
    is_open = Case(
        When(answer=RequestAnswer.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = OwnDataRequest.objects.visible_to(user).select_related("participant", "answered_by")
    return rows.annotate(place=is_open).order_by("place", "due_on", "-id")


def person_requests(participant: Participant, *, today: dt.date) -> dict[str, Any]:
    """One person's requests, newest first, and the open one with its files."""
    rows = list(
        participant.data_requests.select_related("answered_by", "pdf_job", "json_job").order_by("-id")
    )
    found = next((row for row in rows if row.answer == RequestAnswer.OPEN), None)
    return {
        "person": participant,
        "rows": rows,
        "open": found,
        "files": files_of(found),
        "is_late": found is not None and found.due_on < today,
    }


def files_of(found: OwnDataRequest | None) -> dict[str, Any]:
    """How the files of a request stand: `state` is "none", "making", "ready" or "failed"."""
    jobs = [job for job in (found.pdf_job, found.json_job) if job is not None] if found else []
    if len(jobs) < 2 or found.answer == RequestAnswer.REFUSED:
        return {"state": "none"}
    failed = [job for job in jobs if job.state in (WorkState.FAILED, WorkState.CANCELLED)]
    if failed:
        return {"state": "failed", "cause": cause_in_words(failed[0].error)}
    if all(job.state == WorkState.DONE for job in jobs):
        if not all(job.is_kept(clock.now()) for job in jobs):
            return {"state": "none"}  # over
        return {"state": "ready", "pdf": jobs[0], "json": jobs[1], "until": jobs[0].expires_at}
    return {"state": "making"}


def fetchable_files_of(found: OwnDataRequest | None) -> dict[str, Any]:
    """The same behind the personal link: what a coach had made to hand over does not count, since reasons for
    opening the file are not in it."""
    jobs = [job for job in (found.pdf_job, found.json_job) if job is not None] if found else []
    if any(job.requested_by_id is not None for job in jobs):
        return {"state": "none"}
    return files_of(found)


def own_data_panel(participant: Participant, user) -> Panel | None:
    """The way to the requests, on the participant's page; one query for the own coach."""
    if user.role != Role.COACH or not can_answer_own_data(user, participant, today=clock.today()):
        return None
    waiting = participant.data_requests.filter(answer=RequestAnswer.OPEN).first()
    return Panel(
        title=_("Own data"),
        summary=_("Asked for; to be answered by %(day)s.") % {"day": date_format(waiting.due_on)}
        if waiting
        else _("Everything that is held of the person, on request."),
        url=reverse("reports:own-data-person", args=[participant.pk]),
        link_text=_("Open the requests"),
        order=95,
    )


def own_data_card(participant: Participant, today: dt.date) -> LinkCard:
    """On the first page behind the personal link; no query."""
    return LinkCard(
        title=_("My own data"),
        sentence=_("Everything that is held about you, to read and to keep."),
        url=reverse("own_data:own-data"),
        link_text=_("Open"),
    )


def own_data_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Today: requests that are due within a week or late. One query."""
    rows = OwnDataRequest.objects.visible_to(user).filter(answer=RequestAnswer.OPEN, due_on__lte=today + SOON)
    return [
        TodayLine(
            heading=_("Requests for own data"),
            title=row.participant.full_name,
            detail=_("to be answered by %(day)s") % {"day": date_format(row.due_on)},
            url=reverse("reports:own-data-person", args=[row.participant_id]),
            link_text=_("Answer"),
            icon="document",
            is_late=row.due_on < today,
            day=row.due_on,
            order=OVERDUE if row.due_on < today else DUE,
        )
        for row in rows.select_related("participant").order_by("due_on", "id")
    ]
