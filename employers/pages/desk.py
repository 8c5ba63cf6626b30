"""The coordinator's desk: what needs doing, each line with its action."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from coaching.models import Enrolment
from coaching.services.schedule import monday_of
from employers.models import ContactEvent, Placement

SIX_DAYS = dt.timedelta(days=6)


def people_without_place(user, *, today: dt.date):
    """People of own running and coming months who are in the group and have neither a planned, a running nor
    a completed work trial there."""
    trial = Placement.objects.filter(
        participant=OuterRef("participant_id"),
        month=OuterRef("month_id"),
        state__in=("planned", "ongoing", "completed"),
    )
    return (
        Enrolment.objects.visible_to(user, today=today)
        .enrolled()
        .filter(
            ~Exists(trial),
            Q(left_on__isnull=True) | Q(left_on__gt=today),
            month__state="open",
            month__ends_on__gte=today,
        )
        .select_related("participant", "month")
        .order_by("month__starts_on", "participant__last_name", "participant__first_name", "id")
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
    """The context of the desk: five lists, one query each."""
    week_ends = monday_of(today) + SIX_DAYS
    own = Placement.objects.visible_to(user, today=today).with_names()
    lists = {
        "without_place": list(people_without_place(user, today=today)),
        "starting": list(own.starting_by(week_ends)),
        "ending": list(own.ending_by(week_ends)),
        "actions": list(ContactEvent.objects.due_for(user, today=today)),
        "unprinted": list(own.without_printed_agreement()),
    }
    return {**lists, "today": today, "is_empty": not any(lists.values())}


def is_coordinator(user) -> bool:
    """The desk is the coordinators' own page."""
    return user.role == Role.COORDINATOR
