"""Own data: everything of a person and nothing of others; asked for, made, fetched or handed over in time."""

from __future__ import annotations

import ast
import datetime as dt
import functools
import inspect
import io
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from pypdf import PdfReader

from accounts.audit import record_view
from accounts.models import AuditEvent
from coaching.person_data import KEPT
from core import clock, crypto
from core.errors import AccessDenied, DomainError
from core.registry import person_sections
from employers.models import DeskTask
from participants.hetu import masked
from reports.files import MAKERS
from reports.models import FileJob, OwnDataRequest
from reports.own_data import own_data_json
from reports.pages.own_data import own_data_lines
from reports.services import own_data as service
from reports.services.file_jobs import drop_expired_files, run_file_job
from tests.support import factories
from tests.support.own_pages import go_in
from tests.support.queries import assert_queries_do_not_grow
from tests.support.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

# Each model that leads to a person: the title of the section that tells it, or why it is not told on its own.
TOLD_ELSEWHERE = {  # by the sections of participants, employers and reports
    "employers.Agreement",
    "employers.CandidateBrief",
    "employers.Concern",
    "employers.DeskTask",
    "employers.EarlierTrial",
    "employers.EmployerFeedback",
    "employers.FeedbackAnswer",
    "employers.LeadMatch",
    "employers.Placement",
    "employers.Signature",
    "employers.Visit",
    "participants.Certificate",
    "participants.Consent",
    "participants.CvCheck",
    "participants.OwnDraft",
    "participants.PersonalLink",
    "participants.Referral",
    "reports.Aftercare",
    "reports.AftercareUse",
    "reports.Decision",
    "reports.HealthNeed",
    "reports.OwnDataRequest",
    "reports.SummaryVersion",
}
HETU = "170580-901A"

NOT_TOLD = {
    "coaching.WorkplaceColourChange": "an earlier colour of a target workplace: its present one is told",
    "employers.AgreementFile": "the file of an agreement, whose trial and signatures are told",
    "employers.BriefFile": "the file of a brief, which is told word for word",
    "employers.WorkplaceLink": "a link of the workplace's people: it holds nothing of the person",
    "reports.DeliveryItem": "a receipt of the office's: to whom and when a summary went is told with it",
    "reports.SummaryPdfJob": "the making of a summary's file",
    "coaching.ProfileFile": "a file of what the sections of the profile tell",
    "reports.FileJob": "the making of a file: who asked for it stands in the trail",
    "reports.PeriodEndItem": "the making of a summary, which is told itself",
}


@pytest.fixture
def inside(enrolment, today):
    return go_in(enrolment.participant)


@pytest.fixture
def address():
    return reverse("own_data:own-data")


def make_all() -> None:
    for job in FileJob.objects.filter(state="queued"):
        run_file_job(job_id=job.pk)


def everything(participant) -> str:
    return json.dumps(own_data_json(participant, today=clock.today(), with_reasons=True), ensure_ascii=False)


# --- what it holds --------------------------------------------------------------------------------------
def test_the_data_file_is_valid_against_its_published_schema(whole, released):
    schema = json.loads(Path(settings.BASE_DIR, "docs/schemas/own-data-1.json").read_text("utf-8"))
    jsonschema.validate(own_data_json(whole.participant, today=clock.today(), with_reasons=True), schema)


def test_it_holds_the_persons_words_and_nothing_of_others(whole, month, office):
    other = factories.EnrolmentFactory(
        month=month,
        participant=factories.ParticipantFactory(first_name="Neea", last_name="Naapuri", authority=office),
    )
    factories.GoalFactory(enrolment=other, text="Naapurin tavoite")
    goal = factories.GoalFactory(enrolment=whole, number=7, text="Oma tavoitteeni on töihin")
    said = everything(whole.participant)
    assert goal.text in said
    assert "Neea" not in said
    assert "Naapurin" not in said


def test_the_identity_code_is_masked(whole):
    whole.participant.hetu_encrypted = crypto.encrypt(HETU)
    whole.participant.hetu_hash = crypto.keyed_hash(HETU)
    whole.participant.save()
    said = everything(whole.participant)
    assert HETU not in said
    assert masked(HETU) in said


