"""Who gets what on the pages of attendance, group and work-trial reports."""

from tests.support.matrix import Row, only

OF_MONTH = {"month_id": "month.pk"}
READERS = {"coach": 200, "substitute": 200, "coordinator": 200, "manager": 200}

ROWS = [
    Row("reports:report-index", only(other_coach=200, other_coordinator=200, **READERS, others=403)),
    Row("reports:attendance", only(**READERS, officer=403, others=404), kwargs=OF_MONTH),
    Row(
        "reports:attendance-file",
        only(coach=422, substitute=422, coordinator=422, manager=422, officer=403, others=404),
        method="post",
        kwargs=OF_MONTH,
    ),
    Row("reports:groups", only(coach=200, other_coach=200, substitute=200, manager=200, others=403)),
    Row(
        "reports:groups-file",
        only(coach=422, other_coach=422, substitute=422, manager=422, others=403),
        method="post",
    ),
    Row("reports:trial-report", only(coordinator=200, other_coordinator=200, manager=200, others=403)),
    Row(
        "reports:trial-report-file",
        only(coordinator=422, other_coordinator=422, manager=422, others=403),
        method="post",
    ),
]
