"""Who needs attention: absences in a row, and nobody's own time with the coach."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from coaching.alerts import month_alerts, working_days_after
from coaching.models import ActionStep, IndividualTime
from coaching.pages.today import build_today_page
from core import clock
from participants.models import Certificate
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
MORNING, AFTERNOON = "morning", "afternoon"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def mark(enrolment, day: int, code: str, half: str = MORNING):
    """A mark of February 2026."""
    session = None
    held_on = dt.date(2026, 2, day)
    if half == MORNING:
        session = enrolment.month.sessions.filter(held_on=held_on).first()
        session = session or factories.SessionFactory(month=enrolment.month, held_on=held_on)
    return factories.MarkFactory(enrolment=enrolment, session=session, day=held_on, half=half, mark=code)


def talked(enrolment, day: int):
    return IndividualTime.objects.create(
        enrolment=enrolment, day=dt.date(2026, 2, day), minutes=15, recorded_at=clock.now()
    )


def texts(month, today) -> list[str]:
    return [alert.text for alert in month_alerts(month, today=today)]


def sections_of(coach, today) -> dict[str, list]:
    page = build_today_page(user=coach, today=today, now=clock.now())
    return {section.heading: list(section.lines) for section in page.sections}


@pytest.fixture
def met(enrolment, today):
    """Aino, with whom the coach talked yesterday."""
    talked(enrolment, 9)
    return enrolment


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["own_illness", "own_illness", "child_illness"], 3),
        (["present", "own_illness", "unauthorised", "unauthorised"], 3),
        (["own_illness", "own_illness", "own_illness", "present"], 0),
        (["own_illness", "own_illness"], 0),
        (["own_illness", "agreed_swap", "own_illness", "own_illness"], 3),
        (["unauthorised"] * 5, 5),
    ],
)
def test_three_absences_in_a_row_of_the_latest_marks_are_a_sign(met, month, today, marks, expected):
    for day, code in zip((2, 3, 4, 5, 6), marks, strict=False):
        mark(met, day, code)
    found = texts(month, today)
    assert found == (
        [f"Away from the group {expected} times in a row, since {_first(marks)}"] if expected else []
    )


def _first(marks: list[str]) -> str:
    days = dict(zip((2, 3, 4, 5, 6), marks, strict=False))
    return f"{min(day for day, code in days.items() if code not in ('present', 'agreed_swap'))}.2.2026"


def test_a_missing_mark_neither_counts_nor_breaks_the_row(met, month, today):
    for day in (2, 4, 6):
        mark(met, day, "own_illness")
    factories.SessionFactory(month=month, held_on=dt.date(2026, 2, 5), state="logged", logged_at=clock.now())
    assert texts(month, today) == ["Away from the group 3 times in a row, since 2.2.2026"]


def test_the_work_trials_half_has_a_row_of_its_own(met, month, today):
    for day in (4, 5, 6):
        mark(met, day, "present")
        mark(met, day, "own_illness", AFTERNOON)
    assert texts(month, today) == ["Away from the work trial 3 times in a row, since 4.2.2026"]


def test_the_limit_is_a_setting(met, month, today, settings):
    settings.ALERT_ABSENCES_IN_A_ROW = 2
    mark(met, 5, "own_illness")
    mark(met, 6, "own_illness")
    assert len(texts(month, today)) == 1


def test_five_working_days_without_individual_time_are_a_sign(enrolment, month, today):
    assert texts(month, today) == ["No individual time yet"]
    talked(enrolment, 3)
    assert texts(month, today) == ["No individual time since 3.2.2026"]
    talked(enrolment, 4)
    assert texts(month, today) == []


def test_a_discussion_is_individual_time(enrolment, month, today):
    factories.DiscussionFactory(enrolment=enrolment, kind="mid", held_on=dt.date(2026, 2, 9))
    assert texts(month, today) == []


def test_who_has_just_joined_or_has_left_is_no_sign(enrolment, month, today):
    enrolment.joined_on = dt.date(2026, 2, 5)
    enrolment.save()
    gone = factories.EnrolmentFactory(month=month)
    gone.left_on = today - dt.timedelta(days=1)
    gone.save()
    assert texts(month, today) == []


@pytest.mark.parametrize("day", [dt.date(2026, 1, 30), dt.date(2026, 2, 28)])
def test_before_and_after_the_month_nobody_is_missed(enrolment, month, day):
    assert month_alerts(month, today=day) == []


def test_a_closed_month_has_no_signs(enrolment, month, today):
    month.state, month.closed_at, month.closed_by = "closed", clock.now(), month.coach
    month.save()
    assert month_alerts(month, today=today) == []


def test_weekends_and_holidays_are_no_working_days():
    assert working_days_after(dt.date(2026, 4, 2), dt.date(2026, 4, 7)) == 1  # Easter
    assert working_days_after(dt.date(2026, 2, 6), dt.date(2026, 2, 9)) == 1
    assert working_days_after(dt.date(2026, 2, 9), dt.date(2026, 2, 9)) == 0


def test_today_names_them_with_what_to_do(enrolment, session, coach, today):
    for day in (4, 5, 6):
        mark(enrolment, day, "unauthorised")
    ring, record = sections_of(coach, today)["Needs your attention"]
    assert (record.url, record.link_text) == ("tel:0401234567", "Ring")
    assert ring.url == reverse("coaching:daily-log", args=[session.pk])
    assert ring.title_url == reverse("coaching:person", args=[enrolment.pk])


def test_a_protected_persons_number_is_not_on_the_page(met, coach, client_of, today):
    met.participant.is_restricted = True
    met.participant.save()
    for day in (4, 5, 6):
        mark(met, day, "unauthorised")
    page = client_of(coach).get(reverse("coaching:today")).content.decode()
    assert "Koivuniemi" in page
    assert "0401234567" not in page
    assert "040 123" not in page


def test_the_groups_page_shows_them_to_the_coach_and_not_to_the_manager(
    enrolment, month, coach, manager, coordinator, client_of, today
):
    address = reverse("coaching:month-detail", args=[month.pk])
    assert "No individual time yet" in client_of(coach).get(address).content.decode()
    for user in (manager, coordinator):
        assert "No individual time yet" not in client_of(user).get(address).content.decode()


def test_the_groups_page_makes_no_more_queries_for_more_signs(enrolment, month, coach, client_of, today):
    def grow():
        for _ in range(8):
            factories.EnrolmentFactory(month=month)

    assert_queries_do_not_grow(client_of(coach), reverse("coaching:month-detail", args=[month.pk]), grow)


def test_next_steps_whose_day_has_come_are_due(met, coach, today):
    due = factories.ActionStepFactory(enrolment=met, due_on=today - dt.timedelta(days=1))
    factories.ActionStepFactory(enrolment=met, due_on=today + dt.timedelta(days=1))
    ActionStep.objects.create(enrolment=met, what="Tehty", who="Aino", due_on=today, done_on=today)
    [line] = sections_of(coach, today)["Next steps due"]
    assert (line.url, line.is_late) == (reverse("coaching:action-step", args=[met.pk, due.pk]), True)


def test_certificates_about_to_end_are_named(met, coach, today):
    for name, days in (("Tulityökortti", 10), ("Hygieniapassi", -2), ("Trukkikortti", 200)):
        Certificate.objects.create(
            participant=met.participant, name=name, expires_on=today + dt.timedelta(days=days)
        )
    lines = sections_of(coach, today)["Certificates to renew"]
    assert [(line.detail, line.is_late) for line in lines] == [
        ("Hygieniapassi was valid until 8.2.2026", True),
        ("Tulityökortti is valid until 20.2.2026", False),
    ]


def test_another_coachs_people_are_not_on_the_page(enrolment, other_coach, today):
    factories.ActionStepFactory(enrolment=enrolment, due_on=today)
    assert sections_of(other_coach, today) == {}


def test_a_long_list_is_folded_after_eight(month, coach, client_of, today):
    for _ in range(10):
        factories.EnrolmentFactory(month=month)
    html = client_of(coach).get(reverse("coaching:today")).content.decode()
    assert html.count("No individual time yet,") == 2 * 10
    assert "Show 2 more" in html
