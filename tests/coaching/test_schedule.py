"""The calendar of a month, over every kind of awkward year."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from coaching.services.schedule import holidays_between, next_monday, plan_month, week_number

WEEKDAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)).filter(lambda day: day.weekday() < 5)


def days_of(plan) -> list[dt.date]:
    return [planned.day for planned in plan.days]


@given(WEEKDAYS)
def test_a_month_ends_on_the_friday_of_its_fourth_calendar_week(starts_on):
    plan = plan_month(starts_on)
    assert plan.ends_on.weekday() == 4
    assert week_number(starts_on, plan.ends_on) == 4
    assert 21 <= (plan.ends_on - starts_on).days <= 25


@given(WEEKDAYS, st.booleans())
def test_no_session_falls_on_a_weekend_or_a_day_off_and_none_is_lost(starts_on, make_up):
    plan = plan_month(starts_on, make_up_lost_days=make_up)
    days = days_of(plan)
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert not holidays_between(starts_on, plan.ends_on).keys() & set(days)
    weekdays = 20 - starts_on.weekday()
    assert len(days) == weekdays if make_up else len(days) + len(plan.skipped) == weekdays
    assert all(name for _day, name in plan.skipped)


@given(WEEKDAYS)
def test_making_up_only_adds_days_after_the_fourth_week(starts_on):
    plain, made_up = plan_month(starts_on), plan_month(starts_on, make_up_lost_days=True)
    assert made_up.days[: len(plain.days)] == plain.days
    added = made_up.days[len(plain.days) :]
    assert len(added) == len(plain.skipped) == made_up.made_up
    assert all(5 <= planned.week <= 8 for planned in added)
    assert made_up.ends_on == (added[-1].day if added else plain.ends_on)


@given(WEEKDAYS)
def test_weeks_are_numbered_from_the_week_of_the_start(starts_on):
    assert {planned.week for planned in plan_month(starts_on).days} <= {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("starts_on", "lost"),
    [
        ((2026, 2, 2), []),
        ((2026, 3, 16), [("3.4.", "Pitkäperjantai"), ("6.4.", "Toinen pääsiäispäivä")]),
        ((2026, 4, 13), [("1.5.", "Vappu")]),
        ((2026, 5, 4), [("14.5.", "Helatorstai")]),
        ((2026, 6, 1), [("19.6.", "Juhannusaatto")]),
        ((2026, 11, 30), [("24.12.", "Jouluaatto"), ("25.12.", "Joulupäivä")]),
        ((2027, 11, 15), [("6.12.", "Itsenäisyyspäivä")]),
        ((2026, 12, 14), [("24.12.", "Jouluaatto"), ("25.12.", "Joulupäivä"), ("1.1.", "Uudenvuodenpäivä"),
                          ("6.1.", "Loppiainen")]),
    ],
    ids=["none", "easter", "may day", "ascension", "midsummer", "christmas", "independence", "turn of year"],
)  # fmt: skip
def test_days_off_fall_away_with_their_names(starts_on, lost):
    with translation.override("fi"):
        plan = plan_month(dt.date(*starts_on))
    assert [(f"{day.day}.{day.month}.", name) for day, name in plan.skipped] == lost


@pytest.mark.parametrize("starts_on", [dt.date(2026, 3, 9), dt.date(2026, 10, 5)], ids=["spring", "autumn"])
def test_the_change_of_the_clocks_moves_no_day(starts_on):
    plan = plan_month(starts_on)
    assert len(plan.days) == 20 - len(plan.skipped)
    assert plan.ends_on == starts_on + dt.timedelta(days=25)
    gaps = {(after.day - before.day).days for before, after in zip(plan.days, plan.days[1:], strict=False)}
    assert gaps <= {1, 3, 4}


def test_the_eves_that_are_working_days_stay():
    days = days_of(plan_month(dt.date(2026, 3, 16))) + days_of(plan_month(dt.date(2026, 4, 13)))
    days += days_of(plan_month(dt.date(2026, 12, 14)))
    assert {dt.date(2026, 4, 2), dt.date(2026, 4, 30), dt.date(2026, 12, 31)} <= set(days)


def test_names_of_days_off_follow_the_language_of_the_page():
    names = {}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            names[language] = plan_month(dt.date(2026, 6, 1)).skipped[0][1]
    assert names == {"fi": "Juhannusaatto", "sv": "Midsommarafton", "en": "Midsummer Eve"}


def test_a_month_cannot_start_at_the_weekend():
    with pytest.raises(ValueError, match="weekday"):
        plan_month(dt.date(2026, 2, 1))


def test_the_suggested_start_is_the_coming_monday():
    assert next_monday(dt.date(2026, 2, 2)) == dt.date(2026, 2, 9)
    assert next_monday(dt.date(2026, 2, 8)) == dt.date(2026, 2, 9)
