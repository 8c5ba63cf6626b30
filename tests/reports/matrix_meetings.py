"""Who gets what on the pages of the discussion of three."""

from tests.support.matrix import Row, only

OF_PERSON = {"enrolment_id": "enrolment.pk"}
OF_RELEASED = {"summary_id": "released.pk"}
# a stranger to the month gets 404, who knows the person but may not write gets 403
OWN_PERSON = {"substitute": 403, "coordinator": 403, "others": 404}
OFFICERS = {"coach": 403, "others": 404}

ROWS = [
    Row("reports:meeting", only(coach=200, **OWN_PERSON), kwargs=OF_PERSON),
    Row("reports:meeting", only(coach=422, **OWN_PERSON), method="post", kwargs=OF_PERSON),
    Row("reports:meeting-next-version", only(coach=302, **OWN_PERSON), method="post", kwargs=OF_PERSON),
    Row("reports:health-need", only(coach=200, **OWN_PERSON), kwargs=OF_PERSON),
    Row("reports:health-need", only(coach=422, **OWN_PERSON), method="post", kwargs=OF_PERSON),
    Row("reports:officer-decision", only(officer=200, **OFFICERS), kwargs=OF_RELEASED),
    Row("reports:officer-decision", only(officer=422, **OFFICERS), method="post", kwargs=OF_RELEASED),
]
