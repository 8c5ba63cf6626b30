"""Who gets what on the pages of pre-assignments."""

from tests.support.matrix import Row, only

MONTH = {"pk": "month.pk"}
TASK = {"pk": "enrolment.pk", "task_pk": "pre_assignment.pk"}
TEMPLATES = {"pk": "unused_programme.pk"}
TEMPLATE = {"pk": "unused_programme.pk", "position": 1}
HAS_TASK = ("pre_assignment",)
HAS_TEMPLATE = ("task_template",)


def _month(status: int, *, substitute: int) -> dict[str, int]:
    """The month's coaches; others who see the month get 403, strangers 404."""
    return only(coach=status, substitute=substitute, coordinator=403, officer=403, manager=403, others=404)


def _person(status: int) -> dict[str, int]:
    return only(coach=status, substitute=status, coordinator=403, others=404)


def _editors(status: int) -> dict[str, int]:
    return only(manager=status, administrator=status, officer=404, other_officer=404, others=403)


ROWS = [
    Row("coaching:pre-assignments", _month(200, substitute=200), kwargs=MONTH, needs=HAS_TASK),
    Row(
        "coaching:pre-assignments-send",
        _month(302, substitute=403),
        "post",
        kwargs=MONTH,
        needs=("month_tasks", "enrolment"),
    ),
    Row("coaching:pre-assignments-send", _month(422, substitute=403), "post", kwargs=MONTH),
    Row(
        "coaching:pre-assignments-remind",
        _month(302, substitute=403),
        "post",
        kwargs=MONTH,
        needs=HAS_TASK,
    ),
    Row("coaching:pre-assignments-remind", _month(422, substitute=403), "post", kwargs=MONTH),
    Row("coaching:pre-assignment", _person(200), kwargs=TASK),
    Row("coaching:pre-assignment-read", _person(302), "post", kwargs=TASK),
    Row("coaching:pre-assignment-paper", _person(200), kwargs=TASK),
    Row("coaching:pre-assignment-paper", _person(422), "post", kwargs=TASK),
    Row(
        "coaching:programme-pre-assignments",
        only(officer=404, other_officer=404, others=200),
        kwargs=TEMPLATES,
        needs=HAS_TEMPLATE,
    ),
    Row("coaching:programme-pre-assignment-new", _editors(200), kwargs=TEMPLATES),
    Row("coaching:programme-pre-assignment-new", _editors(422), "post", kwargs=TEMPLATES),
    Row("coaching:programme-pre-assignment", _editors(200), kwargs=TEMPLATE, needs=HAS_TEMPLATE),
    Row("coaching:programme-pre-assignment", _editors(422), "post", kwargs=TEMPLATE, needs=HAS_TEMPLATE),
    Row("coaching:programme-pre-assignment-remove", _editors(200), kwargs=TEMPLATE, needs=HAS_TEMPLATE),
    Row(
        "coaching:programme-pre-assignment-remove",
        _editors(422),
        "post",
        kwargs=TEMPLATE,
        needs=HAS_TEMPLATE,
    ),
]
