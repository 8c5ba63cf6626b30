"""Who gets what on the pages of summaries (permissions.md: summary)."""

from tests.reports import (
    matrix_checklist,
    matrix_deliveries,
    matrix_digests,
    matrix_files,
    matrix_meetings,
    matrix_own_data,
    matrix_tables,
)
from tests.support.matrix import Row, everybody, only

OF_MONTH = {"month_id": "month.pk"}
OF_DRAFT = {"summary_id": "draft.pk"}
OF_RELEASED = {"summary_id": "released.pk"}
# a stranger to the month gets 404, who knows it but may not write gets 403
MONTH_PAGE = only(coach=200, substitute=403, coordinator=403, officer=403, manager=403, others=404)
COACH_ONLY = only(coach=200, others=404)


def coach_post(name: str, kwargs: dict, *, status: int, **more) -> Row:
    return Row(f"reports:{name}", only(coach=status, others=404), method="post", kwargs=kwargs, **more)


ROWS = [
    Row("own_summary:summary", everybody(410, anonymous=410)),
    Row("own_summary:summary", everybody(410, anonymous=410), "post"),
    Row("own_summary:plain", everybody(410, anonymous=410)),
    Row("own_summary:draft", everybody(410, anonymous=410), "post"),
    Row("verify-summary", everybody(404, anonymous=404), kwargs={"prefix": "0123456789abcdef"}),
    Row("reports:month-list", only(coach=200, other_coach=200, substitute=200, others=403)),
    Row("reports:month", MONTH_PAGE, kwargs=OF_MONTH),
    Row(
        "reports:period-end-start",
        {**MONTH_PAGE, "coach": 302, "second_coach": 302},
        method="post",
        kwargs=OF_MONTH,
        needs=("enrolment",),
    ),
    coach_post("period-end-again", {"item_id": "failed_item.pk"}, status=302),
    coach_post("period-end-cancel", {"period_end_id": "failed_item.period_end_id"}, status=422),  # settled
    Row("reports:summary", COACH_ONLY, kwargs=OF_DRAFT),
    Row("reports:summary-texts", COACH_ONLY, kwargs=OF_DRAFT),
    coach_post("summary-texts", OF_DRAFT, status=422),
    Row("reports:summary-pdf", only(coach=200, officer=200, others=404), kwargs=OF_RELEASED),
    coach_post("summary-make-pdf", OF_DRAFT, status=422),
    coach_post("summary-make-again", OF_DRAFT, status=422),
    coach_post("summary-give", OF_DRAFT, status=422),
    coach_post("summary-take-back", OF_DRAFT, status=422),
    coach_post("summary-approval", OF_DRAFT, status=422),
    coach_post("summary-approve", OF_DRAFT, status=422),
    coach_post("summary-release", OF_DRAFT, status=422),
    Row("reports:summary-plain", COACH_ONLY, kwargs=OF_DRAFT),
    Row("reports:summary-changes", only(others=404), kwargs=OF_DRAFT),  # the first version
    Row("reports:inbox-changes", only(coach=403, others=404), kwargs=OF_RELEASED),
    Row("reports:inbox", only(officer=200, other_officer=200, others=403)),
    Row("reports:inbox", only(officer=302, other_officer=302, others=403), method="post"),
    Row("reports:inbox-read", only(officer=200, coach=403, others=404), kwargs=OF_RELEASED),
    Row(
        "reports:inbox-copied",
        only(officer=204, coach=403, others=404),
        method="post",
        kwargs=OF_RELEASED,
    ),
]
for more in (
    matrix_checklist,
    matrix_deliveries,
    matrix_digests,
    matrix_files,
    matrix_meetings,
    matrix_own_data,
    matrix_tables,
):
    ROWS += more.ROWS
