"""What the blocks hold, for whom, and at what price."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings

from reports.enums import Block, MissingReason
from reports.summary.build import ITEM_OF_BLOCK, build_summaries
from reports.summary.canonical import as_json, sha256
from tests.support import factories
from tests.support.summaries import give_consents, log_days, make_whole

TODAY = dt.date(2026, 3, 2)
SCHEMA = json.loads(Path(settings.BASE_DIR, "docs/schemas/summary-2.json").read_text("utf-8"))


def build(enrolment):
    return build_summaries([enrolment.pk], today=TODAY)[0]


def test_the_numbers_are_counted_from_the_marks(whole):
    happened = build(whole).happened
    assert (happened.days_attended, happened.days_arranged) == (20, 20)
    assert (happened.calls, happened.applications, happened.interviews, happened.visits) == (2, 1, 1, 1)
    assert happened.certificates == ("Hygieniapassi",)
    trial = happened.work_trials[0]
    assert (trial.days_attended, trial.hours_logged) == (2, Decimal("8.00"))


def test_absences_are_told_by_class(enrolment):
    give_consents(enrolment.participant)
    log_days(enrolment, count=5, marks=("own_illness", "child_illness", "job_interview", "unauthorised"))
    happened = build(enrolment).happened
    assert (happened.absent_health, happened.absent_accepted, happened.absent_unauthorised) == (2, 1, 1)
    assert (happened.days_attended, happened.days_arranged) == (1, 5)


def test_a_group_of_ten_costs_as_many_queries_as_one(month, count_queries):
    people = [factories.EnrolmentFactory(month=month) for _ in range(10)]
    for person in people:
        make_whole(person, days=3)
    with count_queries() as one:
        build_summaries([people[0].pk], today=TODAY)
    with count_queries() as ten:
        summaries = build_summaries([person.pk for person in people], today=TODAY)
    assert len(summaries) == 10
    assert len(one) == len(ten) <= 12


def test_nothing_recorded_still_gives_every_block_with_its_reason(enrolment):
    give_consents(enrolment.participant)
    summary = build(enrolment)
    reasons = {
        "start": MissingReason.NO_GOAL,
        "happened": MissingReason.NO_SESSION_LOGGED,
        "change": MissingReason.NO_ASSESSMENT,
        "plan": MissingReason.NO_NEXT_STEPS,
        "proposal": MissingReason.NO_PROPOSAL,
        "aftercare": MissingReason.NO_AFTERCARE,
        "employers": MissingReason.NO_EMPLOYERS,
        "final": MissingReason.NO_FINAL_DATE,
    }
    assert {name: getattr(summary, name).missing for name in reasons} == reasons
    assert summary.opinions.employer.missing == MissingReason.NO_WORK_TRIAL
    assert summary.happened.work_trials == ()
    assert summary.provisional


def test_health_leaves_no_trace_without_its_consent(whole):
    data = as_json(build(whole))
    assert "health" not in data
    assert "health" not in data["items"]


def test_health_is_shown_with_its_consent(whole):
    factories.ConsentFactory(participant=whole.participant, item="health")
    assert build(whole).health.missing == MissingReason.NO_HEALTH_NEED


@pytest.mark.parametrize("item", ["contact", "attendance", "goals", "assessment", "work_trial"])
def test_a_withheld_item_leaves_no_trace_in_the_data(whole, item):
    whole.participant.consents.filter(item=item).delete()
    data = as_json(build(whole))
    for block, needed in ITEM_OF_BLOCK.items():
        assert (block.value in data) == (needed not in (item, "health")), block
    if item == "work_trial":
        text = json.dumps(data, ensure_ascii=False)
        assert "Rautakauppa Saha Oy" not in text
        assert "employer" not in data["opinions"]


def test_a_consent_for_another_recipient_opens_nothing(enrolment):
    factories.ConsentFactory(participant=enrolment.participant, recipient="employer", item="contact")
    assert build(enrolment).basics is None


def test_a_consent_that_is_over_opens_nothing(enrolment):
    factories.ConsentFactory(
        participant=enrolment.participant, item="contact", expires_on=TODAY - dt.timedelta(days=1)
    )
    assert build(enrolment).basics is None


def test_the_workplace_of_a_restricted_person_is_not_named(whole):
    whole.participant.is_restricted = True
    whole.participant.save(update_fields=["is_restricted"])
    factories.JobSearchActionFactory(enrolment=whole, kind="call", text="Soitti: Rautakauppa")
    data = as_json(build(whole))
    assert "Rautakauppa" not in json.dumps({**data, "plan_text": data["plan_text"]}, ensure_ascii=False)
    assert data["happened"]["work_trials"][0]["employer_withheld"] is True


def test_a_month_is_provisional_until_every_session_is_logged(whole):
    assert not build(whole).provisional
    whole.marks.filter(day=dt.date(2026, 2, 6)).delete()
    summary = build(whole)
    assert summary.provisional
    assert summary.happened.sessions_unlogged == 1


def test_the_generated_text_fits_the_employment_plan_however_long_the_notes(whole):
    whole.goals.update(text="Pitkä tavoite. " * 120)
    whole.action_steps.update(what="x" * 300, who="y" * 120)
    text = build(whole).plan_text
    assert 0 < len(text) <= 800
    assert "20" in text


def test_the_goal_keeps_its_history(whole):
    factories.GoalFactory(enrolment=whole, number=2, text="Varastotyö.", why_changed="Selkeni työkokeilussa")
    assert [goal.number for goal in build(whole).start.goals] == [1, 2]


def test_the_discussion_of_three_goes_before_the_final_one(whole):
    factories.DiscussionFactory(enrolment=whole, kind="three_party", held_on=dt.date(2026, 2, 27))
    assert build(whole).final.kind == "three_party"


def test_a_planned_discussion_of_three_does_not_hide_a_held_one(whole):
    factories.DiscussionFactory(
        enrolment=whole, kind="three_party", held_on=None, planned_on=dt.date(2026, 3, 9)
    )
    assert build(whole).final.kind == "final"


def test_the_same_facts_give_the_same_hash_and_a_change_another(whole):
    before = sha256(as_json(build(whole)))
    assert before == sha256(as_json(build(whole)))
    whole.action_steps.update(what="Hakee oppisopimusta")
    assert sha256(as_json(build(whole))) != before


def test_every_block_but_the_generated_text_names_the_consent_it_needs():
    assert set(ITEM_OF_BLOCK) == set(Block) - {Block.PLAN_TEXT}


def test_the_data_validates_against_the_published_schema(whole, enrolment):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = as_json(build(whole))
    document = {
        **data,
        "number": 1,
        "hash": "0" * 64,
        "made_on": "2026-03-02",
        "signed": None,
        "texts": {},
        "comment": "",
        "copy_text": data["plan_text"],
    }
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
