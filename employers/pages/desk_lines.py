"""What the register and the work trials themselves put onto the coordinator's desk."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.self_search import self_search_deadline
from coaching.services.schedule import monday_of
from core.registry import TodayLine
from employers.desk import DeskSection, desk_line
from employers.enums import TaskKind, VisitKind, VisitState
from employers.models import ContactEvent, DeskTask, Placement, Visit
from employers.pages.desk import people_without_place
from employers.pages.upkeep import quiet_of
from employers.querysets.tasks import tasks_of

SIX_DAYS = dt.timedelta(days=6)
QUIET_IN_SIGHT = 7


def call_lines(user, today: dt.date) -> list[TodayLine]:
    """Next actions with employers that are due: one query."""
    lines = []
    for event in ContactEvent.objects.due_for(user, today=today):
        employer_url = reverse("employers:employer", args=[event.employer_id])
        words = [event.next_action, date_format(event.next_action_on)]
        if event.contact_person:
            words += [event.contact_person.name, event.contact_person.phone]
        lines.append(
            desk_line(
                DeskSection.CALLS,
                title=event.employer.name,
                title_url=employer_url,
                detail=" · ".join(word for word in words if word),
                url=f"{employer_url}#contacts",
                link_text=_("Log a contact"),
                icon="phone",
                is_late=event.next_action_on < today,
                day=event.next_action_on,
                done_url=reverse("employers:action-done", args=[event.pk]),
            )
        )
    return lines


def task_lines(user, today: dt.date) -> list[TodayLine]:
    """Promises and other tasks of this user that are due: one query. Finding a place has lines of its own."""
    tasks = (
        DeskTask.objects.visible_to(user, today=today)
        .open()
        .filter(tasks_of(user, today), due_on__lte=today)
        .exclude(kind=TaskKind.FIND_PLACE)
        .select_related("employer", "placement__participant", "enrolment__participant")
        .soonest_first()
    )
    lines = []
    for task in tasks:
        url = reverse("employers:task", args=[task.pk])
        after = task.kind in (TaskKind.HIRE_EMPLOYER, TaskKind.HIRE_PARTICIPANT, TaskKind.PAPERWORK)
        lines.append(
            desk_line(
                DeskSection.AFTER if after else DeskSection.CALLS,
                title=_about(task),
                title_url=url,
                detail=f"{task.get_kind_display()}: {task.text} · {date_format(task.due_on)}",
                url=url,
                link_text=_("Open"),
                is_late=task.due_on < today,
                day=task.due_on,
                done_url=reverse("employers:task-done", args=[task.pk]),
            )
        )
    return lines


def _about(task: DeskTask) -> str:
    """Whom a task is about: the person when there is one, and then not where."""
    if task.placement:
        return task.placement.participant.full_name
    if task.enrolment:
        return task.enrolment.participant.full_name
    return task.employer.name


def quiet_lines(user, today: dt.date) -> list[TodayLine]:
    """The own employers that were not talked with for the longest, and the way to the others: one query."""
    quiet = list(quiet_of(user.pk, today=today)[: QUIET_IN_SIGHT + 1])
    lines = [
        desk_line(
            DeskSection.QUIET,
            title=employer.name,
            title_url=reverse("employers:employer", args=[employer.pk]),
            detail=_last_contact(employer.last_contact_on),
            url=f"{reverse('employers:employer', args=[employer.pk])}#contacts",
            link_text=_("Log a contact"),
            icon="phone",
            day=employer.last_contact_on,
        )
        for employer in quiet[:QUIET_IN_SIGHT]
    ]
    if len(quiet) > QUIET_IN_SIGHT:
        lines.append(
            desk_line(
                DeskSection.QUIET,
                title=_("There are more of them"),
                detail="",
                url=reverse("employers:quiet"),
                link_text=_("Show all"),
            )
        )
    return lines


def _last_contact(day: dt.date | None) -> str:
    if day is None:
        return _("no contact logged yet")
    return _("last contact %(day)s") % {"day": date_format(day)}


def without_place_lines(user, today: dt.date) -> list[TodayLine]:
    """People of the own groups who have no place yet; late when their own search is over: one query."""
    lines = []
    for enrolment in people_without_place(user, today=today):
        month = enrolment.month
        deadline = self_search_deadline(month)
        words = {"month": month.name, "day": date_format(deadline)}
        is_over = deadline < today
        sentence = (
            _("%(month)s, own search ended %(day)s") if is_over else _("%(month)s, own search until %(day)s")
        )
        lines.append(
            desk_line(
                DeskSection.WITHOUT_PLACE,
                title=enrolment.participant.full_name,
                detail=sentence % words,
                url=reverse("employers:choose-employer", args=[enrolment.pk]),
                link_text=_("Find a place"),
                icon="search",
                is_late=is_over,
                day=deadline,
            )
        )
    return lines


def starting_lines(user, today: dt.date) -> list[TodayLine]:
    """Planned work trials whose first day is near or past: one query."""
    near = today + dt.timedelta(days=settings.START_NEAR_DAYS)
    own = Placement.objects.visible_to(user, today=today).with_names()
    return [
        desk_line(
            DeskSection.STARTING,
            title=trial.participant.full_name,
            title_url=reverse("employers:placement", args=[trial.pk]),
            detail=_trial_words(trial, _("starts %(day)s") % {"day": date_format(trial.starts_on)}),
            url=reverse("employers:placement", args=[trial.pk]),
            link_text=_("Start") if trial.starts_on <= today else _("Check"),
            is_late=trial.starts_on < today,
            day=trial.starts_on,
        )
        for trial in own.starting_by(near)
    ]


def talk_lines(user, today: dt.date) -> list[TodayLine]:
    """Starts that are near without an opening talk held or a reason noted: one query."""
    near = today + dt.timedelta(days=settings.START_NEAR_DAYS)
    held = Visit.objects.filter(placement=OuterRef("pk"), kind=VisitKind.OPENING, state=VisitState.DONE)
    own = Placement.objects.visible_to(user, today=today).with_names().filter(no_opening_talk_reason="")
    return [
        desk_line(
            DeskSection.STARTING,
            title=trial.participant.full_name,
            title_url=reverse("employers:placement", args=[trial.pk]),
            detail=_trial_words(trial, _("the opening talk has not been held")),
            url=reverse("employers:placement", args=[trial.pk]) + "#visits",
            link_text=_("Note the talk"),
            icon="people",
            is_late=trial.starts_on < today,
            day=trial.starts_on,
        )
        for trial in own.starting_by(near).filter(~Exists(held))
    ]


def ending_lines(user, today: dt.date) -> list[TodayLine]:
    """Work trials that end this week or whose last day is past: one query."""
    own = Placement.objects.visible_to(user, today=today).with_names()
    return [
        desk_line(
            DeskSection.ENDING,
            title=trial.participant.full_name,
            title_url=reverse("employers:placement", args=[trial.pk]),
            detail=_trial_words(trial, _("ends %(day)s") % {"day": date_format(trial.ends_on)}),
            url=reverse("employers:placement", args=[trial.pk]),
            link_text=_("End the trial") if trial.ends_on <= today else _("Mark the hours"),
            is_late=trial.ends_on < today,
            day=trial.ends_on,
        )
        for trial in own.ending_by(monday_of(today) + SIX_DAYS)
    ]


def _trial_words(trial: Placement, when: str) -> str:
    """Where a protected person works opens with a reason, on the work trial's own page."""
    if trial.participant.is_restricted:
        return when
    return f"{trial.employer.name} · {when}"
