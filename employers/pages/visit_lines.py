"""Visits that wait: on the coach's Today page, on the coordinator's desk, on the situation board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.models import Enrolment
from coaching.querysets import coached_months_q
from core.registry import SituationNote, TodayLine
from employers.desk import DeskSection, desk_line
from employers.enums import CheckValue, VisitCheck, VisitState
from employers.models import Placement, Visit
from employers.pages.visit import check_marks, open_problems, with_done_action

COACH_ORDER = 25  # after the signs about people, before what is only soon
LIVE = ("planned", "ongoing")
ANY_NOT = Q(*((f"check_{check}", CheckValue.NOT) for check in VisitCheck.values), _connector=Q.OR)


def waiting_visits(visits, *, today: dt.date) -> list[Visit]:
    """Of `visits` those due today or overdue, with their names: one query."""
    rows = visits.due().filter(planned_on__lte=today)
    names = ("placement__participant", "placement__employer", "responsible")
    return list(rows.select_related(*names).in_order())


def problem_visits(visits) -> list[Visit]:
    """Of `visits` those in which a check is "not so" until something agreed there was done. One query."""
    live = visits.filter(placement__state__in=LIVE, state=VisitState.DONE)
    troubled = live.filter(ANY_NOT).values("placement")
    rows = with_done_action(visits.filter(state=VisitState.DONE, placement__in=troubled))
    names = ("placement__participant", "placement__employer")
    by_trial: dict[int, list[Visit]] = {}
    for visit in rows.select_related(*names).order_by("placement", "held_on", "id"):
        by_trial.setdefault(visit.placement_id, []).append(visit)
    found = []
    for held in by_trial.values():
        for visit, mark in open_problems(held):
            visit.problems = [*getattr(visit, "problems", []), mark]
            if visit not in found:
                found.append(visit)
    return found


def _words(visit: Visit, *, today: dt.date) -> tuple[str, str]:
    """(who or what, quiet words) of a waiting visit; a protected person's workplace stays out."""
    placement = visit.placement
    where = "" if placement.participant.is_restricted else placement.employer.name
    late = (today - visit.planned_on).days
    when = (
        ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late} if late else _("today")
    )
    words = [visit.get_kind_display(), where, date_format(visit.planned_on), when]
    if visit.responsible:
        words.append(visit.responsible.full_name)
    return placement.participant.full_name, " · ".join(word for word in words if word)


def _problem_words(visit: Visit) -> str:
    marks = ", ".join(mark.label for mark in visit.problems)
    return _("%(day)s: not in order: %(checks)s") % {"day": date_format(visit.held_on), "checks": marks}


def desk_visit_lines(user, today: dt.date) -> list[TodayLine]:
    """Visits that are due or late and checks that are not in order, for the coordinator: two queries."""
    own = Visit.objects.visible_to(user, today=today)
    lines = [
        desk_line(
            DeskSection.VISITS,
            title=_words(visit, today=today)[0],
            title_url=reverse("employers:placement", args=[visit.placement_id]),
            detail=_words(visit, today=today)[1],
            url=reverse("employers:visit-record", args=[visit.pk]),
            link_text=_("Note the visit"),
            icon="pencil",
            is_late=visit.planned_on < today,
            day=visit.planned_on,
        )
        for visit in waiting_visits(own, today=today)
    ]
    return lines + [
        desk_line(
            DeskSection.VISITS,
            title=visit.placement.participant.full_name,
            title_url=reverse("employers:placement", args=[visit.placement_id]),
            detail=_problem_words(visit),
            url=reverse("employers:visit", args=[visit.pk]),
            link_text=_("Open the visit"),
            icon="warning",
            is_late=True,
            alarm=_("needs attention"),
            day=visit.held_on,
        )
        for visit in problem_visits(own)
    ]


def today_visit_lines(user, months, today: dt.date) -> list[TodayLine]:
    """The same for the month's coaches; a coach standing in sees no work trials. Two queries."""
    own = Visit.objects.filter(placement__month__in=list(months), placement__in=_coached(user, months))
    lines = [
        TodayLine(
            heading=_("Visits to workplaces"),
            title=_words(visit, today=today)[0],
            title_url=reverse("employers:placement", args=[visit.placement_id]),
            detail=_words(visit, today=today)[1],
            url=reverse("employers:visit-record", args=[visit.pk]),
            link_text=_("Note the visit"),
            icon="pencil",
            is_late=visit.planned_on < today,
            day=visit.planned_on,
            order=COACH_ORDER,
        )
        for visit in waiting_visits(own, today=today)
    ]
    return lines + [
        TodayLine(
            heading=_("Visits to workplaces"),
            title=visit.placement.participant.full_name,
            title_url=reverse("employers:placement", args=[visit.placement_id]),
            detail=_problem_words(visit),
            url=reverse("employers:visit", args=[visit.pk]),
            link_text=_("Open the visit"),
            icon="warning",
            is_late=True,
            alarm=_("needs attention"),
            day=visit.held_on,
            order=COACH_ORDER,
        )
        for visit in problem_visits(own)
    ]


def _coached(user, months):
    return Placement.objects.filter(coached_months_q(user, prefix="month__"), month__in=list(months)).values(
        "pk"
    )


def visit_notes(enrolment_ids: Iterable[int], user, today: dt.date) -> dict[int, SituationNote]:
    """How each person's visits stand, for the coaches of the month. Two queries."""
    people = Enrolment.objects.filter(coached_months_q(user, prefix="month__"), pk__in=enrolment_ids)
    own = {
        (participant, month): pk
        for pk, participant, month in people.values_list("pk", "participant_id", "month_id")
    }
    rows = (
        Visit.objects.filter(
            placement__participant__in={participant for participant, _month in own},
            placement__month__in={month for _participant, month in own},
            placement__state__in=LIVE,
        )
        .exclude(state=VisitState.CANCELLED)
        .select_related("placement")
        .order_by("placement", "held_on", "planned_on", "id")
    )
    notes: dict[int, SituationNote] = {}
    by_person: dict[int, list[Visit]] = {}
    for visit in rows:
        pk = own.get((visit.placement.participant_id, visit.placement.month_id))
        if pk is not None:
            by_person.setdefault(pk, []).append(visit)
    for pk, visits in by_person.items():
        url = reverse("employers:placement", args=[visits[-1].placement_id]) + "#visits"
        notes[pk] = SituationNote(_note(visits, today), url=url)
    return notes


def _note(visits: list[Visit], today: dt.date) -> str:
    late = [visit for visit in visits if visit.state == VisitState.PLANNED and visit.planned_on < today]
    if late:
        words = ngettext("%(count)s visit overdue", "%(count)s visits overdue", len(late))
        return words % {"count": len(late)}
    held = [visit for visit in visits if visit.state == VisitState.DONE]
    if held and any(mark.value == CheckValue.NOT for mark in check_marks(held[-1])):
        return _("visited %(day)s, something is not in order") % {"day": date_format(held[-1].held_on)}
    if held:
        return _("visited %(day)s") % {"day": date_format(held[-1].held_on)}
    return _("first visit %(day)s") % {"day": date_format(min(visit.planned_on for visit in visits))}
