"""Who gets what on the pages of requests for own data: the own coach answers, managers and the administrator
read the register; behind the personal link the participant asks and fetches."""

from tests.support.matrix import Row, everybody, only

PERSON = {"pk": "participant.pk"}
ASKED = {"request_id": "data_request.pk"}
GONE = everybody(410, anonymous=410)
OF_PERSON = only(coach=200, substitute=403, coordinator=403, officer=404, manager=404, others=404)

ROWS = [
    Row(
        "reports:own-data-register",
        only(coach=200, other_coach=200, substitute=200, manager=200, administrator=200, others=403),
    ),
    Row("reports:own-data-person", OF_PERSON, kwargs=PERSON, needs=("enrolment",)),
    Row(
        "reports:own-data-person",
        {**OF_PERSON, "coach": 422, "second_coach": 422},
        "post",
        kwargs=PERSON,
        needs=("enrolment",),
    ),
    Row(
        "reports:own-data-files",
        only(coach=302, manager=404, administrator=404, others=404),
        "post",
        kwargs=ASKED,
    ),
    Row("reports:own-data-handed-over", only(coach=422, others=404), "post", kwargs=ASKED),
    Row("reports:own-data-refuse", only(coach=422, others=404), "post", kwargs=ASKED),
    Row("own_data:own-data", GONE),
    Row("own_data:own-data", GONE, "post"),
    Row("own_data:file", GONE, "post", kwargs={"format": "pdf"}),
]
