"""Months and people that are hard to sum up (issue 5, "Hard cases to prove"), built as they come about."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from coaching.models import CoachingMonth, Enrolment
from coaching.services.schedule import plan_month
from employers.enums import FeedbackItem
from employers.models import EmployerFeedback, FeedbackAnswer
from reports.models import Aftercare, AftercareUse, Decision, HealthNeed
from tests.support import factories
from tests.support.summaries import AUTHORITY_ITEMS, assess_areas

# 60 characters with ž, å and an apostrophe, as first name and last name
NAME_OF_60 = ("Élžbieta-Marjaana Åsa Katariina", "O'Shaughnessy-Žitný-Virtanen")
NAME_OF_120 = (
    "Élžbieta-Marjaana-Åsa-Katariina-Wilhelmiina-Kristiina-Emilia",
    "O'" + "Shaughnessyžå" * 4 + "Virtan",
)
NOTES_OF_8000 = "".join(f"Päivä {n} kassalla sujui. " for n in range(400))[:7999] + "."


def dated_month(starts_on: dt.date, *, coach, officer, office, logged: bool = True, **more) -> CoachingMonth:
    """A month of four weeks with a session on each day on which a group meets."""
    plan = plan_month(starts_on)
    month = factories.MonthFactory(
        name=f"Kuukausi {starts_on:%m/%Y}",
        starts_on=starts_on,
        ends_on=plan.ends_on,
        coach=coach,
        te_sponsor=officer,
        authority=office,
        **more,
    )
    for planned in plan.days:
        factories.SessionFactory(
            month=month,
            held_on=planned.day,
            week=planned.week,
            state="logged" if logged else "planned",
            logged_at=dt.datetime.combine(planned.day, dt.time(12), tzinfo=dt.UTC) if logged else None,
        )
    return month


def person_in(
    month: CoachingMonth, *, items=AUTHORITY_ITEMS, placements: int = 1, until: dt.date | None = None, **more
) -> Enrolment:
    """Somebody in the group with all a release needs; present on every day from joining to `until`."""
    names = {key: more.pop(key) for key in ("first_name", "last_name", "is_restricted") if key in more}
    person = factories.ParticipantFactory(authority=month.authority, **{"first_name": "Aino", **names})
    enrolment = factories.EnrolmentFactory(month=month, participant=person, **more)
    for item in items:
        factories.ConsentFactory(participant=person, item=item, granted_on=month.starts_on)
    mark_days(enrolment, until or month.ends_on)
    factories.GoalFactory(enrolment=enrolment, written_on=month.starts_on)
    assess_areas(enrolment)
    factories.DiscussionFactory(
        enrolment=enrolment, held_on=month.ends_on, agreed="Soitetaan kahden viikon päästä."
    )
    due = month.ends_on + dt.timedelta(days=14)
    factories.ActionStepFactory(enrolment=enrolment, due_on=due, alternative="Toinen kurssi syksyllä")
    factories.ProposalFactory(enrolment=enrolment, where="")
    factories.InterviewFactory(enrolment=enrolment)
    for kind in ("call", "application"):
        factories.JobSearchActionFactory(enrolment=enrolment, kind=kind, text=f"Teko: {kind}")
    factories.StepForwardFactory(enrolment=enrolment)
    for number in range(placements):
        work_trial(enrolment, number)
    return enrolment


def mark_days(enrolment: Enrolment, until: dt.date) -> None:
    """Present in each logged session of the person's own days, up to `until`."""
    days = (enrolment.joined_on, until)
    for session in enrolment.month.sessions.filter(state="logged", held_on__range=days):
        factories.MarkFactory(enrolment=enrolment, session=session)


def work_trial(enrolment: Enrolment, number: int = 0):
    """The person's work trial in the week with this number (0 is the first), with two days of four hours."""
    first = enrolment.month.starts_on + dt.timedelta(weeks=number)
    placement = factories.PlacementFactory(
        month=enrolment.month,
        participant=enrolment.participant,
        employer__name=f"Rautakauppa Saha {number + 1} Oy",
        starts_on=first,
        ends_on=first + dt.timedelta(days=4),
        state="completed",
        hire_chance="possible",
    )
    for day in (first, first + dt.timedelta(days=1)):
        factories.MarkFactory(
            enrolment=enrolment, session=None, day=day, half="afternoon", hours=Decimal("4.00")
        )
    return placement


def tell_everything(enrolment: Enrolment) -> None:
    """What others add to a person of `person_in`: feedback, the decision, aftercare and health."""
    month, person = enrolment.month, enrolment.participant
    end = dt.datetime.combine(month.ends_on, dt.time(12), tzinfo=dt.UTC)
    factories.ConsentFactory(participant=person, item="health", granted_on=month.starts_on)
    feedback = EmployerFeedback.objects.create(
        placement=person.placements.first(),
        assessor_name="Ossi Ohjaaja",
        asked_at=end - dt.timedelta(days=3),
        given_at=end,
        channel="phone",
        take_again="yes",
        succeeded="Oppi kassan nopeasti ja kohtasi asiakkaat rauhallisesti.",
        differently="Olisimme halunneet tietää enemmän ennen ensimmäistä päivää.",
        agrees=True,
        participant_answered_at=end,
        participant_comment="Juuri näin, viihdyin hyvin.",
    )
    for item, value in zip(FeedbackItem.values, (5, 4, None, 5, 4, 3, 5, 4, 5, 4, 5, 4), strict=False):
        FeedbackAnswer.objects.create(feedback=feedback, item=item, value=value)
    Decision.objects.create(
        enrolment=enrolment,
        kind="study",
        where="Hämeen ammattiopisto",
        programme="Logistiikan perustutkinto",
        starts_on=month.ends_on + dt.timedelta(days=120),
        decided_on=month.ends_on,
        decided_by=month.te_sponsor,
        decided_by_name="Olli Virkailija",
        conditions="Opintosuunnitelma toimitetaan ennen alkua.",
        participant_comment="Tätä halusin.",
    )
    care = Aftercare.objects.create(
        enrolment=enrolment,
        offered_on=month.ends_on,
        needs="Tukea opintojen hakemiseen ja arjen rytmiin.",
        answer="accepted",
        answered_on=month.ends_on,
        carer=month.coach,
        starts_on=month.ends_on + dt.timedelta(days=1),
        ends_on=month.ends_on + dt.timedelta(days=120),
        window_months=4,
        most_minutes=600,
        coach_approved_on=month.ends_on,
        officer_approved_on=month.ends_on,
        officer_name="Olli Virkailija",
    )
    AftercareUse.objects.create(aftercare=care, held_on=care.starts_on, minutes=90, channel="phone")
    HealthNeed.objects.create(
        enrolment=enrolment,
        is_needed=True,
        referred_to="Työttömien terveystarkastus",
        referred_on=month.ends_on,
    )
