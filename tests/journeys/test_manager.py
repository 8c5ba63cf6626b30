"""The manager: sees outcomes against the goal, reads a month's grid without notes, opens no person's file."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.support import factories


@pytest.fixture
def group(month, enrolment, session):
    """Today's session logged with a note, and last month's outcome on record."""
    session.group_note = "Ryhmän oma asia"
    session.state, session.logged_at = "logged", timezone.now()
    session.save()
    factories.MarkFactory(enrolment=enrolment, session=session, mark="own_illness")
    closed = factories.MonthFactory(
        name="Tammikuu 2026",
        starts_on=dt.date(2026, 1, 5),
        coach=month.coach,
        authority=month.authority,
        state="closed",
        closed_at=timezone.now(),
        closed_by=month.coach,
    )
    factories.EnrolmentFactory(
        month=closed, onward_path="paid_work", exit_kind="completed", onward_recorded_at=timezone.now()
    )
    return month


def test_the_manager_reads_figures_and_the_grid_without_notes(walk, width, manager, group, enrolment, today):
    desk = walk(width)
    desk.log_in(manager)
    desk.check()
    assert "100 %" in desk.page.inner_text("main")
    assert "60 %" in desk.page.inner_text("main")
    desk.page.click(f"main a:has-text('{group.name}')")
    desk.page.wait_for_load_state()
    desk.check()
    desk.go(f"/coaching/months/{group.pk}/grid/")
    desk.check()
    text = desk.page.inner_text("main")
    assert "Koivuniemi" in text
    assert "Ryhmän oma asia" not in text
    assert desk.go(f"/participants/{enrolment.participant_id}/").status == 404
    assert desk.go(f"/coaching/people/{enrolment.pk}/").status == 404
