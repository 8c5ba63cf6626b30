"""The guide's link, concerns and feedback: a link opens for whoever holds it, whatever account is open."""

from tests.support.matrix import Row, everybody, only

TRIAL = {"pk": "placement.pk"}
HOURS = {"secret": "hours_link.secret"}
OVER = {"secret": "no-such-secret"}
OPEN = everybody(200, anonymous=200)
GONE = everybody(410, anonymous=410)

ROWS = [
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
