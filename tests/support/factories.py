"""Always valid, minimal objects. Names are ours; nothing random stands in an assertion."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from accounts.models import Authority, User
from coaching.enums import Area, Level, Mark, Moment, Viewpoint
from coaching.models import (
    ActionStep,
    AreaAssessment,
    AttendanceMark,
    CoachingMonth,
    Discussion,
    Enrolment,
    GoalAlternative,
    GoalVersion,
    Interview,
    JobSearchAction,
    Programme,
    ProgrammeWeek,
    Proposal,
    Session,
    StepForward,
    SubGoal,
    Substitution,
)
from employers.models import ContactEvent, ContactPerson, Employer, Placement
from participants.models import Certificate, Consent, Participant, Referral
from reports.models import SummaryVersion

PASSWORD = "birch-lake-summer-42"  # noqa: S105 -- known only to tests


class AuthorityFactory(DjangoModelFactory):
    class Meta:
        model = Authority

    name = factory.Sequence(lambda n: f"Työllisyysalue {n}")
    email = factory.Sequence(lambda n: f"kirjaamo{n}@tyollisyys.example")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@desk.example")
    first_name = "Maija"
    last_name = factory.Sequence(lambda n: f"Meikäläinen{n}")
    role = Role.COACH
    authority = factory.Maybe(
        factory.LazyAttribute(lambda user: user.role == Role.TE_OFFICER),
        yes_declaration=factory.SubFactory(AuthorityFactory),
        no_declaration=None,
    )

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save(update_fields=["password"])


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    first_name = "Aino"
    last_name = factory.Sequence(lambda n: f"Koivu{n}")
    birth_date = dt.date(1980, 5, 17)
    phone = "040 123 4567"
    email = factory.Sequence(lambda n: f"aino{n}@posti.example")
    authority = factory.SubFactory(AuthorityFactory)
    officer_name = "Olli Virkailija"
    labour_status = "unemployed_over_year"


class ReferralFactory(DjangoModelFactory):
    class Meta:
        model = Referral

    participant = factory.SubFactory(ParticipantFactory)
    authority = factory.SelfAttribute("participant.authority")
    referred_on = dt.date(2026, 1, 12)
    source = "manual"
    created_by = factory.SubFactory(UserFactory)


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    participant = factory.SubFactory(ParticipantFactory)
    recipient = "authority"
    item = "attendance"
    granted_on = dt.date(2026, 1, 15)
    method = "paper"


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Valmennuskuukausi {n}")
    valid_from = dt.date(2020, 1, 1)

    @factory.post_generation
    def weeks(self, create, extracted, **kwargs):
        if create:
            ProgrammeWeek.objects.bulk_create(
                ProgrammeWeek(programme=self, number=number, theme=f"Teema {number}")
                for number in (1, 2, 3, 4)
            )


class MonthFactory(DjangoModelFactory):
    """A month of four weeks from Monday 2.2.2026 unless told otherwise; it has no sessions."""

    class Meta:
        model = CoachingMonth

    name = factory.Sequence(lambda n: f"Kuukausi {n}")
    programme = factory.SubFactory(ProgrammeFactory)
    starts_on = dt.date(2026, 2, 2)
    ends_on = factory.LazyAttribute(lambda month: month.starts_on + dt.timedelta(days=25))
    session_starts_at = dt.time(9)
    session_ends_at = dt.time(12)
    coach = factory.SubFactory(UserFactory)
    authority = factory.SubFactory(AuthorityFactory)


class SubstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Substitution

    month = factory.SubFactory(MonthFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = dt.date(2026, 2, 10)
    ends_on = dt.date(2026, 2, 11)


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    month = factory.SubFactory(MonthFactory)
    participant = factory.SubFactory(ParticipantFactory, authority=factory.SelfAttribute("..month.authority"))
    joined_on = factory.SelfAttribute("month.starts_on")


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    month = factory.SubFactory(MonthFactory)
    held_on = factory.SelfAttribute("month.starts_on")
    half = factory.SelfAttribute("month.coaching_half")
    begins_at = factory.SelfAttribute("month.session_starts_at")
    ends_at = factory.SelfAttribute("month.session_ends_at")
    week = 1
    theme = "Oma tavoite"


class MarkFactory(DjangoModelFactory):
    """A mark in the group's half of a session."""

    class Meta:
        model = AttendanceMark

    enrolment = factory.SubFactory(EnrolmentFactory)
    session = factory.SubFactory(SessionFactory, month=factory.SelfAttribute("..enrolment.month"))
    day = factory.LazyAttribute(lambda mark: mark.session.held_on)
    half = factory.LazyAttribute(lambda mark: mark.session.half)
    mark = Mark.PRESENT
    recorded_at = factory.LazyFunction(timezone.now)


