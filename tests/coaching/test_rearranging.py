"""Which sessions give way: pure rules, and the properties that hold for every month."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.rearranging import Ground, NoDayLeft, Placed, followers

MONDAY = dt.date(2026, 2, 2)
LAST = dt.date(2026, 3, 27)


def day(number: int) -> dt.date:
    """The numbered weekday, 0 is Monday 2.2.2026."""
    return MONDAY + dt.timedelta(weeks=number // 5, days=number % 5)


def ground(*, off=(), taken=()) -> Ground:
    closed = {day(number) for number in off}
    return Ground(
        lambda date: date.weekday() < 5 and date not in closed,
        frozenset((day(number), half) for number, half in taken),
        LAST,
    )


def mornings(*numbers: int) -> list[Placed]:
    return [Placed(number, day(number), "morning") for number in numbers]


def shifted(moved: int, to: int, places, on=None) -> dict[int, dt.date]:
    one = next(place for place in places if place.pk == moved)
    return {shift.pk: shift.new for shift in followers(one, day(to), places, on or ground())}


def test_later_ones_follow_in_their_order_over_the_weekend():
    assert shifted(2, 3, mornings(0, 1, 2, 3, 4, 5)) == {3: day(4), 4: day(5), 5: day(6)}


def test_two_days_later_takes_along_the_ones_in_between():
    assert shifted(1, 3, mornings(0, 1, 2, 3)) == {2: day(4), 3: day(5)}


def test_a_free_day_takes_up_the_shift():
    assert shifted(1, 2, mornings(1, 2, 4, 5)) == {2: day(3)}


def test_a_day_off_is_stepped_over():
    assert shifted(1, 2, mornings(1, 2, 4), ground(off=[3])) == {2: day(4), 4: day(5)}


def test_a_half_day_that_is_taken_for_good_is_stepped_over():
    assert shifted(1, 2, mornings(1, 2), ground(taken=[(3, "morning")])) == {2: day(4)}
    assert shifted(1, 2, mornings(1, 2), ground(taken=[(3, "afternoon")])) == {2: day(3)}


def test_moved_to_an_earlier_day_it_makes_room_up_to_the_place_that_it_left():
    assert shifted(4, 2, mornings(1, 2, 3, 4, 5)) == {2: day(3), 3: day(4)}


def test_moved_to_an_earlier_free_day_the_later_ones_close_up_and_keep_their_free_days():
    assert shifted(4, 2, mornings(1, 4, 5, 8)) == {5: day(3), 8: day(6)}


def test_closing_up_undoes_what_giving_way_did():
    assert shifted(1, 2, mornings(1, 2, 3, 5)) == {2: day(3), 3: day(4)}
    after = [Placed(1, day(2), "morning"), Placed(2, day(3), "morning"), Placed(3, day(4), "morning")]
    assert shifted(1, 1, after) == {2: day(2), 3: day(3)}


def test_closing_up_leaves_a_session_of_the_other_half_where_it_is():
    places = [*mornings(4, 5), Placed(20, day(4), "afternoon"), Placed(21, day(5), "afternoon")]
    assert shifted(4, 3, places) == {}


def test_the_two_halves_of_a_day_stay_together():
    places = [*mornings(1, 2, 3), Placed(20, day(2), "afternoon")]
    assert shifted(1, 2, places) == {2: day(3), 20: day(3), 3: day(4)}


def test_a_session_of_the_other_half_is_not_in_the_way():
    places = [*mornings(1), Placed(20, day(2), "afternoon")]
    assert shifted(1, 2, places) == {}


def test_a_shift_past_the_last_possible_day_is_refused():
    with pytest.raises(NoDayLeft):
        followers(
            Placed(1, day(1), "morning"),
            day(2),
            mornings(1, 2),
            Ground(lambda date: True, frozenset(), day(2)),
        )


plans = st.sets(st.integers(0, 25), min_size=2, max_size=20)


@given(plans, st.data(), st.sets(st.integers(0, 39), max_size=4), st.sets(st.integers(0, 39), max_size=3))
def test_whatever_is_moved_everybody_has_an_own_open_day_and_the_order_of_the_others_stands(
    numbers, data, off, called_off
):
    places = mornings(*sorted(numbers - off - called_off))
    if not places:
        return
    free = sorted(set(range(26)) - off - called_off)
    one = data.draw(st.sampled_from(places))
    to = data.draw(st.sampled_from(free))
    on = ground(off=off, taken=[(number, "morning") for number in called_off])
    shifts = {shift.pk: shift.new for shift in followers(one, day(to), places, on)}
    now = {place.pk: shifts.get(place.pk, place.day) for place in places} | {one.pk: day(to)}
    assert len(set(now.values())) == len(places)
    assert all(on.is_free(date, ["morning"]) for date in now.values())
    others = [place.pk for place in places if place.pk != one.pk]
    assert sorted(others, key=now.get) == others
    if to > one.pk:
        assert all(shifts[pk] > day(pk) for pk in shifts)
        assert all(now[pk] > day(to) for pk in others if pk > one.pk)
