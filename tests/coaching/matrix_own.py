"""The month behind the personal link: nobody gets there by an account (410)."""

from tests.support.matrix import Row, everybody

INSIDE_ONLY = everybody(410, anonymous=410)

ROWS = [
    Row("own_month:goal", INSIDE_ONLY),
    Row("own_month:goal", INSIDE_ONLY, "post"),
    Row("own_month:goal-draft", INSIDE_ONLY, "post"),
]
