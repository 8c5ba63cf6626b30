"""The agreement: dataclass, HTML, bytes; asked for once, made once, gated by consent."""

from __future__ import annotations

import datetime as dt
import io
import logging

import pikepdf
import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from accounts.models import AuditEvent
from core.registry import ways_out
from core.work_rows import MAX_ATTEMPTS
from employers import tasks
from employers.agreement import agreement_html, build_agreement, load_for_agreement
from employers.enums import AgreementFailure
from employers.errors import AgreementNotForEnded
from employers.models import AgreementFile
from employers.registrations import anonymise_placements, placement_section
from employers.services import agreement as services
from participants.consent import ConsentMissing
from tests.support.factories import (
    ConsentFactory,
    ContactPersonFactory,
    EmployerFactory,
    GoalFactory,
    PlacementFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def placement(enrolment, coordinator):
    employer = EmployerFactory(
        name="Rautakauppa Saha Oy",
        business_id="2077474-0",
        street_address="Sahakatu 3",
        postal_code="13100",
        city="Hämeenlinna",
    )
    participant = enrolment.participant
    participant.street_address, participant.postal_code = "Kotikuja 5", "13200"
    participant.city = "Hämeenlinna"
    participant.save()
    return PlacementFactory(
        month=enrolment.month,
        participant=participant,
        employer=employer,
        supervisor=ContactPersonFactory(employer=employer, name="Eero Esimies", phone="040 555 0101"),
        guide=ContactPersonFactory(employer=employer, name="Oili Ohjaaja", role="guide"),
        goal=GoalFactory(enrolment=enrolment, text="Haluan varastotyöhön, jossa selkä kestää."),
        created_by=coordinator,
    )


@pytest.fixture
def consent(placement):
    return ConsentFactory(participant=placement.participant, recipient="employer", item="contact")


@pytest.fixture
def sent(monkeypatch):
    """The ids that were sent to the queue."""
    ids = []
    monkeypatch.setattr(
        tasks.make_agreement, "delay", lambda *, agreement_file_id: ids.append(agreement_file_id)
    )
    return ids


def html_of(placement):
    return agreement_html(build_agreement(load_for_agreement(placement.pk)))


def ask(placement, actor, today):
    return services.request_agreement(actor=actor, placement_id=placement.pk, now=NOW, today=today)


def make(row, today, now=NOW):
    state = services.make_agreement_file(agreement_file_id=row.pk, now=now, today=today)
    row.refresh_from_db()
    return state


def test_the_dataclass_holds_the_terms_and_takes_two_queries(placement, count_queries):
    with count_queries() as queries:
        agreement = build_agreement(load_for_agreement(placement.pk))
    assert len(queries) == 2
    assert (agreement.hours_per_day, agreement.hours_per_week) == (4, 20)
    assert (agreement.starts_on, agreement.ends_on) == (dt.date(2026, 2, 2), dt.date(2026, 2, 27))
    assert agreement.guide.name == "Oili Ohjaaja"
    assert agreement.participant_address == "Kotikuja 5, 13200 Hämeenlinna"
    assert agreement.work_address == "Sahakatu 3, 13100 Hämeenlinna"


def test_the_html_names_the_parties_the_aim_and_the_terms(placement):
    html = html_of(placement)
    for text in (
        "Aino Koivuniemi",
        "Rautakauppa Saha Oy",
        "2077474-0",
        "Kanta-Hämeen työllisyysalue",
        "Olli Virkailija",
        "Haluan varastotyöhön, jossa selkä kestää.",
        "Hyllytys ja asiakaspalvelu",
        "2.2.2026–27.2.2026",
        "Oili Ohjaaja",
        "Kaisa Koordinaattori",
        "Sanna Valmentaja",
    ):
        assert text in html, text


def test_a_restricted_persons_address_stays_out(placement):
    placement.participant.is_restricted = True
    placement.participant.save()
    assert "Kotikuja" not in html_of(placement)


def test_a_goal_that_is_not_linked_stays_out(placement):
    placement.goal = None
    placement.save()
    assert "varastotyöhön" not in html_of(placement)


def test_what_is_typed_is_text_and_never_markup(placement):
    placement.tasks = "<script>alert(1)</script>"
    placement.save()
    assert "<script>" not in html_of(placement)


def test_an_early_ending_does_not_rewrite_what_was_agreed(placement):
    placement.planned_ends_on, placement.ends_on = placement.ends_on, dt.date(2026, 2, 12)
    assert build_agreement(placement).ends_on == dt.date(2026, 2, 27)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pdf_is_tagged_titled_in_the_participants_language_and_without_warnings(
    placement, consent, coordinator, today, sent, language, caplog
):
    placement.participant.language = language
    placement.participant.save()
    row = ask(placement, coordinator, today)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        assert make(row, today) == "done"
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
    with default_storage.open(row.file.name) as file:
        content = file.read()
    reader = PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert 2 <= len(reader.pages) <= 3  # the terms, and the description of the service on a page of its own
    assert "Aino Koivuniemi" in text
    assert f"{len(reader.pages)}" in text
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.Lang == language
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo.get("/Title", "")) in html_of(placement)


def test_asking_is_refused_without_the_consent_and_nothing_is_queued(placement, coordinator, today, sent):
    with pytest.raises(ConsentMissing):
        ask(placement, coordinator, today)
    assert not AgreementFile.objects.exists()
    assert sent == []


