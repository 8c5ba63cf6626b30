"""The demo's employers, the talks with them, and the work trials."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from coaching.models import AttendanceMark
from core import clock
from employers.models import ContactEvent, ContactPerson, Employer, Placement
from reports.demo import texts
from reports.demo.desk_trials import newest_goals, terms_of
from reports.demo.figures import demo_business_id, demo_phone

SIZES = ("small", "micro", "medium", "one", "large")
PURPOSES = ("return_to_work", "skills", "career_choice")
TRIAL_MARKS = ("present",) * 9 + ("own_illness",)


def build_employers(cast, *, today: dt.date) -> list[Employer]:
    """Twelve workplaces with a supervisor, a guide and a few talks each."""
    employers = Employer.objects.bulk_create(
        Employer(
            name=name,
            business_id=demo_business_id(n),
            sector=sector,
            street_address=street,
            postal_code=postal_code,
            city=city,
            phone=demo_phone(3000 + n),
            email=f"yhteys{n}@tyopaikka.example",
            own_contact=cast.coordinator,
            deputy=cast.coach if n % 3 == 0 else None,
            size=SIZES[n % len(SIZES)],
            needs=texts.EMPLOYER_NEEDS[n % len(texts.EMPLOYER_NEEDS)],
            experience=texts.EMPLOYER_EXPERIENCES[n % len(texts.EMPLOYER_EXPERIENCES)],
            layoffs_checked_on=today - dt.timedelta(days=20 + n) if n % 2 == 0 else None,
            layoffs_result=("recent" if n == 8 else "none") if n % 2 == 0 else "",
            email_verified_on=today - dt.timedelta(days=9 + n) if n % 4 else None,
            last_contact_on=today - dt.timedelta(days=4 + n),
            do_not_ask_before=today + dt.timedelta(days=60) if n == 11 else None,
        )
        for n, (name, sector, street, postal_code, city, _tasks) in enumerate(texts.EMPLOYERS)
    )
    ContactPerson.objects.bulk_create(
        ContactPerson(employer=employer, name=name, role=role, phone=demo_phone(phone), email=email)
        for n, employer in enumerate(employers)
        for name, role, phone, email in (
            (texts.GUIDES[n], "supervisor", 4000 + n, f"esimies{n}@tyopaikka.example"),
            (texts.GUIDES[(n + 5) % 12], "guide", 5000 + n, f"ohjaaja{n}@tyopaikka.example"),
        )
    )
    ContactEvent.objects.bulk_create(
        _talk(n, k, employer, cast, today) for n, employer in enumerate(employers) for k in range(1 + n % 3)
    )
    return employers


def _talk(n: int, k: int, employer: Employer, cast, today: dt.date) -> ContactEvent:
    channel, result, note, next_action = texts.CONTACT_NOTES[(n + k) % len(texts.CONTACT_NOTES)]
    return ContactEvent(
        employer=employer,
        happened_on=today - dt.timedelta(days=4 + 19 * k + n),
        channel=channel,
        result=result,
        note=note,
        next_action=next_action if k == 0 else "",
        next_action_on=today + dt.timedelta(days=n - 4) if next_action and k == 0 else None,
        user=cast.coordinator,
    )


def build_placements(month, enrolments, employers, *, cast, today: dt.date, offset: int = 0) -> None:
    """A work trial from the second day ; a running group has two without a place."""
    if month.starts_on > today:
        return
    persons = {
        (person.employer_id, person.role): person
        for person in ContactPerson.objects.filter(employer__in=employers, is_active=True)
    }
    finished = month.ends_on < today
    placed = enrolments if finished else enrolments[:-2]
    goals = newest_goals(placed)
    placements = []
    for n, enrolment in enumerate(placed):
        index = (n + offset) % len(employers)
        employer = employers[index]
        starts_on = month.starts_on + dt.timedelta(days=1 + n % 3)
        placements.append(
            Placement(
                participant_id=enrolment.participant_id,
                month=month,
                employer=employer,
                supervisor=persons[employer.pk, "supervisor"],
                guide=persons[employer.pk, "guide"],
                purpose=PURPOSES[n % 3],
                starts_on=starts_on,
                ends_on=enrolment.left_on or month.ends_on,
                half=month.work_trial_half,
                hours_per_day=Decimal("4"),
                tasks=texts.EMPLOYERS[index][5],
                goal=goals.get(enrolment.pk),
                **terms_of(n),
                state="completed" if finished else "ongoing",
                hire_chance=("likely", "possible", "unknown", "unlikely")[n % 4] if finished else "unknown",
                created_by=cast.coordinator,
            )
        )
    Placement.objects.bulk_create(placements)
    _mark_work_trials(month, placed, placements, cast, today)


def _mark_work_trials(month, enrolments, placements, cast, today: dt.date) -> None:
    days = [day for day in month.sessions.in_order().values_list("held_on", flat=True) if day < today]
    now = clock.now()
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            enrolment=enrolment,
            day=day,
            half=month.work_trial_half,
            mark=(mark := TRIAL_MARKS[(n * 3 + d) % len(TRIAL_MARKS)]),
            hours=Decimal("4") if mark == "present" else None,
            recorded_by=cast.coordinator,
            recorded_at=now,
        )
        for n, (enrolment, placement) in enumerate(zip(enrolments, placements, strict=True))
        for d, day in enumerate(days)
        if placement.starts_on <= day <= placement.ends_on
    )
