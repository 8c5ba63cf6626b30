"""Who gets what on the checklist: the month's own coaches and its coordinator read it."""

from tests.support.matrix import Row, only

ROWS = [
    Row(
        "reports:month-checklist",
        only(coach=200, coordinator=200, substitute=403, officer=403, manager=403, others=404),
        kwargs={"month_id": "month.pk"},
        needs=("enrolment",),
    ),
    Row(
        "reports:person-checklist",
        only(coach=200, coordinator=200, substitute=403, others=404),
        kwargs={"enrolment_id": "enrolment.pk"},
    ),
]
