"""Asking for one's own data and answering it: made as files, fetched behind the personal link or handed over
on paper, each step in the register (GDPR articles 12 and 15)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.enums import Role
from core import clock
from core.errors import AccessDenied, DomainError
from core.months import months_before
from core.work_rows import WorkState
from participants.access import can_give_link, standing_of
from participants.models import Participant
from participants.services.personal_links import BY_LINK
from reports.enums import FileKind, RequestAnswer, RequestChannel
from reports.errors import WrongState
from reports.models import FileJob, OwnDataRequest
from reports.services.file_jobs import ask_for_file

REASON_LIMIT = 400
FORMATS = ("pdf", "json")


@transaction.atomic
def ask_own_data(
    *, participant_id: int, channel: str, asked_on: dt.date, today: dt.date, actor=None
) -> OwnDataRequest:
    """Write a request into the register; one that is open already is returned, so a double click asks once.

    `actor` None is the participant behind the personal link, whose files are made at once (a protected
    person's are handed over by the coach instead). The answer is due in DATA_REQUEST_DAYS. Raises DomainError
    for a day to come, AccessDenied for staff who do not work on the person.
    """
    participant = Participant.objects.select_for_update(no_key=True).get(pk=participant_id)
    if actor is not None:
        _require_own_coach(actor, participant, today)
    if asked_on > today:
        raise DomainError(_("The day cannot be in the future."), field="asked_on")
    found = participant.data_requests.filter(answer=RequestAnswer.OPEN).first()
    if found is None:
        found = OwnDataRequest.objects.create(
            participant=participant,
            asked_on=asked_on,
            channel=RequestChannel(channel),
            due_on=_due(asked_on),
            recorded_by=actor,
        )
        _record("own_data.asked", found, actor, channel=str(channel))
    if actor is None and not participant.is_restricted and not _has_files(found):
        _make_files(found, actor=None)
    return found


def _due(asked_on: dt.date) -> dt.date:
    """DATA_REQUEST_DAYS on, but never later than the same day of the next month (GDPR article 12(3)): thirty
    days from 9.2. would end two days too late."""
    return min(asked_on + dt.timedelta(days=settings.DATA_REQUEST_DAYS), months_before(asked_on, -1))


def _has_files(found: OwnDataRequest) -> bool:
    """Both are made or being made for the participant."""
    jobs = (found.pdf_job, found.json_job)
    return all(
        job is not None and job.requested_by_id is None and (job.is_open or _is_kept(job)) for job in jobs
    )


def _is_kept(job) -> bool:
    """Made, and its time is not over."""
    return job.state == WorkState.DONE and (job.expires_at is None or job.expires_at > clock.now())


@transaction.atomic
def make_own_data_files(*, actor, request_id: int, today: dt.date) -> OwnDataRequest:
    """The PDF and the data file for whoever answers the request on paper. Raises WrongState when it is
    answered already."""
    found = _locked(request_id, actor, today)
    _make_files(found, actor=actor)
    return found


def _make_files(found: OwnDataRequest, *, actor) -> None:
    jobs = {
        format: ask_for_file(
            kind=FileKind.OWN_DATA,
            format=format,
            params={"request": found.pk},
            actor=actor,
            actor_label="" if actor else BY_LINK,
            participant=found.participant,
            parts=1,
        )
        for format in FORMATS
    }
    found.pdf_job, found.json_job = jobs["pdf"], jobs["json"]
    found.save(update_fields=["pdf_job", "json_job"])


@transaction.atomic
def note_fetched(*, request_id: int, format: str, now: dt.datetime, today: dt.date) -> OwnDataRequest:
    """The participant fetched a file behind the personal link: the first time answers the request."""
    found = OwnDataRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if found.fetched_at is None:
        found.fetched_at = now
    if found.answer == RequestAnswer.OPEN:
        found.answer, found.answered_on = RequestAnswer.BY_LINK, today
    found.save(update_fields=["fetched_at", "answer", "answered_on"])
    _record("own_data.fetched", found, None, format=format)
    return found


@transaction.atomic
def note_handed_over(*, actor, request_id: int, answered_on: dt.date, today: dt.date) -> OwnDataRequest:
    """It was given on paper. Raises WrongState when answered already, DomainError for an impossible day."""
    found = _locked(request_id, actor, today)
    if answered_on > today:
        raise DomainError(_("The day cannot be in the future."), field="answered_on")
    if answered_on < found.asked_on:
        raise DomainError(_("It cannot be answered before it was asked."), field="answered_on")
    found.answer, found.answered_on, found.answered_by = RequestAnswer.ON_PAPER, answered_on, actor
    found.save(update_fields=["answer", "answered_on", "answered_by"])
    _record("own_data.handed_over", found, actor)
    return found


@transaction.atomic
def refuse_own_data(*, actor, request_id: int, reason: str, today: dt.date) -> OwnDataRequest:
    """It is not given, and why (GDPR article 12(5)). Raises WrongState, DomainError without a reason."""
    found = _locked(request_id, actor, today)
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError(_("Say why the request is refused."), field="refused_reason")
    if len(reason) > REASON_LIMIT:
        raise DomainError(
            _("At most %(limit)s characters.") % {"limit": REASON_LIMIT}, field="refused_reason"
        )
    found.answer, found.answered_on, found.answered_by = RequestAnswer.REFUSED, today, actor
    found.refused_reason = reason
    found.save(update_fields=["answer", "answered_on", "answered_by", "refused_reason"])
    files = [pk for pk in (found.pdf_job_id, found.json_job_id) if pk]
    FileJob.objects.filter(pk__in=files).update(expires_at=clock.now())  # the sweep throws them away
    _record("own_data.refused", found, actor)
    return found


def can_answer_own_data(user, participant: Participant, *, today: dt.date) -> bool:
    """Whoever may give the personal link may give what stands behind it, and more: the person's own coach."""
    return user.role == Role.COACH and can_give_link(standing_of(user, participant, today=today))


def _require_own_coach(actor, participant: Participant, today: dt.date) -> None:
    if not can_answer_own_data(actor, participant, today=today):
        raise AccessDenied(_("The own data is given by the person's own coach."))


def _locked(request_id: int, actor, today: dt.date) -> OwnDataRequest:
    rows = OwnDataRequest.objects.select_for_update(of=("self",)).select_related("participant")
    found = rows.get(pk=request_id)
    _require_own_coach(actor, found.participant, today)
    if found.answer != RequestAnswer.OPEN:
        raise WrongState(_("The request is answered already."))
    return found


def _record(action: str, found: OwnDataRequest, actor, **details) -> None:
    audit.record(
        actor=actor,
        actor_label="" if actor else BY_LINK,
        action=action,
        obj=found,
        participant_id=found.participant_id,
        details=details,
    )
