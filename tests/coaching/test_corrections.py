"""A mark that changes after the summary was released needs a reason, and both values stay on record."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import AttendanceMark, MarkCorrection
from coaching.services.corrections import (
    CorrectionNeedsReason,
    MarkChange,
    MarkValue,
    record_corrections,
    released_among,
)
from coaching.services.work_trial_half import HalfDay, HalfDayChange, save_work_trial_half
from tests.coaching.daily_log_support import release_summary
from tests.support import factories

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 2, 10)


@pytest.fixture
def released_enrolment(enrolment):
    """Aino, whose summary is with the office already."""
    release_summary(enrolment)
    return enrolment


def change(enrolment, before="present", after="own_illness"):
    return MarkChange(
        enrolment_id=enrolment.pk,
        day=DAY,
        half="morning",
        before=MarkValue(before, minutes_late=10 if before == "present" else 0),
        after=MarkValue(after),
    )


def test_before_the_release_a_change_needs_no_reason(coach, enrolment):
    assert record_corrections(actor=coach, changes=[change(enrolment)], reason="", now=NOW) == 0
    assert not MarkCorrection.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "\x00", "\u200b", ".", "x" * 301])
def test_after_the_release_a_change_without_a_proper_reason_is_refused(coach, released_enrolment, reason):
    with pytest.raises(CorrectionNeedsReason) as refused:
        record_corrections(actor=coach, changes=[change(released_enrolment)], reason=reason, now=NOW)
    assert refused.value.field == "correction_reason"
    assert refused.value.enrolment_ids == {released_enrolment.pk}
    assert not MarkCorrection.objects.exists()


def test_a_correction_keeps_both_values_who_and_why(coach, released_enrolment):
    changes = [change(released_enrolment)]
    assert record_corrections(actor=coach, changes=changes, reason=" Väärä  rivi ", now=NOW) == 1
    row = MarkCorrection.objects.get()
    assert row.before == {"mark": "present", "minutes_late": 10}
    assert row.after == {"mark": "own_illness"}
    assert (row.reason, row.recorded_by, row.recorded_at) == ("Väärä rivi", coach, NOW)
    event = AuditEvent.objects.get(action="mark.corrected")
    assert event.participant_id == released_enrolment.participant_id
    assert event.reason == ""


def test_what_does_not_change_is_no_correction(coach, released_enrolment):
    same = change(released_enrolment, before="own_illness")
    assert record_corrections(actor=coach, changes=[same], reason="", now=NOW) == 0


def test_only_those_with_a_released_summary_are_asked_about(coach, released_enrolment, month):
    other = factories.EnrolmentFactory(month=month)
    assert released_among([released_enrolment.pk, other.pk]) == {released_enrolment.pk}
    changes = [change(released_enrolment), change(other)]
    assert record_corrections(actor=coach, changes=changes, reason="Väärä rivi", now=NOW) == 1


def test_the_database_refuses_a_correction_without_a_reason(released_enrolment):
    with pytest.raises(IntegrityError, match="mark_correction_says_why"), transaction.atomic():
        MarkCorrection.objects.create(
            enrolment=released_enrolment, day=DAY, half="morning", reason="", recorded_at=NOW
        )


def test_the_work_trial_half_asks_too_and_writes_nothing_without(coordinator, released_enrolment):
    wanted = HalfDayChange(day=DAY, wanted=HalfDay("present", Decimal(4)), seen=HalfDay().token)
    args = {
        "actor": coordinator,
        "enrolment_id": released_enrolment.pk,
        "half": "afternoon",
        "changes": [wanted],
        "today": DAY,
        "now": NOW,
    }
    with pytest.raises(CorrectionNeedsReason):
        save_work_trial_half(**args)
    assert not AttendanceMark.objects.exists()
    assert save_work_trial_half(**args, reason="Tunnit tulivat myöhässä") == 1
    assert MarkCorrection.objects.get().after == {"mark": "present", "hours": "4.00"}


def test_the_persons_page_shows_what_was_corrected_and_why(client_of, coach, released_enrolment, today):
    address = reverse("coaching:person", args=[released_enrolment.pk])
    page = client_of(coach)
    assert "Korjattu yhteenvedon luovuttamisen jälkeen" not in page.get(address).content.decode()
    record_corrections(actor=coach, changes=[change(released_enrolment)], reason="Väärä rivi", now=NOW)
    text = page.get(address).content.decode()
    assert "Korjattu yhteenvedon luovuttamisen jälkeen" in text
    assert "Väärä rivi" in text
