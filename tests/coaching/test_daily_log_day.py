"""What a day brings besides marks: tips, acts, time, texts, prompts, corrections, the illness hint."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from coaching.models import (
    AttendanceMark,
    IndividualTime,
    JobSearchAction,
    MarkCorrection,
    SharedTip,
)
from coaching.pages.daily_log_rows import illness_hints
from coaching.services.corrections import CorrectionNeedsReason
from coaching.services.daily_log import NotInTheGroup, save_daily_log
from tests.coaching.daily_log_support import (
    TODAY,
    as_input,
    everybody,
    make_group,
    opened_form,
    release_summary,
)
from tests.support import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def group(month):
    return make_group(month, 3)


def url(session):
    return reverse("coaching:daily-log", args=[session.pk])


def save(session, actor, fields):
    return save_daily_log(actor=actor, session_id=session.pk, wanted=as_input(fields), today=TODAY)


def acts_of(enrolment):
    rows = JobSearchAction.objects.filter(enrolment=enrolment).order_by("pk")
    return [(row.kind, row.text, row.done_by) for row in rows]


def acts(enrolment, *lines):
    """The fields of somebody's list of acts: (kind, text, who did it) each."""
    columns = zip(*lines, strict=True)
    names = (f"{part}-{enrolment.pk}" for part in ("actkind", "acttext", "actby"))
    return dict(zip(names, map(list, columns), strict=True))


def test_calls_and_other_acts_stand_in_one_table(session, coach, group, today):
    first = group[0]
    fields = opened_form(session) | {f"calls-{first.pk}": "2"}
    fields |= acts(first, ("application", " Saha  Oy ", "together"), ("", "", "participant"))
    save(session, coach, fields)
    call = ("call", "", "participant")
    assert sorted(acts_of(first)) == [("application", "Saha Oy", "together"), call, call]
    assert set(JobSearchAction.objects.values_list("day", "session")) == {(session.held_on, session.pk)}


def test_taking_one_call_back_leaves_the_others_as_they_were(session, coach, substitute, group, today):
    first = group[0]
    save(session, coach, opened_form(session) | {f"calls-{first.pk}": "3"})
    before = set(JobSearchAction.objects.values_list("pk", flat=True))
    save(session, substitute, opened_form(session) | {f"calls-{first.pk}": "2"})
    left = JobSearchAction.objects.all()
    assert {row.pk for row in left} < before
    assert {row.recorded_by for row in left} == {coach}


def test_saving_the_same_day_twice_adds_nothing(session, coach, group, today):
    fields = opened_form(session) | {f"calls-{group[0].pk}": "1", f"time-{group[1].pk}": "30"}
    fields |= acts(group[0], ("cv", "", "coach")) | {"tiptext": "Soita aamulla", "tipto": str(group[1].pk)}
    assert save(session, coach, fields).changed
    assert not save(session, coach, fields).changed
    assert (JobSearchAction.objects.count(), SharedTip.objects.count()) == (2, 1)
    assert IndividualTime.objects.get().minutes == 30


def test_two_coaches_who_add_to_the_same_lists_both_keep_theirs(session, coach, substitute, group, today):
    mine, theirs = opened_form(session), opened_form(session)
    save(session, substitute, theirs | acts(group[0], ("cv", "", "coach")) | {"tiptext": "Sirpan vinkki"})
    save(session, coach, mine | acts(group[0], ("network", "täti", "participant")) | {"tiptext": "Sannan"})
    assert acts_of(group[0]) == [("cv", "", "coach"), ("network", "täti", "participant")]
    assert list(SharedTip.objects.order_by("position").values_list("text", flat=True)) == [
        "Sirpan vinkki",
        "Sannan",
    ]


def test_tips_say_who_gave_them_and_to_whom(session, coach, group, today):
    fields = opened_form(session) | {
        "tipkind": ["praise", "tip"],
        "tiptext": ["Rohkea puhelu", "Kysy suoraan"],
        "tipby": [str(group[0].pk), ""],
        "tipto": [str(group[1].pk), ""],
    }
    save(session, coach, fields)
    assert list(SharedTip.objects.order_by("position").values_list("kind", "given_by", "given_to")) == [
        ("praise", group[0].pk, group[1].pk),
        ("tip", None, None),
    ]


@pytest.mark.parametrize("field", ["tipby", "tipto"])
def test_a_tip_of_somebody_of_another_group_is_refused(session, coach, group, today, field):
    stranger = factories.EnrolmentFactory(participant__last_name="Salainen")
    with pytest.raises(NotInTheGroup) as refused:
        save(session, coach, opened_form(session) | {"tiptext": "Vinkki", field: str(stranger.pk)})
    assert "Salainen" not in str(refused.value)
    assert not SharedTip.objects.exists()


def test_the_work_trials_news_is_kept_beside_the_note_and_read_only_by_coaches(
    session, coach, manager, group, client_of, today
):
    fields = opened_form(session) | {"trial_note": "Kiire keittiössä", "trial_advice": "Pyydä lista"}
    save(session, coach, fields | {"tiptext": "Salainen vinkki", f"calls-{group[0].pk}": "4"})
    session.refresh_from_db()
    assert (session.trial_note, session.trial_advice) == ("Kiire keittiössä", "Pyydä lista")
    html = client_of(manager).get(url(session)).content.decode()
    assert not [word for word in ("Kiire", "Pyydä", "Salainen", "× 4") if word in html]


