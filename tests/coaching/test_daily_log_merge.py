"""Three-way merge of a log, as pure data."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.daily_log import LogInput, digests, empty_units, merge

BASE = empty_units([7, 8])


def changed(**units) -> dict:
    return BASE | {key.replace("_", "-"): value for key, value in units.items()}


def from_base(units, **more) -> LogInput:
    return LogInput(units=units, base=digests(BASE), version=1, **more)


def test_what_only_one_side_changed_is_taken_from_that_side():
    mine = from_base(changed(note=("My note",)))
    theirs = changed(attendance_7=("present", "", ""))
    merged = merge(mine=mine, theirs=theirs, version=2)
    assert merged.conflicts == frozenset()
    assert merged.units["note"] == ("My note",)
    assert merged.units["attendance-7"] == ("present", "", "")


def test_the_same_change_on_both_sides_is_no_conflict():
    both = changed(note=("Same",), attendance_7=("present", "5", ""))
    assert merge(mine=from_base(both), theirs=both, version=9).conflicts == frozenset()


def test_two_changes_of_the_same_unit_are_a_conflict_and_the_own_value_is_kept_in_hand():
    merged = merge(mine=from_base(changed(note=("Mine",))), theirs=changed(note=("Theirs",)), version=2)
    assert merged.conflicts == {"note"}
    assert merged.units["note"] == ("Mine",)


@pytest.mark.parametrize(("choice", "stays"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_a_conflict_that_was_shown_follows_the_choice(choice, stays):
    theirs = changed(note=("Theirs",))
    mine = LogInput(
        units=changed(note=("Mine",)),
        base=digests(theirs),
        version=2,
        pending=frozenset({"note"}),
        choices={"note": choice},
    )
    merged = merge(mine=mine, theirs=theirs, version=2)
    assert merged.conflicts == frozenset()
    assert merged.units["note"] == (stays,)


def test_a_conflict_that_was_shown_and_not_decided_stays_a_conflict():
    theirs = changed(note=("Theirs",))
    mine = LogInput(
        units=changed(note=("Mine",)), base=digests(theirs), version=2, pending=frozenset({"note"})
    )
    assert merge(mine=mine, theirs=theirs, version=2).conflicts == {"note"}


def test_a_choice_made_against_an_older_text_does_not_decide_about_a_newer_one():
    seen = changed(note=("Theirs",))
    mine = LogInput(
        units=changed(note=("Mine",)),
        base=digests(seen),
        version=2,
        pending=frozenset({"note"}),
        choices={"note": "mine"},
    )
    assert merge(mine=mine, theirs=changed(note=("Newer",)), version=3).conflicts == {"note"}


def test_without_a_base_an_equal_version_means_that_nothing_happened_in_between():
    theirs = changed(note=("Old",))
    mine = LogInput(units=changed(note=("New",)), version=4)
    assert merge(mine=mine, theirs=theirs, version=4).units["note"] == ("New",)


def test_without_a_base_and_with_an_old_version_every_difference_is_a_conflict():
    theirs = changed(note=("Old",))
    mine = LogInput(units=changed(note=("New",)), version=3)
    assert merge(mine=mine, theirs=theirs, version=4).conflicts == {"note"}


def test_a_unit_that_the_form_did_not_have_stays_as_it_is():
    theirs = changed(attendance_8=("own_illness", "", ""))
    merged = merge(mine=from_base({"note": ("Mine",)}), theirs=theirs, version=2)
    assert merged.units["attendance-8"] == ("own_illness", "", "")
    assert merged.conflicts == frozenset()


texts = st.sampled_from(["", "a", "b", "c"])


@given(base=texts, mine=texts, theirs=texts)
def test_no_text_is_ever_lost_without_a_question(base, mine, theirs):
    began = {"note": (base,)}
    merged = merge(
        mine=LogInput(units={"note": (mine,)}, base=digests(began), version=1),
        theirs={"note": (theirs,)},
        version=2,
    )
    if mine != base and theirs != base and mine != theirs:
        assert merged.conflicts == {"note"}
    else:
        assert merged.conflicts == frozenset()
        assert merged.units["note"] == (mine if mine != base else theirs,)


lines = st.lists(st.sampled_from(["a", "b", "c"]), max_size=4).map(tuple)


@given(base=lines, mine=lines, theirs=lines, key=st.sampled_from(["acts-7", "tips"]))
def test_no_line_of_a_list_that_both_changed_is_lost(base, mine, theirs, key):
    merged = merge(
        mine=LogInput(units={key: mine}, base=digests({key: base}), version=1),
        theirs={key: theirs},
        version=2,
    )
    assert merged.conflicts == frozenset()
    result = Counter(merged.units[key])
    if mine != base and theirs != base:
        assert result == Counter(mine) | Counter(theirs)
        assert merged.units[key][: len(theirs)] == theirs
    else:
        assert merged.units[key] == (mine if mine != base else theirs)


@given(key=st.sampled_from([key for key in BASE if key not in ("tips", "acts-7", "acts-8")]))
def test_every_other_unit_asks_when_both_changed_it(key):
    mine, theirs = BASE | {key: ("mine",)}, BASE | {key: ("theirs",)}
    merged = merge(mine=from_base(mine), theirs=theirs, version=2)
    assert merged.conflicts == {key}
    assert merged.units == mine
