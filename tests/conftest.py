"""The named cast, and the guards that hold for every test."""

from __future__ import annotations

import datetime as dt
import os
import random
import socket

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils.translation import trans_real

from accounts.enums import Role
from core.catalogues import TRANSLATED, compile_catalogue
from tests.support import factories
from tests.support.aftercare import (  # noqa: F401 -- fixtures that the role matrix needs as well
    aftercare,
    aftercare_use,
)
from tests.support.briefs import (  # noqa: F401 -- fixtures that the role matrix needs as well
    allow,
    approved_brief,
    brief_pdf,
    brief_trial,
    written_brief,
)
from tests.support.client import PolicedClient
from tests.support.deliveries import sent  # noqa: F401 -- a fixture that the role matrix needs as well
from tests.support.digests import (  # noqa: F401 -- fixtures that the role matrix needs as well
    digest,
    sent_digest,
)
from tests.support.leads import (  # noqa: F401 -- fixtures that the role matrix needs as well
    lead,
    lead_match,
    passed_lead,
)
from tests.support.pre_assignments import (  # noqa: F401 -- fixtures that the role matrix needs as well
    month_tasks,
    pre_assignment,
    task_template,
)
from tests.support.profiles import (  # noqa: F401 -- fixtures that the role matrix needs as well
    barrier_record,
    certificate_record,
    interview_record,
    profile_file,
    workplace_record,
)
from tests.support.signing_cast import (  # noqa: F401 -- fixtures that the role matrix needs as well
    authority_place,
    employer_place,
    places,
    scanned_place,
    sent_out,
    signing_trial,
)
from tests.support.summaries import (  # noqa: F401 -- fixtures that the role matrix needs as well
    approved,
    draft,
    failed_item,
    own_files,
    released,
    whole,
)
from tests.support.workplace_links import (  # noqa: F401 -- fixtures that the role matrix needs as well
    asked_feedback,
    begun_trial,
    concern,
    feedback_link,
    given_feedback,
    hours_link,
    workplace_guide,
)

ORDER_SEED = 20260202


@pytest.hookimpl(trylast=True)
def pytest_configure():
    """The pages speak Finnish from the first test on: no clone brings compiled catalogues with it."""
    compiled = [compile_catalogue(language) for language in TRANSLATED]
    if any(compiled):
        trans_real._translations.clear()  # what setting Django up has read before they were there


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Random order, the same on every worker of one run; PYTEST_ORDER_SEED changes it.

    It comes before pytest-django's own sorting, which puts tests that empty the tables last.
    """
    random.Random(int(os.environ.get("PYTEST_ORDER_SEED", ORDER_SEED))).shuffle(items)
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(autouse=True)
def _only_own_sockets(monkeypatch):
    """A test talks to its own servers: unix sockets and loopback, nothing else."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"a test tried to reach {address!r}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def today(monkeypatch) -> dt.date:
    """The tests' today: Tuesday 10.2.2026, the second week of the cast's month."""
    from core import clock

    day = dt.date(2026, 2, 10)
    moment = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    monkeypatch.setattr(clock, "today", lambda: day)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return day


@pytest.fixture
def client() -> PolicedClient:
    return PolicedClient()


@pytest.fixture
def client_of():
    """`client_of(user)`: a policed client in which this user is signed in."""

    def signed_in(user) -> PolicedClient:
        client = PolicedClient()
        client.force_login(user, backend="accounts.backends.EmailBackend")
        return client

    return signed_in


@pytest.fixture
def count_queries(django_assert_num_queries):
    """`with count_queries() as queries:` then `len(queries)`."""
    from django.db import connection

    return lambda: CaptureQueriesContext(connection)


# --- the cast -------------------------------------------------------------------------------------
@pytest.fixture
def office(db):
    return factories.AuthorityFactory(name="Kanta-Hämeen työllisyysalue")


@pytest.fixture
def other_office(db):
    return factories.AuthorityFactory(name="Päijät-Hämeen työllisyysalue")


def _user(role: str, email: str, first: str, last: str, **more):
    return factories.UserFactory(role=role, email=email, first_name=first, last_name=last, **more)


@pytest.fixture
def coach(db):
    """Has the group."""
    return _user(Role.COACH, "sanna@desk.example", "Sanna", "Valmentaja")


@pytest.fixture
def other_coach(db):
    """Has another group and must see nothing of this one."""
    return _user(Role.COACH, "timo@desk.example", "Timo", "Toinen")