def test_the_data_file_holds_every_opening(whole, coach):
    pk = whole.participant_id
    AuditEvent.objects.bulk_create(
        [AuditEvent(actor=coach, action="participant.viewed", participant_id=pk) for _n in range(2_100)]
    )
    told = own_data_json(whole.participant, today=clock.today(), with_reasons=True)["sections"][-1]["rows"]
    assert len(told) == AuditEvent.objects.filter(participant_id=pk).count()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_label_hides_another(language):
    """Rows are dicts by their label: two labels with one translation lose the first one's value."""
    with translation.override(language):
        for build in person_sections:
            for labels in labels_of(build):
                words = [capfirst(str(label)) for label in labels]
                twice = {word for word in words if words.count(word) > 1}
                assert not twice, (getattr(build, "__name__", build), twice)


def labels_of(build) -> Iterator[list[str]]:
    """The labels of each row that a section makes: a table's field names, or what its code writes."""
    if isinstance(build, functools.partial):
        (kept,) = build.args
        yield [kept.model._meta.get_field(name).verbose_name for name in kept.shown]
        return
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(build)))):
        if isinstance(node, ast.Dict):
            keys = [key for key in node.keys if isinstance(key, ast.Call) and key.args]
            yield [
                gettext(key.args[0].value)
                for key in keys
                if isinstance(key.args[0], ast.Constant) and getattr(key.func, "id", "") in ("_", "gettext")
            ]


def test_a_trial_tells_its_days_as_dates(placement):
    placement.participant.language = "fi"
    data = own_data_json(placement.participant, today=clock.today(), with_reasons=True)
    rows = next(part["rows"] for part in data["sections"] if part["title"] == "Työkokeilut")
    told = {pair["label"]: pair["value"] for pair in rows[0]}
    assert told["Alkaa"] == placement.starts_on.isoformat()
    assert told["Päättyy"] == placement.ends_on.isoformat()


def test_who_opened_the_file_is_told(whole, client_of, coach):
    client_of(coach).get(reverse("participants:participant-detail", args=[whole.participant_id]))
    assert coach.full_name in everything(whole.participant)


def test_every_model_that_leads_to_a_person_is_told_or_has_its_reason():
    """A new model about people, however many steps away, fails here until somebody says what is told."""
    about, found = set(), {apps.get_model("participants.Participant")}
    while found:
        near = {
            model
            for model in apps.get_models()
            for field in model._meta.get_fields()
            if field.concrete and field.is_relation and field.related_model in found
        }
        found = {model for model in near if model._meta.label not in about}
        about |= {model._meta.label for model in found}
    told = {kept.model._meta.label for kept in KEPT} | TOLD_ELSEWHERE
    untold = sorted(about - told - set(NOT_TOLD))
    assert not untold, f"give each a section in core.registry.person_sections, or a reason here: {untold}"
    assert not (told | set(NOT_TOLD)) - about, "these are gone"


def test_a_task_about_the_person_is_told(placement):
    DeskTask.objects.create(employer=placement.employer, placement=placement, text="Soita ohjaajalle Ainosta")
    assert "Soita ohjaajalle Ainosta" in everything(placement.participant)


# --- asking behind the link -----------------------------------------------------------------------------
def test_asking_makes_both_files_and_a_line_in_the_register(inside, address, enrolment, today):
    assert inside.post(address).status_code == 302
    inside.post(address)  # a double click
    found = OwnDataRequest.objects.get()
    assert (found.channel, found.answer, found.due_on) == ("link", "open", dt.date(2026, 3, 10))
    assert sorted(FileJob.objects.values_list("format", flat=True)) == ["json", "pdf"]
    event = AuditEvent.objects.get(action="own_data.asked")
    assert (event.actor, event.actor_label) == (None, "participant link")


def test_fetching_answers_the_request(inside, address, today):
    inside.post(address)
    assert inside.post(reverse("own_data:file", args=["pdf"])).status_code == 404  # not made yet
    make_all()
    assert "PDF" in inside.get(address).content.decode()
    pdf = inside.post(reverse("own_data:file", args=["pdf"]))
    body = io.BytesIO(b"".join(pdf.streaming_content))
    text = " ".join(page.extract_text() for page in PdfReader(body).pages)
    assert "Aino" in text
    assert "Aino" not in pdf["Content-Disposition"]
    data = json.loads(b"".join(inside.post(reverse("own_data:file", args=["json"])).streaming_content))
    assert data["schema"] == "own-data-1"
    found = OwnDataRequest.objects.get()
    assert (found.answer, found.answered_on, found.answered_by) == ("by_link", today, None)
    assert AuditEvent.objects.filter(action="own_data.fetched").count() == 2


