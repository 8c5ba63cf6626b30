"""Who gets what on the pages of the team: calendar feed, handover, kick-off."""

from tests.support.matrix import Row, everybody, only

FEEDERS = {"manager": 403, "administrator": 403}
DEAD = {"secret": "x" * 43}

ROWS = [
    Row("coaching:calendar-feed", only(**FEEDERS, others=200)),
    Row("coaching:calendar-feed", only(**FEEDERS, others=200), method="post"),
    Row("coaching:calendar-feed-revoke", only(**FEEDERS, others=302), method="post"),
    Row("coaching:calendar-file", everybody(410, anonymous=410), kwargs=DEAD),
]
