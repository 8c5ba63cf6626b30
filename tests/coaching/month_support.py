"""What the tests of months share."""

from __future__ import annotations

import datetime as dt

from coaching.models import DiscussionWindow, PreAssignmentTemplate, SessionPlan
from coaching.services.months import MonthFrame, MonthPeople, create_month
from tests.support import factories

NOW = dt.datetime(2026, 2, 27, 13, tzinfo=dt.UTC)


def frame(**changes) -> MonthFrame:
    values = {
        "name": "Helmikuu",
        "session_starts_at": dt.time(9),
        "session_ends_at": dt.time(12),
        "room": "Koivu",
        "capacity": 10,
        "kick_off_at": None,
    }
    return MonthFrame(**{**values, **changes})


def people(coach, office, **changes) -> MonthPeople:
    values = {"coach": coach, "coordinator": None, "te_sponsor": None, "authority": office}
    return MonthPeople(**{**values, **changes})


def made_month(
    coach,
    office,
    *,
    starts_on=dt.date(2026, 2, 2),
    make_up_lost_days=False,
    actor=None,
    programme=None,
    **changes,
):
    """A month made by the service, with its sessions."""
    return create_month(
        actor=actor or coach,
        frame=frame(**changes),
        people=people(coach, office),
        programme=programme or factories.ProgrammeFactory(),
        starts_on=starts_on,
        coaching_half="morning",
        make_up_lost_days=make_up_lost_days,
    )


def full_programme(**changes):
    """A template with words for each day: "Päivä 2.3" is Wednesday of week 2. Mid discussions: days 8–12."""
    programme = factories.ProgrammeFactory(**changes)
    SessionPlan.objects.bulk_create(
        SessionPlan(
            programme=programme,
            week=week,
            weekday=weekday,
            title=f"Päivä {week}.{weekday}",
            plan=f"Tehdään {week}.{weekday}",
            kind="visit" if (week, weekday) == (4, 2) else "coaching",
        )
        for week in (1, 2, 3, 4)
        for weekday in (1, 2, 3, 4, 5)
    )
    DiscussionWindow.objects.create(programme=programme, kind="mid", first_day=8, last_day=12)
    PreAssignmentTemplate.objects.create(
        programme=programme, position=1, texts={"fi": {"title": "Oma tarinani"}}
    )
    return programme


def referred(office, **changes):
    """A participant with an open referral, so that coaches may see them."""
    participant = factories.ParticipantFactory(authority=office, **changes)
    factories.ReferralFactory(participant=participant, state="selected")
    return participant
