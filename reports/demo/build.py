"""Building the demo: one finished, one running and one upcoming month around today, and more on request."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.enums import Role
from accounts.models import Authority, User
from coaching.models import CoachingMonth, Programme, ProgrammeWeek
from coaching.services.schedule import monday_of
from core.errors import DomainError
from participants.models import Participant
from reports.demo import texts
from reports.demo.before import build_before
from reports.demo.desk_briefs import build_briefs
from reports.demo.desk_contacts import add_promises
from reports.demo.desk_guide import build_guide
from reports.demo.desk_leads import build_leads
from reports.demo.desk_signing import build_agreements
from reports.demo.desk_trials import build_trial_turns
from reports.demo.desk_visits import build_visits
from reports.demo.groups import build_group
from reports.demo.meetings import build_aftercare, build_decisions, build_digests
from reports.demo.own_pages import build_links
from reports.demo.people import build_participants, build_referrals_only
from reports.demo.persons import build_wishes
from reports.demo.pre_assignments import build_pre_assignments
from reports.demo.profiles import build_profiles
from reports.demo.workplaces import build_employers, build_placements

STORY_SIZES = (9, 10, 6)  # finished, running, upcoming; three more wait as referrals
EMAIL_DOMAIN = "demo.example"


class DatabaseIsNotEmpty(DomainError):
    """Demo data goes only into an empty database: it must never mix with people's real data."""


@dataclass
class Cast:
    """The people of the desk, by who they are in the demo."""

    coach: User
    second_coach: User
    coordinator: User
    officer: User
    second_officer: User
    manager: User
    admin: User
    offices: list[Authority]
    more_coaches: list[User] = field(default_factory=list)


@transaction.atomic
def build_demo(*, today: dt.date, participants: int = 28, password: str) -> dict[str, int]:
    """Fill the empty database with the demo's story and, above 28 `participants`, finished months of ten.

    Returns how many participants, months and employers were made. Raises DatabaseIsNotEmpty when anybody
    is on record already.
    """
    if Participant.objects.exists() or User.objects.exists():
        raise DatabaseIsNotEmpty("The database is not empty; demo data is only loaded into an empty one.")
    cast = build_cast(password)
    programme = default_programme(cast.manager, today)
    employers = build_employers(cast, today=today)
    story = build_participants(count=min(participants, 28), first=0, cast=cast, today=today)
    starts = (
        monday_of(today) - dt.timedelta(weeks=7),
        monday_of(today) - dt.timedelta(weeks=2),
        monday_of(today) + dt.timedelta(weeks=4),
    )
    taken = 0
    months: list[CoachingMonth] = []
    for phase, (starts_on, size) in enumerate(zip(starts, STORY_SIZES, strict=True)):
        people = story[taken : taken + size]
        taken += len(people)
        if people:
            months.append(_group(cast, programme, employers, people, starts_on, phase, today))
    build_referrals_only(story[taken:], cast=cast, today=today)
    for number, month in enumerate(months):
        still_talked_with = story[taken:-1] if number == 2 else []
        build_before(month, list(month.enrolments.order_by("id")), still_talked_with, cast=cast, today=today)
        build_pre_assignments(month, list(month.enrolments.order_by("id")), today=today)
    build_trial_turns(months[0], cast=cast, today=today)
    if len(months) > 1:
        build_links(months[1])
        build_guide(months[0], months[1], cast=cast, today=today)
        running = months[1].enrolments.order_by("id")
        build_leads(running, employers, cast=cast, today=today)
        build_briefs(months[1], employers, cast=cast, today=today)
        build_visits(months[1], cast=cast, today=today)
        add_promises(coordinator=cast.coordinator, today=today)
    for month in months[:3]:
        build_agreements(month, cast=cast, today=today)
    for build in (build_decisions, build_aftercare, build_digests):
        build(months[0], cast=cast, today=today)
    made = len(story)
    number = 0
    while made < participants:
        size = min(10, participants - made)
        people = build_participants(count=size, first=made, cast=cast, today=today)
        starts_on = starts[0] - dt.timedelta(weeks=5 * (1 + number % 60))
        months.append(_group(cast, programme, employers, people, starts_on, 3, today, number=number))
        made += size
        number += 1
    return {"participants": made, "months": len(months), "employers": len(employers)}


