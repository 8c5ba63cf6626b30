"""Aftercare: constraint, service, refusals, the cap under lock, what shows elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from core.errors import AccessDenied, DomainError, StaleVersion
from reports.models import Aftercare, AftercareUse
from reports.pages.aftercare import aftercare_desk_lines, aftercare_lines, aftercare_panel
from reports.services.aftercare import (
    approve_for_coaching,
    approve_for_office,
    log_use,
    save_aftercare,
    take_back_use,
)
from tests.support import factories
from tests.support.aftercare import agreed_aftercare, given
from tests.support.races import at_once
from tests.support.summaries import make_released

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 2, 10)


def save(actor, enrolment, *, base_version=0, **more):
    values = {
        "offered_on": TODAY,
        "needs": "Soitto viikossa",
        "answer": "accepted",
        "answered_on": TODAY,
        "carer": enrolment.month.coach,
        "starts_on": dt.date(2026, 3, 2),
        "window_months": 4,
        "most_minutes": 600,
        **more,
    }
    return save_aftercare(
        actor=actor, enrolment_id=enrolment.pk, base_version=base_version, today=TODAY, **values
    )


def log(actor, aftercare, *, seen_uses=None, **more):
    values = {"held_on": TODAY, "minutes": 60, "channel": "phone", "note": "", **more}
    seen = aftercare.uses.count() if seen_uses is None else seen_uses
    return log_use(actor=actor, aftercare_id=aftercare.pk, seen_uses=seen, today=TODAY, **values)


# --- the database -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [{"carer": None}, {"answered_on": None}, {"most_minutes": 0}, {"starts_on": None}, {"officer_name": ""}],
)
def test_the_database_refuses_a_yes_without_its_frame(enrolment, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        agreed_aftercare(enrolment, **wrong)


@pytest.mark.parametrize("minutes", [0, 481])
def test_the_database_refuses_senseless_minutes(aftercare, minutes):
    with pytest.raises(IntegrityError), transaction.atomic():
        given(aftercare, minutes=minutes)


# --- offer, answer, frame ---------------------------------------------------------------------------
def test_four_months_end_on_the_day_before_the_same_day(coach, enrolment):
    assert save(coach, enrolment).ends_on == dt.date(2026, 7, 1)


def test_an_offer_without_an_answer_has_no_frame(coach, enrolment):
    offer = save(coach, enrolment, answer="open", answered_on=None)
    assert (offer.carer, offer.starts_on, offer.most_minutes) == (None, None, 0)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("carer", {"carer": None}),
        ("starts_on", {"starts_on": None}),
        ("starts_on", {"starts_on": dt.date(1926, 3, 2)}),
        ("window_months", {"window_months": 5}),
        ("most_hours", {"most_minutes": 660}),
        ("most_hours", {"most_minutes": -60}),
        ("answered_on", {"answered_on": None}),
        ("answered_on", {"answered_on": TODAY + dt.timedelta(days=1)}),
        ("answered_on", {"answered_on": TODAY - dt.timedelta(days=1)}),
        ("answered_on", {"answer": "open"}),
        ("offered_on", {"offered_on": TODAY + dt.timedelta(days=1)}),
        ("answer", {"answer": "perhaps"}),
    ],
)
def test_a_frame_beyond_the_rules_is_refused_at_its_field(coach, enrolment, field, wrong):
    with pytest.raises(DomainError) as refusal:
        save(coach, enrolment, **wrong)
    assert refusal.value.field == field
    assert not Aftercare.objects.exists()


def test_an_officer_takes_care_of_nobody(coach, enrolment, officer):
    with pytest.raises(DomainError):
        save(coach, enrolment, carer=officer)


def test_a_protected_persons_aftercare_stays_with_the_own_staff(coach, other_coach, coordinator, enrolment):
    enrolment.participant.is_restricted = True
    enrolment.participant.save()
    with pytest.raises(DomainError):
        save(coach, enrolment, carer=other_coach)
    assert save(coach, enrolment, carer=coordinator).carer == coordinator


def test_only_the_own_coach_agrees(enrolment, other_coach, substitute, coordinator, officer):
    for user in (other_coach, substitute, coordinator, officer):
        with pytest.raises(AccessDenied):
            save(user, enrolment)


def test_a_changed_frame_is_approved_again_and_the_same_frame_is_not(coach, enrolment):
    agreed_aftercare(enrolment)
    known = Aftercare.objects.get()
    same = {"offered_on": known.offered_on, "answered_on": known.answered_on, "starts_on": known.starts_on}
    assert save(coach, enrolment, base_version=1, needs="Uusi tarve", **same).is_approved
    changed = save(coach, enrolment, base_version=2, window_months=6, **same)
    assert not changed.is_approved
    assert changed.officer_name == ""


def test_nobody_shrinks_the_frame_under_what_was_given(coach, enrolment):
    given(agreed_aftercare(enrolment), minutes=120)
    known = {"offered_on": dt.date(2026, 2, 1), "answered_on": dt.date(2026, 2, 1)}
    for field, wrong in (
        ("most_hours", {"most_minutes": 60, "starts_on": dt.date(2026, 2, 2)}),
        ("starts_on", {"starts_on": dt.date(2026, 2, 9)}),
        ("answer", {"answer": "declined"}),
    ):
        with pytest.raises(DomainError) as refusal:
            save(coach, enrolment, base_version=1, **known, **wrong)
        assert refusal.value.field == field


def test_who_saw_an_older_offer_does_not_overwrite_the_newer(coach, enrolment):
    save(coach, enrolment)
    with pytest.raises(StaleVersion):
        save(coach, enrolment, needs="Jotain muuta")


# --- approvals --------------------------------------------------------------------------------------
def test_coach_and_officer_approve_and_a_second_click_changes_nothing(coach, aftercare):
    for _click in range(2):
        approve_for_coaching(actor=coach, aftercare_id=aftercare.pk, version=1, today=TODAY)
    for _click in range(2):
        approve_for_office(
            actor=coach,
            aftercare_id=aftercare.pk,
            version=2,
            today=TODAY,
            officer_name="Veera Virkailija",
            approved_on=TODAY,
        )
    aftercare.refresh_from_db()
    assert aftercare.is_approved
    assert (aftercare.version, aftercare.officer_approved_by) == (3, None)
    assert AuditEvent.objects.filter(action__startswith="aftercare.approved").count() == 2


def test_the_officer_with_an_account_approves_by_own_name(officer, other_officer, released):
    row = agreed_aftercare(released.enrolment, officer_name="", officer_approved_on=None)
    with pytest.raises(AccessDenied):
        approve_for_office(actor=other_officer, aftercare_id=row.pk, version=1, today=TODAY)
    approved = approve_for_office(actor=officer, aftercare_id=row.pk, version=1, today=TODAY)
    assert (approved.officer_approved_by, approved.officer_name) == (officer, "Olli Virkailija")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("officer_name", {"officer_name": " "}),
        ("approved_on", {"approved_on": TODAY + dt.timedelta(days=1)}),
        ("approved_on", {"approved_on": dt.date(2026, 1, 1)}),
        ("approved_on", {"approved_on": None}),
    ],
)
def test_an_approval_says_who_and_a_possible_day(coach, aftercare, field, wrong):
    values = {"officer_name": "Veera", "approved_on": TODAY, **wrong}
    with pytest.raises(DomainError) as refusal:
        approve_for_office(actor=coach, aftercare_id=aftercare.pk, version=1, today=TODAY, **values)
    assert refusal.value.field == field


def test_nothing_is_approved_before_the_answer_or_at_an_old_version(coach, enrolment):
    offer = save(coach, enrolment, answer="open", answered_on=None)
    with pytest.raises(DomainError):
        approve_for_coaching(actor=coach, aftercare_id=offer.pk, version=1, today=TODAY)
    with pytest.raises(StaleVersion):
        approve_for_coaching(actor=coach, aftercare_id=offer.pk, version=0, today=TODAY)


# --- uses -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("held_on", {"held_on": TODAY + dt.timedelta(days=1)}),
        ("held_on", {"held_on": dt.date(2026, 2, 1)}),
        ("minutes", {"minutes": 0}),
        ("minutes", {"minutes": 481}),
        ("channel", {"channel": "pigeon"}),
    ],
)
def test_a_use_outside_the_rules_is_refused_at_its_field(coach, enrolment, field, wrong):
    row = agreed_aftercare(enrolment)
    with pytest.raises(DomainError) as refusal:
        log(coach, row, **wrong)
    assert refusal.value.field == field
    assert not AftercareUse.objects.exists()


def test_nothing_is_given_before_both_have_approved(coach, aftercare):
    with pytest.raises(DomainError):
        log(coach, aftercare)


def test_the_last_minutes_may_be_used_and_not_one_more(coach, enrolment):
    row = agreed_aftercare(enrolment, most_minutes=60)
    log(coach, row, minutes=60)
    with pytest.raises(DomainError):
        log(coach, row, minutes=1)


def test_the_same_entry_sent_twice_stands_once(coach, enrolment):
    row = agreed_aftercare(enrolment)
    first, second = log(coach, row, seen_uses=0), log(coach, row, seen_uses=0)
    assert first == second
    assert log(coach, row, seen_uses=1) != first  # really given twice on one day


def test_who_takes_care_writes_and_a_stranger_does_not(coordinator, other_coordinator, officer, enrolment):
    row = agreed_aftercare(enrolment, carer=coordinator)
    assert log(coordinator, row).given_by == coordinator
    for user in (other_coordinator, officer):
        with pytest.raises(AccessDenied):
            log(user, row)


def test_what_was_taken_back_frees_its_time_and_keeps_its_reason(coach, enrolment):
    row = agreed_aftercare(enrolment, most_minutes=60)
    use = log(coach, row)
    now = dt.datetime(2026, 2, 10, 12, tzinfo=dt.UTC)
    with pytest.raises(DomainError):
        take_back_use(actor=coach, use_id=use.pk, reason=" ", now=now)
    take_back_use(actor=coach, use_id=use.pk, reason="Väärä henkilö", now=now)
    log(coach, row)
    use.refresh_from_db()
    assert use.removed_reason == "Väärä henkilö"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_go_over_the_cap(coach, enrolment):
    row = agreed_aftercare(enrolment, most_minutes=90)
    answers = at_once(
        lambda: log(coach, row, seen_uses=0, minutes=60, note="yksi"),
        lambda: log(coach, row, seen_uses=0, minutes=60, note="kaksi"),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["AftercareUse", "DomainError"]
    assert sum(AftercareUse.objects.values_list("minutes", flat=True)) == 60


# --- reading, and elsewhere -------------------------------------------------------------------------
def test_coach_carer_and_the_office_with_a_summary_see_it(
    coach, other_coach, coordinator, other_coordinator, officer, other_officer, released
):
    row = agreed_aftercare(released.enrolment, carer=coordinator)
    for user in (coach, coordinator, officer):
        assert row in Aftercare.objects.visible_to(user)
    for user in (other_coach, other_coordinator, other_officer):
        assert row not in Aftercare.objects.visible_to(user)


def test_a_window_that_ends_soon_with_time_left_stands_on_today_and_on_the_desk(
    coach, coordinator, enrolment
):
    row = agreed_aftercare(enrolment, ends_on=dt.date(2026, 2, 24))
    assert [line.title for line in aftercare_lines(coach, {}, TODAY)] == ["Aino Koivuniemi"]
    Aftercare.objects.update(carer=coordinator)
    assert not aftercare_lines(coach, {}, TODAY)
    assert len(aftercare_desk_lines(coordinator, TODAY)) == 1
    given(row, minutes=480)
    given(row, minutes=120)
    assert not aftercare_desk_lines(coordinator, TODAY)


def test_an_offer_without_an_answer_stands_on_today_after_a_fortnight(coach, other_coach, enrolment):
    save(coach, enrolment, answer="open", answered_on=None, offered_on=dt.date(2026, 1, 27))
    assert len(aftercare_lines(coach, {}, TODAY)) == 1
    assert not aftercare_lines(other_coach, {}, TODAY)
    Aftercare.objects.update(offered_on=dt.date(2026, 1, 28))
    assert not aftercare_lines(coach, {}, TODAY)


def test_today_asks_once_whatever_there_is(coach, month, django_assert_num_queries):
    for _person in range(3):
        enrolment = factories.EnrolmentFactory(month=month)
        agreed_aftercare(enrolment, ends_on=dt.date(2026, 2, 20))
    with django_assert_num_queries(1):
        assert len(aftercare_lines(coach, {}, TODAY)) == 3


def test_the_card_says_what_is_left(coach, enrolment, english):
    assert aftercare_panel(enrolment.participant, coach).summary == "Not offered yet."
    given(agreed_aftercare(enrolment), minutes=330)
    assert "4 h 30 min left of 10 h" in aftercare_panel(enrolment.participant, coach).summary


# --- at the office --------------------------------------------------------------------------------------
def test_the_officers_inbox_says_whose_aftercare_waits(
    whole, officer, other_officer, client_of, own_files, today
):
    summary = make_released(whole)
    aftercare = agreed_aftercare(whole, officer_name="", officer_approved_on=None)
    address = reverse("reports:officer-aftercare", args=[summary.pk])
    inbox = reverse("reports:inbox")
    assert address in client_of(officer).get(inbox).content.decode()
    assert whole.participant.last_name not in client_of(other_officer).get(inbox).content.decode()
    aftercare.officer_name, aftercare.officer_approved_on = "Olli", aftercare.offered_on
    aftercare.save()
    assert address not in client_of(officer).get(inbox).content.decode()
