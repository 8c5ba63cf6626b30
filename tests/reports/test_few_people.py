"""Numbers of one or two people: not told to a manager, and not to be worked out from what is told."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from itertools import product

import pytest
from django.urls import reverse

from reports.tables.few import ENOUGH, FEW, hide_parts
from reports.tables.groups import (
    EXITS,
    NUMBERS,
    GroupPeriod,
    GroupRow,
    GroupTotal,
    group_cells,
    group_headers,
    group_rows,
    hide_few,
)
from reports.tables.placements import TrialPeriod, trial_numbers
from tests.support import factories

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 10)
YEAR = TrialPeriod(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
ASKED = {"first": "1.1.2026", "last": "31.12.2026"}


@pytest.fixture(autouse=True)
def _english(settings, today):
    settings.LANGUAGE_CODE = "en"


def row(**numbers) -> GroupRow:
    return GroupRow("Kuukausi", dict.fromkeys(NUMBERS, 0) | numbers)


def exits_that_fit(told: dict) -> list[tuple[int, ...]]:
    """Every way to fill in the hidden exits of a row whose sum is told."""
    hidden = [name for name in EXITS if told[name] is None]
    rest = told["started"] - sum(told[name] or 0 for name in EXITS)
    return [fill for fill in product(range(1, rest + 1), repeat=len(hidden)) if sum(fill) == rest]


# --- the group report: a row ------------------------------------------------------------------------
def test_two_hidden_endings_that_come_to_two_are_not_left_alone():
    told = hide_few(row(started=10, completed=8, dropped_out=1, left_for_work=1)).numbers
    assert told["started"] == 10
    assert (told["completed"], told["dropped_out"], told["left_for_work"]) == (None, None, None)


def test_where_all_endings_together_are_too_few_the_sum_goes_too():
    told = hide_few(row(started=5, chosen=5, completed=4, dropped_out=1, attended=80, arranged=100)).numbers
    hidden = ("started", "chosen", "completed", "dropped_out", "attended", "arranged")
    assert all(told[name] is None for name in hidden)


def test_a_row_without_few_tells_everything():
    whole = row(started=9, completed=6, dropped_out=3, trials=3, trials_completed=3)
    assert hide_few(whole) == whole


def test_the_one_trial_that_goes_on_is_not_worked_out():
    told = hide_few(row(trials=10, trials_completed=6, trials_early=3)).numbers
    assert told["trials"] == 10
    assert None in (told["trials_completed"], told["trials_early"])


@pytest.mark.parametrize("seed", range(40))
def test_no_row_leaves_a_single_way_to_fill_in_the_endings(seed):
    draw = random.Random(seed)
    exits = {name: draw.choice((0, 0, 1, 2, 3, 4, 7)) for name in EXITS}
    told = hide_few(row(started=sum(exits.values()), **exits)).numbers
    if told["started"] is None or None not in told.values():
        return
    ways = exits_that_fit(told)
    for place in range(len(ways[0])):
        assert len({way[place] for way in ways}) > 1, (exits, told)


def test_hiding_goes_on_until_two_cells_hold_six():
    for numbers in product(range(5), repeat=3):
        hidden: set = set()
        cells = dict(enumerate(numbers))
        is_enough = hide_parts(cells, hidden)
        closed = [cells[place] for place in hidden]
        assert all(place in hidden for place, number in cells.items() if 0 < number < FEW)
        assert not closed or not is_enough or (len(closed) >= 2 and sum(closed) >= ENOUGH)


# --- the group report: all together -----------------------------------------------------------------
def total_of(rows: list[GroupRow]) -> GroupRow:
    total = GroupTotal()
    for one in rows:
        total.add(one, hide_few(one))
    return total.row


def test_the_total_adds_up_only_what_is_told_and_says_so():
    total = total_of([row(started=9, path=2), row(started=8, path=6)])
    assert (total.numbers["path"], total.words["path"]) == (6, "at least 6")
    assert total.words["started"] == 17
    assert "at least 6" in group_cells(total)
    assert len(group_cells(total)) == len(group_headers())


def test_a_total_of_which_nothing_is_told_is_not_told():
    assert total_of([row(started=9, path=1)] * 3).words["path"] == "not told"


def test_the_share_of_closed_months_gives_no_hidden_number_away():
    closed = replace(row(started=9, path=1), share=(1, 9))
    total = total_of([closed, row(started=8, path=5), replace(row(started=9, path=6), share=(6, 9))])
    assert total.path_percent is None


def test_two_periods_do_not_give_a_hidden_number(manager, coach, office):
    starts = [dt.date(2025, 1, 6), dt.date(2025, 3, 3), dt.date(2025, 5, 5), dt.date(2025, 8, 4)]
    for place, start in enumerate(starts):
        month = factories.MonthFactory(
            coach=coach, authority=office, starts_on=start, ends_on=start + dt.timedelta(days=25)
        )
        for _person in range(8):
            factories.EnrolmentFactory(month=month, joined_on=start, exit_kind="completed")
        for _person in range(2 if place == 3 else 1):
            factories.EnrolmentFactory(
                month=month,
                joined_on=start,
                exit_kind="dropped_out",
                left_on=start + dt.timedelta(days=3),
                exit_reason="x",
            )

    def total(last):
        found = GroupTotal()
        list(group_rows(manager, GroupPeriod(dt.date(2025, 1, 1), last), found))
        return found.row.numbers

    for name in NUMBERS:
        half, year = total(dt.date(2025, 6, 30))[name], total(dt.date(2025, 12, 31))[name]
        assert half is None or year is None or year - half not in (1, 2)


# --- the work-trial report --------------------------------------------------------------------------
def trial(month, office, **more):
    return factories.PlacementFactory(
        month=month, participant=factories.ParticipantFactory(authority=office), **more
    )


def numbers_of(user, period=YEAR) -> dict[str, dict[str, int | None]]:
    return {table.code: dict(table.rows) for table in trial_numbers(user, period, today=TODAY)}


def early(**more) -> dict:
    return {"state": "ended_early", "end_cause": "other", "ended_reason": "x", **more}


def test_the_tables_of_the_trials_share_their_total(month, manager, office):
    for sector in ["retail"] * 8 + ["care", "restaurant"]:
        trial(month, office, employer__sector=sector, state="completed")
    told = numbers_of(manager)
    assert list(told["state"].values()) == [10]
    assert list(told["sector"].values()) == [None] * 3


def test_where_all_trials_together_are_too_few_no_table_tells_their_number(month, manager, office):
    for state in ["completed"] * 4 + ["ongoing"]:
        trial(month, office, employer__sector="retail", state=state)
    assert {number for table in numbers_of(manager).values() for number in table.values()} == {None}


def test_causes_too_few_hide_the_states_that_hold_them(month, manager, office):
    for cause in ["other"] * 3 + ["health"]:
        trial(month, office, **early(end_cause=cause))
    for _trial in range(9):
        trial(month, office, state="completed")
    told = numbers_of(manager)
    assert list(told["cause"].values()) == [None, None]
    assert list(told["state"].values()) == [None, None]  # 4 early would tell that 3 and 1 it is, or 2 and 2


def test_all_offices_minus_one_do_not_give_the_hidden_of_the_other(month, manager, office, other_office):
    for where, done, stopped in ((office, 6, 3), (other_office, 3, 1)):
        for _trial in range(done):
            trial(month, where, state="completed")
        for _trial in range(stopped):
            trial(month, where, **early())
    everywhere = numbers_of(manager)["state"]
    one, two = (
        numbers_of(manager, replace(YEAR, office_id=each.pk))["state"] for each in (office, other_office)
    )
    assert set(two.values()) == {None}
    assert not [line for line in everywhere if None not in (everywhere[line], one[line])]


def test_all_offices_minus_two_do_not_give_the_third(month, manager, office, other_office):
    third = factories.AuthorityFactory()
    for where, done, stopped in ((office, 9, 4), (other_office, 9, 4), (third, 9, 1)):
        for _trial in range(done):
            trial(month, where, state="completed")
        for _trial in range(stopped):
            trial(month, where, **early())
    everywhere = numbers_of(manager)["state"]
    offices = [
        numbers_of(manager, replace(YEAR, office_id=each.pk))["state"]
        for each in (office, other_office, third)
    ]
    for line, number in everywhere.items():
        hidden = [told for told in offices if told[line] is None]
        assert number is None or len(hidden) != 1
    assert None in offices[2].values()


def test_offices_with_enough_people_are_told(month, manager, office, other_office):
    for where in (office, other_office):
        for _trial in range(4):
            trial(month, where, state="completed")
    assert list(numbers_of(manager, replace(YEAR, office_id=office.pk))["state"].values()) == [4]


def test_a_coordinator_sees_every_number(placement, coordinator):
    assert 1 in numbers_of(coordinator)["state"].values()


def test_the_pages_say_what_is_not_told(client_of, manager, month, office):
    factories.EnrolmentFactory(month=month)
    trial(month, office, state="completed")
    for name in ("groups", "trial-report"):
        html = client_of(manager).get(reverse(f"reports:{name}"), ASKED).content.decode()
        assert "nor what it could be worked out from" in html
        assert "not told" in html
