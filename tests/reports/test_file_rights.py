"""A file outlives the right to it: asked again before it is made, made anew and fetched."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from coaching.models import CoachingMonth
from core import clock
from participants.models import Consent
from reports.files import GATES, MAKERS
from reports.files.digest import digest_gate
from reports.files.names import job_name
from reports.models import FileJob, OwnDataRequest
from reports.services import own_data
from reports.services.file_jobs import cancel_file_job, run_file_job
from reports.services.table_files import ask_for_attendance, ask_for_groups, ask_for_office_list
from tests.support.client import PolicedClient
from tests.support.own_pages import go_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PERIOD = {"first": "2026-01-01", "last": "2026-12-31"}


def fetch(client, job):
    answer = client.get(reverse("reports:file-job-download", args=[job.pk]))
    if answer.streaming:
        assert b"".join(answer)  # read to its end, which closes it
    return answer


@pytest.fixture
def own_file(whole, coach, today) -> FileJob:
    """Aino's own data, made for the coach to hand over."""
    asked = own_data.ask_own_data(
        participant_id=whole.participant_id, channel="phone", asked_on=today, today=today, actor=coach
    )
    own_data.make_own_data_files(actor=coach, request_id=asked.pk, today=today)
    job = OwnDataRequest.objects.get(pk=asked.pk).json_job
    run_file_job(job_id=job.pk)
    return FileJob.objects.get(pk=job.pk)


@pytest.fixture
def office_list(whole, coach, office, today) -> FileJob:
    """The attendance list for the office."""
    job = ask_for_office_list(actor=coach, month=whole.month, office=office, format="csv", today=today)
    run_file_job(job_id=job.pk)
    return FileJob.objects.get(pk=job.pk)


def hand_over(month, other_coach) -> None:
    month.coach, month.second_coach = other_coach, None
    month.save()


def test_every_kind_of_file_has_its_gate():
    assert set(GATES) == set(MAKERS)
    assert MAKERS


def test_the_asker_gets_the_file_and_the_trail_says_whose_it_was(
    own_file, office_list, whole, coach, client_of
):
    client = client_of(coach)
    assert fetch(client, own_file).status_code == 200
    assert fetch(client, office_list).status_code == 200
    noted = AuditEvent.objects.filter(action="file.downloaded").order_by("id")
    assert noted[0].participant_id == whole.participant_id
    assert noted[1].details["enrolments"] == [whole.pk]


@pytest.mark.parametrize(
    ("language", "word", "whose"), [("fi", "lasnaolo", "toimistolle"), ("sv", "narvaro", "till-myndigheten")]
)
def test_the_name_of_a_file_tells_its_days_in_the_readers_language(office_list, language, word, whose):
    month = CoachingMonth.objects.get()
    with translation.override(language):
        name = job_name(office_list)
    assert name == f"{word}-{month.pk}-{month.starts_on.isoformat()}-{month.ends_on.isoformat()}-{whose}"


def test_the_file_is_fetched_under_its_name(office_list, coach, client_of):
    told = fetch(client_of(coach), office_list).headers["Content-Disposition"]
    assert told == f'attachment; filename="{job_name(office_list)}.csv"'
    assert "Koivuniemi" not in told


def test_the_page_of_a_file_leads_back_to_where_it_was_asked_for(office_list, own_file, coach, client_of):
    client = client_of(coach)
    groups = ask_for_groups(actor=coach, format="pdf", asked=PERIOD)
    backs = {
        office_list: reverse("reports:attendance", args=[office_list.params["month"]]),
        own_file: reverse("reports:own-data-person", args=[own_file.participant_id]),
        groups: reverse("reports:groups") + "?first=1.1.2026&amp;last=31.12.2026",
    }
    for job, back in backs.items():
        page = client.get(reverse("reports:file-job", args=[job.pk])).content.decode()
        assert page.count(f'href="{back}"') == 2, "in the trail and below the file"
    asked = client.get(backs[groups].replace("&amp;", "&"))
    assert asked.status_code == 200
    assert asked.context["form"].asked() == PERIOD


def test_a_coach_who_lost_the_month_gets_nothing_more_of_it(own_file, coach, other_coach, whole, client_of):
    hand_over(whole.month, other_coach)
    assert fetch(client_of(coach), own_file).status_code == 403