def test_another_person_gets_nothing_of_it(inside, address, month, office):
    inside.post(address)
    make_all()
    other = factories.EnrolmentFactory(
        month=month, participant=factories.ParticipantFactory(authority=office)
    )
    stranger = go_in(other.participant)
    assert stranger.post(reverse("own_data:file", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("format", ["zip", "x" * 200, "..", "PDF"])
def test_another_format_is_not_there(inside, address, format):
    inside.post(address)
    make_all()
    assert inside.post(f"/o/my-data/{format}/").status_code == 404


def test_a_file_that_failed_can_be_asked_for_again(inside, address, monkeypatch):
    def fails(job, target, progress):
        raise DomainError("Levy on täynnä.")

    inside.post(address)
    with monkeypatch.context() as broken:
        broken.setitem(MAKERS, "own_data", fails)
        make_all()
    assert "Yritä uudelleen" in inside.get(address).content.decode()
    inside.post(address)
    assert FileJob.objects.filter(state="queued").count() == 2
    assert OwnDataRequest.objects.count() == 1


def test_the_files_are_gone_when_their_time_is_over(inside, address):
    inside.post(address)
    make_all()
    drop_expired_files(now=clock.now() + dt.timedelta(days=settings.FILE_JOB_DAYS + 1))
    assert inside.post(reverse("own_data:file", args=["pdf"])).status_code == 404
    assert inside.get(address).status_code == 200


def test_what_is_over_is_not_given_even_before_it_is_thrown_away(inside, address):
    inside.post(address)
    make_all()
    FileJob.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    assert inside.post(reverse("own_data:file", args=["pdf"])).status_code == 404
    assert "Pyydä omat tietoni" in inside.get(address).content.decode()
    inside.post(address)
    assert FileJob.objects.filter(state="queued").count() == 2


@pytest.mark.parametrize(
    ("asked", "due"),
    [("2026-02-09", "2026-03-09"), ("2026-01-31", "2026-02-28"), ("2026-03-10", "2026-04-09")],
)
def test_the_answer_is_due_within_a_month_of_the_calendar(enrolment, asked, due):
    asked_on = dt.date.fromisoformat(asked)
    found = service.ask_own_data(
        actor=None,
        participant_id=enrolment.participant_id,
        channel="link",
        asked_on=asked_on,
        today=asked_on,
    )
    assert found.due_on == dt.date.fromisoformat(due)


def test_a_protected_person_gets_it_from_the_coach(enrolment, today, address):
    enrolment.participant.is_restricted = True
    enrolment.participant.save()
    inside = go_in(enrolment.participant)
    inside.post(address)
    assert OwnDataRequest.objects.count() == 1
    assert not FileJob.objects.exists()
    assert inside.post(reverse("own_data:file", args=["pdf"])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_request(enrolment, today):
    def ask():
        return service.ask_own_data(
            participant_id=enrolment.participant_id, channel="link", asked_on=today, today=today
        ).pk

    assert len(set(at_once(ask, ask))) == 1
    assert OwnDataRequest.objects.count() == 1
    assert FileJob.objects.count() == 2


# --- why the file was opened -------------------------------------------------------------------------
WHY = "Soitto poliisilta, tarkistin yhteystiedot"


@pytest.fixture
def opened_with_reason(enrolment, manager):
    record_view(
        actor=manager, participant=enrolment.participant, page="participants:participant-detail", reason=WHY
    )


def made_for(coach, client, request) -> tuple[str, str]:
    """What stands in the two files that a coach has made to hand over."""
    service.make_own_data_files(actor=coach, request_id=request.pk, today=clock.today())
    make_all()
    request.refresh_from_db()
    pdf, data = (
        b"".join(client.get(reverse("reports:file-job-download", args=[pk])).streaming_content)
        for pk in (request.pdf_job_id, request.json_job_id)
    )
    read = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(read.split()), data.decode()


def test_a_reason_for_opening_does_not_pass_through_the_coachs_hands(
    opened_with_reason, data_request, coach, manager, client_of, today
):
    for text in made_for(coach, client_of(coach), data_request):
        assert "poliisilta" not in text
        assert manager.full_name in text
        assert "kirjattu; esihenkilö kertoo sen pyydettäessä" in text


def test_the_participant_reads_the_reason_in_what_is_fetched(opened_with_reason, inside, address):
    inside.post(address)
    make_all()
    data = b"".join(inside.post(reverse("own_data:file", args=["json"])).streaming_content).decode()
    assert WHY in data


def test_what_was_made_to_hand_over_is_not_what_is_fetched(
    opened_with_reason, inside, address, data_request, coach, client_of, today
):
    made_for(coach, client_of(coach), data_request)
    assert inside.post(reverse("own_data:file", args=["json"])).status_code == 404
    assert "Pyydä omat tietoni" in inside.get(address).content.decode()
    inside.post(address)
    make_all()
    assert WHY in b"".join(inside.post(reverse("own_data:file", args=["json"])).streaming_content).decode()


# --- staff --------------------------------------------------------------------------------------------
def test_a_request_by_phone_is_written_down_and_handed_over(client_of, coach, enrolment, today):
    client = client_of(coach)
    page = reverse("reports:own-data-person", args=[enrolment.participant_id])
    client.post(page, {"asked_on": "9.2.2026", "channel": "phone"})
    found = OwnDataRequest.objects.get()
    assert (found.asked_on, found.due_on) == (dt.date(2026, 2, 9), dt.date(2026, 3, 9))
    client.post(reverse("reports:own-data-files", args=[found.pk]))
    make_all()
    found.refresh_from_db()
    download = client.get(reverse("reports:file-job-download", args=[found.pdf_job_id]))
    assert b"".join(download.streaming_content).startswith(b"%PDF-")
    client.post(reverse("reports:own-data-handed-over", args=[found.pk]), {"answered_on": "10.2.2026"})
    found.refresh_from_db()
    assert (found.answer, found.answered_on) == ("on_paper", dt.date(2026, 2, 10))
    assert found.answered_by == coach


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"asked_on": "31.2.2026", "channel": "phone"},
        {"asked_on": "11.2.2026", "channel": "phone"},
        {"asked_on": "9.2.2026", "channel": "link"},
        {"asked_on": "\x00", "channel": "x" * 500},
    ],
)
def test_a_bad_request_is_answered_at_the_field(client_of, coach, enrolment, today, typed):
    page = reverse("reports:own-data-person", args=[enrolment.participant_id])
    answer = client_of(coach).post(page, typed)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert not OwnDataRequest.objects.exists()


