"""The coordinator's desk: what needs doing, each line with its action."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef

from accounts.enums import Role
from coaching.models import Enrolment
from coaching.pages.today_sources import in_sections
from core.registry import desk_sources
from employers.models import Placement
from employers.querysets.tasks import without_place


def people_without_place(user, *, today: dt.date):
    """People of own running and coming months who are in the group and have neither a planned, a running nor
    a completed work trial there."""
    people = without_place(Enrolment.objects.visible_to(user, today=today).enrolled(), today=today)
    return people.select_related("participant", "month").order_by(
        "month__starts_on", "participant__last_name", "participant__first_name", "id"
    )


def placeable_people(user, *, today: dt.date):
    """Everybody in the groups of own open months, running or coming: for whom a work trial can be planned."""
    has_trial = Placement.objects.filter(
        participant=OuterRef("participant_id"), month=OuterRef("month_id"), state__in=("planned", "ongoing")
    )
    return (
        Enrolment.objects.visible_to(user, today=today)
        .enrolled()
        .filter(month__state="open", month__ends_on__gte=today)
        .annotate(has_trial=Exists(has_trial))
        .select_related("participant", "month")
        .order_by("has_trial", "month__starts_on", "participant__last_name", "participant__first_name", "id")
    )


def desk_page(user, *, today: dt.date) -> dict:
    """The context of the desk: the lines of all sources, in sections."""
    lines = [line for source in desk_sources for line in source(user, today)]
    return {"sections": in_sections(lines), "today": today, "late": sum(line.is_late for line in lines)}


def is_coordinator(user) -> bool:
    """The desk is the coordinators' own page."""
    return user.role == Role.COORDINATOR
