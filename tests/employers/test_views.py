"""The pages: what they answer, what they keep, what they never do."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from coaching.models import AttendanceMark, GoalVersion
from core.registry import desk_sources
from employers.models import AgreementFile, ContactEvent, ContactPerson, Employer, Placement
from tests.support.factories import (
    ContactEventFactory,
    ContactPersonFactory,
    EmployerFactory,
    EnrolmentFactory,
    GoalFactory,
    PlacementFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk_client(coordinator, client_of):
    return client_of(coordinator)


def page(client, name, *args, **query):
    return client.get(reverse(f"employers:{name}", args=args), query)


def send(client, name, *args, data=None, **extra):
    return client.post(reverse(f"employers:{name}", args=args), data or {}, **extra)


# --- the register ---------------------------------------------------------------------------------
def test_the_register_keeps_its_queries_whatever_its_size(desk_client, count_queries):
    counts = []
    for many in (3, 25):
        for _ in range(many):
            ContactEventFactory(employer=EmployerFactory())
        with count_queries() as queries:
            assert page(desk_client, "register").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_twenty_employers_stand_on_a_page_and_the_filters_stay_in_the_links(desk_client):
    for number in range(25):
        EmployerFactory(name=f"Saha {number:02}", sector="retail")
    html = send(desk_client, "register", data={"q": "saha", "sector": "retail"}, follow=True).content.decode()
    assert html.count('scope="row"') == 20
    assert re.search(r"\?sector=retail&amp;s=[\w-]{80,}(%3D)*&amp;page=2", html)


def test_odd_filters_are_no_error(desk_client):
    EmployerFactory()
    response = page(desk_client, "register", s="\x00'", sector="nonsense", own_contact="-1", page="zzz")
    assert response.status_code == 200


def test_a_known_business_id_is_refused_with_a_link_to_the_employer_and_all_kept(desk_client):
    known = EmployerFactory(name="Saha Oy", business_id="2077474-0")
    data = {"name": "Toinen", "business_id": "FI20774740", "language": "fi", "note": "Muistettava"}
    response = send(desk_client, "employer-new", data=data)
    assert response.status_code == 422
    html = response.content.decode()
    assert reverse("employers:employer", args=[known.pk]) in html
    assert "Muistettava" in html
    assert Employer.objects.count() == 1


def test_a_like_name_is_shown_first_and_saved_with_the_tick(desk_client):
    known = EmployerFactory(name="Rautakauppa Saha Oy")
    data = {"name": "Rautakauppa Saha", "language": "fi"}
    response = send(desk_client, "employer-new", data=data)
    assert response.status_code == 422
    assert known.name in response.content.decode()
    assert 'name="is_another"' in response.content.decode()
    assert Employer.objects.count() == 1
    assert send(desk_client, "employer-new", data={**data, "is_another": "on"}).status_code == 302
    assert Employer.objects.count() == 2


def test_a_conflict_shows_both_versions_and_the_second_save_decides(desk_client, workplace):
    data = {"name": workplace.name, "language": "fi", "city": "Lahti", "version": "1"}
    Employer.objects.filter(pk=workplace.pk).update(city="Turku", version=2)
    response = send(desk_client, "employer-edit", workplace.pk, data=data)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Turku" in html
    assert "Lahti" in html
    version = re.search(r'name="version" value="(\d+)"', html).group(1)
    response = send(desk_client, "employer-edit", workplace.pk, data={**data, "version": version})
    assert response.status_code == 302
    workplace.refresh_from_db()
    assert workplace.city == "Lahti"


def test_do_not_ask_before_stands_on_the_page_until_its_day(desk_client, workplace):
    workplace.do_not_ask_before = dt.date(2026, 2, 11)
    workplace.save()
    assert "11.2.2026" in page(desk_client, "employer", workplace.pk).content.decode()
    workplace.do_not_ask_before = dt.date(2026, 2, 10)
    workplace.save()
    assert "note-warning" not in page(desk_client, "employer", workplace.pk).content.decode()


# --- contact log ----------------------------------------------------------------------------------
def test_the_common_contact_takes_one_choice_and_one_press(coach, client_of, workplace):
    client = client_of(coach)
    html = page(client, "employer", workplace.pk).content.decode()
    happened_on = re.search(r'name="happened_on" value="([^"]+)"', html).group(1)
    data = {"channel": "phone", "result": "no_need", "happened_on": happened_on}
    response = send(client, "contact-log", workplace.pk, data=data)
    assert response.status_code == 302
    event = ContactEvent.objects.get()
    assert (event.user, event.happened_on) == (coach, dt.date(2026, 2, 10))


def test_a_wrong_line_keeps_what_was_typed(desk_client, workplace):
    data = {"channel": "phone", "result": "", "note": "Tarvitsee apua", "happened_on": "10.2.2026"}
    response = send(desk_client, "contact-log", workplace.pk, data=data)
    assert response.status_code == 422
    assert "Tarvitsee apua" in response.content.decode()


def test_an_overdue_action_is_marked_and_finished_from_the_desk(desk_client, coordinator, workplace):
    event = ContactEventFactory(
        employer=workplace, user=coordinator, next_action="Soita", next_action_on=dt.date(2026, 2, 9)
    )
    assert "9.2.2026" in page(desk_client, "desk").content.decode()
    response = send(desk_client, "action-done", event.pk, data={"next": reverse("employers:desk")})
    assert response.url == reverse("employers:desk")
    assert "Soita" not in page(desk_client, "desk").content.decode()


def test_the_way_back_leads_nowhere_else(desk_client, contact_event):
    response = send(desk_client, "action-done", contact_event.pk, data={"next": "https://evil.example/"})
    assert response.url.startswith("/employers/")


# --- people of the workplace ----------------------------------------------------------------------
def test_a_person_is_added_changed_and_marked_as_left(desk_client, workplace):
    data = {"name": "Oili Ohjaaja", "role": "guide", "phone": "040 1", "email": ""}
    assert send(desk_client, "person-new", workplace.pk, data=data).status_code == 302
    person = ContactPerson.objects.get()
    changed = {**data, "phone": "040 2", "version": "1"}
    assert send(desk_client, "person-edit", person.pk, data=changed).status_code == 302
    stale = send(desk_client, "person-edit", person.pk, data={**data, "phone": "040 3", "version": "1"})
    assert stale.status_code == 422
    assert "040 2" in stale.content.decode()
    send(desk_client, "person-presence", person.pk, data={"is_active": "no"})
    person.refresh_from_db()
    assert (person.phone, person.is_active) == ("040 2", False)


# --- the desk -------------------------------------------------------------------------------------
def test_the_desk_lists_who_lacks_a_place_and_forgets_them_when_placed(desk_client, enrolment, coordinator):
    find = reverse("employers:choose-employer", args=[enrolment.pk])
    assert find in page(desk_client, "desk").content.decode()
    PlacementFactory(month=enrolment.month, participant=enrolment.participant, created_by=coordinator)
    assert find not in page(desk_client, "desk").content.decode()


def test_the_desk_keeps_its_queries_whatever_there_is_to_do(desk_client, month, coordinator, count_queries):
    counts = []
    for many in (1, 6):
        for _ in range(many):
            EnrolmentFactory(month=month)
            PlacementFactory(month=month)
            PlacementFactory(month=month, state="ongoing", ends_on=dt.date(2026, 2, 13))
            ContactEventFactory(user=coordinator, next_action="Soita", next_action_on=dt.date(2026, 2, 10))
        with count_queries() as queries:
            assert page(desk_client, "desk").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6 + 2 * len(desk_sources)


def test_an_empty_desk_says_so_and_what_to_do(desk_client):
    html = page(desk_client, "desk").content.decode()
    assert "empty-state" in html
    assert reverse("employers:register") in html


def test_the_desk_is_the_coordinators_first_page(desk_client):
    assert desk_client.get("/").url == reverse("employers:desk")


# --- work trials ----------------------------------------------------------------------------------
TERMS = {
    "purpose": "return_to_work",
    "starts_on": "2.2.2026",
    "ends_on": "27.2.2026",
    "half": "afternoon",
    "hours_per_day": "4",
    "tasks": "Hyllytys",
    "address": "",
    "guide": "",
    "weekdays": ["1", "2", "3", "4", "5"],
    "length_reason": "Kaikki työt ehditään kokeilla",
    "support_agreed": "Ohjaaja näyttää työt",
    "instructions_by": "Työpaikkaohjaaja",
    "changes_by": "Esimies",
}


def terms(employer, enrolment, **more):
    """The posted terms of a planned work trial, with a supervisor of the workplace and a goal."""
    goal = GoalVersion.objects.filter(enrolment=enrolment).first() or GoalFactory(enrolment=enrolment)
    supervisor = ContactPersonFactory(employer=employer)
    return {**TERMS, "goal": goal.pk, "supervisor": supervisor.pk, **more}


def test_the_form_is_prefilled_from_the_month(desk_client, workplace, enrolment):
    GoalFactory(enrolment=enrolment, text="Haluan varastotyöhön")
    html = page(desk_client, "placement-new", workplace.pk, enrolment.pk).content.decode()
    assert 'value="2.2.2026"' in html
    assert 'value="27.2.2026"' in html
    assert re.search(r'<option value="afternoon"\s+selected', html)
    assert "Haluan varastotyöhön" in html


def test_a_work_trial_is_planned_and_its_page_warns_of_the_missing_guide(desk_client, workplace, enrolment):
    data = terms(workplace, enrolment)
    response = send(desk_client, "placement-new", workplace.pk, enrolment.pk, data=data)
    placement = Placement.objects.get()
    assert response.url == reverse("employers:placement", args=[placement.pk])
    assert "note-warning" in desk_client.get(response.url).content.decode()
    assert AuditEvent.objects.filter(
        action="placement.viewed", participant_id=placement.participant_id
    ).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": "1.2.2026"}, "ends_on"),
        ({"hours_per_day": "13"}, "hours_per_day"),
        ({"hours_per_day": "0"}, "hours_per_day"),
        ({"starts_on": "31.2.2026"}, "starts_on"),
        ({"tasks": ""}, "tasks"),
        ({"tasks": "x" * 2001}, "tasks"),
        ({"guide": "999999"}, "guide"),
        ({"purpose": "fun"}, "purpose"),
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": ["7"]}, "weekdays"),
        ({"length_reason": ""}, "length_reason"),
        ({"support_agreed": "x" * 1001}, "support_agreed"),
        ({"changes_by": "x" * 10_000}, "changes_by"),
        ({"goal": "999999"}, "goal"),
    ],
)
def test_wrong_terms_are_told_at_their_field_and_nothing_is_lost(
    desk_client, workplace, enrolment, wrong, field
):
    data = terms(workplace, enrolment, address="Sahakatu 3", **wrong)
    response = send(desk_client, "placement-new", workplace.pk, enrolment.pk, data=data)
    assert response.status_code == 422
    html = response.content.decode()
    assert f'href="#id_{field}' in html
    assert "Sahakatu 3" in html
    assert not Placement.objects.exists()


def test_an_overlap_is_a_sentence_at_the_field_with_a_link(desk_client, workplace, placement):
    data = terms(workplace, placement.month.enrolments.get())
    enrolment = placement.month.enrolments.get()
    response = send(desk_client, "placement-new", workplace.pk, enrolment.pk, data=data)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_starts_on"' in html
    assert reverse("employers:placement", args=[placement.pk]) in html


def test_editing_an_older_page_shows_both_versions(desk_client, placement):
    Placement.objects.filter(pk=placement.pk).update(tasks="Kassa", version=2)
    data = terms(placement.employer, placement.month.enrolments.get(), tasks="Varasto", version="1")
    response = send(desk_client, "placement-edit", placement.pk, data=data)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Kassa" in html
    assert "Varasto" in html
    version = re.search(r'name="version" value="(\d+)"', html).group(1)
    data["version"] = version
    assert send(desk_client, "placement-edit", placement.pk, data=data).status_code == 302
    placement.refresh_from_db()
    assert placement.tasks == "Varasto"


def test_the_goal_is_linked_and_a_proposal_goes_without_it(desk_client, placement):
    data = terms(placement.employer, placement.month.enrolments.get(), version="1")
    send(desk_client, "placement-edit", placement.pk, data=data)
    placement.refresh_from_db()
    assert placement.goal_id == data["goal"]
    without = {**data, "version": "2", "goal": ""}
    assert send(desk_client, "placement-edit", placement.pk, data=without).status_code == 422
    Placement.objects.update(state="proposed")
    assert send(desk_client, "placement-edit", placement.pk, data=without).status_code == 302
    placement.refresh_from_db()
    assert placement.goal is None


def test_a_proposal_is_saved_with_the_first_terms_only(desk_client, workplace, enrolment):
    first = ("purpose", "starts_on", "ends_on", "half", "hours_per_day", "tasks", "weekdays")
    data = {name: TERMS[name] for name in first} | {"state": "proposed"}
    assert send(desk_client, "placement-new", workplace.pk, enrolment.pk, data=data).status_code == 302
    proposal = Placement.objects.get()
    assert proposal.state == "proposed"
    html = page(desk_client, "placement", proposal.pk).content.decode()
    assert 'value="planned"' not in html  # not before its terms stand
    html = page(desk_client, "placement-new", workplace.pk, enrolment.pk).content.decode()
    assert reverse("participants:participant-detail", args=[enrolment.participant_id]) in html


def test_an_ending_without_a_reason_is_refused_with_its_form_open(desk_client, placement):
    data = {"target": "did_not_start", "version": "1", "reason": ""}
    response = send(desk_client, "placement-move", placement.pk, data=data)
    assert response.status_code == 422
    assert '<details class="disclosure" open' in response.content.decode()


def test_a_protected_persons_work_trial_asks_for_a_reason_first(desk_client, placement):
    placement.participant.is_restricted = True
    placement.participant.save()
    person = reverse("participants:participant-detail", args=[placement.participant_id])
    assert page(desk_client, "placement", placement.pk).url == person
    assert page(desk_client, "agreement-preview", placement.pk).url == person
    assert send(desk_client, "placement-move", placement.pk).url == person


def test_the_participants_page_shows_the_work_trial_and_leads_to_a_place(desk_client, enrolment, placement):
    detail = reverse("participants:participant-detail", args=[enrolment.participant_id])
    assert reverse("employers:placement", args=[placement.pk]) in desk_client.get(detail).content.decode()
    placement.delete()
    find = reverse("employers:choose-employer", args=[enrolment.pk])
    assert find in desk_client.get(detail).content.decode()


# --- marks ----------------------------------------------------------------------------------------
def mark(client, placement, data, **extra):
    return send(client, "marks-week", placement.pk, "2026-02-09", data=data, **extra)


def test_a_week_is_marked_with_hours_and_reasons(desk_client, placement):
    data = {
        "mark-2026-02-09": "present",
        "hours-2026-02-09": "3,5",
        "seen-2026-02-09": ":",
        "mark-2026-02-10": "own_illness",
        "hours-2026-02-10": "",
        "seen-2026-02-10": ":",
    }
    response = mark(desk_client, placement, data)
    assert response.url.endswith("#marks-week-2026-02-09")
    marks = list(AttendanceMark.objects.order_by("day").values_list("mark", "hours"))
    assert [(kind, float(hours or 0)) for kind, hours in marks] == [("present", 3.5), ("own_illness", 0.0)]


def test_all_done_fills_the_week_up_to_today_and_answers_htmx_with_the_week(coach, client_of, placement):
    response = mark(client_of(coach), placement, {"all_done": "1"}, headers=HTMX)
    html = response.content.decode()
    assert html.lstrip().startswith('<section class="marks-week')
    assert "<html" not in html
    assert AttendanceMark.objects.filter(mark="present", hours=4).count() == 2


@pytest.mark.parametrize("hours", ["abc", "13", "-1", "1e9", "4,125"])
def test_hours_that_cannot_be_are_told_at_their_day(desk_client, placement, hours):
    data = {"mark-2026-02-09": "present", "hours-2026-02-09": hours, "seen-2026-02-09": ":"}
    response = mark(desk_client, placement, data)
    assert response.status_code == 422
    assert 'id="wrong-2026-02-09"' in response.content.decode()
    assert not AttendanceMark.objects.exists()


def test_a_mark_of_another_in_the_meantime_is_shown_and_kept(desk_client, placement, coach, client_of):
    theirs = {"mark-2026-02-09": "own_illness", "seen-2026-02-09": ":"}
    mark(client_of(coach), placement, theirs)
    mine = {"mark-2026-02-09": "present", "hours-2026-02-09": "4", "seen-2026-02-09": ":"}
    response = mark(desk_client, placement, mine, headers=HTMX)
    assert response.status_code == 422
    assert AttendanceMark.objects.get().mark == "own_illness"
    seen = re.search(r'name="seen-2026-02-09" value="([^"]+)"', response.content.decode()).group(1)
    assert mark(desk_client, placement, {**mine, "seen-2026-02-09": seen}).status_code == 302
    assert AttendanceMark.objects.get().mark == "present"


def test_a_week_outside_the_work_trial_does_not_exist(desk_client, placement):
    for monday in ("2026-02-10", "2025-01-06", "nonsense", "9999-12-27"):
        assert send(desk_client, "marks-week", placement.pk, monday).status_code == 404


def test_a_half_years_trial_stays_a_light_page(desk_client, placement, month):
    month.enrolments.update(joined_on=dt.date(2025, 9, 1))
    placement.starts_on, placement.state = dt.date(2025, 9, 1), "ongoing"
    placement.save()
    done = [dt.date(2025, 9, 1) + dt.timedelta(days=n) for n in range(155)]
    enrolment = month.enrolments.get()
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            enrolment=enrolment,
            day=day,
            half="afternoon",
            mark="present",
            hours=4,
            recorded_at=dt.datetime.now(dt.UTC),
        )
        for day in done
        if day.weekday() < 5
    )
    html = page(desk_client, "placement", placement.pk).content.decode()
    assert html.count("<select") <= 15
    wanted = page(desk_client, "placement", placement.pk, week="2025-09-01").content.decode()
    assert 'name="mark-2025-09-01"' in wanted


# --- agreement ------------------------------------------------------------------------------------
@pytest.fixture
def quiet_queue(monkeypatch):
    from employers import tasks

    monkeypatch.setattr(tasks.make_agreement, "delay", lambda **kwargs: None)


def test_the_agreement_is_asked_for_waits_and_becomes_ready(desk_client, placement, quiet_queue):
    from employers.tasks import make_agreement

    response = send(desk_client, "agreement", placement.pk, headers=HTMX)
    assert "every 2s" in response.content.decode()
    make_agreement(agreement_file_id=AgreementFile.objects.get().pk)
    html = page(desk_client, "placement", placement.pk).content.decode()
    assert "every 2s" not in html
    row = AgreementFile.objects.get()
    download = page(desk_client, "agreement-pdf", row.pk)
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert "Aino" not in download.headers["Content-Disposition"]
    assert AuditEvent.objects.filter(action="agreement.downloaded", object_id=row.pk).exists()


def test_without_consent_the_page_refuses_and_leads_to_the_consents(desk_client, placement, agreement_file):
    placement.participant.consents.all().delete()
    html = page(desk_client, "placement", placement.pk).content.decode()
    assert reverse("participants:participant-consents", args=[placement.participant_id]) in html
    assert send(desk_client, "agreement", placement.pk, headers=HTMX).status_code == 422
    assert page(desk_client, "agreement-pdf", agreement_file.pk).status_code == 403
    assert page(desk_client, "agreement-preview", placement.pk).status_code == 403


def test_a_failed_agreement_says_why_and_offers_to_make_it_again(desk_client, placement, quiet_queue):
    send(desk_client, "agreement", placement.pk)
    AgreementFile.objects.update(state="failed", error="rendering")
    html = page(desk_client, "placement", placement.pk).content.decode()
    assert "note-danger" in html
    send(desk_client, "agreement", placement.pk)
    assert AgreementFile.objects.get().state == "queued"


def test_a_made_file_that_is_gone_is_404(desk_client, agreement_file):
    agreement_file.file.storage.delete(agreement_file.file.name)
    assert page(desk_client, "agreement-pdf", agreement_file.pk).status_code == 404


def test_a_strangers_agreement_does_not_exist(client_of, other_coordinator, agreement_file):
    assert page(client_of(other_coordinator), "agreement-pdf", agreement_file.pk).status_code == 404


# --- whatever is sent, never an error page ----------------------------------------------------------
ANYTHING = st.text(max_size=40) | st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1",
        "99999999999999999999",
        "31.2.2026",
        "1.1.0001",
        "31.12.9999",
        "present",
        "nan",
        "1e5",
    ]
)
NEVER_MIND = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def some_of(*names):
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, ANYTHING))


@NEVER_MIND
@given(data=some_of(*TERMS, "version", "shows_goal"))
def test_whatever_terms_are_sent_the_answer_is_no_error_page(desk_client, placement, workplace, data):
    enrolment = placement.month.enrolments.get()
    filled = {**TERMS, **data}
    assert send(desk_client, "placement-edit", placement.pk, data=filled).status_code in (302, 422)
    new = send(desk_client, "placement-new", workplace.pk, enrolment.pk, data=filled)
    assert new.status_code in (302, 422)


@NEVER_MIND
@given(
    data=some_of("name", "business_id", "sector", "postal_code", "email", "own_contact", "do_not_ask_before")
)
def test_whatever_employer_is_sent_the_answer_is_no_error_page(desk_client, data):
    assert send(desk_client, "employer-new", data={"language": "fi", **data}).status_code in (302, 422)
    found = send(desk_client, "register", data={"q": data.get("name", "")}, follow=True)
    assert found.status_code == 200


@NEVER_MIND
@given(
    data=some_of("mark-2026-02-09", "hours-2026-02-09", "seen-2026-02-09", "mark-2026-02-11", "all_done"),
    move=some_of("target", "version", "reason", "last_day"),
    contact=some_of(
        "channel", "result", "note", "next_action", "next_action_on", "happened_on", "contact_person"
    ),
)
def test_whatever_marks_moves_and_contacts_are_sent_the_answer_is_no_error_page(
    desk_client, placement, data, move, contact
):
    assert mark(desk_client, placement, data).status_code in (302, 422)
    assert send(desk_client, "placement-move", placement.pk, data=move).status_code in (302, 422)
    log = send(desk_client, "contact-log", placement.employer_id, data={"result": "lead", **contact})
    assert log.status_code in (302, 422)