class StepForwardFactory(DjangoModelFactory):
    class Meta:
        model = StepForward

    enrolment = factory.SubFactory(EnrolmentFactory)
    day = factory.SelfAttribute("enrolment.joined_on")
    text = "Soitti kahteen työpaikkaan"
    recorded_at = factory.LazyFunction(timezone.now)


class JobSearchActionFactory(DjangoModelFactory):
    class Meta:
        model = JobSearchAction

    enrolment = factory.SubFactory(EnrolmentFactory)
    day = factory.SelfAttribute("enrolment.joined_on")
    kind = "call"
    recorded_at = factory.LazyFunction(timezone.now)


class InterviewFactory(DjangoModelFactory):
    class Meta:
        model = Interview

    enrolment = factory.SubFactory(EnrolmentFactory)
    kind = "real"
    held_on = factory.SelfAttribute("enrolment.joined_on")
    where = "Rautakauppa Vasara"


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate

    participant = factory.SubFactory(ParticipantFactory)
    name = "Hygieniapassi"


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = GoalVersion

    enrolment = factory.SubFactory(EnrolmentFactory)
    number = 1
    text = "Haluan löytää työn, jossa jaksan."
    written_on = dt.date(2026, 1, 28)


class DiscussionFactory(DjangoModelFactory):
    class Meta:
        model = Discussion

    enrolment = factory.SubFactory(EnrolmentFactory)
    kind = "final"
    held_on = dt.date(2026, 2, 26)
    present = "Aino, Maija"
    participant_view = "Sain rohkeutta soittaa."
    coach_view = "Aino otti ison askeleen."


class AreaAssessmentFactory(DjangoModelFactory):
    class Meta:
        model = AreaAssessment

    enrolment = factory.SubFactory(EnrolmentFactory)
    area = Area.SKILLS
    moment = Moment.START
    viewpoint = Viewpoint.COACH
    level = Level.DEVELOPING
    sentence = "Osaa kertoa työstään esimerkein."


class ActionStepFactory(DjangoModelFactory):
    class Meta:
        model = ActionStep

    enrolment = factory.SubFactory(EnrolmentFactory)
    what = "Hakee varastokurssille"
    who = "Aino"
    due_on = dt.date(2026, 3, 15)


class SubGoalFactory(DjangoModelFactory):
    class Meta:
        model = SubGoal

    enrolment = factory.SubFactory(EnrolmentFactory)
    area = "daily_life"
    text = "Nousen arkisin seitsemältä"
    set_on = dt.date(2026, 2, 3)


class GoalAlternativeFactory(DjangoModelFactory):
    class Meta:
        model = GoalAlternative

    enrolment = factory.SubFactory(EnrolmentFactory)
    text = "Keittiötyö koululla"


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    enrolment = factory.SubFactory(EnrolmentFactory)
    kind = "work_trial"
    where = "Rautakauppa Saha"
    reason = "Työkokeilu sujui ja paikka haluaa jatkaa."


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    name = factory.Sequence(lambda n: f"Rautakauppa {n} Oy")


class ContactPersonFactory(DjangoModelFactory):
    class Meta:
        model = ContactPerson

    employer = factory.SubFactory(EmployerFactory)
    name = "Kalle Esimies"


class ContactEventFactory(DjangoModelFactory):
    class Meta:
        model = ContactEvent

    employer = factory.SubFactory(EmployerFactory)
    happened_on = dt.date(2026, 2, 3)
    result = "need_found"
    user = factory.SubFactory(UserFactory, role=Role.COORDINATOR)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    month = factory.SubFactory(MonthFactory)
    participant = factory.LazyAttribute(lambda placement: EnrolmentFactory(month=placement.month).participant)
    employer = factory.SubFactory(EmployerFactory)
    purpose = "return_to_work"
    starts_on = factory.SelfAttribute("month.starts_on")
    ends_on = factory.SelfAttribute("month.ends_on")
    hours_per_day = Decimal("4")
    tasks = "Hyllytys ja asiakaspalvelu"
    length_reason = "Kaikki myymälän työt ehditään kokeilla"
    support_agreed = "Ohjaaja näyttää työt, valmentaja soittaa viikoittain"
    instructions_by = "Työpaikkaohjaaja"
    changes_by = "Esimies"

    class Params:
        is_complete = factory.Trait(
            supervisor=factory.LazyAttribute(lambda trial: ContactPersonFactory(employer=trial.employer)),
            goal=factory.LazyAttribute(
                lambda trial: GoalFactory(enrolment=trial.participant.enrolments.get(month=trial.month))
            ),
        )


class SummaryVersionFactory(DjangoModelFactory):
    class Meta:
        model = SummaryVersion

    enrolment = factory.SubFactory(EnrolmentFactory)
    number = 1
    data = factory.LazyFunction(dict)
    source_hash = "0" * 64
    content_hash = "0" * 64
