"""Who gets what on the pages of employers and work trials (permissions.md)."""

from tests.employers import (
    matrix_briefs,
    matrix_contacts,
    matrix_figures,
    matrix_guide,
    matrix_leads,
    matrix_register,
    matrix_signing,
    matrix_trials,
    matrix_visits,
)
from tests.support.matrix import Row, only

READERS = {
    "coach": 200,
    "other_coach": 200,
    "substitute": 200,
    "coordinator": 200,
    "other_coordinator": 200,
    "manager": 200,
}
EDITORS = {
    "coach": 403,
    "other_coach": 403,
    "substitute": 403,
    "manager": 403,
    "coordinator": 200,
    "other_coordinator": 200,
}
EDITORS_SAVED = {**EDITORS, "coordinator": 302, "other_coordinator": 302}
EDITORS_REFUSED = {**EDITORS, "coordinator": 422, "other_coordinator": 422}
LOGGERS_REFUSED = {**dict.fromkeys(READERS, 422), "manager": 403}
OWN = {"coach": 200, "coordinator": 200}
OWN_EDIT = {"coach": 403, "coordinator": 200}
PK = {"pk": "workplace.pk"}
PERSON = {"pk": "workplace_person.pk"}
EVENT = {"pk": "contact_event.pk"}
TRIAL = {"pk": "placement.pk"}
NEW = {"pk": "workplace.pk", "enrolment_pk": "enrolment.pk"}
NEW_EXPECT = {"coach": 403, "other_coach": 403, "substitute": 403, "coordinator": 200}

ROWS = [
    Row("employers:register", only(others=404, **READERS), needs=("workplace",)),
    Row("employers:register", only(others=404, **dict.fromkeys(READERS, 302)), method="post"),
    Row("employers:employer-new", only(others=404, **EDITORS)),
    Row("employers:employer-new", only(others=404, **EDITORS_REFUSED), method="post"),
    Row("employers:employer", only(others=404, **READERS), kwargs=PK, needs=("contact_event", "placement")),
    Row("employers:employer-edit", only(others=404, **EDITORS), kwargs=PK),
    Row("employers:employer-edit", only(others=404, **EDITORS_REFUSED), method="post", kwargs=PK),
    Row("employers:contact-log", only(others=404, **LOGGERS_REFUSED), method="post", kwargs=PK),
    Row("employers:person-new", only(others=404, **EDITORS_REFUSED), method="post", kwargs=PK),
    Row("employers:person-edit", only(others=404, **EDITORS), kwargs=PERSON),
    Row("employers:person-edit", only(others=404, **EDITORS_REFUSED), method="post", kwargs=PERSON),
    Row("employers:person-presence", only(others=404, **EDITORS_SAVED), method="post", kwargs=PERSON),
    Row(
        "employers:action-done",
        only(
            others=404,
            coach=403,
            other_coach=403,
            substitute=403,
            manager=403,
            coordinator=302,
            other_coordinator=302,
        ),
        method="post",
        kwargs=EVENT,
    ),
    Row(
        "employers:desk",
        only(others=404, coordinator=200, other_coordinator=200),
        needs=("enrolment", "contact_event"),
    ),
    Row(
        "employers:placements",
        only(others=404, coach=200, other_coach=200, substitute=200, coordinator=200, other_coordinator=200),
        needs=("placement",),
    ),
    Row(
        "employers:choose-employer",
        only(others=404, coach=403, substitute=403, coordinator=200),
        kwargs={"enrolment_pk": "enrolment.pk"},
        needs=("workplace",),
    ),
    Row(
        "employers:choose-employer",
        only(others=404, coach=403, substitute=403, coordinator=302),
        method="post",
        kwargs={"enrolment_pk": "enrolment.pk"},
    ),
    Row(
        "employers:choose-person",
        only(others=404, coach=403, other_coach=403, substitute=403, coordinator=200, other_coordinator=200),
        kwargs=PK,
        needs=("enrolment",),
    ),
    Row("employers:placement-new", only(others=404, **NEW_EXPECT), kwargs=NEW),
    Row(
        "employers:placement-new",
        only(others=404, **{**NEW_EXPECT, "coordinator": 422}),
        method="post",
        kwargs=NEW,
    ),
    Row("employers:placement", only(others=404, **OWN), kwargs=TRIAL),
    Row("employers:placement-edit", only(others=404, **OWN_EDIT), kwargs=TRIAL),
    Row(
        "employers:placement-edit",
        only(others=404, coach=403, coordinator=422),
        method="post",
        kwargs=TRIAL,
    ),
    Row(
        "employers:placement-move",
        only(others=404, coach=403, coordinator=302),
        method="post",
        kwargs=TRIAL,
        data={"target": "did_not_start", "version": "1", "end_cause": "no_show"},
    ),
    Row(
        "employers:marks-week",
        only(others=404, coach=302, coordinator=302),
        method="post",
        kwargs={**TRIAL, "monday": "2026-02-09"},
        data={"all_done": "1"},
    ),
    Row("employers:agreement", only(others=404, coach=302, coordinator=302), kwargs=TRIAL),
    Row(
        "employers:agreement",
        only(others=404, coach=403, coordinator=302),
        method="post",
        kwargs=TRIAL,
    ),
    Row("employers:agreement-preview", only(others=404, **OWN), kwargs=TRIAL),
    Row("employers:agreement-pdf", only(others=404, **OWN), kwargs={"pk": "agreement_file.pk"}),
]
for more in (
    matrix_briefs,
    matrix_contacts,
    matrix_figures,
    matrix_guide,
    matrix_leads,
    matrix_register,
    matrix_signing,
    matrix_trials,
    matrix_visits,
):
    ROWS += more.ROWS