def test_nor_a_fresh_one_by_making_it_again(own_file, coach, other_coach, whole, client_of):
    FileJob.objects.filter(pk=own_file.pk).update(state="queued", file="", finished_at=None)
    cancel_file_job(actor=coach, job_id=own_file.pk)
    hand_over(whole.month, other_coach)
    again = client_of(coach).post(reverse("reports:file-job-again", args=[own_file.pk]))
    assert again.status_code == 422
    own_file.refresh_from_db()
    assert own_file.state == "cancelled"


def test_nor_one_that_was_waiting(coach, other_coach, whole, today):
    asked = own_data.ask_own_data(
        participant_id=whole.participant_id, channel="phone", asked_on=today, today=today, actor=coach
    )
    own_data.make_own_data_files(actor=coach, request_id=asked.pk, today=today)
    hand_over(whole.month, other_coach)
    for job in FileJob.objects.all():
        run_file_job(job_id=job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == ("failed", "Et voi enää lukea tätä tiedostoa.")


def test_a_person_protected_meanwhile_is_opened_with_a_reason_first(own_file, coach, whole, client_of):
    whole.participant.is_restricted = True
    whole.participant.save()
    assert fetch(client_of(coach), own_file).status_code == 302


def test_a_list_for_an_office_is_not_given_after_a_consent_was_taken_back(
    office_list, coach, whole, client_of
):
    Consent.objects.filter(participant=whole.participant).update(revoked_at=clock.now())
    answer = fetch(client_of(coach), office_list)
    assert answer.status_code == 403
    assert "ei enää salli" in answer.content.decode()


@pytest.mark.parametrize("role", ["te_officer", "manager", "coordinator"])
def test_another_role_asks_again(coach, month, office, today, client_of, role):
    jobs = [
        ask_for_attendance(actor=coach, month=month, format="csv", today=today),
        ask_for_groups(actor=coach, format="csv", asked=PERIOD),
    ]
    for job in jobs:
        run_file_job(job_id=job.pk)
    coach.role, coach.authority = role, office if role == "te_officer" else None
    coach.save()
    client = client_of(coach)
    assert [fetch(client, job).status_code for job in jobs] == [403, 403]


def test_what_is_over_is_not_given_and_the_page_says_so(own_file, coach, client_of):
    FileJob.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    client = client_of(coach)
    assert fetch(client, own_file).status_code == 404
    page = client.get(reverse("reports:file-job", args=[own_file.pk])).content.decode()
    assert "aika on ohi" in page
    assert "Lataa tiedosto" not in page


def test_a_zip_that_is_over_is_not_given_behind_the_link_either(sent):
    client = PolicedClient()
    client.post(sent.path, {"code": sent.code})
    client.post(sent.to("all"))
    job = FileJob.objects.get()
    run_file_job(job_id=job.pk)
    answer = client.get(sent.to("all-download", job.pk))
    assert b"".join(answer)
    assert answer.status_code == 200
    FileJob.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    assert client.get(sent.to("all-download", job.pk)).status_code == 404


def test_a_refused_request_gives_nothing_and_says_why(enrolment, coach, today):
    client = go_in(enrolment.participant)
    client.post(reverse("own_data:own-data"))
    for job in FileJob.objects.all():
        run_file_job(job_id=job.pk)
    asked = OwnDataRequest.objects.get()
    own_data.refuse_own_data(actor=coach, request_id=asked.pk, reason="Kolmas viikossa", today=today)
    page = client.get(reverse("own_data:own-data")).content.decode()
    assert "Kolmas viikossa" in page
    assert reverse("own_data:file", args=["json"]) not in page
    assert client.post(reverse("own_data:file", args=["json"])).status_code == 404
    assert FileJob.objects.expired_by(clock.now()).count() == 2
    asked.refresh_from_db()
    assert asked.fetched_at is None


def test_the_digest_of_a_former_office_stays_there(officer, other_office, sent_digest, client_of):
    job = FileJob.objects.create(
        kind="digest", format="pdf", params={"digest": sent_digest.pk}, requested_by=officer, state="queued"
    )
    digest_gate(job, officer, clock.today())
    officer.authority = other_office
    officer.save()
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Tämä kooste ei ole enää luettavissasi.")
    assert fetch(client_of(officer), job).status_code == 403
