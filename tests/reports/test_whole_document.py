"""What others recorded stands in the document: the workplace's feedback, the decision, aftercare, health."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from django.template.loader import render_to_string

from core import clock
from employers.models import EmployerFeedback, FeedbackAnswer
from participants.models import Consent
from reports.models import Aftercare, AftercareUse, Decision, HealthNeed
from reports.summary.build import build_summaries
from reports.summary.canonical import as_json, content_hash
from reports.summary.document import document_json, summary_html
from reports.summary.present import present
from tests.support.factories import ConsentFactory
from tests.support.summaries import make_summary, make_whole

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)
D = dt.date


@pytest.fixture
def trial(enrolment):
    return make_whole(enrolment)


@pytest.fixture
def feedback(trial):
    row = EmployerFeedback.objects.create(
        placement=trial,
        assessor_name="Ossi Ohjaaja",
        asked_at=clock.now(),
        given_at=dt.datetime(2026, 2, 26, 12, tzinfo=dt.UTC),
        channel="phone",
        take_again="yes",
        succeeded="Oppi kassan nopeasti.",
        differently="Olisimme halunneet tietää enemmän.",
        agrees=True,
        participant_answered_at=clock.now(),
        participant_comment="Juuri näin.",
    )
    for item, value in (("on_time", 5), ("care", 4), ("customers", None)):
        FeedbackAnswer.objects.create(feedback=row, item=item, value=value)
    return row


def data_of(enrolment) -> dict:
    return as_json(build_summaries([enrolment.pk], today=TODAY)[0])


def text_of(summary, block: str) -> str:
    found = present(summary)["blocks"][block]
    return render_to_string(f"reports/blocks/_{block}.html", {"block": found})


def test_the_workplaces_feedback_is_the_third_view_with_the_participants_word(enrolment, feedback):
    shown = text_of(make_summary(enrolment), "opinions")
    for words in ("Ossi Ohjaaja", "26.2.2026", "4,5", "Oppi kassan nopeasti.", "Juuri näin.", "samaa mieltä"):
        assert words in shown, words


def test_several_assessors_stand_beside_each_other(enrolment, trial, feedback):
    second = EmployerFeedback.objects.create(
        placement=trial,
        assessor_name="Eeva Esimies",
        given_at=clock.now(),
        channel="paper",
        take_again="no_room",
    )
    FeedbackAnswer.objects.create(feedback=second, item="pace", value=3)
    shown = text_of(make_summary(enrolment), "opinions")
    assert "Eeva Esimies" in shown
    assert "Ossi Ohjaaja" in shown


def test_a_missing_view_says_whether_it_was_asked_for(enrolment, trial):
    assert data_of(enrolment)["opinions"]["employer"]["missing"] == "no_feedback"
    EmployerFeedback.objects.create(
        placement=trial, assessor_name="Ossi", asked_at=dt.datetime(2026, 2, 24, 9, tzinfo=dt.UTC)
    )
    assert data_of(enrolment)["opinions"]["employer"]["missing"] == "feedback_asked"
    assert "24.2.2026" in text_of(make_summary(enrolment), "opinions")


def test_without_the_consent_nothing_of_the_workplace_is_left(enrolment, feedback):
    Consent.objects.filter(item="work_trial", recipient="authority").delete()
    data = data_of(enrolment)
    assert "employer" not in data["opinions"]
    assert "Ossi" not in json.dumps(data, ensure_ascii=False)


def test_a_protected_persons_feedback_tells_no_place_and_no_assessor(enrolment, feedback):
    person = enrolment.participant
    person.is_restricted = True
    person.save()
    (row,) = data_of(enrolment)["opinions"]["employer"]["feedbacks"]
    assert (row["assessor"], row["succeeded"], row["differently"]) == ("", "", "")
    assert row["answers"]


def test_the_decision_stands_beside_the_proposal(enrolment, trial, officer):
    before = data_of(enrolment)
    assert before["proposal"]["decision"] is None
    Decision.objects.create(
        enrolment=enrolment,
        kind="study",
        where="Hämeen ammattiopisto",
        programme="Logistiikan perustutkinto",
        starts_on=D(2026, 8, 10),
        decided_on=D(2026, 3, 1),
        decided_by=officer,
        decided_by_name="Olli Virkailija",
        participant_comment="Tätä halusin.",
    )
    shown = text_of(make_summary(enrolment), "proposal")
    for words in (
        "Omaehtoinen opiskelu",
        "Hämeen ammattiopisto",
        "Logistiikan",
        "Olli Virkailija",
        "Tätä halusin.",
    ):
        assert words in shown, words


def test_aftercare_says_what_was_granted_and_what_is_used(enrolment, trial, coach):
    care = Aftercare.objects.create(
        enrolment=enrolment,
        offered_on=D(2026, 2, 26),
        answer="accepted",
        answered_on=D(2026, 2, 27),
        carer=coach,
        starts_on=D(2026, 2, 28),
        ends_on=D(2026, 6, 28),
        window_months=4,
        most_minutes=600,
    )
    for minutes, removed in ((90, None), (30, clock.now())):
        AftercareUse.objects.create(
            aftercare=care, held_on=D(2026, 3, 1), minutes=minutes, channel="phone", removed_at=removed
        )
    shown = text_of(make_summary(enrolment), "aftercare")
    for words in ("26.2.2026", "1,5", "10", coach.full_name, "28.6.2026"):
        assert words in shown, words


def test_the_need_of_a_check_is_yes_or_no_and_only_with_the_consent(enrolment, trial):
    HealthNeed.objects.create(
        enrolment=enrolment,
        is_needed=True,
        referred_to="Työttömien terveystarkastus",
        referred_on=D(2026, 2, 20),
    )
    Consent.objects.filter(item="health").delete()
    data = data_of(enrolment)
    assert "health" not in data
    assert "terveystarkastus" not in json.dumps(data, ensure_ascii=False)
    ConsentFactory(participant=enrolment.participant, recipient="authority", item="health")
    assert "Työttömien terveystarkastus, 20.2.2026" in text_of(make_summary(enrolment), "health")


@pytest.mark.parametrize("block", ["opinions", "aftercare", "health", "employers"])
def test_what_the_participant_leaves_out_leaves_no_trace(enrolment, feedback, block):
    summary = make_summary(enrolment)
    whole = document_json(summary)
    summary.left_out = [block]
    html, embedded = summary_html(summary)
    assert block in whole or block == "health"
    assert block not in json.loads(embedded)
    assert f"sum-{block}" not in html


def test_leaving_a_block_out_changes_the_hash_and_leaving_none_out_keeps_it():
    said = {"number": 1, "data": {"a": 1}, "texts": {}, "comment": ""}
    assert content_hash(**said) == content_hash(**said, left_out=[])
    assert content_hash(**said) != content_hash(**said, left_out=["health"])
    one, other = (content_hash(**said, left_out=row) for row in (["a", "b"], ["b", "a"]))
    assert one == other


def test_a_version_frozen_under_the_first_schema_still_reads(enrolment, feedback):
    summary = make_summary(enrolment)
    old = json.loads(json.dumps(summary.data))
    old["schema"] = "summary-1"
    old["opinions"]["employer"] = {"text": "", "missing": "no_feedback"}
    old["aftercare"], old["proposal"] = {"missing": "no_aftercare"}, dict(old["proposal"])
    del old["proposal"]["decision"]
    if "health" in old:
        old["health"] = {"missing": "no_health_need"}
    for row in old["happened"]["work_trials"]:
        for name in ("weekdays", "end_cause", "continuation", "continuation_starts_on"):
            del row[name]
    summary.data = old
    html, embedded = summary_html(summary)
    schema = json.loads(Path(settings.BASE_DIR, "docs/schemas/summary-1.json").read_text("utf-8"))
    jsonschema.validate(json.loads(embedded), schema, format_checker=jsonschema.FormatChecker())
    assert "sum-opinions" in html
