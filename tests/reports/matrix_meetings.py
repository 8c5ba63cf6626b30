"""Who gets what on the pages of the discussion of three."""

from tests.support.matrix import Row, only

OF_PERSON = {"enrolment_id": "enrolment.pk"}
OF_RELEASED = {"summary_id": "released.pk"}
# a stranger to the month gets 404, who knows the person but may not write gets 403
OWN_PERSON = {"substitute": 403, "coordinator": 403, "others": 404}
OF_CARED = {"enrolment_id": "aftercare.enrolment_id"}
CARED_FOR = only(coach=422, **OWN_PERSON)
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
ROWS += [
    Row("reports:officer-aftercare", only(officer=200, **OFFICERS), kwargs=OF_RELEASED),
    Row("reports:officer-aftercare", only(officer=404, **OFFICERS), method="post", kwargs=OF_RELEASED),
    Row(
        "reports:aftercare-list",
        only(coach=200, other_coach=200, substitute=200, coordinator=200, other_coordinator=200, others=403),
    ),
    Row("reports:aftercare", only(coach=200, **OWN_PERSON), kwargs=OF_PERSON),
    Row("reports:aftercare-edit", only(coach=200, **OWN_PERSON), kwargs=OF_PERSON),
    Row("reports:aftercare-edit", only(coach=422, **OWN_PERSON), method="post", kwargs=OF_PERSON),
    Row("reports:aftercare-approve", CARED_FOR, method="post", kwargs=OF_CARED),
    Row("reports:aftercare-office", CARED_FOR, method="post", kwargs=OF_CARED),
    Row("reports:aftercare-use", CARED_FOR, method="post", kwargs=OF_CARED),
    Row(
        "reports:aftercare-take-back",
        {**CARED_FOR, "coach": 200, "second_coach": 200},
        kwargs={**OF_CARED, "use_id": "aftercare_use.pk"},
    ),
    Row(
        "reports:aftercare-take-back",
        CARED_FOR,
        method="post",
        kwargs={**OF_CARED, "use_id": "aftercare_use.pk"},
    ),
]
