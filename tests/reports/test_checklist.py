"""The checklist: what is missing, what is only coming, and every hole leads to the field that fills it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from reports.checklist import Item, Status, check, load_group
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow
from tests.support.summaries import assess_areas, give_consents, log_days, make_summary

pytestmark = pytest.mark.django_db


def the_check(enrolment, today):
    return check(load_group(enrolment.month, today=today)[0], today=today)


def codes(entries):
    return [entry.item for entry in entries]


# --- the rule -------------------------------------------------------------------------------------
def test_on_the_first_day_the_start_is_missing_and_the_end_is_only_coming(enrolment):
    found = the_check(enrolment, dt.date(2026, 2, 2))
    assert Item.CONSENTS in codes(found.holes)
    assert Item.END_VIEWS not in codes(found.holes)
    assert {Item.END_VIEWS, Item.PROPOSAL, Item.APPROVAL, Item.GOAL} <= set(codes(found.coming))
    assert all(entry.day > dt.date(2026, 2, 2) for entry in found.coming)


def test_a_month_that_has_not_begun_has_no_hole(enrolment):
    assert the_check(enrolment, dt.date(2026, 1, 30)).holes == []


def test_in_the_last_week_the_end_becomes_a_hole(enrolment):
    assert Item.END_VIEWS in codes(the_check(enrolment, dt.date(2026, 2, 23)).holes)
    assert Item.END_VIEWS not in codes(the_check(enrolment, dt.date(2026, 2, 22)).holes)


def test_who_leaves_early_has_the_end_due_on_the_last_day(enrolment):
    enrolment.left_on = dt.date(2026, 2, 9)
    enrolment.exit_kind = "left_for_work"
    enrolment.save()
    assert Item.END_VIEWS in codes(the_check(enrolment, dt.date(2026, 2, 9)).holes)
    assert Item.APPROVAL in codes(the_check(enrolment, dt.date(2026, 2, 9)).holes)


def test_who_joins_late_is_not_asked_for_the_days_before(enrolment):
    log_days(enrolment, count=3, logged=False)
    enrolment.joined_on = dt.date(2026, 2, 4)
    enrolment.save()
    days = the_check(enrolment, dt.date(2026, 2, 6)).of(Item.DAYS)
    assert [entry.day for entry in days] == [dt.date(2026, 2, 4)]


def test_each_past_day_without_a_mark_is_a_hole_and_those_ahead_are_one_line(enrolment):
    log_days(enrolment, count=5, logged=False)
    days = the_check(enrolment, dt.date(2026, 2, 4)).of(Item.DAYS)
    assert [entry.status for entry in days] == [Status.HOLE, Status.HOLE, Status.COMING]


def test_the_checklist_counts_unlogged_days_as_the_summary_does(enrolment):
    from coaching.counting import count_attendance

    log_days(enrolment, count=10, logged=False)
    log_days(factories.EnrolmentFactory(month=enrolment.month), count=3)
    facts = load_group(enrolment.month, today=dt.date(2026, 3, 2))
    counts = count_attendance([found.enrolment.pk for found in facts])
    assert [len(found.unlogged) for found in facts] == [
        counts[found.enrolment.pk].unlogged_sessions for found in facts
    ]


def test_each_view_is_asked_for_on_its_own(enrolment):
    factories.AreaAssessmentFactory(enrolment=enrolment, area="skills", moment="start", viewpoint="coach")
    lines = the_check(enrolment, dt.date(2026, 2, 13)).of(Item.START_VIEWS)
    assert len(lines) == 2
    assert "#id-skills-participant" in lines[0].url
    assert "#id-work_life_skills-coach" in lines[1].url


def test_not_assessed_with_its_reason_is_an_answer(enrolment):
    assess_areas(enrolment, start="not_assessed", end="not_assessed")
    found = the_check(enrolment, dt.date(2026, 2, 27))
    assert not found.of(Item.START_VIEWS)
    assert not found.of(Item.END_VIEWS)


def test_a_planned_final_discussion_is_enough_for_the_release(enrolment):
    factories.DiscussionFactory(
        enrolment=enrolment, kind="three_party", held_on=None, planned_on=dt.date(2026, 2, 26)
    )
    talks = the_check(enrolment, dt.date(2026, 2, 27)).of(Item.TALKS)
    assert not any(entry.blocks for entry in talks)


def test_an_agreement_that_not_all_have_signed_is_a_hole_from_the_first_day_of_the_trial(
    placement, enrolment
):
    day = placement.starts_on
    lines = the_check(enrolment, day).of(Item.AGREEMENT)
    assert any(reverse("employers:signing", args=[placement.pk]) in entry.url for entry in lines)


def test_a_consent_that_ran_out_is_missing_again(enrolment):
    give_consents(enrolment.participant)
    enrolment.participant.consents.update(expires_on=dt.date(2026, 2, 10))
    assert not the_check(enrolment, dt.date(2026, 2, 10)).of(Item.CONSENTS)
    assert the_check(enrolment, dt.date(2026, 2, 11)).of(Item.CONSENTS)


def test_a_whole_person_lacks_only_the_approval_and_papers(whole):
    make_summary(whole)
    assert set(codes(the_check(whole, dt.date(2026, 3, 2)).blocking)) == {Item.APPROVAL, Item.PDF}


# --- provisional ----------------------------------------------------------------------------------
def test_a_summary_is_provisional_until_the_mandatory_blocks_are_complete(whole):
    assert not make_summary(whole).is_provisional
    whole.proposal.delete()
    whole.summary_versions.all().delete()
    assert make_summary(whole).is_provisional


# --- the pages ------------------------------------------------------------------------------------
def page(client, name, *args):
    answer = client.get(reverse(f"reports:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_hole_leads_to_a_field_that_is_there(client_of, coach, enrolment, placement, monkeypatch):
    monkeypatch.setattr("core.clock.today", lambda: dt.date(2026, 2, 27))
    log_days(enrolment, count=2, logged=False)
    enrolment.participant.officer_name, enrolment.participant.labour_status = "", ""
    enrolment.participant.officer = None
    enrolment.participant.save()
    client = client_of(coach)
    found = the_check(enrolment, dt.date(2026, 2, 27))
    assert len({entry.item for entry in found.holes}) == len(Item)
    for entry in found.holes:
        address, _hash, anchor = entry.url.partition("#")
        answer = client.get(address)
        assert answer.status_code == 200, entry
        assert anchor, entry
        assert f'id="{anchor}"' in answer.content.decode(), entry


def test_the_anchors_of_a_made_summary_are_there(client_of, coach, whole):
    summary = make_summary(whole)
    client = client_of(coach)
    for entry in the_check(whole, dt.date(2026, 3, 2)).blocking:
        address, _hash, anchor = entry.url.partition("#")
        assert f'id="{anchor}"' in client.get(address).content.decode(), entry
    assert reverse("reports:summary", args=[summary.pk])


def test_the_matrix_links_a_single_hole_to_its_field(client_of, coach, enrolment, monkeypatch):
    monkeypatch.setattr("core.clock.today", lambda: dt.date(2026, 2, 10))
    html = page(client_of(coach), "month-checklist", enrolment.month_id)
    assert f'href="{reverse("coaching:goal", args=[enrolment.pk])}#id_text"' in html
    assert f'href="{reverse("reports:person-checklist", args=[enrolment.pk])}#consents"' in html


def test_the_coordinator_reads_what_is_missing_and_gets_links_only_to_own_work(
    client_of, coordinator, enrolment, placement, monkeypatch
):
    monkeypatch.setattr("core.clock.today", lambda: dt.date(2026, 2, 27))
    html = page(client_of(coordinator), "person-checklist", enrolment.pk)
    assert reverse("coaching:goal", args=[enrolment.pk]) not in html
    assert reverse("employers:signing", args=[placement.pk]) in html


def test_a_protected_person_opens_with_a_reason_only(client_of, coach, enrolment):
    enrolment.participant.is_restricted = True
    enrolment.participant.save()
    answer = client_of(coach).get(reverse("reports:person-checklist", args=[enrolment.pk]))
    assert answer.status_code == 302 or "Aino" not in answer.content.decode()


def test_an_empty_month_says_so(client_of, coach, month):
    assert "check-matrix" not in page(client_of(coach), "month-checklist", month.pk)


def test_a_month_of_ten_is_checked_in_twelve_queries(client_of, coach, month, placement):
    def add_ten():
        for n in range(10):
            person = factories.EnrolmentFactory(month=month)
            if n % 2:
                log_days(person, count=4)
                factories.PlacementFactory(month=month, participant=person.participant)

    address = reverse("reports:month-checklist", args=[month.pk])
    assert_queries_do_not_grow(client_of(coach), address, add_ten, at_most=12)


def test_one_person_costs_no_more_than_the_group(client_of, coach, enrolment):
    address = reverse("reports:person-checklist", args=[enrolment.pk])
    assert_queries_do_not_grow(
        client_of(coach), address, lambda: factories.EnrolmentFactory(month=enrolment.month), at_most=14
    )