@pytest.fixture
def coordinator(db):
    return _user(Role.COORDINATOR, "kaisa@desk.example", "Kaisa", "Koordinaattori")


@pytest.fixture
def other_coordinator(db):
    return _user(Role.COORDINATOR, "pekka@desk.example", "Pekka", "Muualla")


@pytest.fixture
def officer(office):
    """TE officer of the group's office."""
    return _user(Role.TE_OFFICER, "olli@te.example", "Olli", "Virkailija", authority=office)


@pytest.fixture
def other_officer(other_office):
    """TE officer of another office."""
    return _user(Role.TE_OFFICER, "outi@te.example", "Outi", "Muualta", authority=other_office)


@pytest.fixture
def manager(db):
    return _user(Role.MANAGER, "elli@desk.example", "Elli", "Esihenkilö")


@pytest.fixture
def administrator(db):
    return _user(Role.ADMIN, "paavo@desk.example", "Paavo", "Pääkäyttäjä")


@pytest.fixture
def month(coach, coordinator, officer, office):
    """The coach's month, 2.2.-27.2.2026, mornings; no sessions unless a test makes them."""
    return factories.MonthFactory(
        name="Helmikuu 2026", coach=coach, coordinator=coordinator, te_sponsor=officer, authority=office
    )


@pytest.fixture
def substitute(month):
    """Stands in for the coach on 10.2. and 11.2.2026."""
    user = _user(Role.COACH, "sirpa@desk.example", "Sirpa", "Sijainen")
    factories.SubstitutionFactory(month=month, user=user)
    return user


@pytest.fixture
def second_coach(month):
    """Coaches the same month beside the coach."""
    month.second_coach = _user(Role.COACH, "toini@desk.example", "Toini", "Kakkosvalmentaja")
    month.save(update_fields=["second_coach"])
    return month.second_coach


@pytest.fixture
def substitution(month, substitute):
    """The substitute's two days."""
    return month.substitutions.get(user=substitute)


@pytest.fixture
def kick_off(month):
    """The month's kick-off with one practice."""
    from coaching.models import AgreedPractice, KickOff

    meeting = KickOff.objects.create(month=month, held_on=dt.date(2026, 2, 2), present="Sanna ja Olli")
    AgreedPractice.objects.create(kick_off=meeting, position=1, text="Soitetaan perjantaisin", who="Sanna")
    return meeting


@pytest.fixture
def unused_programme(db):
    """A template that no month uses yet."""
    return factories.ProgrammeFactory()


@pytest.fixture
def participant(office):
    return factories.ParticipantFactory(first_name="Aino", last_name="Koivuniemi", authority=office)


@pytest.fixture
def enrolment(month, participant):
    """Aino in the coach's month."""
    return factories.EnrolmentFactory(month=month, participant=participant)


@pytest.fixture
def session(month):
    """Today's session of the group (10.2.2026)."""
    return factories.SessionFactory(month=month, held_on=dt.date(2026, 2, 10), week=2)


@pytest.fixture
def phrase(coach):
    """A sentence of the coach's own."""
    return coach.phrases.create(text="Ryhmä kannusti toisiaan.")


@pytest.fixture
def action_step(enrolment):
    """A next step of Aino's."""
    return factories.ActionStepFactory(enrolment=enrolment)


@pytest.fixture
def sub_goal(enrolment):
    """A goal of Aino's in one of the five areas."""
    return factories.SubGoalFactory(enrolment=enrolment)


@pytest.fixture
def alternative(enrolment):
    """Another way that Aino keeps in mind."""
    return factories.GoalAlternativeFactory(enrolment=enrolment)


@pytest.fixture
def other_talk(enrolment):
    """A discussion of its own topic that is planned."""
    return factories.DiscussionFactory(
        enrolment=enrolment,
        kind="other",
        topic="Opinnot",
        held_on=None,
        planned_on=dt.date(2026, 2, 12),
        present="",
        participant_view="",
        coach_view="",
    )


@pytest.fixture
def referral(participant):
    """Aino's open referral."""
    return factories.ReferralFactory(participant=participant)


@pytest.fixture
def referred(office):
    """Somebody with an open referral, in no month."""
    person = factories.ParticipantFactory(first_name="Pekka", last_name="Saha", authority=office)
    factories.ReferralFactory(participant=person)
    return person


@pytest.fixture
def information_event(month):
    """An event of the month, still without its figures."""
    from coaching.models import InformationEvent

    return InformationEvent.objects.create(
        month=month, held_at=dt.datetime(2026, 1, 20, 8, tzinfo=dt.UTC), place="Kirjasto"
    )


