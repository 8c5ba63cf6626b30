"""The workplace's feedback: asked, reminded, given by link, phone or paper; answered by the participant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.constraints import constraint_sentence
from core.errors import DomainError, StaleVersion
from employers.enums import BEGUN_STATES, FeedbackChannel, FeedbackItem, WorkplacePurpose
from employers.models import ContactPerson, EmployerFeedback, FeedbackAnswer, Placement, WorkplaceLink
from employers.reminding import require_reminder_moment
from employers.services.guide_hours import guide_of, why_not_by_mail
from employers.services.workplace_links import (
    GivenWorkplaceLink,
    give_workplace_link,
    latest_link,
    lock_live_link,
    note_use,
    revoke_workplace_links,
)

FEEDBACK = WorkplacePurpose.FEEDBACK
TEXT_LIMIT = 1000


@dataclass(frozen=True)
class GivenAnswers:
    """What one assessor says: `values` maps each FeedbackItem to 1–5 or None (not seen)."""

    values: Mapping[str, int | None]
    take_again: str
    succeeded: str = ""
    differently: str = ""
    assessor_name: str = ""


# --- asking -----------------------------------------------------------------------------------------
@transaction.atomic
def ask_feedback(
    *, actor, placement_id: int, assessor_id: int, by_mail: bool, now: dt.datetime
) -> GivenWorkplaceLink:
    """Ask one person of the workplace, with a link of their own, mailed or to be shown.

    Asking again gives a new link to the same feedback. Raises DomainError for a trial that has not begun,
    for somebody of another employer, when it cannot be mailed, and when the participant has answered.
    """
    placement = _locked(placement_id)
    _require_begun(placement)
    assessor = ContactPerson.objects.filter(pk=assessor_id, employer=placement.employer_id).first()
    if assessor is None:
        raise DomainError(_("Choose somebody of this employer."), field="assessor")
    feedback = _asked_row(placement, assessor)
    _require_unanswered(feedback)
    return _send(feedback, placement, actor=actor, by_mail=by_mail, now=now)


@transaction.atomic
def ask_feedback_at_end(*, actor, placement_id: int, now: dt.datetime) -> EmployerFeedback | None:
    """The work trial has ended: ask the guide, else the supervisor, unless somebody was asked already.

    By mail when it may be; otherwise the feedback waits on the page until the link is shown or the
    workplace is rung. None when there is nobody to ask. Never raises: an ending is not stopped by this.
    """
    placement = _locked(placement_id)
    person = guide_of(placement)
    if person is None or placement.state not in BEGUN_STATES or placement.feedbacks.exists():
        return None
    feedback = _asked_row(placement, person)
    if not why_not_by_mail(placement, person):
        _send(feedback, placement, actor=actor, by_mail=True, now=now)
    return feedback


@transaction.atomic
def remind_of_feedback(*, actor, feedback_id: int, now: dt.datetime) -> GivenWorkplaceLink:
    """One mail with a new link to somebody who has not answered.

    Raises DomainError when it was given, by night, on days off, within 24 hours of the last mail, and when
    it cannot be mailed.
    """
    feedback = _locked_feedback(feedback_id)
    if feedback.given_at is not None:
        raise DomainError(_("The feedback has come already."))
    latest = latest_link(purpose=FEEDBACK, subject_id=feedback.pk)
    require_reminder_moment(now=now, last_sent_at=latest.created_at if latest and latest.email else None)
    return _send(feedback, feedback.placement, actor=actor, by_mail=True, now=now, is_reminder=True)


@transaction.atomic
def show_feedback_link(*, actor, feedback_id: int, now: dt.datetime) -> GivenWorkplaceLink:
    """A new link to show or print; the one before stops working. Raises DomainError when the participant
    has answered."""
    feedback = _locked_feedback(feedback_id)
    _require_unanswered(feedback)
    return _send(feedback, feedback.placement, actor=actor, by_mail=False, now=now)


@transaction.atomic
def revoke_feedback_link(*, actor, feedback_id: int, now: dt.datetime) -> int:
    """The assessor's link stops working at once; how many there were."""
    feedback = _locked_feedback(feedback_id)
    return revoke_workplace_links(
        actor=actor,
        purpose=FEEDBACK,
        subject_id=feedback.pk,
        now=now,
        participant_id=feedback.placement.participant_id,
    )


