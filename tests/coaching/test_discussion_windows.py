"""Between which days each discussion is held."""

import datetime as dt

import pytest

from coaching.discussion_windows import (
    DONE,
    DUE,
    LATE,
    NOT_YET,
    day_of_month,
    discussion_windows,
    discussion_windows_of,
)
from coaching.models import DiscussionWindow
from tests.support import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (1, dt.date(2026, 2, 2)),
        (5, dt.date(2026, 2, 6)),
        (6, dt.date(2026, 2, 9)),
        (20, dt.date(2026, 2, 27)),
    ],
)
def test_day_one_is_the_first_monday_and_day_twenty_the_fourth_friday(number, day):
    assert day_of_month(dt.date(2026, 2, 2), number) == day
    assert day_of_month(dt.date(2026, 2, 4), number) == day  # a start on Wednesday moves no window


def test_a_month_without_windows_keeps_the_weeks_of_the_model(month):
    windows = discussion_windows(month)
    assert list(windows) == ["mid", "final", "three_party"]
    assert (windows["mid"].first_day, windows["mid"].last_day) == (dt.date(2026, 2, 9), dt.date(2026, 2, 20))
    assert windows["final"].first_day == dt.date(2026, 2, 23)
    assert windows["three_party"].first_day == dt.date(2026, 2, 27)


def test_the_programmes_own_window_decides_and_never_begins_before_the_month(month):
    DiscussionWindow.objects.create(programme=month.programme, kind="mid", first_day=1, last_day=2)
    month.starts_on = dt.date(2026, 2, 4)
    window = discussion_windows(month)["mid"]
    assert (window.first_day, window.last_day) == (dt.date(2026, 2, 4), dt.date(2026, 2, 4))


@pytest.mark.parametrize(
    ("today", "held", "state"),
    [
        (dt.date(2026, 2, 8), False, NOT_YET),
        (dt.date(2026, 2, 9), False, DUE),
        (dt.date(2026, 2, 20), False, DUE),
        (dt.date(2026, 2, 21), False, LATE),
        (dt.date(2026, 2, 21), True, DONE),
    ],
)
def test_a_discussion_is_due_in_its_window_and_late_after_it(month, today, held, state):
    assert discussion_windows(month)["mid"].state_on(today, is_held=held) == state


def test_the_windows_of_many_months_take_one_query(month, django_assert_num_queries):
    months = [month, *(factories.MonthFactory() for _ in range(3))]
    DiscussionWindow.objects.create(programme=months[2].programme, kind="final", first_day=11, last_day=12)
    with django_assert_num_queries(1):
        windows = discussion_windows_of(months)
    assert windows[months[2].pk]["final"].first_day == dt.date(2026, 2, 16)
    assert windows[month.pk]["final"].first_day == dt.date(2026, 2, 23)
