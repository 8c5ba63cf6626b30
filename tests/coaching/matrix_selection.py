"""Who gets what in the selection before a month (permissions.md: coach and coordinator edit)."""

from tests.support.matrix import Row, only

MONTH = {"pk": "month.pk"}
EVENT = {"pk": "month.pk", "event_pk": "information_event.pk"}
TALK = {"pk": "month.pk", "selection_pk": "selection.pk"}
KNOWN = {"substitute": 403, "officer": 403, "manager": 403}


def choosers(status: int) -> dict[str, int]:
    return only(**KNOWN, coach=status, coordinator=status, others=404)


ROWS = [
    Row("coaching:selection", choosers(200), kwargs=MONTH, needs=("selection",)),
    Row(
        "coaching:selection-add",
        choosers(302),
        method="post",
        kwargs=MONTH,
        data={"participant": "referred.pk"},
    ),
    Row("coaching:selection-edit", choosers(200), kwargs=TALK),
    Row("coaching:selection-edit", choosers(422), method="post", kwargs=TALK),
    Row("coaching:information-event-add", choosers(200), kwargs=MONTH),
    Row("coaching:information-event-add", choosers(422), method="post", kwargs=MONTH),
    Row("coaching:information-event-edit", choosers(200), kwargs=EVENT),
    Row("coaching:information-event-edit", choosers(422), method="post", kwargs=EVENT),
    Row("coaching:information-event-remove", choosers(302), method="post", kwargs=EVENT),
]
