"""The month's grid in the browser's eyes: the table, a batch of cells, the figures, and a day as a form."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import AttendanceMark, MarkCorrection
from coaching.pages.grid import month_grid
from core import clock
from tests.coaching.daily_log_support import make_group
from tests.coaching.grid_support import EMPTY, as_field, name_of, sessions_of, trial_of
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings, today):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def page(month):
    return reverse("coaching:month-grid", args=[month.pk])


@pytest.fixture
def send(month, client_of, coach):
    """Post a batch as the open page does."""

    def sent(*fields, user=coach, **more):
        address = reverse("coaching:grid-cells", args=[month.pk])
        return client_of(user).post(address, {"cell": list(fields), **more})

    return sent


@pytest.fixture
def day_page(month):
    return reverse("coaching:grid-day", args=[month.pk, "2026-02-10"])


def cell(month, enrolment, user, *, day: int = 10, half: int = 0):
    grid = month_grid(month, user=user, today=clock.today())
    row = next(row for row in grid.rows if row.enrolment == enrolment)
    index = [column.day.day for column in grid.days].index(day)
    return row.halves[half].cells[index]


# --- the table --------------------------------------------------------------------------------------
def test_missing_absent_and_still_to_come_look_different(month, enrolment, coach):
    first, _second, _third = sessions_of(month, 9, 10, 11)
    factories.MarkFactory(enrolment=enrolment, session=first, mark="own_illness", recorded_by=coach)
    looks = [cell(month, enrolment, coach, day=day) for day in (9, 10, 11)]
    assert [(look.letter, look.tone, look.is_editable) for look in looks] == [
        ("S", "health", True),
        ("?", "missing", True),
        ("·", "coming", False),
    ]


def test_a_mark_says_who_recorded_it_and_when_with_minutes_and_hours(month, session, enrolment, coach):
    trial_of(enrolment)
    at = dt.datetime(2026, 2, 10, 7, 41, tzinfo=dt.UTC)
    factories.MarkFactory(
        enrolment=enrolment, session=session, minutes_late=10, recorded_by=coach, recorded_at=at
    )
    factories.MarkFactory(enrolment=enrolment, session=None, day=session.held_on, half="afternoon", hours=4)
    group, trial = cell(month, enrolment, coach), cell(month, enrolment, coach, half=1)
    assert (group.letter, group.text) == ("P′", "Present, 10 min late")
    assert group.recorded == "Sanna Valmentaja 10.2.2026 9.41"
    assert trial.text == "Present, 4 h"


def test_an_afternoon_with_a_work_trial_is_missing_and_one_without_is_nothing(month, session, coach):
    working, idle = make_group(month, 2)
    trial_of(working)
    assert cell(month, working, coach, half=1).tone == "missing"
    assert cell(month, idle, coach, half=1).tone == "nothing"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("coach", (True, True)),
        ("substitute", (True, True)),
        ("coordinator", (False, True)),
        ("manager", (False, False)),
    ],
)
def test_who_may_mark_which_half(month, session, enrolment, who, expected, request):
    trial_of(enrolment)
    user = request.getfixturevalue(who)
    assert tuple(cell(month, enrolment, user, half=half).is_editable for half in (0, 1)) == expected


def test_a_session_that_was_not_arranged_and_a_closed_month_are_read_only(month, session, enrolment, coach):
    session.state, session.logged_at = "not_arranged", clock.now()
    session.save()
    look = cell(month, enrolment, coach)
    assert (look.letter, look.is_editable) == ("–", False)
    month.state, month.closed_at, month.closed_by = "closed", clock.now(), coach
    month.save()
    assert month_grid(month, user=coach, today=clock.today()).is_editable is False


def test_the_figures_count_attended_absent_unlogged_travel_and_late(month, enrolment, coach, client_of, page):
    for session, mark, late in zip(
        sessions_of(month, 4, 5, 6, 9),
        ("present", "own_illness", "unauthorised", None),
        (15, 0, 0, 0),
        strict=True,
    ):
        if mark:
            factories.MarkFactory(enrolment=enrolment, session=session, mark=mark, minutes_late=late)
    [row] = month_grid(month, user=coach, today=clock.today()).rows
    assert (row.count.days_attended, row.count.travel_days, row.count.minutes_late) == (1, 1, 15)
    assert (dict(row.absences), row.unlogged) == ({"health": 1, "accepted": 0, "unauthorised": 1}, 1)
    days = {column.day.day: column.total for column in month_grid(month, today=clock.today()).days}
    assert (days[4].attended, days[5].absent, days[9].unlogged) == (1, 1, 1)
    assert "15 min" in client_of(coach).get(page).content.decode()


def test_holidays_are_closed_with_their_name(coach, office, client_of):
    month = factories.MonthFactory(coach=coach, authority=office, starts_on=dt.date(2026, 3, 30))
    factories.EnrolmentFactory(month=month)
    html = client_of(coach).get(reverse("coaching:month-grid", args=[month.pk])).content.decode()
    assert "Good Friday" in html


def test_the_manager_gets_no_way_to_mark(month, session, enrolment, manager, client_of, page):
    html = client_of(manager).get(page).content.decode()
    assert "data-save-url" not in html
    assert " data-e" not in html


def test_the_grid_makes_no_more_queries_for_more_people(month, session, enrolment, coach, client_of, page):
    def grow():
        for person in make_group(month, 9):
            factories.MarkFactory(enrolment=person, session=session)
            trial_of(person)

    assert_queries_do_not_grow(client_of(coach), page, grow, at_most=12)


# --- a batch of cells ---------------------------------------------------------------------------------
def test_a_batch_is_saved_and_answers_how_the_cells_stand(send, session, enrolment):
    answer = send(as_field(enrolment, "present"))
    assert answer.status_code == 200
    shown = answer.json()["cells"][str(name_of(enrolment))]
    assert (shown["letter"], shown["tone"], shown["stamp"]) == ("P", "present", "present:::")
    assert shown["recorded"].startswith("Sanna Valmentaja 10.2.2026")
    assert AttendanceMark.objects.get().mark == "present"


def test_a_cleared_cell_is_missing_again(send, session, enrolment):
    send(as_field(enrolment, "present"))
    answer = send(as_field(enrolment, "", seen="present:::"))
    assert answer.json()["cells"][str(name_of(enrolment))]["tone"] == "missing"


def test_two_people_in_one_cell_both_see_both(send, session, enrolment, substitute):
    send(as_field(enrolment, "own_illness"), user=substitute)
    [conflict] = send(as_field(enrolment, "present")).json()["conflicts"]
    assert conflict["mine"] == "Present"
    assert conflict["theirs"].startswith("Own illness (Sirpa Sijainen 10.2.2026")
    assert (conflict["mine_stamp"], conflict["cell"]["stamp"]) == ("present:::", "own_illness:::")


@pytest.mark.parametrize(
    "field",
    [
        "",
        "x",
        "1-2026-02-10-morning|present",
        "1-2026-02-30-morning|present|:::",
        "1-2026-02-10-night|present|:::",
        "1-2026-02-10-morning|not_arranged|:::",
        "1-2026-02-10-morning|present:481::|:::",
        "\x00|present|:::",
    ],
)
def test_what_our_page_never_sends_is_a_sentence(send, session, enrolment, field):
    answer = send(field)
    assert (answer.status_code, AttendanceMark.objects.count()) == (422, 0)
    assert "Reload" in answer.json()["message"]


def test_after_the_summary_was_released_a_reason_is_asked(send, session, enrolment, monkeypatch):
    monkeypatch.setattr("coaching.services.grid.released_among", set)
    monkeypatch.setattr("coaching.services.corrections.released_among", set)
    answer = send(as_field(enrolment, "present"))
    assert (answer.status_code, answer.json()["needs_reason"]) == (422, True)
    assert send(as_field(enrolment, "present"), correction_reason="Väärä rivi").status_code == 200
    correction = MarkCorrection.objects.get()
    assert (correction.reason, correction.before, correction.after) == ("Väärä rivi", {}, {"mark": "present"})


def test_the_figures_are_told_after_saving(send, month, session, enrolment, coach, client_of):
    send(as_field(enrolment, "present"))
    told = client_of(coach).get(reverse("coaching:grid-totals", args=[month.pk])).json()
    assert told["people"][str(enrolment.pk)]["attended"] == "1/1"
    assert told["days"]["2026-02-10"] == {"attended": "1", "absent": "0", "unlogged": "0"}


# --- one day as a form --------------------------------------------------------------------------------
def fields_of(enrolment, **values) -> dict[str, str]:
    group, trial = name_of(enrolment), name_of(enrolment, half="afternoon")
    fields = {f"mark-{group}": "", f"seen-{group}": EMPTY}
    if "trial" in values:
        fields |= {f"mark-{trial}": values.pop("trial"), f"seen-{trial}": EMPTY}
    return fields | {f"{part}-{trial if part == 'hours' else group}": value for part, value in values.items()}


def test_a_day_is_saved_with_minutes_and_hours(client_of, coach, session, enrolment, day_page):
    trial_of(enrolment)
    fields = fields_of(enrolment, mark="present", late="10", trial="present", hours="3,5")
    assert client_of(coach).post(day_page, fields).status_code == 302
    saved = {mark.half: (mark.minutes_late, mark.hours) for mark in AttendanceMark.objects.all()}
    assert saved["morning"] == (10, None)
    assert float(saved["afternoon"][1]) == 3.5


def test_the_rest_is_marked_present_and_not_saved_yet(client_of, coach, session, enrolment, day_page):
    answer = client_of(coach).post(day_page, fields_of(enrolment) | {"all_present": "1"})
    assert answer.status_code == 200
    assert answer.context["page"].rows[0].halves[0].field.mark == "present"
    assert AttendanceMark.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"mark": "present", "late": "-5"}, "-5"),
        ({"mark": "present", "late": "481"}, "481"),
        ({"mark": "present", "early": "٣"}, "٣"),
        ({"mark": "own_illness", "late": "10"}, "10"),
        ({"mark": "present", "trial": "present", "hours": "13"}, "13"),
        ({"mark": "present", "trial": "present", "hours": "neljä"}, "neljä"),
        ({"mark": "present", "trial": "present", "hours": "1e400"}, "1e400"),
    ],
)
def test_what_cannot_be_is_said_at_the_person_and_kept(
    client_of, coach, session, enrolment, day_page, values, wrong
):
    trial_of(enrolment)
    answer = client_of(coach).post(day_page, fields_of(enrolment, **values))
    assert (answer.status_code, AttendanceMark.objects.count()) == (422, 0)
    html = answer.content.decode()
    assert f'value="{wrong}"' in html
    assert "field-error" in html


def test_a_conflict_shows_both_and_the_second_press_decides(client_of, coach, session, enrolment, day_page):
    factories.MarkFactory(enrolment=enrolment, session=session, mark="job_interview")
    answer = client_of(coach).post(day_page, fields_of(enrolment, mark="present"))
    assert answer.status_code == 422
    assert "Saved now:" in answer.content.decode()
    half = answer.context["page"].rows[0].halves[0]
    again = fields_of(enrolment, mark="present", seen=half.field.seen)
    assert client_of(coach).post(day_page, again).status_code == 302
    assert AttendanceMark.objects.get().mark == "present"


def test_another_groups_person_in_the_post_is_not_written(client_of, coach, session, enrolment, day_page):
    stranger = factories.EnrolmentFactory()
    fields = fields_of(enrolment, mark="present") | fields_of(stranger, mark="present")
    client_of(coach).post(day_page, fields)
    assert [mark.enrolment_id for mark in AttendanceMark.objects.all()] == [enrolment.pk]


@pytest.mark.parametrize("day", ["2026-02-07", "2026-04-01", "2026-02-30", "huomenna", "0000-00-00"])
def test_a_day_that_is_not_in_the_grid_is_not_found(client_of, coach, month, enrolment, day):
    address = reverse("coaching:grid-day", args=[month.pk, day])
    assert client_of(coach).get(address).status_code == 404


def test_a_coming_day_is_only_read(client_of, coach, month, enrolment):
    sessions_of(month, 11)
    answer = client_of(coach).get(reverse("coaching:grid-day", args=[month.pk, "2026-02-11"]))
    assert "still to come" in answer.content.decode()
    assert answer.context["page"].is_editable is False


def test_opening_either_page_is_on_the_audit_trail(client_of, coach, session, enrolment, page, day_page):
    for address in (page, day_page):
        client_of(coach).get(address)
    events = AuditEvent.objects.filter(action="month.grid_viewed")
    assert [event.details["enrolments"] for event in events] == [[enrolment.pk]] * 2


@pytest.mark.parametrize(
    ("state", "sentence"), [("closed", "has been closed"), ("cancelled", "was cancelled")]
)
def test_a_day_of_a_month_that_is_over_says_why_it_stands(
    day_page, month, session, enrolment, client_of, coach, state, sentence
):
    closed = {"closed_at": clock.now(), "closed_by": coach} if state == "closed" else {}
    type(month).objects.filter(pk=month.pk).update(state=state, **closed)
    cell = name_of(enrolment)
    answer = client_of(coach).post(day_page, {f"mark-{cell}": "present", f"seen-{cell}": EMPTY})
    assert answer.status_code == 422
    assert f"This month {sentence}" in answer.content.decode()
    assert not AttendanceMark.objects.exists()
