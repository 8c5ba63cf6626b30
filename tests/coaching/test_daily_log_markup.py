"""The quick way of writing the log's lines gives what the template gives, whatever stands in them."""

from __future__ import annotations

import pytest
from django.template.loader import get_template
from django.utils import translation

from coaching.daily_log import Merged, act_line, empty_units
from coaching.pages.daily_log_markup import TEMPLATE, rows_markup
from coaching.pages.daily_log_rows import RowMaker

PERSON = {"pk": 7, "participant__first_name": "<b>Aino</b>", "participant__last_name": "O'Koivu & \u202eשלום"}
SAID = '"><script>x</script> 🎉'


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "units",
    [
        {},
        {"attendance-7": ("present", "", "")},
        {"attendance-7": ("present", "10", "5"), "calls-7": ("3",)},
        {"attendance-7": ("own_illness", "", ""), "step-7": (SAID, "together")},
        {"attendance-7": (SAID, SAID, ""), "time-7": (SAID,), "calls-7": (SAID,)},
        {"acts-7": (act_line("other", SAID, "coach"),)},
    ],
    ids=["empty", "present", "minutes and calls", "step", "nonsense", "acts"],
)
def test_a_line_is_the_same_as_by_the_template(units, language):
    standing = empty_units([7])
    maker = RowMaker(Merged(standing | units, frozenset()), standing, {}, "")
    with translation.override(language):
        row = maker.row(PERSON, {})
        assert rows_markup([row]) == get_template(TEMPLATE).render({"row": row})
        assert "<script>" not in rows_markup([row])
        assert "\x00" not in rows_markup([row])
