"""The pages of visits: what they show, what they keep, what they refuse."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock
from core.registry import desk_sources, today_sources
from employers.models import DeskTask, Placement, Visit
from employers.pages import visit_lines
from employers.registrations_visit import anonymise_visits, visit_section, visit_timeline
from tests.support.factories import ContactPersonFactory, PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
D = dt.date
GOOD = {
    "held_on": "10.2.2026",
    "channel": "phone",
    "met": "Kalle",
    "check_work": "ok",
    "check_learning": "ok",
    "check_cooperation": "attention",
    "note_cooperation": "Ohje jäi epäselväksi",
    "check_terms": "ok",
    "minutes": "30",
    "version": "1",
}


def url(name, *args):
    return reverse(f"employers:{name}", args=args)


@pytest.fixture
def coach_client(coach, client_of):
    return client_of(coach)


def test_the_form_opens_with_today_at_the_workplace_and_the_guide(visit, coach_client):
    placement = visit.placement
    placement.guide = ContactPersonFactory(employer=placement.employer, name="Ossi Ohjaaja", phone="040 123")
    placement.save()
    html = coach_client.get(url("visit-record", visit.pk)).content.decode()
    assert 'value="10.2.2026"' in html
    assert 'value="Ossi Ohjaaja"' in html
    assert 'href="tel:040123"' in html
    assert AuditEvent.objects.filter(action="visit.viewed", object_id=visit.pk).exists()


def test_a_visit_sent_from_the_form_stands_on_the_work_trials_page(visit, coach_client):
    answer = coach_client.post(url("visit-record", visit.pk), GOOD, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[0][0].endswith(f"/placements/{visit.placement_id}/#visits")
    assert "Sanna Valmentaja" in html
    assert html.count("check-mark check-mark-success") == 3
    assert html.count("check-mark check-mark-warning") == 1


def test_actions_reach_their_owner_and_the_page(visit, coach, coach_client):
    data = {
        **GOOD,
        "action_1_text": "Kirjallinen ohje kassalle",
        "action_1_responsible": coach.pk,
        "action_1_due_on": "16.2.2026",
    }
    coach_client.post(url("visit-record", visit.pk), data)
    task = DeskTask.objects.get()
    assert (task.kind, task.responsible, task.due_on, task.visit_id) == (
        "visit_action",
        coach,
        D(2026, 2, 16),
        visit.pk,
    )
    assert "Kirjallinen ohje kassalle" in coach_client.get(url("visit", visit.pk)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_on": "31.2.2026"},
        {"held_on": "1.3.2026"},
        {"check_work": ""},
        {"check_work": "excellent"},
        {"note_cooperation": ""},
        {"minutes": "-5"},
        {"minutes": "999999999999"},
        {"employer_view": "x" * 10_000},
        {"met": "Kalle\x00"},
        {"action_1_due_on": "16.2.2026"},
        {"action_1_text": "Ohje", "action_1_due_on": "1.2.2026"},
        {"next_on": "1.2.2026"},
        {"next_on": "14.2.2026"},
        {"action_1_text": "Ohje", "action_1_responsible": "999999"},
    ],
)
def test_bad_input_is_answered_at_the_field_with_everything_typed_kept(visit, coach_client, wrong):
    typed = {**GOOD, "participant_view": "Viihdyn <b>hyvin</b> 🙂 שלום", **wrong}
    answer = coach_client.post(url("visit-record", visit.pk), typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Viihdyn &lt;b&gt;hyvin&lt;/b&gt; 🙂 שלום" in html
    assert "error-summary" in html
    visit.refresh_from_db()
    assert visit.state == "planned"
    assert not DeskTask.objects.exists()


def test_when_two_note_one_visit_both_versions_are_shown(visit, coach_client, coordinator, client_of):
    coach_client.post(url("visit-record", visit.pk), {**GOOD, "employer_view": "Oppii"})
    theirs = {**GOOD, "employer_view": "Ahkera", "check_terms": "not", "note_terms": "Tunnit ylittyvät"}
    answer = client_of(coordinator).post(url("visit-record", visit.pk), theirs)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Oppii" in html
    assert "Ahkera" in html
    assert 'name="version" value="2"' in html
    client_of(coordinator).post(url("visit-record", visit.pk), {**theirs, "version": "2"})
    visit.refresh_from_db()
    assert visit.employer_view == "Ahkera"


def test_an_unplanned_visit_and_one_more_in_the_plan(placement, coach_client):
    assert coach_client.post(url("visit-extra", placement.pk), GOOD).status_code == 302
    assert coach_client.post(url("visit-plan", placement.pk), {"planned_on": "18.2.2026"}).status_code == 302
    assert list(Visit.objects.order_by("pk").values_list("kind", "state")) == [
        ("extra", "done"),
        ("extra", "planned"),
    ]


def test_a_visit_is_moved_and_cancelled_from_its_pages(visit, coach_client):
    moved = {"planned_on": "12.2.2026", "planned_at": "9.30", "version": "1"}
    assert coach_client.post(url("visit-move", visit.pk), moved).status_code == 302
    stale = {**moved, "planned_on": "13.2.2026"}
    assert coach_client.post(url("visit-move", visit.pk), stale).status_code == 422
    visit.refresh_from_db()
    assert (visit.planned_on, visit.planned_at) == (D(2026, 2, 12), dt.time(9, 30))
    data = {"reason": "Ohjaaja sairaana", "version": "2"}
    assert coach_client.post(url("visit-cancel", visit.pk), data).status_code == 302
    page = coach_client.get(url("placement", visit.placement_id)).content.decode()
    assert "Ohjaaja sairaana" in page


def test_a_protected_persons_visit_asks_for_the_reason_first(visit, coach_client):
    participant = visit.placement.participant
    participant.is_restricted = True
    participant.save()
    for name in ("visit", "visit-record", "visit-move", "visit-cancel"):
        answer = coach_client.get(url(name, visit.pk))
        assert answer.status_code == 302
        assert answer.url == reverse("participants:participant-detail", args=[participant.pk])


def test_the_section_says_when_there_are_none_and_when_the_opening_talk_is_missing(placement, coach_client):
    html = coach_client.get(url("placement", placement.pk)).content.decode()
    assert "Ohjauskäyntejä ei vielä ole" in html
    Placement.objects.update(state="ongoing")
    assert "ilman aloituskeskustelua" in coach_client.get(url("placement", placement.pk)).content.decode()


# --- lists -----------------------------------------------------------------------------------------
def lines_of(user, month):
    return list(visit_lines.today_visit_lines(user, {month.pk: month}, clock.today()))


def test_an_overdue_visit_is_flagged_to_coach_and_coordinator_not_to_the_substitute(
    visit, coach, coordinator, substitute, other_coordinator, month
):
    assert visit_lines.today_visit_lines in set(today_sources)
    assert visit_lines.desk_visit_lines in set(desk_sources)
    (line,) = lines_of(coach, month)
    assert line.is_late
    assert line.url == url("visit-record", visit.pk)
    assert lines_of(substitute, month) == []
    (line,) = visit_lines.desk_visit_lines(coordinator, clock.today())
    assert line.is_late
    assert visit_lines.desk_visit_lines(other_coordinator, clock.today()) == []


def test_a_check_that_is_not_so_is_flagged_until_an_action_is_done(visit, coach, coach_client, month):
    data = {
        **GOOD,
        "check_terms": "not",
        "note_terms": "Tunnit ylittyvät",
        "action_1_text": "Soitan esimiehelle",
    }
    coach_client.post(url("visit-record", visit.pk), data)
    Placement.objects.update(state="ongoing")
    (line,) = lines_of(coach, month)
    assert line.url == url("visit", visit.pk)
    DeskTask.objects.update(done_at=clock.now(), done_by=coach)
    assert lines_of(coach, month) == []


def test_a_protected_persons_workplace_stays_out_of_the_lists(visit, coach, month):
    participant, employer = visit.placement.participant, visit.placement.employer
    participant.is_restricted = True
    participant.save()
    (line,) = lines_of(coach, month)
    assert employer.name not in line.title + line.detail


def test_the_lists_ask_two_questions_with_one_visit_or_many(visit, coach, coordinator, month, count_queries):
    for _ in range(8):
        other = PlacementFactory(month=month, state="ongoing")
        Visit.objects.create(placement=other, kind="weekly", planned_on=D(2026, 2, 6))
    with count_queries() as queries:
        assert len(lines_of(coach, month)) == 9
    assert len(queries) <= 2
    with count_queries() as queries:
        assert len(visit_lines.desk_visit_lines(coordinator, clock.today())) == 9
    assert len(queries) <= 2


def test_the_situation_board_tells_how_the_visits_stand(visit, enrolment, coach, other_coach):
    Placement.objects.update(state="ongoing")
    note = visit_lines.visit_notes([enrolment.pk], coach, clock.today())[enrolment.pk]
    assert "1" in note.text
    assert visit_lines.visit_notes([enrolment.pk], other_coach, clock.today()) == {}
    visit.state, visit.held_on = "done", D(2026, 2, 9)
    visit.save()
    assert "9.2.2026" in visit_lines.visit_notes([enrolment.pk], coach, clock.today())[enrolment.pk].text


# --- the person's own ---------------------------------------------------------------------------------
def test_the_visits_stand_in_the_timeline_and_the_own_export_and_are_forgotten(
    visit, enrolment, coach, substitute, coach_client
):
    coach_client.post(url("visit-record", visit.pk), {**GOOD, "participant_view": "Viihdyn"})
    (entry,) = visit_timeline(enrolment, coach)
    assert entry.day == D(2026, 2, 10)
    assert list(visit_timeline(enrolment, substitute)) == []
    title, rows = visit_section(visit.placement.participant)
    assert title
    assert any("Viihdyn" in str(value) for value in rows[0].values())
    assert anonymise_visits(visit.placement.participant) > 0
    visit.refresh_from_db()
    assert (visit.participant_view, visit.note_cooperation, visit.met) == ("", "", "")
    assert anonymise_visits(visit.placement.participant) == 0