def _asked_row(placement: Placement, assessor: ContactPerson) -> EmployerFeedback:
    feedback, _made = EmployerFeedback.objects.get_or_create(
        placement=placement, assessor=assessor, defaults={"assessor_name": assessor.name}
    )
    return feedback


def _send(
    feedback: EmployerFeedback,
    placement: Placement,
    *,
    actor,
    by_mail: bool,
    now: dt.datetime,
    is_reminder: bool = False,
) -> GivenWorkplaceLink:
    person = feedback.assessor
    if by_mail and (obstacle := why_not_by_mail(placement, person)):
        raise DomainError(obstacle)
    if feedback.asked_at is None:
        feedback.asked_at = now
        feedback.save(update_fields=["asked_at"])
    mail = "feedback_reminder" if is_reminder else "feedback_asked"
    return give_workplace_link(
        actor=actor,
        purpose=FEEDBACK,
        subject_id=feedback.pk,
        placement=placement,
        contact_person=person,
        email=person.email if by_mail else "",
        language=placement.employer.language,
        mail_name=mail if by_mail else "",
        is_reminder=is_reminder,
        now=now,
    )


# --- giving -----------------------------------------------------------------------------------------
@transaction.atomic
def save_feedback_draft(*, link: WorkplaceLink, draft: Mapping[str, str], now: dt.datetime) -> None:
    """Keep what is not sent yet; nobody but the link's holder reads it. Raises LinkGone, DomainError once
    the participant has answered."""
    lock_live_link(link=link, now=now)
    feedback = _locked_feedback(link.subject_id)
    _require_unanswered(feedback)
    feedback.draft = dict(draft)
    feedback.save(update_fields=["draft"])


@transaction.atomic
def give_feedback_by_link(
    *, link: WorkplaceLink, answers: GivenAnswers, now: dt.datetime, actor_label: str
) -> EmployerFeedback:
    """The assessor sends or corrects the own answers. Raises LinkGone when the link ended meanwhile,
    DomainError once the participant has answered and for what is missing."""
    lock_live_link(link=link, now=now)
    feedback = _locked_feedback(link.subject_id)
    _write(feedback, answers, channel=FeedbackChannel.LINK, actor=None, actor_label=actor_label, now=now)
    note_use(link=link, now=now)
    return feedback


@transaction.atomic
def record_feedback(
    *,
    actor,
    placement_id: int,
    feedback_id: int | None,
    version: int,
    answers: GivenAnswers,
    channel: str,
    now: dt.datetime,
) -> EmployerFeedback:
    """Type in what the workplace said on the phone or wrote on paper; `feedback_id` None is somebody who
    was not asked. Raises StaleVersion when the workplace or a colleague has answered meanwhile."""
    placement = _locked(placement_id)
    _require_begun(placement)
    if feedback_id is None:
        same = placement.feedbacks.filter(assessor__isnull=True, assessor_name=answers.assessor_name.strip())
        feedback = same.first() or EmployerFeedback(placement=placement)
        if feedback.pk is not None and not _differs(feedback, answers, channel):
            return feedback  # a second press
    else:
        feedback = _locked_feedback(feedback_id)
        if feedback.placement_id != placement.pk:
            raise DomainError(_("This feedback belongs to another work trial."))
    if feedback.pk is not None and feedback.version != version:
        raise StaleVersion(_("Answers have come in the meantime. Look at them before you save again."))
    _write(feedback, answers, channel=channel, actor=actor, actor_label="", now=now)
    return feedback


def _differs(feedback: EmployerFeedback, answers: GivenAnswers, channel: str) -> bool:
    standing = dict(feedback.answers.values_list("item", "value"))
    return (standing, feedback.take_again, feedback.succeeded, feedback.differently, feedback.channel) != (
        dict(answers.values),
        answers.take_again,
        answers.succeeded.strip(),
        answers.differently.strip(),
        channel,
    )


