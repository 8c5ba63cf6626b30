"""Whose data was read or left with a report stands in the audit trail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ASKED = {"first": "1.1.2026", "last": "31.12.2026"}


def noted(action: str) -> dict:
    return AuditEvent.objects.get(action=action).details


def test_opening_the_group_report_notes_the_months(client_of, coach, manager, enrolment, month):
    for user in (coach, manager):
        client_of(user).get(reverse("reports:groups"), ASKED)
    rows = AuditEvent.objects.filter(action="report.groups_opened")
    assert [row.details["months"] for row in rows] == [[month.pk], [month.pk]]
    assert {row.actor_id for row in rows} == {coach.pk, manager.pk}


def test_taking_the_work_trials_notes_which(client_of, coordinator, placement):
    client_of(coordinator).post(reverse("reports:trial-report-file"), {**ASKED, "format": "csv"})
    assert noted("report.exported") == {
        "kind": "placements",
        "format": "csv",
        "placements": [placement.pk],
    }


def test_asking_for_the_pdf_of_work_trials_notes_which(client_of, coordinator, placement):
    client_of(coordinator).post(reverse("reports:trial-report-file"), {**ASKED, "format": "pdf"})
    assert noted("report.file_asked")["placements"] == [placement.pk]


def test_a_manager_takes_numbers_and_nobodys_work_trial(client_of, manager, placement):
    client_of(manager).post(reverse("reports:trial-report-file"), {**ASKED, "format": "csv"})
    assert "placements" not in noted("report.exported")


@pytest.mark.parametrize(("format", "action"), [("csv", "report.exported"), ("pdf", "report.file_asked")])
def test_the_group_report_as_a_file_notes_its_months(client_of, coach, enrolment, month, format, action):
    client_of(coach).post(reverse("reports:groups-file"), {**ASKED, "format": format})
    assert noted(action) == {"kind": "groups", "format": format, "months": [month.pk]}


def test_asking_for_the_attendance_as_pdf_notes_whose(client_of, coach, enrolment, month):
    other = factories.EnrolmentFactory(month=month)
    client_of(coach).post(reverse("reports:attendance-file", args=[month.pk]), {"format": "pdf"})
    event = AuditEvent.objects.get(action="report.file_asked")
    assert (event.object_type, event.object_id) == ("coaching.coachingmonth", month.pk)
    assert sorted(event.details["enrolments"]) == sorted([enrolment.pk, other.pk])


def test_a_wrong_period_notes_nothing_as_taken(client_of, coach, month):
    data = {"first": "x", "last": "y", "format": "csv"}
    assert client_of(coach).post(reverse("reports:groups-file"), data).status_code == 422
    assert not AuditEvent.objects.filter(action__in=["report.exported", "report.file_asked"]).exists()
