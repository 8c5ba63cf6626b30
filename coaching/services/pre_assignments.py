"""Pre-assignments on the coach's side: sent, reminded, noted as come on paper, seen.

What the participant does behind the link stands in `own_pre_assignments.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_edit_month
from coaching.models import CoachingMonth, Enrolment, PreAssignment, PreAssignmentTemplate
from coaching.pre_assignment_words import answer_limit, fitted, number_of_questions
from coaching.reminder_hours import APART, may_remind_at, next_opening
from coaching.services.common import lock_open_month, require, require_version
from coaching.services.goal import write_goal
from coaching.services.person_base import locked_enrolment
from core.errors import DomainError
from core.templatetags.page_pieces import time_fi
from participants.enums import LinkChannel
from participants.models import Participant
from participants.services.personal_links import give_link, keep_draft

TIME_TO_ANSWER = dt.timedelta(days=2)  # who gets the tasks late still has this long


@dataclass
class Sending:
    """What came of a sending: who got a mail, and who has to be given the link by hand and why (codes
    "protected", "birth_date", "email")."""

    mailed: list[Enrolment] = field(default_factory=list)
    by_hand: list[tuple[Enrolment, str]] = field(default_factory=list)


def why_not_by_mail(person: Participant) -> str:
    """Why the link cannot go by e-mail; "" when it can."""
    if person.birth_date is None:
        return "birth_date"
    if person.is_restricted:
        return "protected"
    return "" if person.email else "email"


@transaction.atomic
def send_pre_assignments(
    *, actor, month_id: int, now: dt.datetime, enrolment_ids: Collection[int] | None = None
) -> Sending:
    """Give the people of the group the tasks of the month's programme that they have not got yet.

    `enrolment_ids` None means everybody in the group. One mail a person, with the personal link; who cannot
    get one is named. Raises MonthAlreadyClosed, AccessDenied; DomainError when there is nothing to send.
    """
    month = lock_open_month(month_id)
    require(can_edit_month(actor, month), _("Pre-assignments are sent by the month's own coaches."))
    templates = list(month.programme.pre_assignment_templates.order_by("position"))
    if not templates:
        raise DomainError(_("The programme of this month has no pre-assignments."))
    people = month.enrolments.holding_a_place().by_name().select_for_update(of=("self",))
    if enrolment_ids is not None:
        people = people.filter(pk__in=list(enrolment_ids))
    people = list(people)
    known = set(PreAssignment.objects.filter(enrolment__in=people).values_list("enrolment_id", "position"))
    missing = {
        person: tasks
        for person in people
        if (tasks := [template for template in templates if (person.pk, template.position) not in known])
    }
    if not missing:
        raise DomainError(_("Everybody in the group has already got the pre-assignments."))
    rows = [_task(person, month, template, actor, now) for person in missing for template in missing[person]]
    made = PreAssignment.objects.bulk_create(rows)
    audit.record_many(
        actor=actor,
        action="pre_assignment.sent",
        objects=[(task, task.enrolment.participant_id) for task in made],
    )
    return _give_links(missing, actor=actor, now=now, mail_name="pre_assignments")


def _task(person, month, template: PreAssignmentTemplate, actor, now: dt.datetime) -> PreAssignment:
    return PreAssignment(
        enrolment=person,
        template=template,
        position=template.position,
        holds_goal=template.holds_goal,
        texts=template.texts,
        due_on=due_day(month, person, template.due_days_before, today=timezone.localdate(now)),
        sent_at=now,
        sent_by=actor,
    )


def due_day(month: CoachingMonth, person: Enrolment, days_before: int, *, today: dt.date) -> dt.date:
    """So many days before the person's own first day, but never sooner than two days from today."""
    first_day = max(month.starts_on, person.joined_on or month.starts_on)
    return max(first_day - dt.timedelta(days=days_before), today + TIME_TO_ANSWER)


def _give_links(people: Iterable[Enrolment], *, actor, now: dt.datetime, mail_name: str) -> Sending:
    result = Sending()
    for person in people:
        reason = why_not_by_mail(person.participant)
        if reason:
            result.by_hand.append((person, reason))
            continue
        give_link(
            actor=actor,
            participant_id=person.participant_id,
            channel=LinkChannel.EMAIL,
            now=now,
            mail_name=mail_name,
        )
        result.mailed.append(person)
    return result


@transaction.atomic
def remind_late(*, actor, month_id: int, now: dt.datetime) -> Sending:
    """One mail to each person whose task is late, unless one went within 24 hours.

    Raises MonthAlreadyClosed, AccessDenied; DomainError at night and on days off (it says when it is
    possible), and when there is nobody to remind.
    """
    month = lock_open_month(month_id)
    require(can_edit_month(actor, month), _("Reminders are sent by the month's own coaches."))
    if not may_remind_at(now):
        raise DomainError(
            _("Reminders go out on working days between 8.00 and 20.00. You can send this one on %(when)s.")
            % {"when": _spoken(next_opening(now))}
        )
    people = list(month.enrolments.holding_a_place().by_name().select_for_update(of=("self",)))
    tasks = PreAssignment.objects.select_for_update(of=("self",)).filter(enrolment__in=people)
    late = _late_people(people, tasks, now=now)
    if not late:
        raise DomainError(_("Nobody is late."))
    waiting = [latest + APART for latest, _tasks in late.values() if latest and latest + APART > now]
    free = [person for person, (latest, _tasks) in late.items() if not latest or latest + APART <= now]
    if not free:
        raise DomainError(
            _("Everybody who is late was reminded within the last 24 hours. Next possible: %(when)s.")
            % {"when": _spoken(next_opening(min(waiting)))}
        )
    result = _give_links(free, actor=actor, now=now, mail_name="pre_assignment_reminder")
    reminded = [task for person in result.mailed for task in late[person][1]]
    PreAssignment.objects.filter(pk__in=[task.pk for task in reminded]).update(reminded_at=now)
    audit.record_many(
        actor=actor,
        action="pre_assignment.reminded",
        objects=[(task, person.participant_id) for person in result.mailed for task in late[person][1]],
    )
    return result


