"""Who gets what on the pages of releases to an office: its coach; behind the link whoever has the code."""

from tests.support.matrix import Row, everybody, only

OF_MONTH = {"month_id": "month.pk"}
SENT = {"delivery_id": "sent.pk"}
LINK = {"secret": "sent.secret"}
ITEM = {**LINK, "item_id": "sent.item_id"}
JOB = {**LINK, "job_id": "1"}
RELEASED = {"summary_id": "released.pk"}
MONTH_PAGE = only(coach=200, substitute=403, coordinator=403, officer=403, manager=403, others=404)
MONTH_POST = {**MONTH_PAGE, "coach": 422, "second_coach": 422}
COACH = only(coach=200, others=404)
OPEN_DOOR = everybody(200, anonymous=200)
CLOSED_DOOR = everybody(401, anonymous=401)  # the link without the code
GONE = everybody(410, anonymous=410)

ROWS = [
    Row("reports:month-releases", MONTH_PAGE, kwargs=OF_MONTH),
    Row("reports:month-releases", MONTH_POST, "post", kwargs=OF_MONTH),
    Row("reports:month-link", MONTH_POST, "post", kwargs={**OF_MONTH, "authority_id": "office.pk"}),
    Row("reports:delivery", COACH, kwargs=SENT),
    Row("reports:delivery-send-again", only(coach=422, others=404), "post", kwargs=SENT),
    Row("reports:delivery-take-back", only(coach=422, others=404), "post", kwargs=SENT),
    Row("reports:delivery-code-given", only(coach=302, others=404), "post", kwargs=SENT),
    Row("reports:inbox-json", only(officer=200, coach=403, others=404), kwargs=RELEASED),
    Row(
        "reports:inbox-all",
        only(officer=302, other_officer=404, others=403),
        "post",
        kwargs=OF_MONTH,
        needs=("released",),
    ),
    Row("office:delivery", OPEN_DOOR, kwargs=LINK),
    Row("office:delivery", GONE, kwargs={"secret": "no-such-secret"}, query="?over"),
    Row("office:delivery", everybody(422, anonymous=422), "post", kwargs=LINK),
    Row("office:close", CLOSED_DOOR, "post", kwargs=LINK),
    Row("office:all", CLOSED_DOOR, "post", kwargs=LINK),
    Row("office:all-progress", CLOSED_DOOR, kwargs=JOB),
    Row("office:all-download", CLOSED_DOOR, kwargs=JOB),
    Row("office:read", CLOSED_DOOR, kwargs=ITEM),
    Row("office:pdf", CLOSED_DOOR, kwargs=ITEM),
    Row("office:json", CLOSED_DOOR, kwargs=ITEM),
    Row("office:copied", CLOSED_DOOR, "post", kwargs=ITEM),
]
