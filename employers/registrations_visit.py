"""What visits give to the registries of `core`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.registry import CalendarDay, TimelineEntry
from employers.enums import VisitCheck, VisitKind, VisitState
from employers.models import DeskTask, Placement, Visit
from employers.services.visit_plan import is_of_program, reason_in_words

REMOVED = "–"
NOTES = tuple(f"note_{check}" for check in VisitCheck.values)
TEXTS = (*NOTES, "met", "participant_view", "employer_view")


def register_visits() -> None:
    """Fill the registries; called once from `EmployersConfig.ready`."""
    from accounts.enums import Role
    from core import navigation
    from core.registry import (
        WayOut,
        anonymisers,
        calendar_days,
        desk_sources,
        person_sections,
        situation_notes,
        timeline_sources,
        today_sources,
        ways_out,
    )
    from employers.pages import visit_day, visit_lines
    from participants.enums import ConsentItem, ConsentRecipient

    ways_out.add(
        WayOut(visit_day.WAY_OUT, ConsentRecipient.AUTHORITY, (ConsentItem.CONTACT, ConsentItem.WORK_TRIAL))
    )
    navigation.add(
        "joint-visits",
        gettext_lazy("Visits together"),
        "employers:joint-visits",
        {Role.TE_OFFICER.value},
        40,
        "calendar",
    )

    desk_sources.add(visit_lines.desk_visit_lines)
    today_sources.add(visit_lines.today_visit_lines)
    situation_notes.add(visit_lines.visit_notes)
    timeline_sources.add(visit_timeline)
    person_sections.add(visit_section)
    person_sections.add(task_section)
    anonymisers.add(anonymise_visits)
    calendar_days.add(visit_days)


def visit_timeline(enrolment, user) -> Iterator[TimelineEntry]:
    """Held visits of the month in the person's timeline, for whoever may see them. One query."""
    own = Placement.objects.visible_to(user).filter(
        participant=enrolment.participant_id, month=enrolment.month_id
    )
    held = Visit.objects.filter(placement__in=own.values("pk"), state=VisitState.DONE)
    for visit in held.order_by("held_on", "id"):
        words = {"kind": visit.get_kind_display(), "how": visit.get_channel_display()}
        yield TimelineEntry(
            visit.held_on,
            _("visit"),
            _("%(kind)s, %(how)s") % words,
            reverse("employers:visit", args=[visit.pk]),
        )


def visit_days(enrolment, user, first, last) -> Iterator[CalendarDay]:
    """Planned visits in a calendar: the participant's own, or those that this user goes to. One query."""
    planned = Visit.objects.due().filter(planned_on__gte=first, planned_on__lte=last)
    if enrolment is not None:
        planned = planned.filter(
            placement__participant=enrolment.participant_id, placement__month=enrolment.month_id
        )
    else:
        nobody_named = Q(responsible__isnull=True, placement__month__coordinator=user)
        planned = planned.filter(Q(responsible=user) | nobody_named)
    for visit in planned.order_by("planned_on", "planned_at", "id"):
        if not is_of_program(visit):
            title = str(VisitKind(visit.kind).label)
            yield CalendarDay(
                uid=f"visit-{visit.pk}",
                day=visit.planned_on,
                begins_at=visit.planned_at,
                title=title[:1].upper() + title[1:],
                sequence=visit.version,
            )


def visit_section(participant) -> tuple[str, list[dict]]:
    """The visits in the person's own export."""
    rows = []
    visits = Visit.objects.filter(placement__participant=participant).select_related(
        "placement__employer", "recorded_by"
    )
    for visit in visits.in_order():
        if is_of_program(visit):
            continue
        row = {
            _("workplace"): visit.placement.employer.name,
            _("kind"): visit.get_kind_display(),
            _("state"): visit.get_state_display(),
            _("planned for"): visit.planned_on,
            _("held on"): visit.held_on,
            _("how"): visit.get_channel_display() if visit.held_on else "",
            _("whom we met"): visit.met,
        }
        for check in VisitCheck:
            words = getattr(visit, f"get_check_{check}_display")()
            note = getattr(visit, f"note_{check}")
            row[str(check.label)] = f"{words}: {note}" if note else words
        row |= {
            _("the participant's own view"): visit.participant_view,
            _("the workplace's own view"): visit.employer_view,
            _("why it was not held"): reason_in_words(visit) if visit.cancelled_reason else "",
            _("recorded by"): visit.recorded_by.full_name if visit.recorded_by else "",
        }
        rows.append(row)
    return _("Visits to the workplace"), rows


def task_section(participant) -> tuple[str, list[dict]]:
    """What is to be done for the person's work trial or place, in the own export. One query."""
    own = Q(enrolment__participant=participant) | Q(placement__participant=participant)
    tasks = DeskTask.objects.filter(own | Q(visit__placement__participant=participant))
    return _("Tasks of the coordinator"), [
        {
            _("what"): task.text,
            _("by when"): task.due_on,
            _("done at"): task.done_at,
            _("why it was dropped"): task.dropped_reason,
        }
        for task in tasks.order_by("id")
    ]


def anonymise_visits(participant) -> int:
    """Take the free texts out of the person's visits and of what was agreed there; how many rows."""
    visits = Visit.objects.filter(placement__participant=participant)
    stripped = 0
    for name in TEXTS:
        stripped += visits.exclude(**{name: ""}).update(**{name: ""})
    by_people = visits.filter(state=VisitState.CANCELLED, recorded_by__isnull=False)
    stripped += by_people.exclude(cancelled_reason=REMOVED).update(cancelled_reason=REMOVED)
    tasks = DeskTask.objects.filter(visit__placement__participant=participant)
    stripped += tasks.exclude(Q(text=REMOVED)).update(text=REMOVED)
    reasons = Placement.objects.filter(participant=participant).exclude(no_opening_talk_reason="")
    return stripped + reasons.update(no_opening_talk_reason=REMOVED)
