"""The month behind the personal link: nobody gets there by an account (410)."""

from tests.support.matrix import Row, everybody

INSIDE_ONLY = everybody(410, anonymous=410)

VIEW = {"subject": "areas", "moment": "start"}

ROWS = [
    Row("own_month:goal", INSIDE_ONLY),
    Row("own_month:goal", INSIDE_ONLY, "post"),
    Row("own_month:goal-draft", INSIDE_ONLY, "post"),
    Row("own_month:views", INSIDE_ONLY),
    Row("own_month:view", INSIDE_ONLY, kwargs=VIEW),
    Row("own_month:view", INSIDE_ONLY, "post", kwargs=VIEW),
    Row("own_month:view-draft", INSIDE_ONLY, "post", kwargs=VIEW),
    Row("own_month:calendar", INSIDE_ONLY),
    Row("own_month:calendar-address", INSIDE_ONLY, "post"),
    Row("own_month:steps", INSIDE_ONLY),
    Row("own_month:steps-add", INSIDE_ONLY, "post", kwargs={"what": "act"}),
    Row("own_month:step-done", INSIDE_ONLY, "post", kwargs={"step_pk": "action_step.pk"}),
    Row("own_month:steps-remove", INSIDE_ONLY, "post", kwargs={"what": "act", "row_pk": 1}),
    Row("own_month:written", INSIDE_ONLY),
    Row("own_month:tasks", INSIDE_ONLY),
    Row("own_month:task", INSIDE_ONLY, kwargs={"pk": "pre_assignment.pk"}),
    Row("own_month:task", INSIDE_ONLY, "post", kwargs={"pk": "pre_assignment.pk"}),
    Row("own_month:task-begin", INSIDE_ONLY, "post", kwargs={"pk": "pre_assignment.pk"}),
    Row("own_month:task-draft", INSIDE_ONLY, "post", kwargs={"pk": "pre_assignment.pk"}),
    Row("own_month:task-take-back", INSIDE_ONLY, "post", kwargs={"pk": "pre_assignment.pk"}),
]
