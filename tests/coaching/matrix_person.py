"""Who gets what on the pages of one person in a month."""

from tests.support.matrix import Row, only

PERSON = {"pk": "enrolment.pk"}
STEP = {"pk": "action_step.enrolment_id", "step_pk": "action_step.pk"}
OTHER_TALK = {"pk": "other_talk.enrolment_id", "talk_pk": "other_talk.pk"}
SUB_GOAL = {"pk": "sub_goal.enrolment_id", "sub_goal_pk": "sub_goal.pk"}
ALTERNATIVE = {"pk": "alternative.enrolment_id", "alternative_pk": "alternative.pk"}
READ = only(coach=200, substitute=200, coordinator=403, others=404)
REFUSED = only(coach=422, substitute=422, coordinator=403, others=404)
OWN_READ = only(coach=200, substitute=403, coordinator=403, others=404)
OWN_REFUSED = only(coach=422, substitute=403, coordinator=403, others=404)
DONE = only(coach=302, substitute=302, coordinator=403, others=404)

ROWS = [
    Row("coaching:person", READ, kwargs=PERSON),
    Row("coaching:goal", READ, kwargs=PERSON),
    Row("coaching:goal", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:discussion", READ, kwargs={**PERSON, "kind": "mid"}),
    Row("coaching:discussion", REFUSED, kwargs={**PERSON, "kind": "mid"}, method="post"),
    Row("coaching:discussion-plan", READ, kwargs={**PERSON, "kind": "mid"}),
    Row("coaching:discussion-plan", REFUSED, kwargs={**PERSON, "kind": "mid"}, method="post"),
    Row("coaching:other-discussion-new", READ, kwargs=PERSON),
    Row("coaching:other-discussion-new", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:other-discussion", READ, kwargs=OTHER_TALK),
    Row("coaching:other-discussion", REFUSED, kwargs=OTHER_TALK, method="post"),
    Row("coaching:discussion-remove", DONE, kwargs=OTHER_TALK, method="post", data={"version": "1"}),
    Row("coaching:sub-goal-new", READ, kwargs=PERSON),
    Row("coaching:sub-goal-new", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:sub-goal", READ, kwargs=SUB_GOAL),
    Row("coaching:sub-goal", REFUSED, kwargs=SUB_GOAL, method="post"),
    Row("coaching:sub-goal-move", DONE, kwargs=SUB_GOAL, method="post", data={"state": "reached"}),
    Row("coaching:alternative-new", READ, kwargs=PERSON),
    Row("coaching:alternative-new", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:alternative-move", DONE, kwargs=ALTERNATIVE, method="post", data={"aside": "1"}),
    Row("coaching:action-step-new", READ, kwargs=PERSON),
    Row("coaching:action-step-new", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:action-step", READ, kwargs=STEP),
    Row("coaching:action-step", REFUSED, kwargs=STEP, method="post"),
    Row("coaching:action-step-done", READ, kwargs=STEP),
    Row("coaching:action-step-done", REFUSED, kwargs=STEP, method="post"),
    Row("coaching:action-step-reopen", DONE, kwargs=STEP, method="post"),
    Row("coaching:action-step-remove", DONE, kwargs=STEP, method="post"),
    Row("coaching:proposal", READ, kwargs=PERSON),
    Row("coaching:proposal", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:left-for-work", OWN_READ, kwargs=PERSON),
    Row("coaching:left-for-work", OWN_REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:dropped-out", OWN_READ, kwargs=PERSON),
    Row("coaching:dropped-out", OWN_REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:celebration", only(coach=302, substitute=403, coordinator=403, others=404), kwargs=PERSON),
    Row("coaching:came-back", OWN_READ, kwargs=PERSON),
    Row("coaching:came-back", OWN_REFUSED, kwargs=PERSON, method="post"),
]
