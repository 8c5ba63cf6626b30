"""The month behind the personal link: own view, calendar, steps, and all that is written."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from coaching.enums import Level, Moment, Viewpoint, WorkLifeSkill
from coaching.marks import mark_info
from coaching.models import AreaAssessment, JobSearchAction, SkillAssessment, StepForward
from coaching.own.moments import due_moments
from tests.support import factories
from tests.support.own_pages import go_in

FETCH = {"X-Requested-With": "fetch"}
ALL_GETS = ("/o/", "/o/goal/", "/o/views/", "/o/calendar/", "/o/steps/", "/o/written/", "/o/information/")
DAY = "10.2.2026"


@pytest.fixture
def inside(enrolment, today):
    return go_in(enrolment.participant)


@pytest.mark.parametrize("path", ALL_GETS)
@pytest.mark.parametrize("reading", ["fi", "plain", "sv", "en"])
def test_every_page_opens_empty_in_every_language(inside, path, reading):
    inside.post("/o/reading/", {"reading": reading})
    assert inside.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/o/views/", "/o/calendar/", "/o/steps/"])
def test_who_waits_has_no_days_yet(path, enrolment, today):
    enrolment.state, enrolment.joined_on = "waiting", None
    enrolment.save(update_fields=["state", "joined_on"])
    assert go_in(enrolment.participant).get(path).status_code == 404


# --- how I see it myself ----------------------------------------------------------------------------
def test_the_moments_come_in_their_time(month):
    start = month.starts_on
    assert due_moments(month, today=start - dt.timedelta(days=8)) == []
    assert due_moments(month, today=start - dt.timedelta(days=7)) == [Moment.START]
    assert due_moments(month, today=start + dt.timedelta(days=7)) == [Moment.START, Moment.MID]
    assert due_moments(month, today=start + dt.timedelta(days=21)) == list(Moment)


def test_a_moment_to_come_is_not_asked(inside):
    assert inside.get("/o/views/areas/end/").status_code == 404
    assert inside.get("/o/views/nothing/start/").status_code == 404


def test_own_answers_leave_the_coachs_view_alone(inside, enrolment):
    factories.AreaAssessmentFactory(enrolment=enrolment)
    answer = {"skills-participant-level": Level.GOOD, "skills-participant-sentence": "Osaan paljon."}
    response = inside.post("/o/views/areas/start/", answer | {"skills-coach-level": Level.NEEDS_SUPPORT})
    assert response["Location"] == "/o/views/"
    views = dict(AreaAssessment.objects.values_list("viewpoint", "level"))
    assert views == {Viewpoint.COACH: Level.DEVELOPING, Viewpoint.PARTICIPANT: Level.GOOD}
    assert AuditEvent.objects.order_by("id").last().actor_label == "participant link"


def test_a_word_without_its_sentence_is_refused_and_kept(inside):
    response = inside.post("/o/views/areas/start/", {"skills-participant-level": Level.GOOD})
    assert response.status_code == 422
    assert "selected" in response.content.decode()
    assert not AreaAssessment.objects.exists()


def test_what_was_changed_meanwhile_is_shown_beside_ones_own(inside, enrolment):
    mine = {"interaction-participant-level": Level.GOOD}
    SkillAssessment.objects.create(
        enrolment=enrolment,
        skill=WorkLifeSkill.INTERACTION,
        moment=Moment.START,
        viewpoint=Viewpoint.PARTICIPANT,
        level=Level.STRENGTH,
    )
    response = inside.post("/o/views/skills/start/", mine)
    assert response.status_code == 422
    assert response.context["conflict"]
    again = mine | {"base": response.context["form"].base}
    assert inside.post("/o/views/skills/start/", again).status_code == 302
    assert SkillAssessment.objects.get().level == Level.GOOD


def test_half_given_answers_come_back(inside):
    typed = {"base": "", "plan-participant-level": Level.GOOD, "plan-participant-sentence": "kesken jäi"}
    assert inside.post("/o/views/areas/start/draft/", typed, headers=FETCH).json()["saved_at"]
    page = inside.get("/o/views/areas/start/").content.decode()
    assert "kesken jäi" in page
    assert not AreaAssessment.objects.exists()


# --- calendar ----------------------------------------------------------------------------------------
def test_the_calendar_shows_times_rooms_and_own_marks(inside, enrolment, session):
    session.room = "Sali 3"
    session.save(update_fields=["room"])
    factories.MarkFactory(enrolment=enrolment, session=session)
    page = inside.get("/o/calendar/").content.decode()
    assert "9.00–12.00" in page
    assert "Sali 3" in page
    assert mark_info("present").label.lower() in page


def test_a_protected_persons_calendar_names_no_place(enrolment, session, placement, today):
    session.room = "Sali 3"
    session.save(update_fields=["room"])
    enrolment.participant.is_restricted = True
    enrolment.participant.save(update_fields=["is_restricted"])
    client = go_in(enrolment.participant)
    page = client.get("/o/calendar/").content.decode()
    assert "Sali 3" not in page
    assert placement.employer.name not in page
    assert client.post("/o/calendar/address/").status_code == 302


def test_the_work_trial_stands_in_the_calendar(inside, session, placement):
    assert placement.employer.name in inside.get("/o/calendar/").content.decode()


def test_the_calendar_address_is_given_once(inside, client):
    page = inside.post("/o/calendar/address/")
    address = page.context["address"]
    assert client.get("/" + address.split("/", 3)[3]).status_code == 200
    assert address not in inside.get("/o/calendar/").content.decode()


# --- steps -------------------------------------------------------------------------------------------
def test_an_act_of_looking_for_work_is_added_once_for_two_taps(inside, enrolment):
    act = {"act-kind": "call", "act-text": "Rautakauppa", "act-day": DAY}
    assert [inside.post("/o/steps/add/act/", act).status_code for _tap in range(2)] == [302, 302]
    row = JobSearchAction.objects.get()
    assert (row.done_by, row.recorded_by, row.kind) == ("participant", None, "call")


def test_a_step_forward_and_a_next_step_are_added(inside, enrolment):
    inside.post("/o/steps/add/step/", {"step-text": "Kävin katsomassa", "step-day": DAY})
    inside.post("/o/steps/add/next/", {"next-what": "Soitan kouluun", "next-due_on": "20.2.2026"})
    assert StepForward.objects.get().text == "Kävin katsomassa"
    step = enrolment.action_steps.get()
    assert (step.what, step.who) == ("Soitan kouluun", "Aino")
    inside.post(f"/o/steps/{step.pk}/done/")
    step.refresh_from_db()
    assert step.done_on == dt.date(2026, 2, 10)
    assert set(AuditEvent.objects.filter(actor=None).values_list("actor_label", flat=True)) >= {
        "participant link"
    }


def test_only_ones_own_can_be_taken_back(inside, enrolment, coach):
    inside.post("/o/steps/add/step/", {"step-text": "Oma", "step-day": DAY})
    by_coach = factories.StepForwardFactory(enrolment=enrolment, text="Valmentajan", recorded_by=coach)
    own = StepForward.objects.get(text="Oma")
    inside.post(f"/o/steps/step/{by_coach.pk}/remove/")
    inside.post(f"/o/steps/step/{own.pk}/remove/")
    assert list(StepForward.objects.values_list("text", flat=True)) == ["Valmentajan"]


def test_another_persons_step_is_out_of_reach(inside, month, referred):
    other = factories.EnrolmentFactory(month=month, participant=referred)
    theirs = factories.ActionStepFactory(enrolment=other)
    inside.post(f"/o/steps/{theirs.pk}/done/")
    theirs.refresh_from_db()
    assert theirs.done_on is None


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("act", {"act-kind": "call", "act-day": "31.2.2026"}),
        ("act", {"act-kind": "call", "act-day": "11.2.2026"}),
        ("act", {"act-kind": "call", "act-day": "1.1.1926"}),
        ("act", {"act-kind": "other", "act-day": DAY}),
        ("act", {"act-kind": "call", "act-day": DAY, "act-text": "a" * 10_000}),
        ("act", {"act-kind": "call", "act-day": DAY, "act-text": "\x00"}),
        ("act", {"act-kind": "nothing", "act-day": DAY}),
        ("step", {"step-text": " ", "step-day": DAY}),
        ("step", {"step-text": "a" * 301, "step-day": DAY}),
        ("next", {"next-what": "Soitan", "next-due_on": "1.1.2126"}),
        ("next", {}),
    ],
)
def test_what_cannot_be_saved_is_said(inside, what, data):
    response = inside.post(f"/o/steps/add/{what}/", data)
    assert response.status_code == 422
    assert response.context["forms"][what].errors
    assert not JobSearchAction.objects.exists()


# --- what is written ---------------------------------------------------------------------------------
def test_everything_written_is_read_by_the_person(inside, enrolment):
    factories.GoalFactory(enrolment=enrolment, text="Tavoite X")
    factories.DiscussionFactory(enrolment=enrolment, coach_view="Valmentajan näkemys Y")
    factories.AreaAssessmentFactory(enrolment=enrolment, sentence="Peruste Z")
    factories.ProposalFactory(enrolment=enrolment, reason="Syy W")
    page = inside.get("/o/written/").content.decode()
    assert not [text for text in ("Tavoite X", "näkemys Y", "Peruste Z", "Syy W") if text not in page]


def test_nothing_of_another_person_is_read(inside, month, referred):
    other = factories.EnrolmentFactory(month=month, participant=referred)
    factories.GoalFactory(enrolment=other, text="Toisen tavoite")
    assert "Toisen tavoite" not in inside.get("/o/written/").content.decode()


@pytest.mark.parametrize("path", ["/o/written/", "/o/calendar/", "/o/steps/"])
def test_pages_cost_the_same_with_much_on_them(path, inside, enrolment, count_queries):
    factories.StepForwardFactory(enrolment=enrolment)
    inside.get(path)
    with count_queries() as few:
        inside.get(path)
    for number in range(8):
        factories.StepForwardFactory(enrolment=enrolment, text=f"Askel {number}")
        factories.ActionStepFactory(enrolment=enrolment, what=f"Tehtävä {number}")
        factories.SessionFactory(month=enrolment.month, held_on=dt.date(2026, 2, 11 + number))
    with count_queries() as many:
        inside.get(path)
    assert len(many) == len(few) <= 22


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(
    path=st.sampled_from(
        [
            "/o/goal/",
            "/o/goal/draft/",
            "/o/views/areas/start/",
            "/o/views/skills/mid/draft/",
            "/o/steps/add/act/",
            "/o/steps/add/step/",
            "/o/steps/add/next/",
            "/o/information/",
            "/o/reading/",
        ]
    ),
    data=st.dictionaries(
        st.sampled_from(
            [
                "text",
                "base_number",
                "why_changed",
                "base",
                "plan-participant-level",
                "plan-participant-sentence",
                "act-kind",
                "act-day",
                "act-text",
                "step-text",
                "step-day",
                "next-what",
                "next-due_on",
                "version",
                "reading",
                "next",
            ]
        ),
        st.text(max_size=60),
    ),
)
def test_no_post_breaks_an_own_page(inside, path, data):
    assert inside.post(path, data).status_code < 500