def _late_people(people, tasks, *, now: dt.datetime) -> dict[Enrolment, tuple]:
    """Each late person with the last reminder that went out and the late tasks."""
    today = timezone.localdate(now)
    by_person: dict[int, list[PreAssignment]] = {}
    for task in tasks:
        by_person.setdefault(task.enrolment_id, []).append(task)
    late = {}
    for person in people:
        own = by_person.get(person.pk, [])
        behind = [task for task in own if task.returned_at is None and task.due_on < today]
        if behind:
            latest = max((task.reminded_at for task in own if task.reminded_at), default=None)
            late[person] = (latest, behind)
    return late


def _spoken(moment: dt.datetime) -> str:
    local = timezone.localtime(moment)
    if local.second or local.microsecond:
        local += dt.timedelta(minutes=1)  # the clock shows whole minutes, and this one has begun
    return _("%(day)s at %(time)s") % {"day": date_format(local.date()), "time": time_fi(local)}


@transaction.atomic
def mark_seen(*, actor, enrolment_id: int, task_id: int, now: dt.datetime) -> PreAssignment:
    """Staff opens the answers; the first time counts. Raises DomainError before the return."""
    task = locked_task(task_id, enrolment_id=enrolment_id)
    if task.returned_at is None:
        raise DomainError(_("This has not been returned yet; until then the text is the participant's own."))
    if task.seen_at is None:
        task.seen_at, task.seen_by = now, actor
        task.save(update_fields=["seen_at", "seen_by"])
        _tell(actor, "pre_assignment.seen", task)
    return task


@transaction.atomic
def record_paper_return(
    *, actor, enrolment_id: int, task_id: int, answers: Sequence[str], base_version: int, now: dt.datetime
) -> PreAssignment:
    """The task came on paper: `answers` are typed from it, or all empty when it is only noted.

    What the participant had begun behind the link is not shown to anybody; it is kept as the participant's
    own draft. Raises StaleVersion, DomainError.
    """
    enrolment = locked_enrolment(enrolment_id)
    task = locked_task(task_id, enrolment_id=enrolment.pk)
    if task.returned_at is not None:
        raise DomainError(_("This has already been returned."))
    require_version(task, base_version)
    answers = checked_answers(task, answers)
    if any(task.answers):
        keep_draft(
            participant_id=enrolment.participant_id,
            key=own_draft_key(task),
            content={"answers": task.answers},
            base="",
            now=now,
        )
    task.answers = answers if any(answers) else []
    task.returned_on_paper = True
    task.returned_at = task.seen_at = task.answers_saved_at = now
    task.seen_by = actor
    task.version += 1
    task.save()
    _tell(actor, "pre_assignment.returned_on_paper", task)
    if task.holds_goal and any(answers) and answers[0]:
        write_answer_as_goal(task, actor=actor, today=timezone.localdate(now))
    return task


# --- shared with the participant's side ----------------------------------------------------------------
def own_draft_key(task: PreAssignment) -> str:
    """Under which the participant's unsent text is kept when the task came on paper."""
    return f"pre_assignment.{task.pk}"


def locked_task(task_id: int, **belongs) -> PreAssignment:
    """The task, locked, of the given enrolment or participant. Raises DomainError when it is gone."""
    tasks = PreAssignment.objects.select_for_update(of=("self",)).select_related("enrolment")
    task = tasks.filter(pk=task_id, **belongs).first()
    if task is None:
        raise DomainError(_("This pre-assignment is no longer there."))
    return task


def checked_answers(task: PreAssignment, answers: Sequence[str]) -> list[str]:
    """The answers as they are kept, one for each question. Raises DomainError at the one that is too long."""
    texts = fitted(answers, number_of_questions(task.texts))
    texts = [text.replace("\x00", "").replace("\r\n", "\n").strip() for text in texts]
    for index, text in enumerate(texts):
        limit = answer_limit(holds_goal=task.holds_goal, index=index)
        if len(text) > limit:
            raise DomainError(
                _("This answer has %(length)s characters; at most %(limit)s fit. Make it a little shorter.")
                % {"length": len(text), "limit": limit},
                field=f"answer_{index + 1}",
            )
    return texts


def write_answer_as_goal(task: PreAssignment, *, actor, today: dt.date) -> None:
    """The first answer becomes the next version of the goal; an earlier one is kept."""
    newest = task.enrolment.goals.order_by("-number").first()
    write_goal(
        actor=actor,
        enrolment_id=task.enrolment_id,
        text=task.answers[0],
        why_changed="",
        base_number=newest.number if newest else 0,
        written_on=today,
        by_link=actor is None,
    )


def _tell(actor, action: str, task: PreAssignment) -> None:
    audit.record(
        actor=actor,
        action=action,
        obj=task,
        participant_id=task.enrolment.participant_id,
        details={"number": task.position},
    )
