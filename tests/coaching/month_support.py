"""What the tests of months share."""

from __future__ import annotations

import datetime as dt

from coaching.services.months import MonthFrame, MonthPeople, create_month
from coaching.services.programmes import WeekPlan
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
    coach, office, *, starts_on=dt.date(2026, 2, 2), make_up_lost_days=False, actor=None, **changes
):
    """A month made by the service, with its sessions."""
    return create_month(
        actor=actor or coach,
        frame=frame(**changes),
        people=people(coach, office),
        programme=factories.ProgrammeFactory(),
        starts_on=starts_on,
        coaching_half="morning",
        make_up_lost_days=make_up_lost_days,
    )


def four_weeks(word: str = "Teema") -> list[WeekPlan]:
    return [WeekPlan(f"{word} {number}", f"Tehdään {number}") for number in (1, 2, 3, 4)]


def referred(office, **changes):
    """A participant with an open referral, so that coaches may see them."""
    participant = factories.ParticipantFactory(authority=office, **changes)
    factories.ReferralFactory(participant=participant, state="selected")
    return participant
