"""Who gets what on the Today page and in the daily log (permissions.md: attendance, daily log)."""

from tests.support.matrix import Row, only

SESSION = {"pk": "session.pk"}
# own coach and substitute write, coordinator and manager read attendance, the TE sponsor sees dates only
READERS = only(coach=200, substitute=200, coordinator=200, manager=200, officer=403, others=404)

ROWS = [
    Row("coaching:today", only(coach=200, other_coach=200, substitute=200, others=403)),
    Row("coaching:daily-log", READERS, kwargs=SESSION, needs=("enrolment",)),
    Row(
        "coaching:daily-log",
        only(coach=302, substitute=302, coordinator=403, manager=403, officer=403, others=404),
        method="post",
        kwargs=SESSION,
        data={"session": "session.pk"},
    ),
    Row(
        "coaching:daily-log-draft",
        only(coach=200, substitute=200, coordinator=403, manager=403, officer=403, others=404),
        method="post",
        kwargs=SESSION,
        data={"session": "session.pk"},
    ),
    Row(
        "coaching:daily-log-draft-discard",
        only(coach=302, substitute=302, coordinator=302, manager=302, officer=302, others=404),
        method="post",
        kwargs=SESSION,
    ),
]
ROWS += [
    Row("coaching:phrase-list", only(coach=200, other_coach=200, substitute=200, others=403)),
    Row("coaching:phrase-list", only(coach=422, other_coach=422, substitute=422, others=403), method="post"),
    *(
        Row(
            f"coaching:phrase-{name}",
            only(coach=answer, second_coach=404, other_coach=404, substitute=404, others=403),
            method="post",
            kwargs={"pk": "phrase.pk"},
        )
        for name, answer in (("edit", 422), ("remove", 302), ("used", 204))
    ),
]
