"""Who gets what on coaching's addresses: one list per noun."""

from tests.coaching import (
    matrix_daily_log,
    matrix_grid,
    matrix_months,
    matrix_own,
    matrix_person,
    matrix_pre_assignments,
    matrix_profile,
    matrix_selection,
    matrix_team,
)

ROWS = [
    *matrix_daily_log.ROWS,
    *matrix_grid.ROWS,
    *matrix_months.ROWS,
    *matrix_own.ROWS,
    *matrix_person.ROWS,
    *matrix_pre_assignments.ROWS,
    *matrix_profile.ROWS,
    *matrix_selection.ROWS,
    *matrix_team.ROWS,
]
