"""The demo's data: the same every time, valid, invented, and never among real people."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from stdnum.fi import hetu, ytunnus

from accounts.models import User
from coaching.models import AttendanceMark, CoachingMonth, Enrolment, Session
from core.crypto import decrypt
from employers.models import Employer, Placement
from participants.models import Participant
from reports.demo.build import DatabaseIsNotEmpty, build_demo
from reports.demo.bulk import build_bulk
from reports.demo.summaries import release_finished_month
from reports.models import SummaryVersion

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def demo(db, monkeypatch):
    from core import clock

    moment = dt.datetime(2026, 11, 23, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return build_demo(today=TODAY, password="puuro-ja-marjat")


def test_the_story_has_a_finished_a_running_and_an_upcoming_month(demo):
    finished, running, upcoming = CoachingMonth.objects.order_by("starts_on")
    assert finished.ends_on < TODAY
    assert finished.state == "closed"
    assert running.starts_on <= TODAY <= running.ends_on
    assert upcoming.starts_on > TODAY
    assert demo == {"participants": 28, "months": 3, "employers": 12}


def test_today_has_a_session_and_one_of_the_last_days_waits_for_its_log(demo):
    assert Session.objects.filter(held_on=TODAY, state="planned").count() == 1
    assert Session.objects.filter(held_on__lt=TODAY, state="planned").count() == 1


def test_every_row_of_the_story_would_pass_its_own_forms(demo):
    for model in (Participant, CoachingMonth, Session, Enrolment, Employer, Placement, User):
        rows = list(model.objects.all())
        assert rows
        for row in rows:
            row.full_clean(exclude=["password"])


def test_identity_codes_are_of_the_series_that_no_person_gets(demo):
    codes = [decrypt(person.hetu_encrypted) for person in Participant.objects.exclude(hetu_hash="")]
    assert len(codes) == 28
    for code in codes:
        assert code[7] == "9"
        assert hetu.is_valid(code, allow_temporary=True)


def test_business_ids_are_well_formed(demo):
    for employer in Employer.objects.all():
        assert ytunnus.is_valid(employer.business_id)


def test_no_mark_stands_on_a_day_to_come(demo):
    assert not AttendanceMark.objects.filter(day__gte=TODAY).exists()


def test_the_same_day_gives_the_same_people(demo, django_db_blocker):
    names = list(Participant.objects.order_by("id").values_list("last_name", "birth_date"))
    assert names[0] == ("Lehtovaara", dt.date(1964, 1, 1))
    assert len(set(names)) == 28


def test_demo_data_never_goes_among_people_on_record(participant):
    with pytest.raises(DatabaseIsNotEmpty):
        build_demo(today=TODAY, password="x")
    with pytest.raises(DatabaseIsNotEmpty):
        build_bulk(today=TODAY, participants=10, password="x")
    assert Participant.objects.count() == 1


def test_the_command_says_so_in_a_sentence(participant):
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo_data")


@pytest.mark.parametrize("count", [0, 100_001])
def test_an_impossible_number_of_people_is_refused(db, count):
    with pytest.raises(CommandError, match="--participants"):
        call_command("demo_data", participants=count)


def test_more_people_come_in_finished_months_of_ten(db):
    made = build_demo(today=TODAY, participants=60, password="x")
    assert made["participants"] == Participant.objects.count() == 60
    assert made["months"] == CoachingMonth.objects.count() == 7


def test_bulk_people_have_both_halves_of_twenty_days_marked(db):
    made = build_bulk(today=TODAY, participants=30, password="x")
    assert made == {"participants": 30, "months": 3, "marks": 30 * 20 * 2}
    assert Placement.objects.count() == 30


def test_the_finished_months_summaries_are_released_but_two(demo):
    assert release_finished_month(today=TODAY) == 7
    states = sorted(SummaryVersion.objects.values_list("state", flat=True))
    assert states == ["draft", "participant_review"] + ["released"] * 7
    for summary in SummaryVersion.objects.filter(state="released"):
        assert summary.pdf
