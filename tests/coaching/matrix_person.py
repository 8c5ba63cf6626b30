"""Who gets what on the pages of one person in a month."""

from tests.support.matrix import Row, only

PERSON = {"pk": "enrolment.pk"}
STEP = {"pk": "action_step.enrolment_id", "step_pk": "action_step.pk"}
READ = only(coach=200, substitute=200, coordinator=403, others=404)
REFUSED = only(coach=422, substitute=422, coordinator=403, others=404)
DONE = only(coach=302, substitute=302, coordinator=403, others=404)

ROWS = [
    Row("coaching:person", READ, kwargs=PERSON),
    Row("coaching:goal", READ, kwargs=PERSON),
    Row("coaching:goal", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:discussion", READ, kwargs={**PERSON, "kind": "mid"}),
    Row("coaching:discussion", REFUSED, kwargs={**PERSON, "kind": "mid"}, method="post"),
    Row("coaching:action-step-new", READ, kwargs=PERSON),
    Row("coaching:action-step-new", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:action-step", READ, kwargs=STEP),
    Row("coaching:action-step", REFUSED, kwargs=STEP, method="post"),
    Row("coaching:action-step-done", DONE, kwargs=STEP, method="post"),
    Row("coaching:action-step-remove", DONE, kwargs=STEP, method="post"),
    Row("coaching:proposal", READ, kwargs=PERSON),
    Row("coaching:proposal", REFUSED, kwargs=PERSON, method="post"),
]
