"""The draft of a daily log: one per person and session, only the own one, and never in the way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from coaching.errors import MonthAlreadyClosed
from coaching.models import AttendanceMark, DailyLogDraft, Session
from coaching.services.daily_log import NotInTheGroup, SessionInTheFuture, save_daily_log
from coaching.services.daily_log_draft import discard_draft, draft_input, save_draft
from core.errors import AccessDenied, DomainError
from tests.coaching.daily_log_support import TODAY, everybody, make_group, opened_form, query_dict
from tests.support import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def group(month):
    return make_group(month, 3)


def raw_input(fields):
    """As typed, valid or not: drafts keep both."""
    from coaching.forms.daily_log import DailyLogForm

    return DailyLogForm(query_dict(fields)).input


def draft(session, actor, fields, today=TODAY):
    return save_draft(actor=actor, session_id=session.pk, wanted=raw_input(fields), today=today)


def test_a_draft_keeps_what_was_typed_and_writes_nothing_else(session, coach, group, today):
    fields = opened_form(session) | everybody(group) | {"group_note": "Kesken", f"late-{group[0].pk}": "abc"}
    kept = draft(session, coach, fields)
    session.refresh_from_db()
    assert (session.state, session.version) == ("planned", 1)
    assert not AttendanceMark.objects.exists()
    assert not AuditEvent.objects.exists()
    units = draft_input(kept).units
    assert units["note"] == ("Kesken",)
    assert units[f"attendance-{group[0].pk}"] == ("present", "abc", "")


def test_a_second_draft_takes_the_place_of_the_first(session, coach, group, today):
    draft(session, coach, opened_form(session) | {"group_note": "Yksi"})
    draft(session, coach, opened_form(session) | {"group_note": "Kaksi"})
    assert draft_input(DailyLogDraft.objects.get()).units["note"] == ("Kaksi",)


def test_each_person_has_an_own_draft(session, coach, substitute, group, today):
    draft(session, coach, opened_form(session) | {"group_note": "Sannan"})
    draft(session, substitute, opened_form(session) | {"group_note": "Sirpan"})
    kept = {row.user_id: draft_input(row).units["note"][0] for row in DailyLogDraft.objects.all()}
    assert kept == {coach.pk: "Sannan", substitute.pk: "Sirpan"}


def test_saving_the_log_drops_the_own_draft_only(session, coach, substitute, group, today):
    fields = opened_form(session) | {"group_note": "Sannan"}
    draft(session, coach, fields)
    draft(session, substitute, opened_form(session) | {"group_note": "Sirpan"})
    save_daily_log(actor=coach, session_id=session.pk, wanted=raw_input(fields), today=TODAY)
    assert DailyLogDraft.objects.get().user == substitute


def test_a_draft_that_arrives_after_the_save_leaves_nothing_behind(session, coach, group, today):
    fields = opened_form(session) | everybody(group) | {"group_note": "Valmis"}
    save_daily_log(actor=coach, session_id=session.pk, wanted=raw_input(fields), today=TODAY)
    assert draft(session, coach, fields) is None
    assert not DailyLogDraft.objects.exists()


def test_typing_back_what_stood_there_drops_the_draft(session, coach, group, today):
    draft(session, coach, opened_form(session) | {"group_note": "Kesken"})
    assert draft(session, coach, opened_form(session)) is None
    assert not DailyLogDraft.objects.exists()


def test_a_draft_for_somebody_of_another_group_is_refused(session, coach, group, today):
    stranger = factories.EnrolmentFactory()
    with pytest.raises(NotInTheGroup):
        draft(session, coach, opened_form(session) | everybody([stranger]))
    assert not DailyLogDraft.objects.exists()


def test_a_draft_that_is_far_too_long_is_refused(session, coach, month, today):
    people = make_group(month, 6)
    fields = opened_form(session) | {f"step-{person.pk}": "x" * 40_000 for person in people}
    with pytest.raises(DomainError, match="too long"):
        draft(session, coach, fields)


def test_a_future_session_takes_no_draft(coach, month, today):
    tomorrow = factories.SessionFactory(month=month, held_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(SessionInTheFuture):
        draft(tomorrow, coach, opened_form(tomorrow) | {"group_note": "Ennakkoon"})


def test_a_closed_month_takes_no_draft(session, coach, manager, month, today):
    month.state, month.closed_at, month.closed_by = "closed", "2026-02-10T10:00Z", manager
    month.save()
    with pytest.raises(MonthAlreadyClosed):
        draft(session, coach, opened_form(session) | {"group_note": "Myöhässä"})


@pytest.mark.parametrize("who", ["coordinator", "officer", "manager"])
def test_those_who_may_only_read_draft_nothing(session, who, request, today):
    with pytest.raises(AccessDenied):
        draft(session, request.getfixturevalue(who), opened_form(session) | {"group_note": "Hei"})


def test_a_stranger_drafts_nothing(session, other_coach, today):
    with pytest.raises(Session.DoesNotExist):
        draft(session, other_coach, opened_form(session) | {"group_note": "Hei"})


def test_discarding_drops_the_own_draft_and_is_harmless_twice(session, coach, substitute, group, today):
    draft(session, coach, opened_form(session) | {"group_note": "Sannan"})
    draft(session, substitute, opened_form(session) | {"group_note": "Sirpan"})
    assert discard_draft(actor=coach, session_id=session.pk, today=TODAY)
    assert not discard_draft(actor=coach, session_id=session.pk, today=TODAY)
    assert DailyLogDraft.objects.get().user == substitute


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "x",
        {},
        {"units": None},
        {"units": {"note": ["a", "b"], "evil": ["x"]}, "base": [], "pending": 7},
    ],
)
def test_a_damaged_draft_is_read_as_nothing(session, coach, content):
    row = DailyLogDraft(session=session, user=coach, content=content, base_version=1)
    assert draft_input(row).units == {}
