"""Versions of a summary: what changes them, what clears an approval, and what nothing may change."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.models import AuditEvent
from core.errors import AccessDenied, DomainError, StaleVersion
from reports.access import can_view_summary
from reports.enums import SummaryState
from reports.errors import SummaryIsReleased, WrongState
from reports.models import SummaryVersion
from reports.services import versions
from reports.transitions import TRANSITIONS, may_move
from tests.support import factories
from tests.support.summaries import HELSINKI, make_released, make_summary

TODAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=HELSINKI)
TEXTS = {"overall": "Rohkeus kasvoi.", "goal_change": "", "aftercare": "", "plan_text": ""}
ALLOWED = {
    ("draft", "participant_review"),
    ("participant_review", "draft"),
    ("participant_review", "approved"),
    ("approved", "released"),
    ("participant_review", "superseded"),
    ("approved", "superseded"),
    ("released", "superseded"),
}


@pytest.mark.parametrize(
    ("state", "role", "target"),
    list(itertools.product(SummaryState.values, Role.values, SummaryState.values)),
)
def test_each_state_role_and_target(state, role, target):
    assert may_move(role, state, target) == (role == "coach" and (state, target) in ALLOWED)


def test_the_table_names_only_states_that_exist():
    assert {state for pair in TRANSITIONS for state in pair} <= set(SummaryState.values)


def again(enrolment, **more):
    return versions.make_draft(
        actor=enrolment.month.coach, enrolment_id=enrolment.pk, now=NOW, today=TODAY, **more
    )


def edit(summary, texts=TEXTS, comment="", **more):
    more = {"actor": summary.enrolment.month.coach, "version": summary.version, **more}
    return versions.edit_texts(summary_id=summary.pk, texts=texts, comment=comment, now=NOW, **more)


def sign(summary, signed_on=TODAY, **more):
    more = {"actor": summary.enrolment.month.coach, "version": summary.version, **more}
    return versions.record_approval(
        summary_id=summary.pk, signed_on=signed_on, method="meeting", now=NOW, today=TODAY, **more
    )


def approve(summary):
    return versions.approve_summary(
        actor=summary.enrolment.month.coach, summary_id=summary.pk, version=summary.version, now=NOW
    )


def test_making_it_twice_makes_one_version(whole):
    first = make_summary(whole)
    assert again(whole) == first
    assert SummaryVersion.objects.count() == 1


def test_a_draft_takes_in_what_changed(draft):
    draft.enrolment.action_steps.update(what="Hakee oppisopimusta")
    fresh = again(draft.enrolment)
    assert (fresh.pk, fresh.number, fresh.state) == (draft.pk, 1, "draft")
    assert fresh.content_hash != draft.content_hash
    assert fresh.data["plan"]["steps"][0]["what"] == "Hakee oppisopimusta"


def test_what_the_participant_approved_is_followed_by_a_new_version(draft):
    signed = sign(draft)
    draft.enrolment.action_steps.update(what="Hakee oppisopimusta")
    fresh = again(draft.enrolment)
    signed.refresh_from_db()
    assert (fresh.number, fresh.state, fresh.signed_on) == (2, "draft", None)
    assert (signed.state, signed.signed_on) == ("superseded", TODAY)


def test_a_released_version_stays_while_the_next_is_in_work(released):
    fresh = again(released.enrolment, even_if_same=True)
    released.refresh_from_db()
    assert (released.state, fresh.number, fresh.state) == ("released", released.number + 1, "draft")


def test_somebody_who_left_the_group_gets_no_summary(whole):
    type(whole).objects.filter(pk=whole.pk).update(state="cancelled")
    with pytest.raises(DomainError):
        again(whole)


def test_editing_keeps_the_version_and_changes_its_hash(draft):
    saved = edit(draft)
    assert (saved.pk, saved.texts) == (draft.pk, {"overall": "Rohkeus kasvoi."})
    assert saved.content_hash != draft.content_hash
    assert saved.pdf_job.state == "queued"


def test_saving_the_same_texts_changes_nothing(draft):
    saved = edit(draft)
    assert edit(saved).version == saved.version


def test_the_generated_text_saved_untouched_stays_generated(draft):
    saved = edit(draft, {**TEXTS, "plan_text": draft.plan_text})
    assert "plan_text" not in saved.texts
    assert saved.plan_text == draft.plan_text


def test_editing_a_signed_version_clears_the_approval_in_a_new_version(draft):
    signed = sign(draft)
    fresh = edit(signed, comment="Tämä kuvaa minua.")
    signed.refresh_from_db()
    assert (fresh.number, fresh.signed_on, fresh.participant_comment) == (2, None, "Tämä kuvaa minua.")
    assert (signed.state, signed.texts, signed.participant_comment) == ("superseded", {}, "")


def test_editing_an_approved_version_clears_both_approvals(draft):
    fresh = edit(approve(sign(draft)))
    assert (fresh.number, fresh.state, fresh.signed_on, fresh.approved_at) == (2, "draft", None, None)


def test_editing_a_released_version_is_refused(released):
    with pytest.raises(SummaryIsReleased):
        edit(released)


def test_two_tabs_do_not_overwrite_each_other(draft):
    edit(draft)
    with pytest.raises(StaleVersion):
        edit(draft, {**TEXTS, "overall": "Toinen teksti"})


@pytest.mark.parametrize(("field", "length"), [("overall", 301), ("plan_text", 801)])
def test_a_text_that_is_too_long_is_refused_at_its_field(draft, field, length):
    with pytest.raises(DomainError) as refusal:
        edit(draft, {**TEXTS, field: "x" * length})
    assert refusal.value.field == field


def test_another_coach_may_not_edit(draft, other_coach):
    with pytest.raises(AccessDenied):
        edit(draft, actor=other_coach)


def test_a_substitute_may_not_sign_for_the_participant(draft, substitute):
    with pytest.raises(AccessDenied):
        sign(draft, actor=substitute)


def test_the_approval_is_not_dated_tomorrow(draft):
    with pytest.raises(DomainError) as refusal:
        sign(draft, TODAY + dt.timedelta(days=1))
    assert refusal.value.field == "signed_on"


def test_the_approval_is_not_older_than_the_words(draft):
    with pytest.raises(DomainError):
        sign(draft, TODAY - dt.timedelta(days=1))


def test_an_approval_is_recorded_once(draft):
    signed = approve(sign(draft))
    with pytest.raises(WrongState):
        sign(signed)


def test_the_coach_approves_only_what_the_participant_approved(draft):
    with pytest.raises(WrongState):
        approve(draft)


def test_giving_and_taking_back(draft, coach):
    given = versions.give_to_participant(actor=coach, summary_id=draft.pk, version=draft.version)
    assert given.state == "participant_review"
    back = versions.take_back_summary(actor=coach, summary_id=draft.pk, version=given.version)
    assert back.state == "draft"


def test_what_was_signed_is_not_taken_back(draft, coach):
    signed = sign(draft)
    with pytest.raises(WrongState):
        versions.take_back_summary(actor=coach, summary_id=draft.pk, version=signed.version)


def test_each_step_leaves_an_audit_row_without_personal_data(draft):
    approve(sign(draft))
    events = AuditEvent.objects.filter(object_id=draft.pk, object_type="reports.summaryversion")
    assert set(events.values_list("action", flat=True)) == {
        "summary.made",
        "summary.signed_by_participant",
        "summary.approved",
    }
    assert "Aino" not in str(list(events.values_list("details", flat=True)))


# --- the database itself refuses ------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"data": {}},
        {"texts": {"overall": "Toinen"}},
        {"signed_on": dt.date(2026, 3, 1)},
        {"pdf": "summaries/other.pdf"},
        {"state": "draft"},
        {"content_hash": "1" * 64},
    ],
)
def test_the_database_refuses_to_change_a_released_version(released, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        SummaryVersion.objects.filter(pk=released.pk).update(**change)


def test_a_released_version_may_only_become_superseded(released):
    SummaryVersion.objects.filter(pk=released.pk).update(state="superseded")
    with pytest.raises(IntegrityError), transaction.atomic():
        SummaryVersion.objects.filter(pk=released.pk).update(state="released")
    with pytest.raises(IntegrityError), transaction.atomic():
        SummaryVersion.objects.filter(pk=released.pk).update(data={})


def test_the_database_refuses_to_delete_a_released_version(released):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_summaryversion WHERE id = %s", [released.pk])


def test_a_draft_may_be_deleted(draft):
    draft.delete()
    assert not SummaryVersion.objects.exists()


def test_one_person_has_one_version_in_work(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.SummaryVersionFactory(enrolment=draft.enrolment, number=2)


# --- who sees what --------------------------------------------------------------------------------
@pytest.fixture
def everybody(coach, other_coach, substitute, coordinator, officer, other_officer, manager, administrator):
    return [coach, other_coach, substitute, coordinator, officer, other_officer, manager, administrator]


def test_visible_to_says_the_same_as_can_view_for_every_role(draft, released, other_office, everybody):
    elsewhere = factories.ParticipantFactory(authority=other_office)
    sent_elsewhere = make_released(
        factories.EnrolmentFactory(month=draft.enrolment.month, participant=elsewhere)
    )
    for user in everybody:
        visible = set(SummaryVersion.objects.visible_to(user))
        assert visible == {s for s in (draft, released, sent_elsewhere) if can_view_summary(user, s)}, (
            user.role
        )


def test_an_officer_sees_nothing_before_the_release(draft, officer):
    assert not SummaryVersion.objects.visible_to(officer).exists()
