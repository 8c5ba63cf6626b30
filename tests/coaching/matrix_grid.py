"""Who gets what on the month's grid."""

from tests.support.matrix import Row, only

MONTH = {"pk": "month.pk"}
DAY = {"pk": "month.pk", "day": "session.held_on"}
READERS = {"coach": 200, "substitute": 200, "coordinator": 200, "manager": 200, "officer": 403}
COACHES = {"coach": 200, "substitute": 200, "other_coach": 200}
WRITERS = {"coach": 422, "substitute": 422, "coordinator": 422, "officer": 403}

ROWS = [
    Row("coaching:month-grid", only(**READERS, others=404), kwargs=MONTH, needs=("enrolment",)),
    Row("coaching:grid-cells", only(**WRITERS, manager=403, others=404), kwargs=MONTH, method="post"),
    Row("coaching:situation", only(**COACHES, others=403), needs=("enrolment",)),
    Row(
        "coaching:month-situation",
        only(coach=200, substitute=200, coordinator=403, manager=403, officer=403, others=404),
        kwargs=MONTH,
        needs=("enrolment",),
    ),
    Row(
        "coaching:sign-in-sheet",
        only(**READERS | {"manager": 403}, others=404),
        kwargs=MONTH,
        needs=("enrolment",),
    ),
    Row("coaching:grid-totals", only(**READERS, others=404), kwargs=MONTH),
    Row("coaching:grid-day", only(**READERS, others=404), kwargs=DAY, needs=("enrolment",)),
    Row(
        "coaching:grid-day",
        only(**WRITERS, manager=403, others=404),
        kwargs=DAY,
        method="post",
        needs=("enrolment",),
    ),
]
