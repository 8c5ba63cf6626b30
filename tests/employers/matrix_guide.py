"""The guide's link, concerns and feedback: a link opens for whoever holds it, whatever account is open."""

from tests.support.matrix import Row, everybody, only

TRIAL = {"pk": "placement.pk"}
HOURS = {"secret": "hours_link.secret"}
OVER = {"secret": "no-such-secret"}
OPEN = everybody(200, anonymous=200)
GONE = everybody(410, anonymous=410)

FEEDBACK = {"secret": "feedback_link.secret"}
ASKED = {**TRIAL, "feedback_pk": "asked_feedback.pk"}
EDITED = only(coach=403, coordinator=422, others=404)

ROWS = [
    Row("workplace:feedback", OPEN, kwargs=FEEDBACK),
    Row("workplace:feedback", GONE, kwargs=OVER, query="?over"),
    Row("workplace:feedback", everybody(422, anonymous=422), "post", kwargs=FEEDBACK),
    Row("workplace:feedback-draft", OPEN, "post", kwargs=FEEDBACK, data={"care": "4"}),
    Row("employers:feedback-ask", EDITED, "post", kwargs=TRIAL),
    Row("employers:feedback-new", only(coach=403, coordinator=200, others=404), kwargs=TRIAL),
    Row("employers:feedback-new", EDITED, "post", kwargs=TRIAL),
    Row("employers:feedback-record", only(coach=403, coordinator=200, others=404), kwargs=ASKED),
    Row("employers:feedback-record", EDITED, "post", kwargs=ASKED),
    Row("employers:feedback-link", EDITED, "post", kwargs=ASKED),
    Row("own_trial:trial", GONE),
    Row("own_trial:concern", GONE, "post", kwargs=TRIAL),
    Row("own_trial:feedback-answer", GONE, "post", kwargs=ASKED),
    Row("workplace:hours", OPEN, kwargs=HOURS),
    Row("workplace:hours", GONE, kwargs=OVER, query="?over"),
    Row(
        "workplace:hours",
        everybody(422, anonymous=422),
        "post",
        kwargs=HOURS,
        needs=("begun_trial",),
        data={"seen-2026-02-10": ":", "choice-2026-02-10": "nonsense"},
    ),
    Row("workplace:concern", everybody(422, anonymous=422), "post", kwargs=HOURS),
    Row(
        "employers:guide-link",
        only(coach=302, coordinator=302, others=404),
        "post",
        kwargs=TRIAL,
        needs=("workplace_guide",),
        data={"do": "mail"},
    ),
    Row("employers:concern-new", only(coach=422, coordinator=422, others=404), "post", kwargs=TRIAL),
    Row(
        "employers:concern-handle",
        only(coach=422, coordinator=422, others=404),
        "post",
        kwargs={**TRIAL, "concern_pk": "concern.pk"},
    ),
]
