"""Reading what is due on the desk: whose task it is, and which employers wait for a contact."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from coaching.querysets import own_months_q

GOOD_RESULTS = ("need_found", "agreed", "kept_up", "lead", "meeting")
NO_PERSON = Q(placement__isnull=True, enrolment__isnull=True)


def tasks_of(user, today: dt.date) -> Q:
    """A task is whose it says. Else one about a person is the month's coordinator's (or who stands in), one
    of an employer is the named contact's, and with no named contact it is its maker's."""
    nobody_named = Q(responsible__isnull=True)
    about_people = own_months_q(user, today, prefix="placement__month__") | own_months_q(
        user, today, prefix="enrolment__month__"
    )
    of_employers = NO_PERSON & (
        Q(employer__own_contact=user) | Q(employer__own_contact__isnull=True, created_by=user)
    )
    return Q(responsible=user) | (nobody_named & (about_people | of_employers))


def without_place(enrolments, *, today: dt.date):
    """Of these people in a group those of open months who have neither a planned, a running nor a completed
    work trial there."""
    trial = apps.get_model("employers", "Placement").objects.filter(
        participant=OuterRef("participant_id"),
        month=OuterRef("month_id"),
        state__in=("planned", "ongoing", "completed"),
    )
    return enrolments.filter(
        ~Exists(trial),
        Q(left_on__isnull=True) | Q(left_on__gt=today),
        month__state="open",
        month__ends_on__gte=today,
    )


def cared_for_by(user_id: int, *, prefix: str = "") -> Q:
    """Employers whose named contact or deputy this user is."""
    return Q(**{f"{prefix}own_contact": user_id}) | Q(**{f"{prefix}deputy": user_id})


def quiet_employers(*, before: dt.date, today: dt.date):
    """Employers that worked with us and were not talked with since `before`, or ever: first those never
    talked with, then the longest quiet. Who asked to be left in peace, and whom somebody is to ring anyway,
    are left out. One list of ids, so that the plan begins with who works with us, not with the register."""
    employer = apps.get_model("employers", "Employer")
    event = apps.get_model("employers", "ContactEvent").objects.order_by()
    trial = apps.get_model("employers", "Placement").objects.order_by()
    lead = apps.get_model("employers", "JobLead").objects.filter(employer__isnull=False).order_by()
    active = event.filter(result__in=GOOD_RESULTS).values("employer_id")
    active = active.union(trial.values("employer_id"), lead.values("employer_id"))
    waiting = event.open_actions().filter(employer=OuterRef("pk"), next_action_on__gte=today)
    return (
        employer.objects.filter(merged_into__isnull=True, pk__in=active)
        .filter(Q(last_contact_on__isnull=True) | Q(last_contact_on__lt=before))
        .exclude(do_not_ask_before__gt=today)
        .exclude(Exists(waiting))
        .order_by(F("last_contact_on").asc(nulls_first=True), "id")
    )
