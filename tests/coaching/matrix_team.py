"""Who gets what on the pages of the team: calendar feed, handover, kick-off."""

from tests.support.matrix import Row, everybody, only

FEEDERS = {"manager": 403, "administrator": 403}
MONTH = {"pk": "month.pk"}
SUBSTITUTION = {"pk": "month.pk", "substitution_pk": "substitution.pk"}
# a month's own people know it; a refused known person gets 403, strangers 404
KNOWN = {"substitute": 403, "coordinator": 403, "officer": 403, "manager": 403}


def coach_only(status: int) -> dict[str, int]:
    return only(**KNOWN | {"coach": status}, others=404)


DEAD = {"secret": "x" * 43}

ROWS = [
    Row("coaching:calendar-feed", only(**FEEDERS, others=200)),
    Row("coaching:calendar-feed", only(**FEEDERS, others=200), method="post"),
    Row("coaching:calendar-feed-revoke", only(**FEEDERS, others=302), method="post"),
    Row("coaching:calendar-file", everybody(410, anonymous=410), kwargs=DEAD),
    Row(
        "coaching:handover",
        only(**KNOWN | {"coach": 200, "substitute": 200}, others=404),
        kwargs=MONTH,
        needs=("enrolment",),
    ),
    Row("coaching:substitution-edit", coach_only(200), kwargs=SUBSTITUTION),
    Row("coaching:substitution-edit", coach_only(422), kwargs=SUBSTITUTION, method="post"),
    Row(
        "coaching:kick-off",
        only(coach=200, substitute=200, coordinator=200, officer=200, manager=200, others=404),
        kwargs=MONTH,
    ),
    Row("coaching:kick-off-edit", coach_only(200), kwargs=MONTH),
    Row("coaching:kick-off-edit", coach_only(422), kwargs=MONTH, method="post"),
    Row("coaching:kick-off-check", coach_only(200), kwargs=MONTH, needs=("kick_off",)),
    Row("coaching:kick-off-check", coach_only(422), kwargs=MONTH, method="post", needs=("kick_off",)),
]
