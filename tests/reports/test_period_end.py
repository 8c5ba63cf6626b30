"""The period end: one part per person, done once whatever happens, with its cause when it fails."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pypdf import PdfReader

from core.errors import AccessDenied
from core.registry import Registry
from core.tasks import requeuers
from core.work_rows import MAX_ATTEMPTS
from reports.enums import FailureCause
from reports.errors import AlreadyRunning, NobodyInTheGroup, WrongState
from reports.models import PeriodEnd, PeriodEndItem, SummaryPdfJob, SummaryVersion
from reports.services import pdf_files
from reports.services import period_end as service
from reports.services.versions import edit_texts
from reports.tasks import make_period_end_item, make_summary_pdf
from tests.support import factories
from tests.support.summaries import make_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """What was told to the workers: (task name, id)."""
    messages = []

    def catch(task, key):
        monkeypatch.setattr(
            task, "apply_async", lambda args=None, kwargs=None, **_o: messages.append((key, kwargs))
        )

    catch(make_period_end_item, "item")
    catch(make_summary_pdf, "pdf")
    return messages


@pytest.fixture
def no_rendering(monkeypatch, own_files):
    """A PDF costs a third of a second; most tests only need to know how often one was made."""
    made = []

    def fake(html, *, embedded, made_at):
        made.append(html)
        return b"%PDF-1.7 fake"

    monkeypatch.setattr("reports.summary.document.render_document", fake)
    return made


@pytest.fixture
def group(month):
    people = [factories.EnrolmentFactory(month=month) for _ in range(3)]
    for person in people:
        make_whole(person, days=2)
    return people


def start(month, actor=None):
    return service.start_period_end(actor=actor or month.coach, month_id=month.pk)


def run_all(period_end):
    for item in period_end.items.order_by("pk"):
        service.run_item(item_id=item.pk)


def test_everybody_in_the_group_gets_a_part(month, group, sent, django_capture_on_commit_callbacks):
    factories.EnrolmentFactory(month=month, state="waiting", joined_on=None)
    with django_capture_on_commit_callbacks(execute=True):
        period_end = start(month)
    assert period_end.items.count() == 3
    assert sent == [("item", {"item_id": item.pk}) for item in period_end.items.order_by("pk")]


def test_pressing_twice_begins_once(month, group, sent):
    assert start(month) == start(month)
    assert PeriodEndItem.objects.count() == 3


def test_each_part_makes_one_summary_with_its_pdf(month, group, no_rendering):
    period_end = start(month)
    run_all(period_end)
    period_end.refresh_from_db()
    assert period_end.finished_at is not None
    assert SummaryVersion.objects.count() == 3
    assert all(default_storage.exists(s.pdf.name) for s in SummaryVersion.objects.all())
    assert {item.state for item in period_end.items.all()} == {"done"}


def test_running_everything_twice_makes_no_second_version_and_renders_nothing(month, group, no_rendering):
    for _round in range(2):
        period_end = start(month)
        run_all(period_end)
        run_all(period_end)
    assert SummaryVersion.objects.count() == 3
    assert len(no_rendering) == 3


def test_only_the_own_coach_starts(month, group, other_coach, substitute):
    for user in (other_coach, substitute):
        with pytest.raises(AccessDenied):
            start(month, actor=user)


def test_an_empty_group_is_refused_in_words(month):
    with pytest.raises(NobodyInTheGroup):
        start(month)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (SoftTimeLimitExceeded(), FailureCause.TOO_SLOW),
        (OperationalError("server closed"), FailureCause.NO_DATABASE),
        (OSError("disk full"), FailureCause.NO_STORAGE),
        (ValueError("Aino Koivuniemi"), FailureCause.UNEXPECTED),
    ],
)
def test_an_unexpected_failure_is_tried_again_and_then_shown(month, group, monkeypatch, error, cause):
    def fail(**_kwargs):
        raise error

    monkeypatch.setattr(service, "ensure_pdf", fail)
    item = start(month).items.first()
    waits = [service.run_item(item_id=item.pk) for _ in range(MAX_ATTEMPTS)]
    item.refresh_from_db()
    assert [bool(wait) for wait in waits] == [True, True, True, False]
    assert waits[0] < waits[1] < waits[2]
    assert (item.state, item.error, item.attempts) == ("failed", cause, MAX_ATTEMPTS)
    assert "Aino" not in item.error


def test_a_failure_of_one_does_not_stop_the_others(month, group, monkeypatch, no_rendering):
    type(group[0]).objects.filter(pk=group[0].pk).update(state="cancelled")
    period_end = PeriodEnd.objects.create(month=month, requested_by=month.coach)
    PeriodEndItem.objects.bulk_create(
        PeriodEndItem(period_end=period_end, enrolment=person) for person in group
    )
    run_all(period_end)
    states = dict(period_end.items.values_list("enrolment_id", "state"))
    assert [states[person.pk] for person in group] == ["failed", "done", "done"]
    assert period_end.items.get(enrolment=group[0]).error == FailureCause.LEFT_THE_GROUP
    period_end.refresh_from_db()
    assert period_end.finished_at is not None


def test_a_failed_part_can_be_run_again(failed_item, coach, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        item = service.run_item_again(actor=coach, item_id=failed_item.pk)
    assert (item.state, item.attempts, item.error) == ("queued", 0, "")
    assert sent == [("item", {"item_id": item.pk})]
    failed_item.period_end.refresh_from_db()
    assert failed_item.period_end.finished_at is None


def test_only_what_failed_is_run_again(failed_item, coach):
    PeriodEndItem.objects.update(state="done")
    with pytest.raises(WrongState):
        service.run_item_again(actor=coach, item_id=failed_item.pk)


def test_a_part_is_not_run_again_beside_a_newer_period_end(failed_item, coach, sent):
    start(failed_item.period_end.month)
    with pytest.raises(AlreadyRunning):
        service.run_item_again(actor=coach, item_id=failed_item.pk)


def test_a_part_that_another_worker_holds_is_left_alone(month, group, no_rendering):
    item = start(month).items.first()
    PeriodEndItem.objects.filter(pk=item.pk).update(
        state="running", lease_until=dt.datetime(2099, 1, 1, tzinfo=dt.UTC), attempts=1
    )
    assert service.run_item(item_id=item.pk) is None
    assert not no_rendering


def test_expired_parts_are_sent_again_once_a_lease(
    month, group, sent, today, django_capture_on_commit_callbacks
):
    from core import clock

    item = start(month).items.first()
    PeriodEndItem.objects.exclude(pk=item.pk).update(state="done")
    past = clock.now() - dt.timedelta(minutes=5)
    PeriodEndItem.objects.filter(pk=item.pk).update(state="running", lease_until=past, attempts=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert service.requeue_period_end_items(clock.now()) == 1
        assert service.requeue_period_end_items(clock.now()) == 0
    assert sent == [("item", {"item_id": item.pk})]


def test_a_part_interrupted_too_often_fails_with_its_cause(month, group, sent, today):
    from core import clock

    item = start(month).items.first()
    past = clock.now() - dt.timedelta(minutes=5)
    PeriodEndItem.objects.exclude(pk=item.pk).update(state="done")
    PeriodEndItem.objects.filter(pk=item.pk).update(state="running", lease_until=past, attempts=MAX_ATTEMPTS)
    service.requeue_period_end_items(clock.now())
    item.refresh_from_db()
    assert (item.state, item.error) == ("failed", FailureCause.INTERRUPTED)
    item.period_end.refresh_from_db()
    assert item.period_end.finished_at is not None


def test_the_requeuers_are_registered():
    assert isinstance(requeuers, Registry)
    assert {service.requeue_period_end_items, service.requeue_pdf_jobs} <= set(requeuers)


def test_an_edit_asks_for_a_fresh_pdf_which_a_job_makes(draft, coach, no_rendering):
    pdf_files.ensure_pdf(summary_id=draft.pk)
    draft.refresh_from_db()
    first = draft.pdf.name
    edit_texts(
        actor=coach,
        summary_id=draft.pk,
        texts={"overall": "Rohkeus kasvoi."},
        comment="",
        version=draft.version,
        now=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC),
    )
    draft.refresh_from_db()
    assert not draft.has_fresh_pdf
    make_summary_pdf(job_id=SummaryPdfJob.objects.get().pk)
    draft.refresh_from_db()
    assert draft.has_fresh_pdf
    assert draft.pdf.name != first
    assert not default_storage.exists(first)
    assert len(no_rendering) == 2


def test_a_pdf_of_words_that_changed_meanwhile_is_dropped(draft, monkeypatch, own_files):
    def render_while_somebody_edits(html, *, embedded, made_at):
        SummaryVersion.objects.update(content_hash="e" * 64, pdf_content_hash="")
        return b"%PDF-1.7 old words"

    monkeypatch.setattr("reports.summary.document.render_document", render_while_somebody_edits)
    assert pdf_files.ensure_pdf(summary_id=draft.pk) is False
    draft.refresh_from_db()
    assert not draft.has_fresh_pdf


def test_no_half_file_stands_under_a_summarys_name(draft, monkeypatch, no_rendering, own_files):
    def die(_self, _target):
        raise OSError("killed while moving")

    monkeypatch.setattr("pathlib.Path.replace", die)
    with pytest.raises(OSError, match="killed"):
        pdf_files.ensure_pdf(summary_id=draft.pk)
    assert [path.suffix for path in own_files.rglob("*") if path.is_file()] == [".part"]
    draft.refresh_from_db()
    assert not draft.pdf


# --- the operator's command -----------------------------------------------------------------------
def test_the_command_writes_files_named_by_ids(month, enrolment, tmp_path, own_files):
    make_whole(enrolment, days=3)
    out = io.StringIO()
    call_command("period_end", str(month.pk), output=str(tmp_path / "pdfs"), stdout=out)
    files = list((tmp_path / "pdfs").iterdir())
    assert [file.name for file in files] == [f"yhteenveto-{enrolment.pk}-v1.pdf"]
    assert "Koivuniemi" in PdfReader(files[0]).pages[0].extract_text()
    call_command("period_end", str(month.pk), output=str(tmp_path / "pdfs"), stdout=out)


@pytest.mark.usefixtures("no_rendering")
def test_the_command_overwrites_nothing_silently(month, group, tmp_path):
    taken = tmp_path / "pdfs" / f"yhteenveto-{group[0].pk}-v1.pdf"
    taken.parent.mkdir()
    taken.write_bytes(b"somebody's own file")
    with pytest.raises(CommandError) as refusal:
        call_command(
            "period_end", str(month.pk), output=str(taken.parent), stdout=io.StringIO(), stderr=io.StringIO()
        )
    assert refusal.value.returncode == 3
    assert taken.read_bytes() == b"somebody's own file"
    assert len(list(taken.parent.iterdir())) == 3
    call_command("period_end", str(month.pk), output=str(taken.parent), overwrite=True, stdout=io.StringIO())
    assert taken.read_bytes() == b"%PDF-1.7 fake"


def test_the_command_says_when_there_is_no_such_month(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("period_end", "4711", output=str(tmp_path))
    assert refusal.value.returncode == 1


def test_the_command_says_when_nobody_is_in_the_group(month, tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("period_end", str(month.pk), output=str(tmp_path))
    assert refusal.value.returncode == 1
