"""Rounding as people round, not as machines do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from core.numbers import percent, rounded
from reports.summary.wording import number_words


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(1, 8, 13), (7, 8, 88), (1, 200, 1), (1, 3, 33), (2, 3, 67), (0, 5, 0), (5, 5, 100), (3, 2, 150)],
)
def test_a_half_goes_up(part, whole, told):
    assert percent(part, whole) == told


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (None, 5), (1, None)])
def test_without_a_whole_there_is_no_share(part, whole):
    assert percent(part, whole) is None


@pytest.mark.parametrize(
    ("value", "told"),
    [(1.75, "1,75"), (3.875, "3,88"), (7.5, "7,5"), (8.0, "8"), (20, "20"), (0.1 + 0.2, "0,3")],
)
def test_hours_are_not_cut(value, told):
    with translation.override("fi"):
        assert number_words(value) == told


def test_decimals_have_no_zeros_at_their_end():
    assert str(rounded(Decimal("12.50"), 2)) == "12.5"
    assert str(rounded(100, 1)) == "100"
