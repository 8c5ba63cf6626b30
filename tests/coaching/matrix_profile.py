"""Who gets what on the pages of what a person can and wants, and on the board: a list per noun."""

from tests.coaching import matrix_assessments

ROWS = [*matrix_assessments.ROWS]