def test_the_weeks_prompts_stand_beside_the_note_and_go_into_it_without_javascript(
    session, coach, group, client_of, today
):
    session.month.programme.weeks.update_or_create(
        number=2, defaults={"theme": "Piilotyöpaikat", "prompts": "Kuka tuntee kenet?\n\n Mitä löytyi? "}
    )
    client = client_of(coach)
    html = client.get(url(session)).content.decode()
    assert html.count('name="insert"') == 2
    answer = client.post(
        url(session), opened_form(session) | {"group_note": "Alku", "insert": "Mitä löytyi?"}
    )
    assert answer.status_code == 200
    assert "Alku\nMitä löytyi?</textarea>" in answer.content.decode()
    session.refresh_from_db()
    assert session.group_note == ""


# --- after the release ---------------------------------------------------------------------------------
def test_a_correction_after_the_release_asks_a_reason_and_keeps_what_was_typed(
    session, coach, group, client_of, today
):
    client = client_of(coach)
    client.post(url(session), opened_form(session) | everybody(group))
    assert 'id="correction_reason"' not in client.get(url(session)).content.decode()
    release_summary(group[0])
    assert 'id="correction_reason"' in client.get(url(session)).content.decode()
    fields = opened_form(session) | {f"mark-{group[0].pk}": "own_illness", "group_note": "Kesken"}
    refused = client.post(url(session), fields)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Say why this is corrected" in html
    assert "Kesken" in html
    assert AttendanceMark.objects.get(enrolment=group[0]).mark == "present"
    assert client.post(url(session), fields | {"correction_reason": "Väärä rivi"}).status_code == 302
    row = MarkCorrection.objects.get()
    assert (row.enrolment_id, row.before, row.after, row.reason) == (
        group[0].pk,
        {"mark": "present"},
        {"mark": "own_illness"},
        "Väärä rivi",
    )
    html = client.get(url(session)).content.decode()
    assert "Pat Aalto: Present → Own illness. Väärä rivi (Sanna Valmentaja 10.2.2026 9.30)" in html


def test_after_the_release_notes_and_others_marks_need_no_reason(session, coach, group, today):
    release_summary(group[0])
    fields = opened_form(session) | {"group_note": "Lisäys", f"mark-{group[1].pk}": "present"}
    assert save(session, coach, fields).changed
    assert not MarkCorrection.objects.exists()


def test_not_arranged_after_the_release_asks_too(session, coach, group, today):
    save(session, coach, opened_form(session) | everybody(group))
    release_summary(group[0])
    fields = opened_form(session) | {"not_arranged": "1", "not_arranged_reason": "Sähkökatko"}
    with pytest.raises(CorrectionNeedsReason):
        save(session, coach, fields | {"confirm_removal": "1"})
    assert AttendanceMark.objects.count() == 3


# --- illness: evidence anchors-systems 11.3 --------------------------------------------------------------
def hints_after(enrolment, session, marks: dict[int, str]) -> dict[str, str]:
    """What is said today after `marks`, by days before today."""
    for before, mark in marks.items():
        day = session.held_on - dt.timedelta(days=before)
        factories.MarkFactory(enrolment=enrolment, session=None, day=day, half="morning", mark=mark)
    return illness_hints(session, [{"pk": enrolment.pk}], wanted=True)[0]


def test_the_certificate_hint_comes_on_the_fourth_own_illness_day(session, enrolment):
    assert hints_after(enrolment, session, {1: "own_illness", 4: "own_illness"}) == {}
    hint = hints_after(enrolment, session, {5: "own_illness"})
    assert hint == {"own_illness": "Day 4 of illness: ask for a certificate."}


def test_the_sick_child_hint_comes_on_the_fifth_day(session, enrolment):
    assert hints_after(enrolment, session, dict.fromkeys((1, 2, 3), "child_illness")) == {}
    assert list(hints_after(enrolment, session, {6: "child_illness"})) == ["child_illness"]


def test_having_been_present_ends_a_spell(session, enrolment):
    marks = {1: "own_illness", 2: "own_illness", 3: "present", 4: "own_illness", 5: "own_illness"}
    assert hints_after(enrolment, session, marks) == {}


def test_another_absence_and_days_off_do_not_end_a_spell(session, enrolment):
    marks = {1: "own_illness", 4: "job_interview", 5: "own_illness", 6: "own_illness"}
    assert list(hints_after(enrolment, session, marks)) == ["own_illness"]


def test_both_halves_of_a_day_are_one_day(session, enrolment):
    for half in ("morning", "afternoon"):
        for before in (1, 2):
            day = session.held_on - dt.timedelta(days=before)
            factories.MarkFactory(enrolment=enrolment, session=None, day=day, half=half, mark="own_illness")
    assert illness_hints(session, [{"pk": enrolment.pk}], wanted=True) == [{}]