def test_the_way_out_is_registered_with_the_consent_that_it_needs():
    door = {way.code: way for way in ways_out}["placement.agreement"]
    assert (door.recipient, door.items) == ("employer", ("contact",))


def test_asking_queues_one_job_by_its_id_after_the_commit(
    placement, consent, coordinator, today, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = ask(placement, coordinator, today)
        assert sent == []
    assert sent == [row.pk]
    event = AuditEvent.objects.get(action="agreement.requested")
    assert event.participant_id == placement.participant_id


def test_a_lost_broker_does_not_lose_the_work(
    placement, consent, coordinator, today, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(**_kwargs):
        raise ConnectionError

    monkeypatch.setattr(tasks.make_agreement, "delay", broken)
    with django_capture_on_commit_callbacks(execute=True):
        row = ask(placement, coordinator, today)
    assert row.state == "queued"


def test_the_same_content_is_made_once(placement, consent, coordinator, today, sent):
    row = ask(placement, coordinator, today)
    assert make(row, today) == "done"
    first = row.file.name
    assert make(row, today) == ""
    again = ask(placement, coordinator, today)
    assert (again.pk, again.state, again.file.name) == (row.pk, "done", first)
    assert AgreementFile.objects.count() == 1


def test_a_change_makes_another_file_and_keeps_the_first(placement, consent, coordinator, today, sent):
    first = ask(placement, coordinator, today)
    make(first, today)
    placement.tasks = "Kassa"
    placement.version += 1
    placement.save()
    second = ask(placement, coordinator, today)
    make(second, today)
    assert first.pk != second.pk
    assert first.file.name != second.file.name
    assert second.placement_version == 2


def test_the_files_name_tells_nothing(placement, consent, coordinator, today, sent):
    row = ask(placement, coordinator, today)
    make(row, today)
    stem = row.file.name.removeprefix("agreements/").removesuffix(".pdf")
    assert len(stem) == 32
    assert set(stem) <= set("0123456789abcdef")


def test_a_change_in_the_meantime_fails_with_its_cause_and_is_made_again(
    placement, consent, coordinator, today, sent
):
    row = ask(placement, coordinator, today)
    placement.tasks = "Kassa"
    placement.save()
    assert make(row, today) == "failed"
    assert row.error == AgreementFailure.CHANGED
    placement.tasks = "Hyllytys ja asiakaspalvelu"
    placement.save()
    again = ask(placement, coordinator, today)
    assert (again.pk, again.state, again.attempts) == (row.pk, "queued", 0)
    assert make(again, today) == "done"


def test_a_consent_taken_back_in_the_meantime_stops_the_job(placement, consent, coordinator, today, sent):
    row = ask(placement, coordinator, today)
    consent.revoked_at = NOW
    consent.save()
    assert make(row, today) == "failed"
    assert row.error == AgreementFailure.CONSENT
    assert not row.file


def test_a_fault_while_rendering_is_shown_and_not_swallowed(
    placement, consent, coordinator, today, sent, monkeypatch
):
    row = ask(placement, coordinator, today)
    monkeypatch.setattr("core.pdf.render_pdf", lambda html: 1 / 0)
    assert make(row, today) == "failed"
    assert row.error == AgreementFailure.RENDERING


def test_a_killed_workers_row_is_sent_again_and_then_given_up(placement, consent, coordinator, today, sent):
    row = ask(placement, coordinator, today)
    AgreementFile.objects.filter(pk=row.pk).update(
        state="running", attempts=1, lease_until=NOW - dt.timedelta(seconds=1), queued_at=NOW
    )
    assert services.requeue_agreement_files(NOW) == 1
    assert services.requeue_agreement_files(NOW) == 0
    assert sent == [row.pk]
    AgreementFile.objects.filter(pk=row.pk).update(
        state="running", attempts=MAX_ATTEMPTS, lease_until=NOW - dt.timedelta(seconds=1)
    )
    assert services.requeue_agreement_files(NOW) == 0
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", AgreementFailure.INTERRUPTED)


def test_a_row_that_another_attempt_took_over_leaves_no_file_behind(
    placement, consent, coordinator, today, sent, monkeypatch
):
    row = ask(placement, coordinator, today)

    before = set(default_storage.listdir("agreements")[1]) if default_storage.exists("agreements") else set()

    def taken_over(html):
        AgreementFile.objects.filter(pk=row.pk).update(attempts=9)
        return b"%PDF-"

    monkeypatch.setattr("core.pdf.render_pdf", taken_over)
    assert make(row, today) == ""
    assert not row.file
    assert set(default_storage.listdir("agreements")[1]) == before


def test_an_ended_trial_gets_no_new_agreement(placement, consent, coordinator, today, sent):
    placement.state = "completed"
    placement.save()
    with pytest.raises(AgreementNotForEnded):
        ask(placement, coordinator, today)


def test_the_persons_export_holds_the_work_trial(placement):
    title, rows = placement_section(placement.participant)
    assert title
    assert "Rautakauppa Saha Oy" in rows[0].values()


def test_anonymising_strips_the_texts_and_drops_the_files(placement, consent, coordinator, today, sent):
    row = ask(placement, coordinator, today)
    make(row, today)
    name = row.file.name
    assert anonymise_placements(placement.participant) == 2
    placement.refresh_from_db()
    assert (placement.tasks, placement.address, placement.goal) == ("–", "", None)
    assert not default_storage.exists(name)
    assert not AgreementFile.objects.exists()
