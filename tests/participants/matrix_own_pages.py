"""The personal link: staff give it; its pages answer nobody who has not opened one (410, no log-in)."""

from tests.support.matrix import Row, everybody, only

AINO = {"pk": "participant.pk"}
IN_MONTH = ("enrolment",)
GIVES = {"coordinator": 403, "substitute": 403, "others": 404}
NOBODY_INSIDE = everybody(410, anonymous=410)
SECRET = {"secret": "x" * 43}

ROWS = [
    Row(
        "participants:personal-link",
        only(coach=200, substitute=200, coordinator=200, others=404),
        kwargs=AINO,
        needs=IN_MONTH,
    ),
    Row("participants:personal-link-send", only(coach=302, **GIVES), "post", kwargs=AINO, needs=IN_MONTH),
    Row("participants:personal-link-print", only(coach=200, **GIVES), "post", kwargs=AINO, needs=IN_MONTH),
    Row("participants:personal-link-revoke", only(coach=302, **GIVES), "post", kwargs=AINO, needs=IN_MONTH),
    Row("own:front", NOBODY_INSIDE),
    Row("own:door", NOBODY_INSIDE, kwargs=SECRET),
    Row("own:door", NOBODY_INSIDE, "post", kwargs=SECRET),
    Row("own:again", NOBODY_INSIDE),
    Row("own:again", NOBODY_INSIDE, "post"),
    Row("own:reading", NOBODY_INSIDE, "post"),
    Row("own:information", NOBODY_INSIDE),
    Row("own:information", NOBODY_INSIDE, "post"),
    Row("own:close", everybody(302, anonymous=302), "post"),
    Row("own:closed", everybody(200, anonymous=200)),
]