@pytest.fixture
def selection(month, referred):
    """Pekka is talked with before the month."""
    from coaching.models import Selection

    return Selection.objects.create(month=month, participant=referred)


@pytest.fixture
def consent(participant):
    """Aino lets the authority know of her days."""
    return factories.ConsentFactory(participant=participant)


@pytest.fixture
def preview(coordinator, office, today):
    """The coordinator's list: one good row, one to mend."""
    from participants.services.referral_lists import upload_referral_list
    from tests.support.lists import csv_list

    headers = ["Sukunimi", "Etunimi", "Syntymäaika", "Puhelin", "Kengännumero"]
    rows = [["Haka", "Liisa", "3.4.1979", "040 555 0101", "38"], ["Lahti", "", "", "ei ole", ""]]
    return upload_referral_list(
        actor=coordinator, authority=office, data=csv_list(headers, *rows), file_name="a.csv", today=today
    )


# --- the workplace ----------------------------------------------------------------------------------
@pytest.fixture
def workplace(db):
    """An employer of the register."""
    return factories.EmployerFactory(name="Rautakauppa Saha Oy", city="Hämeenlinna")


@pytest.fixture
def other_workplace(db):
    """Another record, perhaps of the same employer."""
    return factories.EmployerFactory(name="Rautakauppa Saha, Hämeenlinna", city="Hämeenlinna")


@pytest.fixture
def employer_list(coordinator):
    """A list of employers that waits for its decision, one row to mend."""
    from employers.services.employer_lists import upload_employer_list

    data = b"Nimi;Y-tunnus\nLeipomo Pulla Oy;2077474-0\nKahvila;123\n"
    return upload_employer_list(actor=coordinator, data=data, file_name="lista.csv")


@pytest.fixture
def workplace_person(workplace):
    return factories.ContactPersonFactory(employer=workplace, name="Eero Esimies")


@pytest.fixture
def contact_event(workplace, coordinator):
    """A call of the coordinator's with a promise for today."""
    return factories.ContactEventFactory(
        employer=workplace, user=coordinator, next_action="Soita", next_action_on=dt.date(2026, 2, 10)
    )


@pytest.fixture
def desk_task(workplace):
    """A promise to the workplace that nobody is named for."""
    from employers.models import DeskTask

    return DeskTask.objects.create(
        employer=workplace, kind="our_promise", text="Lähetä esite", due_on=dt.date(2026, 2, 10)
    )


@pytest.fixture
def placement(enrolment, workplace, coordinator):
    """Aino's planned work trial, with the consent that its agreement needs."""
    factories.ConsentFactory(participant=enrolment.participant, recipient="employer", item="contact")
    return factories.PlacementFactory(
        month=enrolment.month,
        participant=enrolment.participant,
        employer=workplace,
        created_by=coordinator,
    )


@pytest.fixture
def visit(placement):
    """A visit to Aino's workplace that was planned for yesterday (9.2.2026) and not noted."""
    from employers.models import Visit

    return Visit.objects.create(placement=placement, kind="first_week", planned_on=dt.date(2026, 2, 9))


@pytest.fixture
def earlier_trial(placement):
    """A work trial with another organiser, told by the person of `placement`."""
    from employers.models import EarlierTrial

    return EarlierTrial.objects.create(
        participant=placement.participant,
        workplace="Kahvila Kulma",
        organiser="Toinen palveluntuottaja",
        starts_on=dt.date(2025, 9, 1),
        ends_on=dt.date(2025, 10, 31),
    )


@pytest.fixture
def file_job(coach, month):
    """A file that the coach has asked for and no worker has made yet."""
    from reports.models import FileJob

    return FileJob.objects.create(
        kind="attendance", format="pdf", params={"month": month.pk}, requested_by=coach
    )


@pytest.fixture
def data_request(enrolment, today):
    """Aino's request for her own data, which came by phone."""
    return enrolment.participant.data_requests.create(
        asked_on=today, channel="phone", due_on=today + dt.timedelta(days=30)
    )


@pytest.fixture
def agreement_file(placement):
    """A made agreement of the work trial."""
    from django.core.files.base import ContentFile

    from employers.models import AgreementFile

    row = AgreementFile(placement=placement, content_hash="0" * 64, state="done")
    row.file.save("agreement.pdf", ContentFile(b"%PDF-1.7"), save=False)
    row.save()
    return row