def _write(
    feedback: EmployerFeedback,
    answers: GivenAnswers,
    *,
    channel: str,
    actor,
    actor_label: str,
    now: dt.datetime,
) -> None:
    _require_unanswered(feedback)
    name = answers.assessor_name.strip() or (feedback.assessor.name if feedback.assessor else "")
    if not name:
        raise DomainError(
            constraint_sentence(EmployerFeedback, "feedback_given_says_by_whom_and_how"),
            field="assessor_name",
        )
    _check(answers)
    was_given = feedback.given_at is not None
    feedback.assessor_name, feedback.channel, feedback.recorded_by = name, channel, actor
    feedback.succeeded, feedback.differently = answers.succeeded.strip(), answers.differently.strip()
    feedback.take_again, feedback.given_at, feedback.draft = answers.take_again, now, {}
    feedback.version = feedback.version + 1 if feedback.pk else 1
    feedback.save()
    feedback.answers.all().delete()
    FeedbackAnswer.objects.bulk_create(
        FeedbackAnswer(feedback=feedback, item=item, value=answers.values[item])
        for item in FeedbackItem.values
    )
    record(
        actor=actor,
        actor_label=actor_label,
        action="feedback.corrected" if was_given else "feedback.given",
        obj=feedback,
        participant_id=feedback.placement.participant_id,
        details={"channel": channel},
    )


def _check(answers: GivenAnswers) -> None:
    for item in FeedbackItem.values:
        if item not in answers.values:
            raise DomainError(_("Choose 1 to 5, or not seen."), field=item)
        value = answers.values[item]
        if value is not None and not 1 <= value <= 5:
            raise DomainError(_("Choose 1 to 5, or not seen."), field=item)
    for field in ("succeeded", "differently"):
        if len(getattr(answers, field).strip()) > TEXT_LIMIT:
            sentence = _("Shorten the text to at most %(limit)s characters.") % {"limit": TEXT_LIMIT}
            raise DomainError(sentence, field=field)


# --- the participant --------------------------------------------------------------------------------
@transaction.atomic
def answer_feedback(
    *,
    participant_id: int,
    feedback_id: int,
    version: int,
    agrees: bool,
    comment: str,
    now: dt.datetime,
    actor_label: str,
) -> EmployerFeedback:
    """The participant agrees or not, with a comment; may be changed later, the workplace's words no more.

    Raises DomainError when there is no such feedback or the comment is too long, StaleVersion when the
    workplace corrected its answers since they were read.
    """
    feedback = _locked_feedback(feedback_id)
    if feedback.placement.participant_id != participant_id or feedback.given_at is None:
        raise DomainError(_("This feedback is no longer there."))
    comment = comment.strip()
    if len(comment) > TEXT_LIMIT:
        sentence = _("Shorten the text to at most %(limit)s characters.") % {"limit": TEXT_LIMIT}
        raise DomainError(sentence, field="comment")
    if feedback.version != version:
        raise StaleVersion(
            _("The workplace corrected its answers in the meantime. Read them once more first.")
        )
    if (feedback.agrees, feedback.participant_comment) == (agrees, comment):
        return feedback
    feedback.agrees, feedback.participant_comment, feedback.participant_answered_at = agrees, comment, now
    feedback.save(update_fields=["agrees", "participant_comment", "participant_answered_at"])
    record(
        actor=None,
        actor_label=actor_label,
        action="feedback.answered",
        obj=feedback,
        participant_id=participant_id,
    )
    return feedback


# --- shared -----------------------------------------------------------------------------------------
def _locked(placement_id: int) -> Placement:
    found = Placement.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("participant", "employer", "guide", "supervisor").get(pk=placement_id)


def _locked_feedback(feedback_id: int) -> EmployerFeedback:
    found = EmployerFeedback.objects.select_for_update(of=("self",))
    related = ("assessor", "placement__participant", "placement__employer")
    feedback = found.select_related(*related).filter(pk=feedback_id).first()
    if feedback is None:
        raise DomainError(_("This feedback is no longer there."))
    return feedback


def _require_begun(placement: Placement) -> None:
    if placement.state not in BEGUN_STATES:
        raise DomainError(_("Feedback is asked once the work trial has begun."))


def _require_unanswered(feedback: EmployerFeedback) -> None:
    if feedback.participant_answered_at is not None:
        raise DomainError(
            _("The participant has answered this feedback already, so it can no longer be changed here.")
        )
