"""Who gets what on the pages of months, their group, sessions, closing and programmes."""

from tests.support.matrix import Row, only

MONTH = {"pk": "month.pk"}
PERSON = {"pk": "month.pk", "enrolment_pk": "enrolment.pk"}
SESSION = {"pk": "session.pk"}
PROGRAMME = {"pk": "month.programme_id"}
TEMPLATE = {"pk": "unused_programme.pk"}
TEMPLATE_WEEK = {"pk": "unused_programme.pk", "number": 1}
SUBSTITUTION = {"pk": "month.pk", "substitution_pk": "substitution.pk"}

# a month's own people know it; the rest are strangers, and a refused known person gets 403
OWN = {"coach": 200, "substitute": 200, "coordinator": 200, "manager": 200}
KNOWN = {"substitute": 403, "coordinator": 403, "officer": 403, "manager": 403}


def coach_only(coach: int) -> dict[str, int]:
    return only(**KNOWN | {"coach": coach}, others=404)


def group(status: int) -> dict[str, int]:
    return only(**KNOWN | {"coach": status, "coordinator": status}, others=404)


def coach_or_manager(status: int) -> dict[str, int]:
    return only(**KNOWN | {"coach": status, "manager": status}, others=404)


def manager_only(status: int) -> dict[str, int]:
    return only(**KNOWN | {"coach": 403, "manager": status}, others=404)


def makers(status: int) -> dict[str, int]:
    return only(officer=403, other_officer=403, administrator=403, others=status)


def template_editors(status: int) -> dict[str, int]:
    return only(manager=status, administrator=status, officer=404, other_officer=404, others=403)


ROWS = [
    Row("coaching:month-list", only(administrator=403, others=200), needs=("month",)),
    Row("coaching:month-create", makers(200)),
    Row("coaching:month-create", makers(422), method="post"),
    Row("coaching:month-detail", only(**OWN, officer=200, others=404), kwargs=MONTH, needs=("enrolment",)),
    Row("coaching:month-edit", coach_only(200), kwargs=MONTH),
    Row("coaching:month-edit", coach_only(422), kwargs=MONTH, method="post"),
    Row("coaching:month-hand-over", manager_only(200), kwargs=MONTH),
    Row("coaching:month-hand-over", manager_only(422), kwargs=MONTH, method="post"),
    Row("coaching:month-cancel", coach_only(200), kwargs=MONTH),
    Row("coaching:month-cancel", coach_only(422), kwargs=MONTH, method="post"),
    Row("coaching:substitution-add", coach_or_manager(200), kwargs=MONTH),
    Row("coaching:substitution-add", coach_or_manager(422), kwargs=MONTH, method="post"),
    Row("coaching:substitution-remove", coach_or_manager(302), kwargs=SUBSTITUTION, method="post"),
    Row("coaching:month-calendar", only(**OWN, officer=200, others=404), kwargs=MONTH, needs=("session",)),
    Row("coaching:month-move", coach_only(302), kwargs=MONTH),
    Row("coaching:month-move", coach_only(422), kwargs=MONTH, method="post"),
    Row("coaching:session-add", coach_only(200), kwargs=MONTH),
    Row("coaching:session-add", coach_only(422), kwargs=MONTH, method="post"),
    Row("coaching:self-search", group(200), kwargs=MONTH),
    Row("coaching:self-search", group(302), kwargs=MONTH, method="post", data={"until": "12.2.2026"}),
    Row("coaching:session-move", coach_only(200), kwargs=SESSION),
    Row("coaching:session-move", coach_only(422), kwargs=SESSION, method="post"),
    Row("coaching:session-edit", coach_only(200), kwargs=SESSION),
    Row("coaching:session-edit", coach_only(422), kwargs=SESSION, method="post"),
    Row("coaching:session-cancel", coach_only(200), kwargs=SESSION),
    Row("coaching:session-cancel", coach_only(422), kwargs=SESSION, method="post"),
    Row("coaching:session-restore", coach_only(302), kwargs=SESSION, method="post"),
    Row("coaching:enrol", group(200), kwargs=MONTH),
    Row("coaching:enrol", group(422), kwargs=MONTH, method="post"),
    Row("coaching:enrolment-move-in", group(302), kwargs=PERSON, method="post"),
    Row("coaching:enrolment-remove", group(200), kwargs=PERSON),
    Row("coaching:enrolment-remove", group(422), kwargs=PERSON, method="post"),
    Row("coaching:enrolment-first-day", group(200), kwargs=PERSON),
    Row("coaching:enrolment-first-day", group(422), kwargs=PERSON, method="post"),
    Row("coaching:month-close", coach_only(200), kwargs=MONTH, needs=("enrolment",)),
    Row("coaching:month-close", coach_only(422), kwargs=MONTH, method="post", needs=("enrolment",)),
    Row("coaching:month-reopen", coach_only(200), kwargs=MONTH),
    Row("coaching:month-reopen", coach_only(422), kwargs=MONTH, method="post"),
    Row("coaching:programme-copy", coach_only(302), kwargs=MONTH, method="post"),
    Row("coaching:programme-list", only(officer=403, other_officer=403, others=200), needs=("month",)),
    Row("coaching:programme-create", only(manager=200, administrator=200, others=403)),
    Row("coaching:programme-create", only(manager=422, administrator=422, others=403), method="post"),
    Row("coaching:programme-detail", only(officer=404, other_officer=404, others=200), kwargs=PROGRAMME),
    Row("coaching:programme-edit", template_editors(200), kwargs=TEMPLATE),
    Row("coaching:programme-edit", template_editors(422), kwargs=TEMPLATE, method="post"),
    Row("coaching:programme-week", template_editors(200), kwargs=TEMPLATE_WEEK),
    Row("coaching:programme-week", template_editors(422), kwargs=TEMPLATE_WEEK, method="post"),
]