def _group(cast, programme, employers, people, starts_on, phase, today, *, number=0) -> CoachingMonth:
    """One group with everything that has happened in it by today; phase 3 is one of the further months."""
    pool = [cast.coach, cast.second_coach, *cast.more_coaches]
    coach = cast.coach if phase < 3 else pool[1 + number % (len(pool) - 1)]
    month, enrolments = build_group(
        cast=cast,
        programme=programme,
        people=people,
        starts_on=starts_on,
        coach=coach,
        half="morning" if number % 2 == 0 else "afternoon",
        today=today,
    )
    build_wishes(month, enrolments, coach=month.coach, today=today)
    build_placements(month, enrolments, employers, cast=cast, today=today, offset=number)
    if phase < 3:
        build_profiles(month, enrolments, today=today)
    return month


def build_cast(password: str) -> Cast:
    """The demo's accounts; all share `password`, hashed once."""
    hashed = make_password(password)
    offices = [
        Authority.objects.create(
            name="Kanta-Hämeen työllisyysalue",
            email="kirjaamo@kantahame.example",
            street_address="Raatihuoneenkatu 9",
            postal_code="13100",
            city="Hämeenlinna",
        ),
        Authority.objects.create(
            name="Forssan seudun työllisyysalue",
            email="kirjaamo@forssanseutu.example",
            street_address="Turuntie 18",
            postal_code="30100",
            city="Forssa",
        ),
    ]

    def person(name, role, first, last, title, phone, authority=None):
        return User.objects.create(
            email=f"{name}@{EMAIL_DOMAIN}",
            password=hashed,
            role=role,
            first_name=first,
            last_name=last,
            title=title,
            phone=phone,
            authority=authority,
            is_staff=role == Role.ADMIN,
        )

    return Cast(
        coach=person("valmentaja", Role.COACH, "Sanna", "Harjula", "valmentaja", "040 012 0001"),
        second_coach=person("valmentaja2", Role.COACH, "Timo", "Vesala", "valmentaja", "040 012 0002"),
        coordinator=person(
            "koordinaattori", Role.COORDINATOR, "Kaisa", "Mäntylä", "työllisyyskoordinaattori", "040 012 0003"
        ),
        officer=person("te", Role.TE_OFFICER, "Olli", "Nurmela", "asiantuntija", "029 012 0004", offices[0]),
        second_officer=person(
            "te2", Role.TE_OFFICER, "Outi", "Laaksonen", "asiantuntija", "029 012 0005", offices[1]
        ),
        manager=person("esihenkilo", Role.MANAGER, "Elli", "Runsala", "palvelupäällikkö", "040 012 0006"),
        admin=person("admin", Role.ADMIN, "Paavo", "Ketola", "pääkäyttäjä", "040 012 0007"),
        offices=offices,
        more_coaches=[
            person("valmentaja3", Role.COACH, "Heini", "Palosaari", "valmentaja", "040 012 0008"),
            person("valmentaja4", Role.COACH, "Ville", "Rintala", "valmentaja", "040 012 0009"),
        ],
    )


def default_programme(maker: User, today: dt.date) -> Programme:
    """The model's own programme; made here only when the installation has none yet."""
    programme = Programme.objects.in_use(today=today).first()
    if programme is not None:
        return programme
    programme = Programme.objects.create(
        name="Työkykyisen pitkäaikaistyöttömän valmennuskuukausi",
        valid_from=today - dt.timedelta(days=365),
        created_by=maker,
    )
    ProgrammeWeek.objects.bulk_create(
        ProgrammeWeek(programme=programme, number=number, theme=theme, description=description)
        for number, (theme, description) in enumerate(texts.WEEKS, start=1)
    )
    return programme