def test_it_cannot_be_handed_over_before_it_was_asked_nor_twice(data_request, coach, today):
    with pytest.raises(DomainError):
        service.note_handed_over(
            actor=coach, request_id=data_request.pk, answered_on=today - dt.timedelta(days=1), today=today
        )
    service.note_handed_over(actor=coach, request_id=data_request.pk, answered_on=today, today=today)
    with pytest.raises(DomainError):
        service.refuse_own_data(actor=coach, request_id=data_request.pk, reason="x", today=today)


def test_a_refusal_says_why(data_request, coach, client_of, today):
    address = reverse("reports:own-data-refuse", args=[data_request.pk])
    client = client_of(coach)
    assert client.post(address, {"refused_reason": " "}).status_code == 422
    long = client.post(address, {"refused_reason": "x" * 401})
    assert "x" * 401 in long.content.decode()
    client.post(address, {"refused_reason": "Kolmas samanlainen viikossa"})
    data_request.refresh_from_db()
    assert (data_request.answer, data_request.answered_by) == ("refused", coach)
    register = client.get(reverse("reports:own-data-register")).content.decode()
    assert f", {coach.full_name}<br>" in register
    inside = go_in(data_request.participant)
    assert "Kolmas samanlainen" in inside.get(reverse("own_data:own-data")).content.decode()


def test_only_the_own_coach_answers(data_request, other_coach, coordinator, manager, administrator, today):
    for stranger in (other_coach, coordinator, manager, administrator):
        with pytest.raises(AccessDenied):
            service.make_own_data_files(actor=stranger, request_id=data_request.pk, today=today)


def test_the_register_names_people_to_those_who_may_know_them(
    data_request, client_of, manager, administrator
):
    address = reverse("reports:own-data-register")
    assert "Koivuniemi" in client_of(manager).get(address).content.decode()
    assert "Koivuniemi" not in client_of(administrator).get(address).content.decode()


def test_a_request_stands_on_today_a_week_before_it_is_due_and_late_after(data_request, coach, other_coach):
    due = data_request.due_on
    assert not own_data_lines(coach, {}, due - dt.timedelta(days=8))
    assert [line.is_late for line in own_data_lines(coach, {}, due)] == [False]
    assert [line.is_late for line in own_data_lines(coach, {}, due + dt.timedelta(days=1))] == [True]
    assert not own_data_lines(other_coach, {}, due)


def test_the_registers_queries_do_not_grow(client_of, coach, month, today):
    def more():
        for _person in range(5):
            person = factories.EnrolmentFactory(month=month).participant
            service.ask_own_data(
                actor=coach, participant_id=person.pk, channel="phone", asked_on=today, today=today
            )

    more()
    assert_queries_do_not_grow(client_of(coach), reverse("reports:own-data-register"), more, at_most=6)
