"""The date of birth as people type it into a phone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.own.birth_date import possible_dates

BORN = dt.date(1980, 2, 1)
WRITTEN = """1.2.1980|01.02.1980| 1.2.1980 |1/2/1980|1-2-1980|1 2 1980|1.2.80|01021980|010280|1980-02-01|
1. 2. 1980|1,2,1980|1.2.1980."""
NO_DATES = [
    "",
    "31.2.1980",
    "helmikuu",
    "1.2",
    "2.1.19800",
    "1.13.1980",
    "\u0661.\u0662.\u0661\u0669\u0668\u0660",
]


@pytest.mark.parametrize("typed", WRITTEN.split("|"))
def test_a_date_is_read_as_it_is_written(typed):
    assert BORN in possible_dates(typed)


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date_means_nothing(typed):
    assert possible_dates(typed) == set()


def test_a_guess_covers_at_most_two_days():
    assert len(possible_dates("1.2.80")) == 2


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_it(text):
    assert len(possible_dates(text)) <= 2
