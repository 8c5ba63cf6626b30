"""Who gets what on the group's board: the secret opens it to anybody, nothing else does."""

from tests.support.matrix import Row, everybody, only

MONTH = {"pk": "month.pk"}

ROWS = [
    Row("coaching:wall", everybody(410, anonymous=410), kwargs={"secret": "unknown"}),
    Row(
        "coaching:month-wall",
        only(coach=200, substitute=200, coordinator=403, officer=403, manager=403, others=404),
        kwargs=MONTH,
        needs=("enrolment",),
    ),
    Row(
        "coaching:month-wall",
        only(coach=200, substitute=200, coordinator=403, officer=403, manager=403, others=404),
        kwargs=MONTH,
        method="post",
    ),
    Row(
        "coaching:month-wall-end",
        only(coach=302, substitute=302, coordinator=403, officer=403, manager=403, others=404),
        kwargs=MONTH,
        method="post",
    ),
]
