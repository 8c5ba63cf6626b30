"""Who gets what on the pages of contacts and tasks."""

from tests.support.matrix import Row, only

STAFF = ("coach", "other_coach", "substitute", "coordinator", "other_coordinator", "manager")
EVENT, TASK, PK = {"pk": "contact_event.pk"}, {"pk": "desk_task.pk"}, {"pk": "workplace.pk"}
WRITER = {**dict.fromkeys(STAFF, 403), "coordinator": 200}
HANDLERS = {**dict.fromkeys(STAFF, 403), "coordinator": 302, "other_coordinator": 302}
HANDLERS_REFUSED = {**HANDLERS, "coordinator": 422, "other_coordinator": 422}

ROWS = [
    Row("employers:due", only(others=404, **dict.fromkeys(STAFF, 200)), needs=("contact_event",)),
    Row("employers:quiet", only(others=404, **dict.fromkeys(STAFF, 200)), needs=("contact_event",)),
    Row("employers:contact-edit", only(others=404, **WRITER), kwargs=EVENT),
    Row(
        "employers:contact-edit",
        only(others=404, **{**WRITER, "coordinator": 422}),
        method="post",
        kwargs=EVENT,
    ),
    Row(
        "employers:contact-take-back",
        only(others=404, **{**WRITER, "coordinator": 302}),
        method="post",
        kwargs=EVENT,
    ),
    Row(
        "employers:task-new",
        only(others=404, **{**dict.fromkeys(STAFF, 422), "manager": 403}),
        method="post",
        kwargs=PK,
    ),
    Row("employers:task", only(others=404, **dict.fromkeys(STAFF, 200)), kwargs=TASK),
    Row("employers:task-done", only(others=404, **HANDLERS), method="post", kwargs=TASK),
    Row("employers:task-reopen", only(others=404, **HANDLERS), method="post", kwargs=TASK),
    Row("employers:task-move", only(others=404, **HANDLERS_REFUSED), method="post", kwargs=TASK),
    Row("employers:task-drop", only(others=404, **HANDLERS_REFUSED), method="post", kwargs=TASK),
]
